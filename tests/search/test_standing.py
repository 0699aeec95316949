from datetime import date

import pytest
from msgspec.structs import replace

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.search.standing import CLASSES, RETRACTED, evidence_class, rank, weight
from search.made_documents import a_document

STUDY = a_document(
    codes=("design:cohort", "sb:hasabstract", "level:3"),
    sorted_on=date(2020, 6, 1),
    quality=50,
)


@pytest.mark.parametrize(
    "worse",
    [
        {"sorted_on": date(2019, 6, 1)},
        {"sorted_on": date(2020, 5, 1)},
        {"sorted_on": None},
        {"quality": 30},
        {"codes": ("design:cohort", "level:3")},
        {"codes": ("design:letter", "sb:hasabstract")},
        {"retracted": True},
    ],
)
def test_what_is_newer_better_and_has_an_abstract_weighs_more(
    worse: dict[str, object],
) -> None:
    assert weight(replace(STUDY, **worse)) < weight(STUDY)


def test_no_fault_but_a_retraction_makes_much_of_a_difference() -> None:
    worst = a_document(codes=("design:news",), sorted_on=None, quality=0)
    best = replace(STUDY, quality=100, sorted_on=date(2030, 1, 1))

    assert weight(best) < 2 * weight(worst)
    assert weight(replace(best, retracted=True)) == RETRACTED < weight(worst) / 5


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1949, 12, 31), date(9999, 1, 1)])
def test_an_impossible_year_weighs_no_more_than_a_possible_one(day: date) -> None:
    new = replace(STUDY, sorted_on=date(2100, 1, 1))

    assert weight(replace(STUDY, sorted_on=None)) <= weight(
        replace(STUDY, sorted_on=day)
    )
    assert weight(replace(STUDY, sorted_on=day)) <= weight(new)


def test_classes_go_from_guidelines_by_level_to_what_was_retracted() -> None:
    cases = [
        ("design:guideline",),
        ("design:meta_analysis", "level:1"),
        ("design:rct", "level:2"),
        ("design:cohort", "level:3"),
        ("design:case_report", "level:4"),
        ("design:bench", "level:5"),
        ("design:review",),
        ("design:editorial",),
    ]
    classes = [evidence_class(a_document(codes=codes)) for codes in cases]

    assert classes == list(CLASSES)[:-1]
    retracted = a_document(codes=("design:rct", "level:2"), retracted=True)
    assert evidence_class(retracted) == CLASSES[-1]


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_has_a_class_with_or_without_a_level(design: str) -> None:
    code = f"design:{design.replace('-', '_')}"

    for codes in ((code,), (code, "level:2"), (), ("design:of_a_later_version",)):
        assert evidence_class(a_document(codes=codes)) in CLASSES


def test_a_rank_is_of_quality_and_significance_in_steps_of_ten() -> None:
    ranks = [
        rank(a_document(quality=quality, significance=significance))
        for quality, significance in ((0, 9), (5, 5), (50, 49), (49, 51), (100, 100))
    ]

    assert ranks == [0, 1, 9, 10, 20]
    assert rank(a_document(quality=100, significance=100, retracted=True)) == 0
