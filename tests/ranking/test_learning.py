import numpy as np
import pytest
from msgspec.structs import replace

from made.candidates import SUBJECTS, a_candidate, a_mixed_pool, about
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.feedback import Opinion, faded
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.learning import TERMS
from ownjournal.ranking.linear import Direction
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import Scored, model_of, score

POOL = Pool.of(a_mixed_pool(240))
SUBJECT = list(SUBJECTS)


def scored(pool: Pool = POOL, **parts: object) -> Scored:
    interest = Interest("i", "Interest", **parts)  # type: ignore[arg-type]
    return score(model_of(interest, pool), pool)


def mean_of(found: Scored, subject: str) -> float:
    rows = np.arange(len(found.nearness)) % 4 == SUBJECT.index(subject)
    return float(found.nearness[rows].mean())


def said(subject: str, *pmids: int, weight: float = 1.0) -> tuple[Opinion, ...]:
    return tuple(Opinion(about(subject, pmid), weight) for pmid in pmids)


def test_what_is_liked_rises() -> None:
    before = scored(seeds=(about("gout", 1),))
    after = scored(seeds=(about("gout", 1),), liked=said("sleep", 2, 3))

    assert mean_of(after, "sleep") > mean_of(before, "sleep") + 0.05


def test_what_is_dismissed_sinks() -> None:
    seeds = (about("gout", 1), about("sleep", 2))
    many = tuple(range(10, 40))
    before = scored(seeds=seeds)
    after = scored(seeds=seeds, dismissed=said("sleep", *many))

    assert mean_of(after, "sleep") < mean_of(before, "sleep")
    assert mean_of(after, "gout") > mean_of(after, "sleep")


def test_what_is_passed_over_sinks_less() -> None:
    seeds, many = (about("gout", 1), about("sleep", 2)), tuple(range(10, 40))
    dismissed = mean_of(scored(seeds=seeds, dismissed=said("sleep", *many)), "sleep")
    passed = mean_of(scored(seeds=seeds, passed=said("sleep", *many)), "sleep")

    assert dismissed < passed < mean_of(scored(seeds=seeds), "sleep")


def test_words_that_the_seeds_lack_are_learnt_from_their_neighbours() -> None:
    """All of a subject stands in the pool in words of which the seed has two."""
    seed = a_candidate(1, "Tophus, podagra")
    others = [word for word in SUBJECTS["gout"].split() if word not in seed.title]

    found = scored(seeds=(seed,)).model.direction
    weights = dict(zip(found.terms.tolist(), found.weights.tolist(), strict=True))

    terms = [POOL.vocabulary.known(word) for word in others]
    assert sum(weights.get(term, 0.0) > 0.02 for term in terms) >= 4


def weight_of(word: str, found: Scored) -> float:
    terms, weights = found.model.direction.terms, found.model.direction.weights
    return float(weights[terms == POOL.vocabulary.known(word)].sum())


def test_what_was_dismissed_is_no_neighbour() -> None:
    """Of the 240 articles four are borrowed; "other" with a number is in one only."""
    seed = about("gout", 1)
    first = np.argsort(-scored(seeds=(seed,)).relevance)[:4].tolist()
    near = [POOL.candidates[row] for row in first]

    found = scored(seeds=(seed,), dismissed=tuple(Opinion(each, 1.0) for each in near))

    assert all(weight_of(f"other{each.pmid * 7}", found) <= 0 for each in near)


def test_an_article_dismissed_alone_sinks_its_like_and_raises_nothing() -> None:
    found = scored(dismissed=said("gout", 1))

    assert mean_of(found, "gout") < -0.05
    assert found.nearness.max() < 0.01


def test_an_interest_liked_long_ago_fades_and_a_seed_does_not() -> None:
    fresh = scored(liked=said("gout", 1))
    old = scored(liked=said("gout", 1, weight=faded(2 * 365)))

    assert mean_of(old, "gout") == pytest.approx(
        faded(2 * 365) * mean_of(fresh, "gout"), rel=0.2
    )
    assert mean_of(scored(seeds=(about("gout", 1),)), "gout") == pytest.approx(
        mean_of(fresh, "gout")
    )


def test_the_order_of_what_was_said_does_not_matter() -> None:
    seeds, liked = (about("gout", 1), about("gout", 2)), said("gout", 3, 4)
    dismissed = said("sleep", 5, 6)

    one = scored(seeds=seeds, liked=liked, dismissed=dismissed)
    other = scored(seeds=seeds[::-1], liked=liked[::-1], dismissed=dismissed[::-1])

    assert np.array_equal(one.relevance, other.relevance)


@pytest.mark.parametrize("size", [0, 1, 2, 30])
def test_small_pools_are_ordered_by_likeness(size: int) -> None:
    pool = Pool.of(a_mixed_pool(size))

    found = scored(pool, seeds=(about("gout", 1),), dismissed=said("sleep", 2))

    assert len(found.relevance) == size
    if size > 1:
        assert all(row % 4 == 0 for row in np.argsort(-found.relevance)[: size // 4])
        assert found.relevance.argmax() % 4 == 0


@pytest.mark.parametrize("size", [1, 6, 40])
def test_a_pool_of_one_subject_is_about_it(size: int) -> None:
    pool = Pool.of([about("gout", 1_000 + n) for n in range(size)])

    assert (scored(pool, seeds=(about("gout", 1),)).nearness > 0.2).all()


ODD = [
    a_candidate(1, ""),
    a_candidate(2, "Gout"),
    a_candidate(3, "", abstract="gout"),
    a_candidate(4, "Gout", abstract="urate flare " * 8_000),
    a_candidate(5, "Подагра и сон", languages=("rus",)),
    a_candidate(6, "痛風の治療", languages=("jpn",)),
    a_candidate(7, "の " * 5_000),
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("part", ["seeds", "liked", "dismissed", "pool"])
def test_odd_articles_leave_numbers(odd: Candidate, part: str) -> None:
    pool = Pool.of([*a_mixed_pool(60), odd] if part == "pool" else a_mixed_pool(60))
    said_of = {"seeds": odd, "liked": Opinion(odd, 1.0), "dismissed": Opinion(odd, 1.0)}
    parts: dict[str, tuple[object, ...]] = {"seeds": (about("gout", 9),)}
    if part != "pool":
        parts[part] = (*parts.get(part, ()), said_of[part])

    found = scored(pool, **parts)

    assert np.isfinite(found.relevance).all()
    usual = [row for row, each in enumerate(pool.candidates) if each.pmid > 99_000_000]
    assert found.relevance[usual].argmax() % 4 == 0


def test_a_retracted_seed_teaches() -> None:
    seed = about("gout", 1)
    sound = scored(seeds=(seed,))

    found = scored(seeds=(replace(seed, integrity="retracted"),))

    assert np.array_equal(found.nearness, sound.nearness)


def test_a_direction_has_few_terms() -> None:
    texts = [
        a_candidate(n, f"Gout {' '.join(f'w{n}x{m}' for m in range(60))}")
        for n in range(1, 31)
    ]

    found: Direction = scored(Pool.of(texts), seeds=tuple(texts)).model.direction

    assert len(found.terms) == TERMS


# Meaning


def packed(*numbers: int) -> bytes:
    return bytes(np.array(numbers, np.int8))


def test_meaning_finds_what_words_do_not() -> None:
    pool = Pool.of(
        [
            a_candidate(1, "Podagra", meaning=packed(127, 10, 0)),
            a_candidate(2, "Sleep", meaning=packed(0, 127, 0)),
            a_candidate(3, "Falls", meaning=packed(0, 0, 127)),
            a_candidate(4, "Tophus"),
        ]
    )
    seed = a_candidate(9, "Gout", meaning=packed(127, 0, 0))

    found = scored(pool, seeds=(seed,)).nearness

    assert found.argmax() == 0
    assert abs(found[3]) < 0.01  # of unknown meaning: neither near nor far
    assert found[0] > 0.2 and found[1] < 0 and found[2] < 0


def test_a_meaning_of_another_size_is_none() -> None:
    pool = Pool.of([a_candidate(1, "Gout", meaning=packed(1, 2)), a_candidate(2)])

    seed = a_candidate(9, "Gout", meaning=packed(1, 2, 3))

    assert pool.meaning_of(seed).tolist() == [0, 0]
    assert scored(pool, seeds=(seed,)).relevance.argmax() == 0
