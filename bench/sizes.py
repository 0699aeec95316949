"""Sample sizes against the numbers that a person read in 60 abstracts."""

from collections.abc import Collection, Iterator
from pathlib import Path

from bench.figures import Row
from bench.labelled import ROOT, article, pool
from ownjournal.appraisal.judge import judge

READ = ROOT / "labels" / "sample_sizes.tsv"


def rows(shared: Path) -> Iterator[Row]:
    """Of those with odd PMIDs, which nothing was tuned on: right, and told at all."""
    stated = {pmid: right for pmid, right in _stated() if pmid % 2}
    told = dict(_told(shared, stated))
    right = sum(people in stated[pmid] for pmid, people in told.items())
    note = f"{len(told)} told, {sum(map(bool, stated.values()))} stated"
    yield Row(
        "ranking",
        "sample sizes told that are right",
        right / max(1, len(told)),
        "share",
        "higher",
        target=0.95,
        note=note,
    )
    yield Row(
        "ranking",
        "sample sizes told, of those stated",
        right / max(1, sum(map(bool, stated.values()))),
        "share",
        "higher",
        note=note,
    )


def _stated() -> Iterator[tuple[int, frozenset[int]]]:
    """By PMID, the numbers that are right; none where the abstract states none."""
    for line in READ.read_text().splitlines()[1:]:
        pmid, *numbers = line.split("\t")
        yield int(pmid), frozenset(int(each) for each in numbers if each)


def _told(shared: Path, wanted: Collection[int]) -> Iterator[tuple[int, int]]:
    """By PMID, the sizes that an appraisal of title and abstract tells."""
    for record in pool(shared):
        if int(record["pmid"]) in wanted:
            signs = judge(article(record, told=False)).signs
            size = next((each.words for each in signs if each.code == "size"), None)
            if size is not None:
                yield int(record["pmid"]), int(size)
