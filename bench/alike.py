"""Similar articles against judgements: articles relevant to one topic are alike.

Relevant articles of the TREC Genomics 2005 topics are asked for those like them;
right is what is relevant to a topic that they are relevant to. How rare a word is
comes from a pool of articles on everything; only judged ones are ranked. They are
a sample of each topic's pool, so the figures compare methods and say nothing else.
"""

import gzip
import json
import math
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.figures import Row
from ownjournal.search import semantic
from ownjournal.search.analysis import words
from ownjournal.search.document import Document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.similar import CANDIDATES, Similar, profile
from ownjournal.search.vectors import OF_AN_ARTICLE, ordered, packed, unpacked

Order = Callable[[Document], list[int]]
EVERY = 3  # of the judged articles one in so many is asked for
K1, B = 1.2, 0.75
LAMBDA, MU = 0.022, 0.013


def rows(shared: Path, every: int) -> Iterator[Row]:
    """nDCG of the first ten, ours beside plain BM25 and PubMed's own formula."""
    folder = shared / "search" / "trec_genomics_2005"
    documents = documents_of(folder / "documents.jsonl.gz", "id", "text")
    pool = documents_of(shared / "pool" / "articles.jsonl.gz", "pmid", "abstract")
    pool |= documents
    judged = _judged(folder / "qrels.tsv", documents)
    asked = sorted(judged)[:: EVERY * every]
    plainly = _Collection(documents, pool, _said)
    telling = _Collection(documents, pool, profile)
    with tempfile.TemporaryDirectory() as place:
        index = EmbeddedIndex.open(Path(place) / "index")
        index.apply(pool.values(), (), 1)
        ours = _Ours(index, pool, documents)
        methods: dict[str, Order] = {
            "ours, words": ours.by_words,
            "plain BM25": plainly.bm25,
            "PMRA": telling.pmra,
        }
        if ours.read:
            methods["ours"] = ours.by_meaning
        values = {
            name: sum(_ndcg(order(documents[pmid]), judged[pmid]) for pmid in asked)
            / len(asked)
            for name, order in methods.items()
        }
        index.close()
    yield Row(
        "article",
        "similar articles: nDCG@10 (TREC Genomics 2005)",
        values.get("ours", values["ours, words"]),
        "",
        "higher",
        peer="plain BM25",
        peer_value=values["plain BM25"],
        note=f"{len(asked)} articles asked for; compares methods only; PMRA is PubMed's"
        " formula, without MeSH",
        others=values,
    )


class _Ours:
    """What an index of everything finds among the judged, in our order."""

    def __init__(
        self,
        index: EmbeddedIndex,
        pool: dict[int, Document],
        documents: dict[int, Document],
    ) -> None:
        self._index, self._pool, self._documents = index, pool, documents
        self.read = _read(documents.values())

    def by_words(self, document: Document) -> list[int]:
        return [each.pmid for each in self._found(document)]

    def by_meaning(self, document: Document) -> list[int]:
        found = self._found(document)
        known = {each.pmid: self.read[each.pmid] for each in found}
        asked = unpacked(self.read[document.pmid])
        return [each.pmid for each in ordered(found, asked, known, OF_AN_ARTICLE)]

    def _found(self, document: Document) -> list[Similar]:
        def read(pmids: Iterable[int]) -> list[Document]:
            return [self._pool[pmid] for pmid in pmids]

        found = self._index.similar(document, read, limit=CANDIDATES)
        return [each for each in found if each.pmid in self._documents]


def _read(documents: Iterable[Document]) -> dict[int, bytes]:
    """The vector of each, as it is kept; none without the extra."""
    model = semantic.model()
    if model is None:
        return {}
    print("Reading articles for their meaning …", file=sys.stderr, flush=True)
    return {
        each.pmid: packed(model.vector(" ".join((*each.title, *each.texts))))
        for each in documents
    }


class _Collection:
    """Every document scored by the formulas of others, with no index."""

    def __init__(
        self,
        documents: dict[int, Document],
        pool: dict[int, Document],
        counted: Callable[[Document], dict[str, int]],
    ) -> None:
        self._counted = counted
        self._total = len(pool)
        self._held: Counter[str] = Counter()
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths: dict[int, int] = {}
        for pmid, document in pool.items():
            counts = counted(document)
            self._held.update(counts.keys())
            if pmid in documents:
                self._lengths[pmid] = sum(counts.values())
                for word, count in counts.items():
                    self._postings[word].append((pmid, count))
        self._mean = sum(self._lengths.values()) / len(documents)

    def bm25(self, document: Document) -> list[int]:
        """Every word of the article is asked for, as often as it says it."""

        def part(word: str, asked: int, count: int, pmid: int) -> float:
            damped = K1 * (1 - B + B * self._lengths[pmid] / self._mean)
            return asked * self._idf(word) * count * (K1 + 1) / (count + damped)

        return self._best(document, part)

    def pmra(self, document: Document) -> list[int]:
        """Lin and Wilbur 2007, doi:10.1186/1471-2105-8-423, with their parameters."""
        own = self._lengths[document.pmid]

        def weight(count: int, length: int) -> float:
            odds = (MU / LAMBDA) ** (count - 1) * math.exp((LAMBDA - MU) * length)
            return 1 / (1 + odds)

        def part(word: str, asked: int, count: int, pmid: int) -> float:
            both = weight(asked, own) * weight(count, self._lengths[pmid])
            return self._idf(word) * both

        return self._best(document, part)

    def _best(
        self,
        document: Document,
        part: Callable[[str, int, int, int], float],
    ) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        for word, asked in self._counted(document).items():
            for pmid, count in self._postings.get(word, ()):
                scores[pmid] += part(word, asked, count, pmid)
        scores.pop(document.pmid, None)
        return sorted(scores, key=lambda pmid: -scores[pmid])[:10]

    def _idf(self, word: str) -> float:
        held = self._held[word]
        return math.log(1 + (self._total - held + 0.5) / (held + 0.5))


def _said(document: Document) -> dict[str, int]:
    return Counter(words(" ".join((*document.title, *document.texts))))


def documents_of(path: Path, number: str, text: str) -> dict[int, Document]:
    found = {}
    with gzip.open(path, "rt") as lines:
        for each in map(json.loads, lines):
            pmid = int(each[number])
            title, texts = (
                (each[name],) if each.get(name) else () for name in ("title", text)
            )
            found[pmid] = Document(pmid, title, texts, (), (), (), (), None, False)
    return found


def _judged(path: Path, documents: dict[int, Document]) -> dict[int, set[int]]:
    """Of each relevant article, what is relevant to a topic of it, itself left out."""
    topics: dict[str, set[int]] = defaultdict(set)
    for line in path.read_text().splitlines()[1:]:
        topic, pmid, gain = line.split("\t")
        if int(gain) and int(pmid) in documents:
            topics[topic].add(int(pmid))
    found: dict[int, set[int]] = defaultdict(set)
    for relevant in topics.values():
        for each in relevant:
            found[each] |= relevant - {each}
    return {pmid: others for pmid, others in found.items() if others}


def _ndcg(found: list[int], right: set[int], depth: int = 10) -> float:
    gain = [1 / math.log2(place + 2) for place in range(depth)]
    got = sum(g for g, pmid in zip(gain, found, strict=False) if pmid in right)
    return got / sum(gain[: len(right)])
