"""Time what readers cost, in a process of its own: `bench.ranking_speed` starts it.

    training   one interest of ten seeds, learnt on a pool of 30,000 articles
    scoring N  what stands highest for N readers of three interests each
    peer       arxiv-sanity-lite's model of one reader on the same articles
    judging    the rules of appraisal, on every real record there is

CPU seconds, so that a busy machine changes little, but for scoring, which is for
two cores. Prints JSON.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bench.inputs import SHARED
from bench.searched import pool as pool_articles
from bench.searched import real
from ownjournal.appraisal.judge import judge
from ownjournal.ranking.candidate import Candidate, candidate
from ownjournal.ranking.interest import Interest
from ownjournal.ranking.many import ahead_of_many
from ownjournal.ranking.pool import Pool
from ownjournal.ranking.relevance import model_of, score

ARTICLES = 30_000
SEEDS = 10
ASKED = 40  # interests
PEERS = 5  # readers of the peer, which takes long


def main() -> None:
    parts: dict[str, Callable[[], dict[str, float]]] = {
        "training": training,
        "peer": peer,
        "judging": judging,
        "scoring": scoring,
    }
    print(json.dumps(parts[sys.argv[1]]()))


def training() -> dict[str, float]:
    """Milliseconds to learn one interest and to score the pool for it; medians."""
    started = time.process_time()
    pool = Pool.of(_candidates())
    built = time.process_time() - started
    learnt, scored = [], []
    for interest in _interests(pool):
        started = time.process_time()
        model = model_of(interest, pool)
        learnt.append(time.process_time() - started)
        started = time.process_time()
        score(model, pool)
        scored.append(time.process_time() - started)
    return {
        "articles": len(pool),
        "pool_s": built,
        "learnt_ms": 1000 * statistics.median(learnt),
        "scored_ms": 1000 * statistics.median(scored),
    }


def scoring() -> dict[str, float]:
    """Seconds for many readers, learning and the pool left out.

    They share ASKED interests, each reader another three: scoring knows nothing of
    that.
    """
    pool = Pool.of(_candidates())
    models = [model_of(each, pool) for each in _interests(pool)]
    count = int(sys.argv[2])
    asked = (
        [models[(reader * step) % ASKED] for step in (1, 3, 7)]
        for reader in range(1, count + 1)
    )
    wall, cpu = time.perf_counter(), time.process_time()
    served = sum(1 for _ in ahead_of_many(pool, asked))
    return {
        "articles": len(pool),
        "readers": served,
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
    }


def peer() -> dict[str, float]:
    """Seconds for one reader: fit against all the rest, then order everything.

    Settings as in `ranking_peers.learnt`; turning texts into numbers is left out.
    """
    texts = [f"{each.title} {each.abstract}" for each in _candidates()]
    matrix = TfidfVectorizer(
        stop_words="english",
        ngram_range=(1, 2),
        max_features=20_000,
        min_df=5,
        max_df=0.1,
        sublinear_tf=True,
    ).fit_transform(texts)
    times = []
    for reader in range(PEERS):
        labels = np.zeros(matrix.shape[0])
        labels[reader * SEEDS : (reader + 1) * SEEDS] = 1
        started = time.process_time()
        model = LinearSVC(class_weight="balanced", C=0.01, tol=1e-6, max_iter=10_000)
        np.argsort(-model.fit(matrix, labels).decision_function(matrix))
        times.append(time.process_time() - started)
    return {"articles": matrix.shape[0], "reader_s": statistics.median(times)}


def judging() -> dict[str, float]:
    """Milliseconds for one record by rules alone, the best of three passes."""
    articles = list(real(SHARED))
    passes = []
    for _ in range(3):
        started = time.process_time()
        for each in articles:
            judge(each)
        passes.append(time.process_time() - started)
    return {"articles": len(articles), "ms": 1000 * min(passes) / len(articles)}


def _candidates() -> list[Candidate]:
    """Real texts, of which nothing is judged: that is no part of what is timed."""
    whole = (each for each in pool_articles(SHARED) if each.title and each.abstract)
    return [candidate(each, judge(each)) for each in islice(whole, ARTICLES)]


def _interests(pool: Pool) -> list[Interest]:
    """Ten neighbours in time each, which is no easy subject."""
    starts = range(0, ASKED * SEEDS, SEEDS)
    return [
        Interest(str(at), "A subject", seeds=pool.candidates[at : at + SEEDS])
        for at in starts
    ]


if __name__ == "__main__":
    main()
