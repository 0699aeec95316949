import pytest

from made.candidates import a_candidate
from ownjournal.ranking.feedback import HALF_LIFE_DAYS, Opinion, faded
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.lessons import PASSED, lessons_of


def opinion(pmid: int, weight: float = 1.0) -> Opinion:
    return Opinion(a_candidate(pmid), weight)


def weights(**parts: tuple[Opinion, ...]) -> dict[int, float]:
    interest = Interest("i", "I", seeds=(a_candidate(1),), **parts)  # type: ignore[arg-type]
    return {each.candidate.pmid: each.weight for each in lessons_of(interest)}


def test_feedback_halves_in_half_a_year() -> None:
    assert faded(0) == 1
    assert faded(HALF_LIFE_DAYS) == pytest.approx(0.5)
    assert faded(2 * HALF_LIFE_DAYS) == pytest.approx(0.25)
    assert faded(-3) == 1  # a clock that was wrong


def test_each_kind_of_word_has_its_weight() -> None:
    found = weights(
        liked=(opinion(2, 0.5),), dismissed=(opinion(3, 0.7),), passed=(opinion(4),)
    )

    assert found == {1: 1.0, 2: 0.5, 3: -0.7, 4: -PASSED}


@pytest.mark.parametrize(
    ("liked", "dismissed", "holds"),
    [(1.0, 0.5, {2: 1.0}), (0.5, 1.0, {2: -1.0}), (0.5, 0.5, {})],
)
def test_of_contradicting_words_the_later_holds(
    liked: float, dismissed: float, holds: dict[int, float]
) -> None:
    found = weights(liked=(opinion(2, liked),), dismissed=(opinion(2, dismissed),))

    assert found == {1: 1.0, **holds}


def test_a_seed_stays_whatever_was_said() -> None:
    assert weights(dismissed=(opinion(1),), passed=(opinion(1),)) == {1: 1.0}


def test_passing_over_counts_only_where_nothing_else_was_said() -> None:
    passed = (opinion(2), opinion(3))

    found = weights(liked=(opinion(2, 0.01),), dismissed=(opinion(3),), passed=passed)

    assert found == {1: 1.0, 2: 0.01, 3: -1.0}


def test_what_was_said_twice_counts_once_by_the_last_time() -> None:
    liked = (opinion(2, 0.2), opinion(2, 0.9), opinion(2, 0.4), opinion(5, 0.0))

    assert weights(liked=liked) == {1: 1.0, 2: 0.9}


def test_lessons_stand_in_the_order_of_pmids() -> None:
    interest = Interest(
        "i", "I", seeds=(a_candidate(7), a_candidate(3)), liked=(opinion(5),)
    )

    assert [each.candidate.pmid for each in lessons_of(interest)] == [3, 5, 7]
