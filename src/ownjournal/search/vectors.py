"""Vectors of meaning: how they are kept, compared, and joined with a result.

A vector has length 1 and is kept as one signed byte a dimension, which loses
nothing that can be measured in the order. Comparing is in whole numbers: the same
vectors give the same order on every machine, in any company.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]


class Scored(Protocol):
    """An article found by its words: a hit, or a similar article."""

    @property
    def pmid(self) -> int:
        """Which article."""

    @property
    def score(self) -> float:
        """What its words are worth; compares within one result only."""


Found = TypeVar("Found", bound=Scored)

DIMENSIONS = 384

DEPTH = 500
"""How many of the best by words are put in order by meaning too; 25 pages."""


class Joining(NamedTuple):
    """How words and meaning are joined; docs/ranking.md has what else was tried."""

    share: float  # of meaning in the order, the rest is of words
    leading: int  # how many say with the question what is meant, at most
    of_so_many: int  # there is a leader; the first of a few is often no good one
    drawn: float  # how much the leaders weigh beside the question


OF_A_SEARCH = Joining(share=0.7, leading=3, of_so_many=10, drawn=0.5)
OF_AN_ARTICLE = Joining(share=0.8, leading=20, of_so_many=3, drawn=2.0)

_LARGEST = 127  # of a signed byte
_FINE = 10_000  # steps of the vector asked with


def packed(vector: Vector) -> bytes:
    """DIMENSIONS bytes; the length is lost, and is no part of a meaning."""
    steps = np.rint(vector / np.abs(vector).max() * _LARGEST)
    return bytes(steps.astype(np.int8))


def unpacked(kept: bytes) -> Vector:
    """The vector that is kept, of length 1."""
    steps = np.frombuffer(kept, np.int8).astype(np.float32)
    found: Vector = steps / np.linalg.norm(steps)
    return found


def likenesses(asked: Vector, kept: Mapping[int, bytes]) -> dict[int, float]:
    """The cosine between one vector and each that is kept, by the same key."""
    if not kept:
        return {}
    rows = np.frombuffer(b"".join(kept.values()), np.int8)
    wide = rows.reshape(-1, DIMENSIONS).astype(np.int64)
    products = wide @ np.rint(asked * _FINE).astype(np.int64)
    lengths = np.sqrt((wide * wide).sum(axis=1)) * _FINE
    return dict(zip(kept, (products / lengths).tolist(), strict=True))


def ordered(
    found: Sequence[Found],
    asked: Vector,
    kept: Mapping[int, bytes],
    how: Joining = OF_A_SEARCH,
) -> tuple[Found, ...]:
    """What was found in the order of words and of likeness to a question.

    Done twice: what comes first then says, with the question, what is meant. That
    is Rocchio's feedback, without anybody giving it.
    """
    first = joined(found, likenesses(asked, kept), how.share)
    known = [kept[each.pmid] for each in first if each.pmid in kept]
    leading = known[: min(how.leading, len(known) // how.of_so_many)]
    if not leading:
        return first
    led = asked + how.drawn * _middle(leading)
    return joined(found, likenesses(led, kept), how.share)


def _middle(leading: Sequence[bytes]) -> Vector:
    """What leads, as one vector of length 1."""
    mean = np.mean([unpacked(each) for each in leading], axis=0)
    found: Vector = (mean / np.linalg.norm(mean)).astype(np.float32)
    return found


def joined(
    found: Sequence[Found], likeness: Mapping[int, float], share: float
) -> tuple[Found, ...]:
    """What was found in the order of words and meaning together.

    The mean of both, of which meaning has this share, each stretched to reach from
    0 to 1 over all that have a likeness. What has none keeps the place that it has
    by its words; the others share the places that are left, so that nothing gains
    or loses by not being known. Equals keep their order; scores stay those of the
    words.
    """
    known = [each for each in found if each.pmid in likeness]
    if not known:
        return tuple(found)
    by_words = _stretched([each.score for each in known])
    by_meaning = _stretched([likeness[each.pmid] for each in known])
    worth = (1 - share) * by_words + share * by_meaning
    best = iter([known[at] for at in np.argsort(-worth, kind="stable")])
    return tuple(next(best) if each.pmid in likeness else each for each in found)


def _stretched(values: Sequence[float]) -> npt.NDArray[np.float64]:
    found = np.asarray(values, np.float64)
    least, most = min(values), max(values)
    return (found - least) / (most - least or 1.0)
