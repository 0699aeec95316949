from zlib import crc32

import pytest

from made.candidates import a_candidate
from ownjournal.ranking.names import Names, is_by

ARTICLES = [
    a_candidate(1, authors=("Smith J", "Merrow Group")),
    a_candidate(2, authors=("Smith JA",)),
    a_candidate(3, authors=("Smith AJ", "Smith JAB")),
    a_candidate(4),
]


@pytest.mark.parametrize(
    ("author", "rows"),
    [
        ("Smith J", [0, 1, 2]),
        ("smith ja ", [1, 2]),
        ("Smith", []),
        ("Merrow Group", [0]),
        ("Merrow G", []),
        ("Nobody N", []),
    ],
)
def test_initials_may_be_cut_short(author: str, rows: list[int]) -> None:
    assert Names.of(ARTICLES).rows_by(author, ARTICLES).tolist() == rows
    assert [n for n, each in enumerate(ARTICLES) if is_by(each, author)] == rows


def test_names_of_one_sum_are_told_apart() -> None:
    """Both names have the CRC-32 that the other has."""
    one, other = "plumless", "buckeroo"
    assert crc32(one.encode()) == crc32(other.encode())
    articles = [a_candidate(1, authors=(one,)), a_candidate(2, authors=(other,))]

    assert Names.of(articles).rows_by(other, articles).tolist() == [1]


def test_a_pool_without_authors_has_none() -> None:
    assert Names.of([]).rows_by("Smith J", []).tolist() == []
