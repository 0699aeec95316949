import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from made.candidates import SUBJECTS, a_candidate, a_mixed_pool, about
from ownjournal.appraisal.signs import HIGH_QUALITY, HIGH_SIGNIFICANCE
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.issue import Composition, compose
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.standing import standing

MIXED = Pool.of(a_mixed_pool(160))


def interest_in(*subjects: str, seeds: int = 2) -> list[Interest]:
    return [
        Interest(
            subject,
            subject.title(),
            seeds=tuple(about(subject, 99_400_000 + n) for n in range(seeds)),
        )
        for subject in subjects
    ]


def pmids(composition: Composition) -> list[int]:
    return [each.pmid for each in composition.chosen]


@settings(max_examples=40, deadline=None)
@given(
    followed=st.lists(st.sampled_from(list(SUBJECTS)), unique=True),
    length=st.integers(0, 20),
    before=st.frozensets(st.integers(99_200_000, 99_200_159), max_size=80),
)
def test_an_issue_is_finite_and_repeats_nothing(
    followed: list[str], length: int, before: frozenset[int]
) -> None:
    composition = compose(
        MIXED, interest_in(*followed), already_shown=before, length=length
    )

    found = pmids(composition)
    assert len(found) <= length
    assert len(set(found)) == len(found)
    assert before.isdisjoint(found)
    assert composition.considered == len(MIXED) - len(before)
    assert [each.slot for each in composition.chosen[:1]] in ([], ["lead"])
    assert all(each.why.endswith(".") for each in composition.chosen)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_anything_given_does_not_matter(chance: random.Random) -> None:
    candidates = a_mixed_pool(60)
    interests = interest_in("gout", "sleep", "falls", seeds=3)
    expected = compose(Pool.of(candidates), interests)
    chance.shuffle(candidates)
    chance.shuffle(interests)
    turned = [replace(each, seeds=each.seeds[::-1]) for each in interests]

    assert compose(Pool.of(candidates), turned) == expected


def test_the_reader_gets_what_the_interests_are_about() -> None:
    composition = compose(MIXED, interest_in("gout", "sleep"))

    for each in composition.chosen:
        if each.interest is not None:
            words = MIXED.candidates[MIXED.row_of[each.pmid]].title
            assert set(words.split()) & set(SUBJECTS[each.interest].split())


def test_every_interest_has_a_place() -> None:
    """Seeded 9, 2 and 1 times, as readers do who know one subject best."""
    interests = [
        *interest_in("gout", seeds=9),
        *interest_in("sleep", seeds=2),
        *interest_in("falls", seeds=1),
    ]

    found = {each.interest for each in compose(MIXED, interests).chosen}

    assert found >= {"gout", "sleep", "falls"}


def test_no_interest_takes_all_while_another_has_more() -> None:
    """Five places each, 40 % of 12 rounded up; the last two go to the better."""
    gout = [about("gout", 99_200_000 + n, quality=99) for n in range(30)]
    sleep = [about("sleep", 99_300_000 + n) for n in range(30)]

    composition = compose(Pool.of([*gout, *sleep]), interest_in("gout", "sleep"))

    counts = Counter(each.interest for each in composition.chosen)
    assert counts == {"gout": 7, "sleep": 5}


def test_the_ceiling_holds_only_while_others_have_more() -> None:
    only_gout = Pool.of([about("gout", 99_200_000 + n) for n in range(30)])

    assert len(compose(only_gout, interest_in("gout", "sleep")).chosen) == 12


def test_an_interest_with_a_faint_match_still_has_its_place() -> None:
    faint = replace(
        about("gout", 99_500_000),
        abstract="gout joint " * 8 + "podocoria " * 2,
    )
    pool = Pool.of([*a_mixed_pool(160), faint])
    interests = [*interest_in("gout"), Interest("w", "W", words=("podocoria",))]

    chosen = {each.pmid: each.interest for each in compose(pool, interests).chosen}

    assert chosen[99_500_000] == "w"


def test_two_articles_come_from_outside_for_quality_and_significance_alone() -> None:
    composition = compose(MIXED, interest_in("gout"))
    outside = [each for each in composition.chosen if each.slot == "outside"]

    assert len(outside) == 2
    for each in outside:
        assert each.interest is None and each.terms == ()
        assert each.quality >= HIGH_QUALITY or each.significance >= HIGH_SIGNIFICANCE
        assert each.why.startswith("Outside your interests: chosen for quality")
    view = standing(MIXED, interest_in("gout"))
    strange = view.relevance <= np.median(view.relevance)
    best = MIXED.evidence[strange].max()
    assert outside[0].quality + outside[0].significance == 2 * best


BEST = {"quality": 99, "significance": 99}


FAR = "Insomnia, melatonin, snoring"


def test_outside_is_nothing_near_doubted_or_from_the_bench() -> None:
    kept_out = [
        a_candidate(1, "Joint ventures of podocoria farmers in the valley", **BEST),
        a_candidate(2, FAR, integrity="concern", **BEST),
        a_candidate(3, FAR, clinical=False, **BEST),
    ]
    pool = Pool.of([*a_mixed_pool(160), *kept_out, a_candidate(4, FAR, **BEST)])

    chosen = compose(pool, interest_in("gout")).chosen

    outside = [each.pmid for each in chosen if each.slot == "outside"]
    assert outside[0] == 4
    assert not {1, 2, 3} & set(outside)


def test_the_lead_is_the_best_evidence_among_the_near() -> None:
    view = standing(MIXED, interest_in("gout"))
    chosen = [
        each for each in compose(MIXED, interest_in("gout")).chosen if each.interest
    ]
    rows = [MIXED.row_of[each.pmid] for each in chosen]

    leading = max(rows, key=lambda row: view.score[row] + 0.04 * MIXED.evidence[row])

    assert rows[0] == leading
    assert rows[0] != max(rows, key=lambda row: view.score[row])


def test_nothing_comes_from_outside_that_is_not_worth_it() -> None:
    poor = Pool.of(
        [replace(each, quality=10, significance=5) for each in MIXED.candidates]
    )

    assert {each.slot for each in compose(poor, interest_in("gout")).chosen} == {
        "lead",
        "practice",
    }


@pytest.mark.parametrize(("length", "places"), [(2, 0), (3, 1), (7, 1), (8, 2)])
def test_short_issues_reserve_less(length: int, places: int) -> None:
    chosen = compose(MIXED, interest_in("gout"), length=length).chosen

    assert sum(each.slot == "outside" for each in chosen) == places


def test_a_thin_pool_gives_a_thin_issue() -> None:
    pool = Pool.of([about("gout", 1), about("sleep", 2), about("sleep", 3)])

    assert pmids(compose(pool, interest_in("gout"))) == [1]
    assert compose(Pool.of([]), interest_in("gout")).chosen == ()
    assert compose(Pool.of([about("gout", 1)]), interest_in("gout")).chosen[0].pmid == 1


def test_without_interests_evidence_chooses_and_says_so() -> None:
    composition = compose(MIXED, [])
    scores = [each.quality + each.significance for each in composition.chosen]

    assert len(composition.chosen) == 12
    assert scores == sorted(scores, reverse=True)
    assert all("You follow no interest yet" in each.why for each in composition.chosen)


def test_an_interest_that_says_nothing_finds_nothing() -> None:
    chosen = compose(MIXED, [Interest("e", "Empty")]).chosen

    assert {each.interest for each in chosen} == {None}


@pytest.mark.parametrize("state", ["retracted", "withdrawn"])
@pytest.mark.parametrize("subject", ["gout", "sleep"])
def test_what_was_retracted_is_not_chosen(state: str, subject: str) -> None:
    bad = about(subject, 99_500_000, integrity=state, quality=90, significance=90)
    pool = Pool.of([*a_mixed_pool(), bad])

    assert bad.pmid not in pmids(compose(pool, interest_in("gout"), length=20))
    assert bad.pmid not in pmids(compose(pool, [], length=20))


def test_a_doubted_article_never_leads_and_never_comes_from_outside() -> None:
    gout = about("gout", 99_500_000, integrity="concern", quality=90, significance=90)
    sleep = about("sleep", 99_500_001, integrity="concern", quality=90, significance=90)
    pool = Pool.of([*a_mixed_pool(), gout, sleep])

    chosen = {
        each.pmid: each.slot for each in compose(pool, interest_in("gout")).chosen
    }

    assert chosen[gout.pmid] == "practice"
    assert sleep.pmid not in chosen


def test_bench_and_animal_work_is_demoted_and_not_hidden() -> None:
    animal = about("gout", 99_200_000, clinical=False)
    pool = Pool.of([animal, *a_mixed_pool()[1:]])
    all_clinical = Pool.of([replace(animal, clinical=True), *a_mixed_pool()[1:]])
    interests = interest_in("gout")

    before = pmids(compose(all_clinical, interests, length=40))
    after = pmids(compose(pool, interests, length=40))

    assert after.index(animal.pmid) > before.index(animal.pmid)


def test_a_work_comes_once_in_whatever_forms() -> None:
    preprint = about("gout", 99_500_000, doi="10.1/a", related_pmids=(99_500_001,))
    article = about("gout", 99_500_001, doi="10.1/b")
    pool = Pool.of([*a_mixed_pool(), preprint, article])
    both = {preprint.pmid, article.pmid}

    assert len(both & set(pmids(compose(pool, interest_in("gout"), length=40)))) == 1
    assert not both & set(
        pmids(
            compose(
                pool,
                interest_in("gout"),
                already_shown=frozenset({preprint.pmid}),
                length=40,
            )
        )
    )


def test_of_equals_the_newer_comes_first() -> None:
    twins = [
        a_candidate(n, "Gout", quality=50, significance=50, design="cohort")
        for n in (3, 1, 2)
    ]

    assert pmids(compose(Pool.of(twins), [])) == [3, 2, 1]
