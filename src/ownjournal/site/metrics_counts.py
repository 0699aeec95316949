"""What each process counts of its requests; `metrics` shows it.

Imported before there are models, as a server begins with it.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Histogram, disable_created_metrics

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # of the client; read when it is imported
METHODS = frozenset(("GET", "HEAD", "POST"))

# a second line for each, which no alert reads
disable_created_metrics()  # type: ignore[no-untyped-call]

requests = Histogram(
    "ownjournal_request_seconds",
    "Time to answer a request, without its wait for a turn.",
    ("method", "path", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
waits = Histogram(
    "ownjournal_request_wait_seconds",
    "Time a request waited for its turn.",
    buckets=(0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
refusals = Counter(
    "ownjournal_requests_refused", "Requests answered 503, as too many came at once."
)


def count_request(method: str, path: str, status: int, seconds: float) -> None:
    """Count an answer; `path` is a pattern, of which there are a few hundred."""
    known = method if method in METHODS else "other"
    requests.labels(known, path, f"{status // 100}xx").observe(seconds)


@contextmanager
def counting_together() -> Iterator[None]:
    """A folder for the counts of all processes that are started in the context."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-metrics-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]
