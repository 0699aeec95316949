"""Evidence levels: design and question give a level from 1 (best) to 5.

The Oxford table asks first what the reader wants to know: the same cohort is
level 3 for a treatment and may be level 2 for a prognosis. Guidelines,
narrative reviews, opinions and plans get no level, as the table has no row for
them. GRADE is not used: it rates a body of evidence, never one article.

Source: OCEBM Levels of Evidence Working Group, The Oxford 2011 Levels of
Evidence, https://www.cebm.ox.ac.uk/resources/levels-of-evidence
"""

QUESTIONS = {
    "treatment": "treatment",
    "harm": "harm",
    "diagnosis": "diagnosis",
    "prognosis": "prognosis",
    "prevalence": "how common it is",
}
"""Question codes, as they are stored, and how a sentence names them."""

_BASIC = {"bench": 5, "animal": 5}

LEVELS: dict[str, dict[str, int]] = {
    "treatment": {
        "systematic-review": 1,
        "meta-analysis": 1,
        "rct": 2,
        "pilot-trial": 2,
        "secondary-analysis": 3,
        "non-randomised-trial": 3,
        "cohort": 3,
        "case-control": 4,
        "case-series": 4,
        "case-report": 4,
        **_BASIC,
    },
    "harm": {
        "systematic-review": 1,
        "meta-analysis": 1,
        "rct": 2,
        "pilot-trial": 2,
        "secondary-analysis": 3,
        "non-randomised-trial": 3,
        "cohort": 3,
        "mendelian-randomisation": 3,
        "case-control": 4,
        "case-series": 4,
        "case-report": 4,
        **_BASIC,
    },
    "diagnosis": {
        "systematic-review": 1,
        "meta-analysis": 1,
        "diagnostic-accuracy": 2,
        "cohort": 3,
        "cross-sectional": 3,
        "case-control": 4,
        "case-series": 4,
        "case-report": 4,
        **_BASIC,
    },
    "prognosis": {
        "systematic-review": 1,
        "meta-analysis": 1,
        "cohort": 3,
        "prediction-model": 3,
        "secondary-analysis": 3,
        "rct": 3,  # its control arm
        "case-control": 4,
        "case-series": 4,
        "case-report": 4,
        **_BASIC,
    },
    "prevalence": {
        "systematic-review": 2,
        "meta-analysis": 2,
        "cross-sectional": 3,
        "cohort": 3,
        "case-series": 4,
    },
}
"""Levels by question and design; what is not here has no level."""

OF_OTHER_STUDIES = 3
"""Level of a review of treatment that does not say its studies are randomised:
a review stands no higher than the studies in it would by themselves."""

NO_LEVEL = {
    "guideline": "Guidelines have a badge of their own and no level.",
    "review": "A narrative review has no level: its choice of studies is free.",
    "scoping-review": "A scoping review has no level: it maps, it does not weigh.",
    "editorial": "Opinion has no level.",
    "comment": "Opinion has no level.",
    "letter": "A letter has no level.",
    "protocol": "A plan has no level: there are no results yet.",
    "qualitative": "The Oxford table has no row for qualitative studies.",
    "economic": "The Oxford table has no row for economic evaluations.",
    "news": "It is not a study.",
    "notice": "It is not a study.",
    "unclear": "Without a known design there is no level.",
    "observational": "Without a known kind of observation there is no level.",
}


def level_told(design: str, name: str, question: str | None, level: int | None) -> str:
    """One sentence: where a level comes from, or why there is none."""
    if level is None:
        return NO_LEVEL.get(design, f"{name} has no row in the Oxford 2011 table.")
    asked = QUESTIONS.get(question or "", "treatment")
    told = f"{name}, for a question of {asked}: level {level} (Oxford 2011)."
    if level == OF_OTHER_STUDIES and design in ("systematic-review", "meta-analysis"):
        return f"{told} The text does not say that the studies in it are randomised."
    return told
