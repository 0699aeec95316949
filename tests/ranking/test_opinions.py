"""Issues for readers who said little, or one thing and then another."""

from typing import Any

import pytest

from made.candidates import a_mixed_pool, about
from ownjournal.ranking.explain import explain
from ownjournal.ranking.feedback import Opinion
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import Composition, compose
from ownjournal.ranking.pool import Pool

POOL = Pool.of(a_mixed_pool(80))
GOUT = about("gout", 99_400_000)
SLEEP = about("sleep", 99_400_001)


def issue_for(length: int = 12, **said: Any) -> Composition:
    interest = Interest("i", "Mine", **said)
    composition = compose(POOL, [interest], length=length)
    for position, each in enumerate(composition.chosen, start=1):
        assert each.why.endswith(".")
        told = explain(POOL, [interest], each.pmid, length=length)[-1].lines
        assert told[0].startswith(f"It has place {position} of ")
    return composition


def subjects(composition: Composition) -> set[int]:
    """The mixed pool has gout, sepsis, sleep and falls in turn."""
    return {each.pmid % 4 for each in composition.chosen if each.interest}


def test_one_dismissed_article_alone_makes_no_interest() -> None:
    composition = issue_for(dismissed=(Opinion(GOUT, 1.0),))

    assert subjects(composition) == set()
    assert {each.slot for each in composition.chosen} <= {"lead", "outside"}


def test_a_dismissed_article_lowers_what_is_like_it() -> None:
    both = issue_for(seeds=(GOUT, SLEEP), length=50)
    less = issue_for(seeds=(SLEEP,), dismissed=(Opinion(GOUT, 1.0),), length=50)

    assert subjects(both) >= {0, 2}
    assert subjects(less) == {2}


@pytest.mark.parametrize(
    ("liked", "dismissed", "wanted"), [(1.0, 0.5, {0}), (0.5, 1.0, set())]
)
def test_of_contradicting_opinions_the_fresher_holds(
    liked: float, dismissed: float, wanted: set[int]
) -> None:
    composition = issue_for(
        liked=(Opinion(GOUT, liked),), dismissed=(Opinion(GOUT, dismissed),)
    )

    assert subjects(composition) == wanted


def test_opinions_of_equal_weight_cancel_out() -> None:
    opinion = (Opinion(GOUT, 1.0),)

    assert subjects(issue_for(liked=opinion, dismissed=opinion)) == set()


@pytest.mark.parametrize("kind", ["liked", "dismissed", "passed"])
def test_what_was_said_something_of_is_not_shown_again(kind: str) -> None:
    known = POOL.candidates[0]
    interest = Interest("i", "Mine", words=("gout",), **{kind: (Opinion(known, 0.1),)})

    chosen = compose(POOL, [interest], length=40).chosen

    assert known.pmid not in {each.pmid for each in chosen}


@pytest.mark.parametrize("state", ["retracted", "withdrawn", "concern"])
def test_a_doubted_seed_still_tells_its_subject(state: str) -> None:
    seed = about("gout", 99_400_000, integrity=state)

    composition = issue_for(seeds=(seed,))

    assert subjects(composition) == {0}
    named = {each.nearest_seed for each in composition.chosen if each.interest}
    assert named == ({seed.pmid} if state == "concern" else {None})
