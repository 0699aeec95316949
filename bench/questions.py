"""Questions in plain words, against the judgements of TREC Genomics 2005.

The documents are a sample of each topic's pool, so the figures compare ways to search
and say nothing absolute. Gain is 1 for what is partly and 2 for what is wholly right.
"""

import gzip
import json
import math
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Row
from bench.searched import Searched, marked
from ownjournal.pubmed.article import Abstract, Article, Section

DEPTH = 10


def rows(shared: Path, every: int) -> Iterator[Row]:
    """nDCG of the first ten; words as they are, and read as topics as the site does."""
    folder = shared / "search" / "trec_genomics_2005"
    lines = (folder / "queries.jsonl").read_text().splitlines()
    topics = {each["id"]: each["text"] for each in map(json.loads, lines)}
    gains = judged(folder / "qrels.tsv")
    with tempfile.TemporaryDirectory() as place:
        documents = articles(folder / "documents.jsonl.gz")
        catalogue = Searched(shared, Path(place) / "index", documents)
        plain, mapped = (
            sum(
                ndcg(catalogue.found(text, limit=DEPTH, mapped=mapped), gains[topic])
                for topic, text in topics.items()
            )
            / len(topics)
            for mapped in (False, True)
        )
    yield Row(
        "search",
        "nDCG@10, TREC Genomics 2005 subset, words only",
        mapped,
        "",
        "higher",
        0.488,
        0.54,
        note=f"{len(topics)} topics; words not read as topics of MeSH {plain:.3f}",
    )


def articles(path: Path) -> Iterator[Article]:
    """The documents: title and abstract."""
    with gzip.open(path, "rt") as lines:
        for each in map(json.loads, lines):
            text = marked(each["text"])
            yield Article(
                int(each["id"]),
                title=marked(each["title"]),
                abstract=None if text is None else Abstract((Section(text),)),
            )


def judged(path: Path) -> dict[str, dict[int, int]]:
    """The gain of each document, by topic."""
    gains = defaultdict[str, dict[int, int]](dict)
    for line in path.read_text().splitlines()[1:]:
        topic, pmid, gain = line.split("\t")
        gains[topic][int(pmid)] = int(gain)
    return gains


def ndcg(found: list[int], gains: dict[int, int]) -> float:
    """Of the first ten, with the gain as it is judged."""
    worth = [1 / math.log2(place + 2) for place in range(DEPTH)]
    best = sorted(gains.values(), reverse=True)
    ideal = sum(map(math.prod, zip(worth, best, strict=False)))
    got = [gains.get(pmid, 0) for pmid in found]
    return sum(map(math.prod, zip(worth, got, strict=False))) / ideal
