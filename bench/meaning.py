"""The order by words and meaning, on the questions of `bench.questions`.

Each article that a question finds is read by the model as the worker reads it.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.figures import Row
from bench.questions import DEPTH as SHOWN
from bench.questions import articles, judged, ndcg
from bench.searched import Searched
from ownjournal.pubmed.article import Article
from ownjournal.search import semantic
from ownjournal.search.index import Hit
from ownjournal.search.semantic import Model
from ownjournal.search.vectors import DEPTH, likenesses, ordered, packed

AREA = "search"


def rows(shared: Path, every: int) -> Iterator[Row]:
    """nDCG of the first ten, and how fast one core reads; none without the extra."""
    model = semantic.model()
    if model is None:
        return
    print("Reading articles for the order by meaning …", file=sys.stderr, flush=True)
    folder = shared / "search" / "trec_genomics_2005"
    lines = (folder / "queries.jsonl").read_text().splitlines()[::every]
    topics = {each["id"]: each["text"] for each in map(json.loads, lines)}
    gains = judged(folder / "qrels.tsv")
    with tempfile.TemporaryDirectory() as place:
        documents = articles(folder / "documents.jsonl.gz")
        catalogue = Searched(shared, Path(place) / "index", documents)
        hits = {
            topic: catalogue.hits(text, limit=DEPTH) for topic, text in topics.items()
        }
    found = {hit.pmid for some in hits.values() for hit in some}
    started = time.process_time()
    read = _read(model, (catalogue.articles[pmid] for pmid in sorted(found)))
    seconds = time.process_time() - started
    sums = dict.fromkeys(("words", "both", "meaning"), 0.0)
    for topic, text in topics.items():
        asked = semantic.asked(semantic.question(text) or text)
        if asked is None:
            continue
        kept = {hit.pmid: read[hit.pmid] for hit in hits[topic] if hit.pmid in read}
        likeness = likenesses(asked, kept)
        by_meaning = sorted(likeness, key=likeness.__getitem__, reverse=True)
        sums["words"] += ndcg(_pmids(hits[topic]), gains[topic])
        sums["both"] += ndcg(_pmids(ordered(hits[topic], asked, kept)), gains[topic])
        sums["meaning"] += ndcg(by_meaning[:SHOWN], gains[topic])
    means = {name: value / len(topics) for name, value in sums.items()}
    yield Row(
        AREA,
        "nDCG@10, TREC Genomics 2005 subset, with [semantic]",
        means["both"],
        "",
        "higher",
        0.635,
        0.66,
        peer="words only",
        peer_value=means["words"],
        note=f"{len(topics)} topics; what words find by meaning alone"
        f" {means['meaning']:.3f}",
    )
    yield Row(
        AREA,
        "articles read for the order by meaning",
        len(found) / seconds,
        "articles/CPU-s",
        "higher",
        note=f"{len(found):,} articles, at most 256 tokens of each",
    )


def _read(model: Model, found: Iterable[Article]) -> dict[int, bytes]:
    """The vector of each article, as it is kept."""
    texts = {each.pmid: semantic.text_of(each) for each in found}
    return {
        pmid: packed(model.vector(text))
        for pmid, text in texts.items()
        if text is not None
    }


def _pmids(hits: Iterable[Hit]) -> list[int]:
    return [hit.pmid for hit in hits][:SHOWN]
