"""Vectors of meaning of the stream's articles, made once and kept beside the corpora.

    python -m bench.ranking_peers.meaning   makes them, in 20 minutes of one core

They lie in the folder of `bench.inputs`, never in the project. Without them, or
without the extra `semantic`, the table has no MiniLM.
"""

import gzip
import json
import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.inputs import FOLDER, SHARED
from ownjournal.ranking.candidate import Candidate
from ownjournal.search import semantic
from ownjournal.search.vectors import DIMENSIONS

Vectors = NDArray[np.float32]

PATH = FOLDER / "stream-vectors.npz"


def main() -> None:
    """Read the shared stream and keep its vectors."""
    model = semantic.model()
    if model is None:
        sys.exit("The extra `semantic` is not installed.")
    with gzip.open(SHARED / "ranking" / "stream_documents.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    made = np.zeros((len(rows), DIMENSIONS), np.float32)
    for row, each in enumerate(rows):
        parts = (each.get(name) for name in ("title", "abstract"))
        if text := " ".join(part for part in parts if part):
            made[row] = model.vector(text)
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.savez(PATH, pmids=np.array([int(each["pmid"]) for each in rows]), vectors=made)


def vectors_of(articles: Sequence[Candidate]) -> Vectors | None:
    """One row of length 1 for each article, of noughts where it has no words.

    None, and a line that says so, where they were not made.
    """
    if PATH.exists():
        with np.load(PATH, allow_pickle=False) as saved:
            if saved["pmids"].tolist() == [each.pmid for each in articles]:
                return np.asarray(saved["vectors"], np.float32)
    print(f"Without MiniLM: no {PATH}; see {__name__}.", file=sys.stderr, flush=True)
    return None


if __name__ == "__main__":
    main()
