"""Vectors of meaning: how they are kept, compared, and joined with a result.

A vector has length 1 and is kept as one signed byte a dimension, which loses
nothing that can be measured in the order. Comparing is in whole numbers: the same
vectors give the same order on every machine, in any company.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ownjournal.search.index import Hit

Vector = npt.NDArray[np.float32]

DIMENSIONS = 384

DEPTH = 500
"""How many of the best by words are put in order by meaning too; 25 pages."""

SHARE = 0.7
"""Of meaning in the order, the rest is of words; docs/ranking.md has the others."""

LEADING, DRAWN = 3, 0.5
"""How many lead, and how much they weigh beside the question."""

OF_SO_MANY = 10  # there is a leader; the first of a few is often no good one

_LARGEST = 127  # of a signed byte
_FINE = 10_000  # steps of the vector asked with


def packed(vector: Vector) -> bytes:
    """DIMENSIONS bytes; the length is lost, and is no part of a meaning."""
    steps = np.rint(vector / np.abs(vector).max() * _LARGEST)
    return bytes(steps.astype(np.int8))


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
    hits: Sequence[Hit], asked: Vector, kept: Mapping[int, bytes]
) -> tuple[Hit, ...]:
    """The hits in the order of words and of likeness to a question.

    Done twice: what comes first then says, with the question, what is meant. That
    is Rocchio's feedback, without anybody giving it.
    """
    first = joined(hits, likenesses(asked, kept))
    known = [kept[hit.pmid] for hit in first if hit.pmid in kept]
    leading = known[: min(LEADING, len(known) // OF_SO_MANY)]
    if not leading:
        return first
    return joined(hits, likenesses(_led(asked, leading), kept))


def _led(asked: Vector, leading: Sequence[bytes]) -> Vector:
    """The question, drawn towards what leads."""
    rows = np.array([np.frombuffer(each, np.int8) for each in leading], np.float64)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    mean = rows.mean(axis=0)
    found: Vector = (asked + DRAWN * mean / np.linalg.norm(mean)).astype(np.float32)
    return found


def joined(hits: Sequence[Hit], likeness: Mapping[int, float]) -> tuple[Hit, ...]:
    """The hits in the order of words and meaning together.

    The mean of both, each stretched to reach from 0 to 1 over these hits. A hit
    without a likeness keeps the place that it has by its words; the others share
    the places that are left, so that no hit gains or loses by not being known.
    Equals keep their order; scores stay those of the words.
    """
    known = [hit for hit in hits if hit.pmid in likeness]
    if not known:
        return tuple(hits)
    by_words = _stretched([hit.score for hit in known])
    by_meaning = _stretched([likeness[hit.pmid] for hit in known])
    worth = (1 - SHARE) * by_words + SHARE * by_meaning
    best = iter([known[at] for at in np.argsort(-worth, kind="stable")])
    return tuple(next(best) if hit.pmid in likeness else hit for hit in hits)


def _stretched(values: Sequence[float]) -> npt.NDArray[np.float64]:
    found = np.asarray(values, np.float64)
    least, most = min(values), max(values)
    return (found - least) / (most - least or 1.0)
