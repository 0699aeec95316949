"""Similar articles of the stream: what one review included is alike.

The articles that the readers want are asked for those like them; right is what the
same reader wants. Every method orders the whole stream; ours looks at the 1,000
that plain BM25 finds, as it reads what an index has found. The best 1,000 count.
Rarity and dimensions come from the whole stream, as a catalogue is there at once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bench.alike import K1, B, documents_of
from bench.figures import Row
from bench.ranking_peers.spaces import Spaces, held
from bench.stream import Reader, Stream
from ownjournal.search.document import Document
from ownjournal.search.similar import CANDIDATES, Similar, most_similar, profile
from ownjournal.search.vectors import OF_AN_ARTICLE, ordered, unpacked

AREA = "article"
DEPTH = 1_000
EVERY = 4  # of the wanted articles one in so many is asked for
OURS = ("ours", "ours, words")
TARGETS = {"nDCG@10": (0.527, 0.56), "MAP@1000": (0.291, 0.32)}

Scores = NDArray[np.float64]


def rows(
    shared: Path, stream: Stream, served: Sequence[Reader], every: int
) -> Iterator[Row]:
    """Ours beside plain words, PubMed's formula, and few dimensions."""
    alike = _alike(served)
    asked = sorted(alike)[:: EVERY * every]
    values: dict[str, list[tuple[float, float]]] = {}
    methods = _methods(stream)
    ours = _Ours(shared, stream)
    for place in asked:
        found = {name: score(place) for name, score in methods.items()}
        orders = {name: _best(scores, place) for name, scores in found.items()}
        orders |= ours(place, orders["BM25, the whole article"])
        for name, order in orders.items():
            values.setdefault(name, []).append(_measured(order, alike[place]))
    means = {name: np.mean(each, axis=0) for name, each in values.items()}
    for number, (figure, (floor, target)) in enumerate(TARGETS.items()):
        others = {name: float(each[number]) for name, each in means.items()}
        peers = [name for name in others if name not in OURS]
        best = max(peers, key=others.__getitem__)
        name = next(each for each in OURS if each in others)
        yield Row(
            AREA,
            f"related articles: {figure}",
            others[name],
            "",
            "higher",
            floor,
            target,
            best,
            others[best],
            note=f"{len(asked)} articles asked for",
            others=others,
        )


def _alike(served: Sequence[Reader]) -> dict[int, set[int]]:
    """By place in the stream, the others that a reader of it wants."""
    found: dict[int, set[int]] = {}
    for reader in served:
        for place in reader.wanted:
            found.setdefault(place, set()).update(reader.wanted - {place})
    return found


def _methods(stream: Stream) -> dict[str, Callable[[int], Scores]]:
    """Each gives the whole stream scores for the article at a place."""
    spaces = Spaces(stream.texts, 0, 0, len(stream.articles))
    asked, answering = _bm25(spaces.counts)
    made = {
        "TF-IDF": _product(spaces.words, spaces.words),
        "BM25, the whole article": _product(asked, answering),
        "related articles (PMRA)": _product(spaces.related, spaces.related),
        "LSA": lambda place: spaces.topics @ spaces.topics[place],
    }
    if (vectors := stream.texts.vectors) is not None:
        made["MiniLM"] = lambda place: vectors @ vectors[place]
    return made


def _product(asked: csr_matrix, answering: csr_matrix) -> Callable[[int], Scores]:
    def score(place: int) -> Scores:
        return np.asarray((answering @ asked[place].T).todense()).ravel()

    return score


def _bm25(counts: csr_matrix) -> tuple[csr_matrix, csr_matrix]:
    """Articles as queries, and as what is asked: their products are the scores."""
    total, rare = counts.shape[0], held(counts)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    of_row = np.repeat(lengths, np.diff(counts.indptr))
    asked, answering = counts.copy(), counts.copy()
    asked.data = (
        counts.data * np.log(1 + (total - rare + 0.5) / (rare + 0.5))[counts.indices]
    )
    damped = K1 * (1 - B + B * of_row / lengths.mean())
    answering.data = counts.data * (K1 + 1) / (counts.data + damped)
    return asked, answering


class _Ours:
    """Our order of what words have found, by meaning too where there are vectors."""

    def __init__(self, shared: Path, stream: Stream) -> None:
        path = shared / "ranking" / "stream_documents.jsonl.gz"
        held: dict[int, Document] = documents_of(path, "pmid", "abstract")
        self._documents = [held[each.pmid] for each in stream.articles]
        self._places = {each.pmid: n for n, each in enumerate(stream.articles)}
        self._held = Counter(term for each in self._documents for term in profile(each))
        self._read: dict[int, bytes] = {}
        if stream.texts.vectors is not None:
            meant = {each.pmid: each.meaning for each in stream.meant}
            self._read = {pmid: each for pmid, each in meant.items() if each}

    def __call__(self, place: int, candidates: Sequence[int]) -> dict[str, list[int]]:
        others = [self._documents[each] for each in candidates]
        document, total = self._documents[place], len(self._documents)
        found = most_similar(document, others, self._held.__getitem__, total, DEPTH)
        orders = {OURS[1]: self._in_stream(found)}
        if asked := self._read.get(document.pmid):
            first, rest = found[:CANDIDATES], found[CANDIDATES:]
            read = {
                each.pmid: self._read[each.pmid]
                for each in first
                if each.pmid in self._read
            }
            first = ordered(first, unpacked(asked), read, OF_AN_ARTICLE)
            orders[OURS[0]] = self._in_stream((*first, *rest))
        return orders

    def _in_stream(self, found: Sequence[Similar]) -> list[int]:
        return [self._places[each.pmid] for each in found]


def _best(scores: Scores, place: int) -> list[int]:
    """The best, without the article itself."""
    scores = np.array(scores, np.float64)
    scores[place] = -np.inf
    return np.argsort(-scores, kind="stable")[:DEPTH].tolist()


def _measured(order: Sequence[int], right: set[int]) -> tuple[float, float]:
    """nDCG of the first ten, and average precision."""
    hits = np.array([place in right for place in order])
    discounts = 1 / np.log2(np.arange(2, 12))
    gain = (hits[:10] * discounts[: len(hits[:10])]).sum()
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return (
        float(gain / discounts[: len(right)].sum()),
        float((precision * hits).sum() / len(right)),
    )
