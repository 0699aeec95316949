import pickle
import random
from pathlib import Path

import numpy as np
import pytest

from made.candidates import a_candidate, a_mixed_pool
from ownjournal.ranking import pool as pool_module
from ownjournal.ranking.pool import Pool


def same(one: Pool, other: Pool) -> bool:
    arrays = (
        (one.rows.starts, other.rows.starts),
        (one.rows.places, other.rows.places),
        (one.rows.weights, other.rows.weights),
        (one.columns.places, other.columns.places),
        (one.idf, other.idf),
        (one.evidence, other.evidence),
    )
    equal = all(np.array_equal(first, second) for first, second in arrays)
    return equal and one.candidates == other.candidates


def test_weights_by_hand() -> None:
    """Two articles; "gout" is in both, "rest" in one, twice because of its title.

    With 200 imagined articles that hold neither: idf(gout) = ln(203/3) =
    4.2145, idf(rest) = ln(203/2) = 4.6200. Each is said twice in the second
    article, so both have the same tf, and its vector is along (4.2145, 4.6200).
    """
    pool = Pool.of([a_candidate(1, "Gout"), a_candidate(2, "Gout rest")])
    gout, rest = pool.vocabulary.known("gout"), pool.vocabulary.known("rest")

    terms, weights = pool.rows.line(1)

    assert pool.idf[[gout, rest]] == pytest.approx([4.2145, 4.6200], abs=1e-4)
    assert dict(zip(terms.tolist(), weights.tolist(), strict=True)) == pytest.approx(
        {gout: 4.2145 / 6.2534, rest: 4.6200 / 6.2534}, abs=1e-4
    )


def test_a_small_pool_knows_common_words() -> None:
    """idf(patient) = ln(202 / (2 + .4 * 200)), idf(podagra) = ln(202 / 2)."""
    pool = Pool.of([a_candidate(1, "Patients with podagra")])

    patient, podagra = (pool.vocabulary.known(word) for word in ("patients", "podagra"))

    assert pool.idf[patient] == pytest.approx(0.9016, abs=1e-4)
    assert pool.idf[podagra] == pytest.approx(4.6151, abs=1e-4)


def test_rows_have_length_1_and_columns_hold_the_same_cells() -> None:
    pool = Pool.of(a_mixed_pool())

    for row in range(len(pool)):
        terms, weights = pool.rows.line(row)
        assert np.linalg.norm(weights) == pytest.approx(1, abs=1e-5)
        for term, weight in zip(terms, weights, strict=True):
            rows, found = pool.columns.line(int(term))
            assert found[rows == row] == weight


def test_the_order_of_candidates_does_not_matter() -> None:
    candidates = a_mixed_pool()
    shuffled = random.Random(1).sample(candidates, len(candidates))

    assert same(Pool.of(candidates), Pool.of(shuffled))


def test_blocks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Pool.of(a_mixed_pool())
    monkeypatch.setattr(pool_module, "READ_AT_ONCE", 7)

    assert same(whole, Pool.of(a_mixed_pool()))


def test_a_pmid_given_twice_counts_once() -> None:
    pool = Pool.of([a_candidate(1, "Gout"), a_candidate(1, "Gout"), a_candidate(2)])

    assert [each.pmid for each in pool.candidates] == [1, 2]


def test_a_vector_from_outside_equals_that_of_the_row() -> None:
    pool = Pool.of(a_mixed_pool())
    terms, weights = pool.vector(pool.candidates[5])

    assert np.array_equal(terms, pool.rows.line(5)[0])
    assert weights == pytest.approx(pool.rows.line(5)[1], abs=1e-6)


@pytest.mark.parametrize("titles", [[], [""], ["the"]])
def test_a_pool_without_words_is_a_pool(titles: list[str]) -> None:
    pool = Pool.of([a_candidate(1, title) for title in titles])

    assert len(pool) == len(titles)
    assert pool.vector(a_candidate(9, "Gout"))[0].tolist() == []


def test_topics_and_journals_find_their_rows() -> None:
    pool = Pool.of(
        [
            a_candidate(1, mesh=("D1", "D2"), mesh_major=("D1",), journal="J"),
            a_candidate(2, mesh=("D2",)),
        ]
    )

    assert pool.with_topic["D2"].tolist() == [0, 1]
    assert pool.with_major_topic["D1"].tolist() == [0]
    assert pool.in_journal["J"].tolist() == [0]


def test_a_saved_pool_is_read_back_equal(tmp_path: Path) -> None:
    pool = Pool.of(a_mixed_pool(mesh=("D1",), journal="J"))
    pool.save(tmp_path / "pool.npz")

    read = Pool.load(tmp_path / "pool.npz")

    assert same(pool, read)
    assert read.vocabulary.terms == pool.vocabulary.terms
    assert same(pool, pickle.loads(pickle.dumps(pool)))


def test_a_pool_of_another_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Pool.of(a_mixed_pool(4)).save(tmp_path / "pool.npz")
    monkeypatch.setattr(pool_module, "FORMAT", 99)

    with pytest.raises(ValueError, match="another version"):
        Pool.load(tmp_path / "pool.npz")
