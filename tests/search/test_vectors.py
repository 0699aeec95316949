"""How vectors are kept and compared, and how meaning joins words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.search.index import Hit
from ownjournal.search.vectors import (
    DIMENSIONS,
    OF_A_SEARCH,
    OF_AN_ARTICLE,
    Vector,
    joined,
    likenesses,
    ordered,
    packed,
    unpacked,
)

SHARE = 0.7


def a_vector(seed: int) -> Vector:
    drawn = np.random.default_rng(seed).normal(size=DIMENSIONS)
    found: Vector = (drawn / np.linalg.norm(drawn)).astype(np.float32)
    return found


def hits(*scores: float) -> list[Hit]:
    """Articles 1, 2, 3 … with these scores."""
    return [Hit(pmid, score) for pmid, score in enumerate(scores, start=1)]


def pmids(found: tuple[Hit, ...]) -> list[int]:
    return [hit.pmid for hit in found]


def test_a_kept_vector_is_one_byte_a_dimension_and_says_the_same() -> None:
    asked, others = a_vector(0), {n: a_vector(n) + a_vector(0) for n in range(1, 50)}
    exact = {
        n: float(asked @ each / np.linalg.norm(each)) for n, each in others.items()
    }

    kept = {n: packed(each) for n, each in others.items()}

    assert {len(each) for each in kept.values()} == {DIMENSIONS}
    assert likenesses(asked, kept) == pytest.approx(exact, abs=0.003)


def test_a_likeness_does_not_hang_on_what_else_is_compared() -> None:
    asked, kept = a_vector(0), {n: packed(a_vector(n)) for n in range(1, 500)}

    together = likenesses(asked, kept)

    assert all(likenesses(asked, {n: kept[n]})[n] == together[n] for n in kept)
    assert likenesses(asked, {}) == {}


def test_meaning_and_words_are_added_up_each_from_0_to_1() -> None:
    # by words 1, .4, 0; by meaning 0, 1, .2: .3, .82, .14
    found = joined(hits(30.0, 18.0, 10.0), {1: 0.1, 2: 0.6, 3: 0.2}, SHARE)

    assert found == (Hit(2, 18.0), Hit(1, 30.0), Hit(3, 10.0))


@pytest.mark.parametrize("share, first", [(0.0, 1), (0.5, 2), (1.0, 3)])
def test_the_share_of_meaning_tells_whose_say_it_is(share: float, first: int) -> None:
    found = joined(hits(3.0, 2.7, 0.0), {1: 0.0, 2: 0.8, 3: 1.0}, share)

    assert pmids(found)[0] == first


def test_words_have_the_say_where_meaning_is_nearly_equal() -> None:
    # by meaning 1, .9, 0 for the first three: the words of 2 tell
    assert pmids(joined(hits(1, 9, 0), {1: 0.50, 2: 0.49, 3: 0.40}, SHARE)) == [2, 1, 3]


def test_what_is_not_known_keeps_its_place() -> None:
    likeness = {1: 0.1, 3: 0.5, 5: 0.9}

    assert pmids(joined(hits(5, 4, 3, 2, 1), likeness, SHARE)) == [5, 2, 3, 4, 1]


def test_equals_keep_their_order() -> None:
    likeness = dict.fromkeys(range(1, 101), 0.5)
    expected = [*range(1, 101, 2), *range(2, 101, 2)]
    assert pmids(joined(hits(*[2, 1] * 50), likeness, SHARE)) == expected
    assert joined([], {}, SHARE) == ()


def test_what_comes_first_says_what_is_meant() -> None:
    asked, other = a_vector(0), a_vector(9)
    vectors = {
        1: asked + 0.3 * other,  # leads by words and by meaning
        2: asked + 3 * a_vector(1),  # 2 and 3 are about as like to the question
        3: asked + 3.2 * other,
        **{n: a_vector(n) for n in range(10, 17)},
    }
    kept = {pmid: packed(each) for pmid, each in vectors.items()}
    scored = [Hit(pmid, 9.0 if pmid == 1 else 5.0) for pmid in kept]
    fewer = scored[:3]

    assert pmids(joined(scored, likenesses(asked, kept), SHARE))[:3] == [1, 2, 3]
    assert pmids(ordered(scored, asked, kept))[:3] == [1, 3, 2]
    assert pmids(ordered(fewer, asked, kept)) == [1, 2, 3]
    assert ordered(scored, asked, {}) == tuple(scored)


def test_of_an_article_more_lead_and_a_third_of_few() -> None:
    """The same three, of which the first leads where one in three may."""
    asked, other = a_vector(0), a_vector(9)
    vectors = {
        1: asked + 0.3 * other,
        2: asked + 3 * a_vector(1),
        3: asked + 3.2 * other,
    }
    kept = {pmid: packed(each) for pmid, each in vectors.items()}
    scored = [Hit(pmid, 9.0 if pmid == 1 else 5.0) for pmid in kept]

    assert pmids(ordered(scored, asked, kept, OF_A_SEARCH)) == [1, 2, 3]
    assert pmids(ordered(scored, asked, kept, OF_AN_ARTICLE)) == [1, 3, 2]


def test_an_unpacked_vector_has_length_1_and_points_where_it_did() -> None:
    vector = a_vector(5)

    again = unpacked(packed(vector))

    assert float(np.linalg.norm(again)) == pytest.approx(1)
    assert float(again @ vector) == pytest.approx(1, abs=1e-3)


@given(
    st.lists(st.floats(0, 1e6), max_size=12),
    st.dictionaries(st.integers(1, 14), st.floats(-1, 1)),
)
def test_nothing_is_lost_and_the_unknown_stay(
    scores: list[float], likeness: dict[int, float]
) -> None:
    given_hits = sorted(hits(*scores), key=lambda hit: -hit.score)

    found = joined(given_hits, likeness, SHARE)

    assert sorted(pmids(found)) == sorted(hit.pmid for hit in given_hits)
    for before, after in zip(given_hits, found, strict=True):
        if before.pmid not in likeness:
            assert after == before
