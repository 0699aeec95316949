"""What mails show of articles, worked out once for all readers.

Thousands of issues that leave in one hour hold the same few hundred articles. What is
shown of them stands here for a minute, or until the catalogue changes.
"""

import time
from collections.abc import Iterable

from ownjournal.catalogue import relations, store
from ownjournal.issues.pages import Shown, shown_of

MOST = 5_000  # articles
KEPT_SECONDS = 60.0  # so that news which only the index has is not missed for long


class Shelf:
    """Articles by PMID, as they are at one revision of the catalogue."""

    def __init__(self) -> None:
        self._revision, self._until = -1, 0.0
        self._shown: dict[int, Shown] = {}

    def shown(self, pmids: Iterable[int]) -> dict[int, Shown]:
        """Those among them that are still there."""
        wanted = set(pmids)
        self._keep_fresh()
        missing = sorted(wanted - self._shown.keys())
        for pmid, kept in relations.get_many(missing).items() if missing else ():
            self._shown[pmid] = shown_of(kept)
        return {pmid: self._shown[pmid] for pmid in wanted & self._shown.keys()}

    def _keep_fresh(self) -> None:
        revision, clock = store.revision(), time.monotonic()
        is_old = revision != self._revision or clock > self._until
        if is_old or len(self._shown) > MOST:
            self._shown, self._revision = {}, revision
            self._until = clock + KEPT_SECONDS
