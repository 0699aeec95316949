import pytest

from made.articles import an_article
from ownjournal.appraisal.designs import DESIGNS, design_named
from ownjournal.appraisal.levels import (
    LEVELS,
    NO_LEVEL,
    QUESTIONS,
    level_of,
    level_told,
)
from ownjournal.appraisal.reading import Reading, reading


def read(title: str, abstract: str = "") -> Reading:
    return reading(an_article(title=title, abstract=abstract))


@pytest.mark.parametrize(
    ("design", "title", "abstract", "level", "question"),
    [
        ("rct", "Velotrine and the prognosis of gout", "", 2, "treatment"),
        (
            "systematic-review",
            "Velotrine for gout",
            "Trials were pooled.",
            1,
            "treatment",
        ),
        (
            "systematic-review",
            "Velotrine for gout",
            "Studies differed.",
            3,
            "treatment",
        ),
        (
            "systematic-review",
            "Prevalence of gout",
            "Prevalence was 4%.",
            2,
            "prevalence",
        ),
        ("cohort", "Velotrine for gout", "", 3, "treatment"),
        ("cohort", "Prognosis of gout", "", 3, "prognosis"),
        ("cohort", "Prognosis of gout", "Newly diagnosed gout.", 2, "prognosis"),
        ("case-control", "Risk factors for gout", "", 4, "harm"),
        ("case-series", "Splints", "", 4, "treatment"),
        ("diagnostic-accuracy", "A urate strip", "Consecutive women.", 2, "diagnosis"),
        ("diagnostic-accuracy", "A urate strip", "Some women.", 3, "diagnosis"),
        ("cross-sectional", "Gout in Merrow", "", 3, "prevalence"),
        ("cross-sectional", "Gout in Merrow", "A random sample.", 1, "prevalence"),
        ("animal", "Velotrine in rats", "", 5, "treatment"),
        ("guideline", "Guideline for gout", "", None, None),
        ("review", "Gout", "", None, None),
        ("editorial", "Gout", "", None, None),
        ("unclear", "Gout", "", None, None),
        ("mendelian-randomisation", "Prognosis of gout", "", None, None),
    ],
)
def test_design_and_question_give_the_level(
    design: str, title: str, abstract: str, level: int | None, question: str | None
) -> None:
    assert level_of(design, read(title, abstract)) == (level, question)


def test_every_design_has_a_level_or_a_reason_for_none() -> None:
    with_level = {design for table in LEVELS.values() for design in table}

    assert with_level | NO_LEVEL.keys() == DESIGNS.keys()
    assert not with_level & NO_LEVEL.keys()
    assert LEVELS.keys() == QUESTIONS.keys()


def test_a_level_is_told_with_its_question() -> None:
    told = level_told("rct", "Trial", "treatment", 2)

    assert told == "Trial, for a question of treatment: level 2 (Oxford 2011)."
    assert level_told("editorial", "Editorial", None, None) == "Opinion has no level."


def test_a_code_of_a_later_version_is_shown_as_unclear() -> None:
    assert design_named("telepathy").code == "unclear"
