from itertools import islice

import numpy as np
import pytest

from made.candidates import a_mixed_pool, about
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.slots import is_strange
from ownjournal.ranking.standing import FIRST, standing

GOUT = Interest("gout", "Gout", seeds=(about("gout", 901), about("gout", 902)))


@pytest.mark.parametrize("size", [0, 1, FIRST, 2 * FIRST, 2 * FIRST + 1, 7 * FIRST])
@pytest.mark.parametrize("kinds", [1, 3, 10_000])
def test_the_best_come_first_in_the_order_of_all(size: int, kinds: int) -> None:
    view = standing(Pool.of([]), [])
    dice = np.random.default_rng(size + kinds)
    values = dice.integers(0, kinds, size + 50) / kinds
    rows = np.sort(dice.permutation(size + 50)[:size])

    assert list(view.best_first(values, rows)) == view.order(values, rows)
    few = list(islice(view.best_first(values, rows), 5))
    assert few == view.order(values, rows)[:5]


@pytest.mark.parametrize("size", [30, 61])
def test_strange_is_what_is_not_above_the_median(size: int) -> None:
    pool = Pool.of(a_mixed_pool(size))
    for interests in ([], [GOUT]):
        view = standing(pool, interests)
        far = view.relevance <= np.median(view.relevance)

        found = [is_strange(view, row) for row in range(len(pool))]

        assert found == (far & ~view.about_any).tolist()


def test_an_article_is_about_any_interest_that_it_is_about_one_of() -> None:
    pool = Pool.of(a_mixed_pool(60))
    view = standing(pool, [GOUT, Interest("sleep", "Sleep", words=("sleep",))])

    assert view.about_any.tolist() == view.about.any(axis=0).tolist()
    assert 0 < view.about_any.sum() < len(pool)
    assert not standing(pool, []).about_any.any()
