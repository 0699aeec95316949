import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from made.articles import an_article
from made.trials import a_trial
from ownjournal.appraisal import signs
from ownjournal.appraisal.judge import judge
from ownjournal.appraisal.verdict import LIKELY
from ownjournal.catalogue.worth import (
    NOTHING_KNOWN,
    design_view,
    integrity_view,
    word_of,
    worth,
)
from ownjournal.pubmed.article import Correction


def test_quality_and_significance_are_two_values_and_never_one() -> None:
    appraisal = judge(a_trial(99_200_001, "fever"))

    quality, significance = worth(appraisal)

    assert (quality.name, quality.number) == ("Quality", str(appraisal.quality))
    assert significance.name == "Significance"
    assert significance.number == str(appraisal.significance)
    assert quality.about == "/appraisal#quality"
    assert significance.about == "/appraisal#significance"


@pytest.mark.parametrize("topic", ["fever", "gout"])
def test_the_parts_of_a_value_add_up_to_its_number(topic: str) -> None:
    for value in worth(judge(a_trial(99_200_005, topic))):
        points = [int(part.points) for part in value.parts if part.points]

        assert sum(points) == int(value.number)


def test_the_first_part_names_the_design() -> None:
    quality, _ = worth(judge(a_trial(99_200_001, "fever")))

    assert quality.parts[0].text == "Design: Randomised controlled trial"


@given(st.integers(0, 100))
def test_high_begins_where_the_rules_say_and_is_never_a_word_of_grade(
    points: int,
) -> None:
    word = word_of(points, signs.HIGH_QUALITY)

    assert (word == "high") == (points >= signs.HIGH_QUALITY)
    assert word in {"high", "some", "little"}
    assert word_of(signs.HIGH_QUALITY / 2, signs.HIGH_QUALITY) == "some"
    assert word_of(signs.HIGH_QUALITY / 2 - 1, signs.HIGH_QUALITY) == "little"


def test_a_design_says_where_it_was_found_what_it_is_and_the_level() -> None:
    appraisal = judge(a_trial(99_200_001, "fever"))
    view = design_view(appraisal)

    assert view.name == "Randomised controlled trial" and view.level == 2
    assert view.reasons[0] == appraisal.design_reason
    assert appraisal.level_reason in view.reasons


@pytest.mark.parametrize(
    ("probability", "doubtful"), [(None, False), (LIKELY, False), (LIKELY / 2, True)]
)
def test_a_design_that_is_less_than_likely_is_shown_with_perhaps(
    probability: float | None, doubtful: bool
) -> None:
    kept = judge(a_trial(99_200_001, "fever"))
    view = design_view(replace(kept, design_probability=probability))

    assert view.doubtful == doubtful


def test_an_unclear_design_says_so_once() -> None:
    appraisal = replace(judge(an_article()), design="unclear", design_source=None)
    view = design_view(appraisal)

    assert not view.clear
    assert len(view.reasons) == len(set(view.reasons))


def test_that_nothing_is_known_against_an_article_is_said() -> None:
    view = integrity_view(judge(an_article()))

    assert (view.word, view.grave, view.reason) == (
        "nothing known",
        False,
        NOTHING_KNOWN,
    )


def test_a_retraction_stands_beside_the_values_with_its_reason() -> None:
    retracted = an_article(corrections=(Correction("RetractionIn", pmid=7),))
    view = integrity_view(judge(retracted))

    assert view.word == "Retracted" and view.grave
    assert "PMID 7" in view.reason


def test_a_notice_about_another_article_is_nothing_against_itself() -> None:
    notice = an_article(corrections=(Correction("RetractionOf", pmid=7),))
    view = integrity_view(judge(notice))

    assert view.word == "Notice of retraction" and not view.grave
