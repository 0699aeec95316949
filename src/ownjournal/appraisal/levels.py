"""Evidence levels: design and question give a level from 1 (best) to 5.

The Oxford table asks first what the reader wants to know: the same cohort is
level 3 for a treatment and may be level 2 for a prognosis. Guidelines,
narrative reviews, opinions and plans get no level, as the table has no row for
them. GRADE is not used: it rates a body of evidence, never one article.

Source: OCEBM Levels of Evidence Working Group, The Oxford 2011 Levels of
Evidence, https://www.cebm.ox.ac.uk/resources/levels-of-evidence
"""

import re

from ownjournal.appraisal.reading import Reading

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

REVIEWS = frozenset({"systematic-review", "meta-analysis"})

OF_OTHER_STUDIES = 3
"""Level of a review that does not say that it is one of the best studies for
its question: a review stands no higher than the studies in it."""

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


_BEST_STUDIES = {
    "treatment": re.compile(r"randomi[sz]ed|\brcts?\b|placebo|\btrials\b"),
    "harm": re.compile(r"randomi[sz]ed|\brcts?\b|placebo|nested case-control"),
    "diagnosis": re.compile(r"accuracy|sensitivity|reference standard"),
    "prognosis": re.compile(r"cohort|prospective|longitudinal|follow-up"),
    "prevalence": re.compile(r"prevalence|incidence"),
}

_ASKED_IN_TITLE = (
    (
        "diagnosis",
        re.compile(r"diagnos\w+ (?:accuracy|performance|value|test)|sensitivity"),
    ),
    ("prevalence", re.compile(r"prevalence|\bincidence\b|epidemiolog|burden of")),
    (
        "prognosis",
        re.compile(r"prognos|predict|natural history|long-term outcome|risk score"),
    ),
    (
        "harm",
        re.compile(
            r"adverse|safety|harm|toxicity|side[- ]effect|risk (?:of|factor)|associat"
            r"|exposure|complications? (?:of|after)"
        ),
    ),
)

_FROM_THE_START = re.compile(r"inception|newly[- ]diagnosed|first[- ]episode|incident")
_WHOLE_POPULATION = re.compile(r"random sample|census|nationally representative")
_IN_A_ROW = re.compile(r"consecutive|prospective")


def level_of(design: str, read: Reading) -> tuple[int | None, str | None]:
    """Level and question of an article; None and None where no level applies."""
    if design in NO_LEVEL:
        return None, None
    asked = _question(design, read.title.text)
    level = LEVELS[asked].get(design)
    if level is None:
        return None, None
    if design in REVIEWS:
        best = _BEST_STUDIES[asked]
        told = best.search(read.title.text) or best.search(read.abstract.text)
        return (level if told else OF_OTHER_STUDIES), asked
    return _adjusted(level, design, asked, read.abstract.text), asked


def _question(design: str, title: str) -> str:
    """What the article asks; a trial asks about treatment whatever its title."""
    if design == "diagnostic-accuracy":
        return "diagnosis"
    if design == "prediction-model":
        return "prognosis"
    if design in ("rct", "pilot-trial", "non-randomised-trial", "bench", "animal"):
        return "treatment"
    for question, pattern in _ASKED_IN_TITLE:
        if pattern.search(title):
            return question if design in LEVELS[question] else "treatment"
    return "prevalence" if design == "cross-sectional" else "treatment"


def _adjusted(level: int, design: str, asked: str, abstract: str) -> int:
    """Up or down by one row of the table, where the abstract gives the reason."""
    if asked == "prognosis" and design == "cohort" and _FROM_THE_START.search(abstract):
        return 2  # an inception cohort
    if asked == "prevalence" and _WHOLE_POPULATION.search(abstract):
        return 1
    if design == "diagnostic-accuracy" and not _IN_A_ROW.search(abstract):
        return 3  # patients not said to be consecutive
    return level


def level_told(design: str, name: str, question: str | None, level: int | None) -> str:
    """One sentence: where a level comes from, or why there is none."""
    if level is None:
        return NO_LEVEL.get(design, f"{name} has no row in the Oxford 2011 table.")
    asked = QUESTIONS.get(question or "", "treatment")
    told = f"{name}, for a question of {asked}: level {level} (Oxford 2011)."
    if level == OF_OTHER_STUDIES and design in REVIEWS:
        return f"{told} It does not say that its studies are the best for the question."
    return told
