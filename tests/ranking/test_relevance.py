import numpy as np
import pytest

from made.candidates import a_candidate, a_mixed_pool, about
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import (
    LEAST_SPREAD,
    Scored,
    model_of,
    nearest_seed,
    relevance_of,
    score,
)

GOUT = Interest("g", "Gout", seeds=(about("gout", 99_200_000),))


def scored(interest: Interest, pool: Pool) -> Scored:
    return score(model_of(interest, pool), pool)


def test_one_seed_is_likeness_to_it() -> None:
    """One seed "gout": its cosine is the weight of "gout" in each article.

    For the idf see test_pool: 4.2145 / |(4.2145, 4.6200)| = .6739. In a pool of two
    hardly anything is known of what the seed is to be told from.
    """
    pool = Pool.of([a_candidate(1, "Gout"), a_candidate(2, "Gout rest")])
    interest = Interest("g", "Gout", seeds=(a_candidate(9, "Gout"),))

    assert scored(interest, pool).parts.seeds == pytest.approx([1, 0.6739], abs=0.03)


def test_articles_like_the_seeds_come_first() -> None:
    pool = Pool.of(a_mixed_pool())

    best = np.argsort(-scored(GOUT, pool).relevance)[:20]

    assert all(row % 4 == 0 for row in best)  # every fourth is about gout


def test_headings_count_more_as_main_points() -> None:
    pool = Pool.of(
        [
            a_candidate(1, mesh=("D1",)),
            a_candidate(2, mesh=("D1",), mesh_major=("D1",)),
            a_candidate(3, mesh=("D2",)),
        ]
    )
    interest = Interest("t", "Topic", topics=("D1", "D9"))

    assert scored(interest, pool).parts.topics == pytest.approx([0.7, 1, 0])


def test_what_a_saved_search_finds_counts_as_a_main_point() -> None:
    pool = Pool.of([a_candidate(1, "Gout"), a_candidate(2, "Rest")])
    interest = Interest("s", "Gout NOT rest", matches=(1, 77))

    found = scored(interest, pool)

    assert found.parts.topics == pytest.approx([1, 0])
    for row, each in enumerate(pool.candidates):
        assert relevance_of(each, found, pool) == pytest.approx(found.relevance[row])


def test_a_phrase_needs_all_of_its_words() -> None:
    titles = ["Merrow fever", "Fever in Merrow", "Fever", "Merrow", "Gout"]
    pool = Pool.of([a_candidate(n, title) for n, title in enumerate(titles, 1)])
    interest = Interest("w", "Words", words=("Merrow fever",))

    found = scored(interest, pool).parts.words

    assert (found > 0).tolist() == [True, True, False, False, False]


def test_a_phrase_with_a_word_unknown_here_matches_nothing() -> None:
    pool = Pool.of([a_candidate(1, "Fever"), a_candidate(2, "Gout")])

    assert not scored(
        Interest("w", "W", words=("Merrow fever",)), pool
    ).parts.words.any()


def test_the_name_of_a_topic_finds_articles_without_headings_yet() -> None:
    pool = Pool.of([a_candidate(1, "Gout in women"), a_candidate(2, "Rest")])
    by_topic = scored(Interest("t", "Gout", topics=("D1",)), pool).parts.words
    by_word = scored(Interest("w", "W", words=("gout",)), pool).parts.words

    assert 0 < by_topic[0] < by_word[0]
    assert by_topic[1] == 0


@pytest.mark.parametrize(("seeds", "share"), [(0, 1), (1, 0.75), (3, 0.5), (20, 0.4)])
def test_words_say_less_the_more_articles_are_named(seeds: int, share: float) -> None:
    pool = Pool.of([a_candidate(1, "Gout"), a_candidate(2, "Rest")])
    named = tuple(a_candidate(10 + n, "Rest") for n in range(seeds))
    interest = Interest("w", "W", words=("gout",), seeds=named)

    assert scored(interest, pool).parts.words == pytest.approx([share, 0])


def test_journals_count() -> None:
    pool = Pool.of([a_candidate(1, journal="J1"), a_candidate(2)])

    parts = scored(Interest("j", "Journal", journals=("J1",)), pool).parts

    assert parts.journals.tolist() == [1, 0]


@pytest.mark.parametrize("interest", [GOUT, Interest("e", "Empty")])
def test_relevance_is_standardised_over_the_pool(interest: Interest) -> None:
    found = scored(interest, Pool.of(a_mixed_pool()))

    assert found.relevance.mean() == pytest.approx(0, abs=1e-6)
    if found.spread > LEAST_SPREAD:
        assert found.relevance.std() == pytest.approx(1, abs=1e-6)


def test_one_rare_word_does_not_stand_out_without_end() -> None:
    pool = Pool.of([*a_mixed_pool(400), a_candidate(1, "Podocoria")])

    found = scored(Interest("w", "W", words=("podocoria",)), pool)

    assert 5 < found.relevance.max() < 12


@pytest.mark.parametrize("pmid", [99_200_000, 99_200_001, 99_200_017])
def test_a_text_from_outside_is_scored_as_its_row_is(pmid: int) -> None:
    candidates = a_mixed_pool(mesh=("D1",), journal="J1")
    pool = Pool.of(candidates)
    interest = Interest(
        "all",
        "Sleep",
        topics=("D1",),
        words=("gout flare",),
        journals=("J1",),
        seeds=(about("sleep", 99_200_002),),
    )
    found = scored(interest, pool)
    row = pool.row_of[pmid]

    assert relevance_of(pool.candidates[row], found, pool) == pytest.approx(
        found.relevance[row], abs=1e-4
    )


def seeds_of(*seeds: Candidate) -> Interest:
    return Interest("s", "Seeds", seeds=seeds)


def test_the_nearest_seed_is_the_most_alike() -> None:
    pool = Pool.of(a_mixed_pool())
    interest = seeds_of(about("sleep", 99_300_000), about("gout", 99_300_001))

    seed = nearest_seed(model_of(interest, pool), 0, pool)

    assert seed is not None and seed.pmid == 99_300_001


def test_an_article_without_a_word_has_no_nearest_seed() -> None:
    pool = Pool.of([a_candidate(1, "2024."), *a_mixed_pool()])
    interest = seeds_of(about("gout", 99_300_001))

    assert nearest_seed(model_of(interest, pool), pool.row_of[1], pool) is None


def test_a_retracted_seed_is_never_named() -> None:
    pool = Pool.of(a_mixed_pool())
    seed = about("gout", 99_300_001, integrity="retracted")

    assert nearest_seed(model_of(seeds_of(seed), pool), 0, pool) is None
    assert scored(seeds_of(seed), pool).relevance[0] > 1


def test_seeds_without_words_teach_nothing() -> None:
    pool = Pool.of(a_mixed_pool())
    interest = seeds_of(a_candidate(5, ""), a_candidate(6, "Zzyzx"))

    assert not scored(interest, pool).nearness.any()
