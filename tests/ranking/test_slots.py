from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from made.candidates import SUBJECTS, a_candidate, a_mixed_pool, about
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.duplicates import trace_of
from ownjournal.ranking.exploring import NEAR_ENOUGH, of_best_quality
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import Chosen, compose
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.standing import LEAST_NEARNESS, standing

GOUT = [Interest("g", "Gout", seeds=(about("gout", 99_400_000),))]


def near_gout(**changes: Any) -> list[Candidate]:
    """Two words of gout among more and more of others: farther and farther."""
    sleep = about("sleep", 99_500_000, **changes)
    return [
        replace(
            sleep,
            pmid=99_500_000 + others,
            first_author=None,
            abstract=" ".join(
                [sleep.abstract, "gout urate tophus podagra joint flare"]
                + [f"only{others}w{n}" for n in range(others)]
            ),
        )
        for others in range(0, 160, 8)
    ]


def in_between(pool: Pool) -> list[int]:
    """PMIDs of the best that are near gout and not about it, the nearest first."""
    view = standing(pool, GOUT)
    rows = np.flatnonzero(view.sound & of_best_quality(view, pool)).tolist()
    near = [row for row in rows if NEAR_ENOUGH <= view.nearness[row] < LEAST_NEARNESS]
    near.sort(key=lambda row: -float(view.nearness[row]))
    return [pool.candidates[row].pmid for row in near if view.relevance[row] > 0]


def of_slot(chosen: tuple[Chosen, ...], slot: str) -> list[Chosen]:
    return [each for each in chosen if each.slot == slot]


def with_near(*near: Candidate) -> Pool:
    """Few articles are about gout, as in a week of PubMed."""
    mixed = a_mixed_pool(240)
    others = [each for n, each in enumerate(mixed) if n % 4]
    return Pool.of([*others, *mixed[:32:4], *near])


# Exploration


def test_one_article_is_to_explore_and_says_so() -> None:
    pool = with_near(*near_gout(quality=95))
    between = in_between(pool)
    assert len(between) > 1

    composition = compose(pool, GOUT)

    [explored] = of_slot(composition.chosen, "exploration")
    assert composition.chosen[-1] == explored
    assert (explored.pmid, explored.interest) == (between[0], "g")
    assert explored.propensity == pytest.approx(1 / len(between))
    assert explored.why.startswith("To explore, near “Gout” though not surely about it")
    assert "of the best tenth by quality (95 of 100)" in explored.why
    assert all(each.propensity is None for each in composition.chosen[:-1])


def test_where_nothing_is_near_the_neighbours_by_heading_are_explored() -> None:
    """A topic's articles often bear another heading too; who has that one is near."""
    topic = [
        a_candidate(n, f"Velotrine w{n}x", mesh=("D1", "D2", "D9"), quality=80)
        for n in range(1, 9)
    ]
    other = [a_candidate(n, f"Rest w{n}x", mesh=("D9",)) for n in range(11, 60)]
    neighbours = [
        a_candidate(60, "Rest a", mesh=("D2", "D9"), quality=80),
        a_candidate(61, "Rest b", mesh=("D3", "D9"), quality=90),
        a_candidate(62, "Rest c", mesh=("D9",), quality=95),
    ]
    pool = Pool.of([*topic, *other, *neighbours])

    chosen = compose(pool, [Interest("t", "Topic", topics=("D1",))]).chosen

    [explored] = of_slot(chosen, "exploration")
    assert (explored.pmid, explored.interest, explored.propensity) == (60, "t", 1)
    assert "PubMed indexes it under what often goes with it" in explored.why


@pytest.mark.parametrize(
    "changes",
    [
        {"quality": 50},
        {"quality": 95, "clinical": False},
        {"quality": 95, "integrity": "concern"},
        {"quality": 95, "integrity": "retracted"},
    ],
)
def test_it_is_of_the_best_quality_and_sound(changes: dict[str, Any]) -> None:
    pool = with_near(*near_gout(**changes))

    assert of_slot(compose(pool, GOUT).chosen, "exploration") == []


def test_where_all_are_of_one_quality_none_is_of_the_best() -> None:
    pool = Pool.of([replace(each, quality=0) for each in a_mixed_pool(160)])

    assert of_slot(compose(pool, GOUT).chosen, "exploration") == []


@pytest.mark.parametrize(("length", "places"), [(7, 0), (8, 1)])
def test_a_short_issue_explores_nothing(length: int, places: int) -> None:
    pool = with_near(*near_gout(quality=95))

    chosen = compose(pool, GOUT, length=length).chosen

    assert len(chosen) == length
    assert len(of_slot(chosen, "exploration")) == places


def test_without_interests_there_is_nothing_to_explore() -> None:
    assert of_slot(compose(with_near(), []).chosen, "exploration") == []


def test_places_kept_free_in_vain_go_to_the_practice() -> None:
    poor = [about("gout", 99_200_000 + n) for n in range(30)]

    chosen = compose(Pool.of(poor), GOUT).chosen

    assert Counter(each.slot for each in chosen) == {"lead": 1, "practice": 11}


# Sections of a journal


def test_two_articles_at_most_come_of_a_journal_s_section() -> None:
    research = [about("gout", 99_600_000 + n, journal="J9") for n in range(6)]
    reviews = [
        about("gout", 99_700_000 + n, journal="J9", design="review") for n in range(6)
    ]
    pool = Pool.of([*a_mixed_pool(20), *research, *reviews])

    chosen = {each.pmid for each in compose(pool, GOUT, length=40).chosen}

    assert len(chosen & {each.pmid for each in research}) == 2
    assert len(chosen & {each.pmid for each in reviews}) == 2


def test_a_journal_that_is_followed_has_no_limit() -> None:
    pool = Pool.of([about("gout", 99_600_000 + n, journal="J9") for n in range(6)])
    following = [*GOUT, Interest("j", "J", journals=("J9",))]

    assert len(compose(pool, GOUT).chosen) == 2
    assert len(compose(pool, following).chosen) == 6


def test_articles_of_no_known_journal_are_not_counted_as_one() -> None:
    pool = Pool.of([about("gout", 99_600_000 + n) for n in range(6)])

    assert len(compose(pool, GOUT).chosen) == 6


def test_the_limit_holds_without_interests_too() -> None:
    pool = Pool.of([about("gout", 99_600_000 + n, journal="J9") for n in range(6)])

    assert len(compose(pool, []).chosen) == 2


def test_what_the_practice_takes_is_not_taken_from_it_by_outside() -> None:
    best = {"quality": 99, "significance": 99}
    others = [about("sleep", 99_600_000 + n, journal="J9", **best) for n in (0, 1)]
    gout = [about("gout", 99_700_000 + n, journal="J9") for n in (0, 1)]

    chosen = {each.pmid for each in compose(Pool.of([*others, *gout]), GOUT).chosen}

    assert {each.pmid for each in gout} <= chosen


# Once, ever


def test_another_form_of_a_seed_is_not_shown() -> None:
    seed = about("gout", 99_400_000, doi="10.99999/seed")
    again = about("gout", 99_500_000, doi="10.99999/seed")
    pool = Pool.of([*a_mixed_pool(), again])

    shown = compose(pool, [Interest("g", "G", seeds=(seed,))], length=40).chosen
    assert again.pmid not in {each.pmid for each in shown}


def test_a_work_of_an_earlier_issue_is_not_shown_in_another_form() -> None:
    before = about("gout", 99_500_000, registrations=("NCT00000001",))
    later = about("gout", 99_600_000, registrations=("nct00000001",))
    pool = Pool.of([*a_mixed_pool(), later])

    def pmids(**known: Any) -> set[int]:
        return {each.pmid for each in compose(pool, GOUT, length=40, **known).chosen}

    assert later.pmid in pmids()
    assert later.pmid not in pmids(traces=[trace_of(before, pool)])


@settings(max_examples=25, deadline=None)
@given(
    followed=st.lists(st.sampled_from(list(SUBJECTS)), unique=True, max_size=4),
    length=st.integers(0, 20),
    journals=st.integers(1, 40),
)
def test_the_rules_of_places_hold_in_any_pool(
    followed: list[str], length: int, journals: int
) -> None:
    candidates = [
        replace(each, journal=f"J{each.pmid % journals}") for each in a_mixed_pool(120)
    ]
    interests = [Interest(name, name, words=(name,)) for name in followed]

    chosen = compose(Pool.of(candidates), interests, length=length).chosen

    slots = [each.slot for each in chosen]
    assert len(chosen) <= length
    assert slots[:1] in ([], ["lead"], ["exploration"])
    assert slots.count("exploration") <= 1
    if interests:
        assert slots.count("outside") <= 2
    journal_of = {each.pmid: each.journal for each in candidates}
    per_journal = Counter(journal_of[each.pmid] for each in chosen)
    assert all(count <= 2 for count in per_journal.values())
    assert "" not in {each.why for each in chosen}


def test_an_empty_pool_and_a_pool_of_one_make_a_sensible_issue() -> None:
    for interests in ([], GOUT):
        assert compose(Pool.of([]), interests).chosen == ()
    [only] = compose(Pool.of([a_candidate(1, "")]), []).chosen
    assert (only.pmid, only.slot) == (1, "lead")
    assert compose(Pool.of([a_candidate(1, "")]), GOUT).chosen == ()


@given(st.lists(st.integers(0, 100), min_size=1, max_size=60))
@settings(max_examples=60)
def test_the_best_tenth_is_that_of_the_sorted_qualities(qualities: list[int]) -> None:
    pool = Pool.of([about("gout", n, quality=q) for n, q in enumerate(qualities, 1)])

    found = of_best_quality(standing(pool, GOUT), pool).tolist()

    known = sorted(qualities, reverse=True)
    best = len(known) // 10
    edge = known[best - 1] if best else 101
    assert found == [edge > np.median(known) and q >= edge for q in qualities]
