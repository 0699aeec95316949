import numpy as np
import pytest
from msgspec.structs import replace

from made.candidates import a_mixed_pool, about
from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.many import AT_ONCE, ahead_of_many
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import model_of
from ownjournal.ranking.standing import standing


def meant(candidate: Candidate) -> Candidate:
    """The candidate with a vector of meaning that is made from its number."""
    numbers = np.random.default_rng(candidate.pmid).integers(-127, 127, 8)
    return replace(candidate, meaning=numbers.astype(np.int8).tobytes())


def readers(count: int) -> list[list[Interest]]:
    return [
        [
            Interest("b", "Seeds", seeds=(meant(about("gout", n)), about("falls", n))),
            Interest("a", "Words", words=("hip fracture",), journals=("J1",)),
            Interest("c", "Sleep", seeds=(about("sleep", n),)),
        ][: n % 4]
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("meanings", [False, True])
def test_many_readers_get_what_each_gets_alone(meanings: bool) -> None:
    candidates = a_mixed_pool(120)
    pool = Pool.of([meant(each) for each in candidates] if meanings else candidates)
    asked = readers(2 * AT_ONCE + 3)
    models = [[model_of(each, pool) for each in interests] for interests in asked]

    found = list(ahead_of_many(pool, models, most=50))

    assert len(found) == len(asked)
    for interests, ahead in zip(asked, found, strict=True):
        view = standing(pool, interests)
        rows = view.order(view.score, np.flatnonzero(view.allowed))[:50]
        assert ahead.rows.tolist() == rows
        assert ahead.score == pytest.approx(view.score[rows], abs=1e-5)
        assert ahead.relevance == pytest.approx(view.relevance[rows], abs=1e-5)
        assert ahead.interest.tolist() == view.best[rows].tolist()


def test_of_equals_the_newer_stand_ahead() -> None:
    same = [replace(about("gout", 1), pmid=pmid) for pmid in range(1, 40)]
    pool = Pool.of(same)
    model = model_of(Interest("i", "I", seeds=(about("gout", 99),)), pool)

    [ahead] = ahead_of_many(pool, [[model]], most=5)

    assert ahead.rows.tolist() == [38, 37, 36, 35, 34]


def test_what_was_retracted_is_not_among_them() -> None:
    pool = Pool.of([about("gout", 1, integrity="retracted"), about("gout", 2)])

    [ahead] = ahead_of_many(pool, [[]])

    assert ahead.rows.tolist() == [1]


@pytest.mark.parametrize("count", [0, 1])
def test_there_may_be_no_articles_and_no_readers(count: int) -> None:
    pool = Pool.of([])
    interests = [Interest("i", "I", seeds=(about("gout", 1),))]
    models = [[model_of(each, pool) for each in interests]] * count

    assert [len(each.rows) for each in ahead_of_many(pool, models)] == [0] * count
