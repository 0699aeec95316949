"""Reads of the catalogue by a replica of the database, where there is one.

Web processes ask it for what NLM's files say, which may be seconds old, and for
nothing else: not for what readers write, not within a transaction, and not in a
request that has just changed the catalogue. Workers and commands never ask it.
"""

import threading
from typing import Any

from django.core.signals import request_started
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

REPLICA = "replica"
MAY_BE_STALE = frozenset(
    (
        "catalogue.Abbreviation",
        "catalogue.AppliedFile",
        "catalogue.Article",
        "catalogue.Baseline",
        "catalogue.Clock",
        "catalogue.Descriptor",
        "catalogue.Dictionary",
        "catalogue.Heading",
        "catalogue.Journal",
        "catalogue.JournalYield",
        "catalogue.OtherVersion",
        "catalogue.Retraction",
        "catalogue.RetractionList",
        "catalogue.Term",
        "catalogue.TreePosition",
    )
)
"""What files tell; the other tables are written while pages are shown.

By name: a server imports this before there are models.
"""

_serves = threading.Event()  # set in a process that serves pages
_of_thread = threading.local()


class Router:
    """Which database is asked; Django calls it for every query."""

    def db_for_read(self, model: type[Model], **_: Any) -> str:
        if not _serves.is_set() or model._meta.label not in MAY_BE_STALE:
            return DEFAULT_DB_ALIAS
        in_transaction = connections[DEFAULT_DB_ALIAS].in_atomic_block
        if in_transaction or getattr(_of_thread, "wants_fresh", False):
            return DEFAULT_DB_ALIAS
        return REPLICA

    def db_for_write(self, model: type[Model], **_: Any) -> str:
        if model._meta.label in MAY_BE_STALE:
            read_fresh()
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **_: Any) -> bool:
        return True  # both databases are one

    def allow_migrate(self, alias: str, label: str, **_: Any) -> bool:
        return alias == DEFAULT_DB_ALIAS


def serve() -> None:
    """From now on this process reads what may be stale from the replica."""
    request_started.connect(_begin, dispatch_uid=REPLICA)
    _serves.set()


def read_fresh() -> None:
    """Until the next request this thread reads nothing that is stale."""
    _of_thread.wants_fresh = True


def _begin(**_: Any) -> None:
    _of_thread.wants_fresh = False
