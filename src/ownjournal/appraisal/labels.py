"""PubMed's own publication types and study headings, as evidence of a design.

They are one source among others: they come days after an article, are set by a
machine since 2022, and never come for journals outside MEDLINE. They are
compared by UI, as NLM renames them.
"""

from ownjournal.appraisal.reading import Reading

OPINIONS = {
    "D016421": "editorial",
    "D016420": "comment",
    "D016422": "letter",
}

SURE_TYPES = {
    "D017418": "meta-analysis",
    "D000078182": "systematic-review",
    "D000078325": "protocol",  # Clinical Trial Protocol
    "D016449": "rct",
    "D000073843": "rct",  # Equivalence Trial
    "D018848": "non-randomised-trial",  # Controlled Clinical Trial
    "D017065": "guideline",  # Practice Guideline
    "D016431": "guideline",
    "D016446": "guideline",  # Consensus Development Conference
    "D016447": "guideline",
    "D002363": "case-report",
    "D000081262": "animal",  # Randomized Controlled Trial, Veterinary
    "D000077522": "animal",  # Clinical Trial, Veterinary
    "D000078323": "animal",  # Observational Study, Veterinary
}
"""Types that decide where neither title nor abstract does, best first."""

WEAK_TYPES = {
    "D017428": "non-randomised-trial",  # Clinical Trial, Phase III
    "D017427": "non-randomised-trial",
    "D017426": "non-randomised-trial",
    "D017429": "non-randomised-trial",
    "D016430": "non-randomised-trial",  # Clinical Trial
    "D016454": "review",
    "D064888": "observational",
    "D016433": "news",
    "D018431": "news",  # Newspaper Article
    "D016456": "news",  # Historical Article
    "D019215": "news",  # Biography
    "D019477": "news",  # Portrait
    "D017203": "news",  # Interview
    "D062210": "news",  # Personal Narrative
    "D022921": "news",  # Book Review
}
"""Types that decide where the text says nothing at all."""

TYPES_TAUGHT = {
    **{ui: design for ui, design in WEAK_TYPES.items() if design != "observational"},
    "D016421": "editorial",
}
"""Types that tell a design where no surer one does and no heading."""

NOTICE_TYPES = {
    "D016425": "notice",  # Published Erratum
    "D016440": "notice",  # Retraction of Publication
    "D000075742": "notice",  # Expression of Concern
}

MESH_DESIGNS = {
    "D057182": "mendelian-randomisation",
    "D036301": "qualitative",
    "D016022": "case-control",
    "D015331": "cohort",
    "D012189": "cohort",  # Retrospective Studies
    "D011446": "cohort",  # Prospective Studies
    "D008137": "cohort",  # Longitudinal Studies
    "D005500": "cohort",  # Follow-Up Studies
    "D003430": "cross-sectional",
    "D003362": "economic",  # Cost-Benefit Analysis
}
"""Headings for the way a study was done."""

_MESH_NAMES = {
    "D057182": "mendelian randomization analysis",
    "D036301": "qualitative research",
    "D016022": "case-control studies",
    "D015331": "cohort studies",
    "D012189": "retrospective studies",
    "D011446": "prospective studies",
    "D008137": "longitudinal studies",
    "D005500": "follow-up studies",
    "D003430": "cross-sectional studies",
    "D003362": "cost-benefit analysis",
}


def by_type(read: Reading, table: dict[str, str]) -> tuple[str, str] | None:
    """Design and name of the first type of the table that PubMed lists."""
    if table.keys().isdisjoint(read.types):
        return None
    ui = next(each for each in table if each in read.types)
    return table[ui], read.types[ui]


def by_heading(read: Reading) -> tuple[str, str] | None:
    """Design and name of the first study heading that PubMed indexes."""
    if read.mesh.isdisjoint(MESH_DESIGNS):
        return None
    ui = next(each for each in MESH_DESIGNS if each in read.mesh)
    return MESH_DESIGNS[ui], _MESH_NAMES[ui]
