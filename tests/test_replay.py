"""The measures that ranking is reported by, on lists small enough to count."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bench.measures import (
    difference,
    figures,
    ndcg,
    of_subjects,
    recall,
    recovery,
    saved_work,
)
from bench.replay import Course, Record, Scores, Told, drifting, replay
from bench.stream import Issue, Reader, Wish

WISH = Wish("gout", wanted=(0, 4, 11, 12), seeds=(0,))


def wanted(*flags: int) -> NDArray[np.bool_]:
    return np.array(flags, np.bool_)


def falling(length: int) -> Scores:
    return np.arange(length, 0, -1, dtype=np.float64)


def served(wish: Wish, *issues: tuple[list[int], list[float]]) -> Record:
    """A record of issues, each of places and their scores."""
    record = Record(Reader(wish.name, (wish,)))
    for places, scores in issues:
        record.places.append(np.array(places))
        record.scores.append(np.array(scores, np.float64))
    return record


def test_gains_fall_with_the_place() -> None:
    third = ndcg(wanted(0, 0, 1, 0), falling(4), 10)

    assert third == pytest.approx(1 / math.log2(4))


def test_the_best_order_of_a_short_list_is_one() -> None:
    assert ndcg(wanted(1, 1, 0, 0), falling(4), 10) == pytest.approx(1)


def test_more_wanted_than_looked_at_can_still_be_perfect() -> None:
    assert ndcg(wanted(1, 1, 1), falling(3), 2) == pytest.approx(1)
    assert recall(wanted(1, 1, 1), falling(3), 2) == pytest.approx(2 / 3)


def test_of_equal_scores_the_newer_comes_first() -> None:
    assert recall(wanted(0, 1), np.zeros(2), 1) == 1
    assert recall(wanted(1, 0), np.zeros(2), 1) == 0


def test_work_is_saved_from_where_enough_was_found() -> None:
    assert saved_work(wanted(1, 1, *[0] * 8), falling(10)) == pytest.approx(0.75)
    assert saved_work(wanted(*[0] * 9, 1), falling(10)) == pytest.approx(-0.05)


@given(st.lists(st.booleans(), min_size=1).filter(any), st.integers(0, 99))
def test_figures_stay_in_their_bounds(flags: list[bool], seed: int) -> None:
    scores = np.random.default_rng(seed).random(len(flags))

    assert 0 <= ndcg(np.array(flags), scores, 10) <= 1
    assert 0 <= recall(np.array(flags), scores, 20) <= 1
    assert -0.05 <= saved_work(np.array(flags), scores) <= 0.95


def test_an_issue_that_holds_nothing_wanted_counts_only_as_work() -> None:
    record = served(WISH, ([1, 2], [2, 0]), ([3, 4], [0, 1]))

    found = figures(record)

    assert (found["nDCG@10"], found["R@20"]) == (1, 1)
    assert found["WSS@95"] == pytest.approx(0.45)  # 2 of 4 read


def test_the_worst_subject_is_told_apart_from_all_that_is_wanted() -> None:
    record = served(WISH, (list(range(1, 40)), falling(39).tolist()))
    record.reader = Reader("two", (WISH, Wish("falls", wanted=(38, 39))))

    found = of_subjects(record)

    assert found == {"worst R@20": 0, "micro R@20": pytest.approx(3 / 5)}


def test_a_difference_that_every_reader_sees_is_sure() -> None:
    gap = difference([0.5, 0.6, 0.7], [0.4, 0.5, 0.6])

    assert gap.low == pytest.approx(0.1) and gap.high == pytest.approx(0.1)
    assert (gap.wins, gap.readers) == (3, 3)


def test_a_difference_that_readers_disagree_on_is_not() -> None:
    gap = difference([0.9, 0.1, 0.5], [0.5, 0.5, 0.5])

    assert gap.low < 0 < gap.high
    assert gap.wins == 1
    assert gap == difference([0.9, 0.1, 0.5], [0.5, 0.5, 0.5])


# Courses


def issue(start: int, end: int) -> Issue:
    return Issue(None, start, end, None)  # type: ignore[arg-type]


def in_turn(told_of: list[tuple[Told, ...]]) -> Course:
    """One reader, served in the order of the stream by a method that listens."""

    def method(each: Issue, told: Sequence[Told]) -> Scores:
        told_of.append(tuple(told))
        return falling(each.end - each.start)

    reader = Reader("reader", (WISH,))
    return Course("course", (reader,), {"method": method}, feedback=True)


def test_a_method_is_told_of_earlier_issues_alone() -> None:
    heard: list[tuple[Told, ...]] = []

    replay([issue(0, 10), issue(10, 20)], [in_turn(heard)])

    assert heard[0] == (Told(("gout",), (0,)),)
    assert heard[1][0].liked == (4,)
    assert heard[1][0].passed == (1, 2, 3, 5, 6, 7, 8, 9)


def test_wrong_answers_are_the_opposite() -> None:
    heard: list[tuple[Told, ...]] = []
    course = in_turn(heard)

    lies = Course("lies", course.readers, course.methods, feedback=True, flipped=1.0)
    replay([issue(0, 10), issue(10, 20)], [lies])

    assert heard[1][0].passed == (4,)


def test_what_is_never_liked_is_passed_over() -> None:
    heard: list[tuple[Told, ...]] = []
    course = in_turn(heard)

    mute = Course("mute", course.readers, course.methods, feedback=True, unclicked=1.0)
    replay([issue(0, 10), issue(10, 20)], [mute])

    assert heard[1][0].liked == ()
    assert 4 in heard[1][0].passed


def test_who_drifts_saves_the_first_of_the_new_and_wants_the_rest() -> None:
    new = Wish("falls", wanted=(1, 6, 7, 8, 9, 10))

    [wish] = drifting(WISH, new, 5).wishes

    assert wish.saved == (6, 7, 8)
    assert wish.wanted == (0, 4, 9, 10)
    assert wish.seeds == WISH.seeds


def test_recovery_is_the_first_issue_that_is_as_good_again() -> None:
    numbers = [list(range(40 * n, 40 * n + 40)) for n in range(1, 8)]
    late = Wish("late", wanted=tuple(places[0] for places in numbers), saved=(1,))
    good = [(places, falling(40).tolist()) for places in numbers]
    bad = [(places, (-falling(40)).tolist()) for places in numbers]

    found = recovery([served(late, *bad[:2], *good[2:])], [served(late, *good)])

    assert found == 3  # the first of three issues that are good on average
    assert recovery([served(late, *bad)], [served(late, *good)]) is None
