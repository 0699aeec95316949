import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.linear_model import Ridge

from ownjournal.ranking.linear import MEANING, Space, direction, ridge


def made(rows: int = 12, seed: int = 3) -> tuple[Space, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    words = csr_array(chance.random((rows, 30), np.float32).round(1))
    meaning = chance.random((rows, 4), np.float32)
    wanted = np.where(np.arange(rows) < 4, 1.0, -1.0)
    return Space(words, meaning), wanted, chance.random(rows) + 0.1


def test_the_direction_is_that_of_ridge_regression() -> None:
    """scikit-learn solves it for the features; its constant is one more of them."""
    space, wanted, weights = made()
    features = np.hstack(
        [space.words.toarray(), space.meaning * np.sqrt(MEANING), np.ones((12, 1))]
    ).astype(np.float64)
    known = Ridge(alpha=0.3, fit_intercept=False).fit(features, wanted, weights)

    words, meaning = space.sum(ridge(space.gram(), wanted, weights, 0.3))

    assert words == pytest.approx(known.coef_[:30], abs=1e-5)
    assert meaning == pytest.approx(known.coef_[30:34] * np.sqrt(MEANING), abs=1e-5)


def test_a_direction_has_the_length_asked_for_and_keeps_the_strongest_terms() -> None:
    words, meaning = np.array([3.0, 0.0, -4.0, 0.5]), np.zeros(0)

    whole = direction(words, meaning, 4, 0.5)
    part = direction(words, meaning, 2, 0.5)

    assert whole.terms.tolist() == [0, 2, 3]
    assert np.linalg.norm(whole.weights) == pytest.approx(0.5)
    assert part.terms.tolist() == [0, 2]
    assert part.weights == pytest.approx(whole.weights[:2])


def test_nothing_has_no_direction() -> None:
    found = direction(np.zeros(3), np.zeros(2), 5, 1.0)

    assert (len(found.terms), found.meaning.tolist()) == (0, [0, 0])
