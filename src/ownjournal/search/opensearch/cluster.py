"""Talking with a search cluster: retries, and its troubles in words of ours.

A request that a node does not answer goes to the next one, and what the cluster cannot
do for a moment, as while shards find a new home, is asked again for a second or two. If
the cluster stays away, further requests are refused at once for some seconds, so that
pages that can do without search stay fast.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NoConnection,
)
from opensearchpy.exceptions import (
    ConnectionTimeout,
    OpenSearchException,
    SSLError,
    TransportError,
)

from ownjournal.search.index import IndexAway, IndexUnusable
from ownjournal.search.opensearch.address import Address

T = TypeVar("T")

PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0)
"""Seconds before each further try."""

FAILURES = 3
"""Calls in a row that find no cluster before the next are refused."""

REFUSED_FOR = 5.0
"""Seconds."""

_CONNECTIONS = 8  # kept open to each node
_FOR_A_MOMENT = (429, 500, 502, 503, 504)
_STAGES = ("read_only_allow_delete", "flood stage", "flood-stage")


FULL = "takes nothing in, as a disk of it is full. Make room; it goes on by itself."


class Conflict(Exception):
    """What was to be changed has been changed by another."""


class NotThere(Exception):
    """An index, an alias or a document that is not in the cluster."""


class Cluster:
    """A cluster at an address. Safe to use from several threads."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._breaker = _Breaker()
        self.client = _client(address)

    def ask(self, call: Callable[[OpenSearch], T]) -> T:
        """What a call answers, which must be one that may be repeated.

        Raises IndexAway where the cluster cannot answer now, IndexUnusable where it
        refuses, and Conflict and NotThere.
        """
        self._breaker.check(self.address)
        for pause in (*PAUSES, None):
            try:
                answer = call(self.client)
            except OpenSearchException as error:
                if pause is None or not _passes(error):
                    self._breaker.note(away=isinstance(error, NoConnection))
                    raise self._told(error) from error
                time.sleep(pause)
            else:
                self._breaker.note(away=False)
                return answer
        raise AssertionError("unreachable")

    def _told(self, error: OpenSearchException) -> Exception:
        """The trouble in words, with what to do."""
        where = f"The search cluster {self.address}"
        if isinstance(error, SSLError):
            return IndexAway(
                f"{where} has a certificate that is not trusted: {error.info}. Name "
                "the file of its authority: SEARCH_URL=…?ca=/path/to/ca.pem."
            )
        if isinstance(error, ConnectionTimeout):
            return IndexAway(f"{where} did not answer in {self.address.timeout} s.")
        if isinstance(error, NoConnection):
            return IndexAway(f"{where} cannot be reached: {error.info or error.error}.")
        if not isinstance(error, TransportError):
            return IndexUnusable(f"{where} could not be asked: {error}.")
        return _refusal(where, error)


def _refusal(where: str, error: TransportError) -> Exception:
    status, reason = error.status_code, _reason(error)
    if status == 404:
        return NotThere(reason)
    if status == 409:
        return Conflict(reason)
    if is_full(reason):
        return IndexAway(f"{where} {FULL}")
    if status in (401, 403):
        return IndexAway(f"{where} refuses the name or the password of SEARCH_URL.")
    if status in _FOR_A_MOMENT:
        return IndexAway(f"{where} cannot answer now: {reason}.")
    return IndexUnusable(f"{where} refuses a request ({status}): {reason}.")


def is_full(reason: str) -> bool:
    """Whether the cluster refuses as it does when little is left of a disk."""
    return any(stage in reason for stage in _STAGES)


def _reason(error: TransportError) -> str:
    """The cluster's own words: the last cause, which says most."""
    info: Any = error.info
    told = info.get("error") if isinstance(info, dict) else None
    if not isinstance(told, dict):
        return str(told or error.error)
    causes = told.get("root_cause") or [told]
    last = causes[0] if isinstance(causes[0], dict) else told
    return f"{last.get('type')}: {last.get('reason')}"


def _passes(error: OpenSearchException) -> bool:
    """Whether it is likely that a further try succeeds."""
    if isinstance(error, SSLError):
        return False
    if isinstance(error, NoConnection):
        return True
    return isinstance(error, TransportError) and error.status_code in _FOR_A_MOMENT


class _Breaker:
    """Refuses calls for a while after some in a row found no cluster."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failures = 0
        self._failed = 0.0  # when, last

    def check(self, address: Address) -> None:
        with self._lock:
            lately = time.monotonic() - self._failed < REFUSED_FOR
            if self._failures >= FAILURES and lately:
                raise IndexAway(f"The search cluster {address} cannot be reached.")

    def note(self, *, away: bool) -> None:
        with self._lock:
            self._failures = self._failures + 1 if away else 0
            self._failed = time.monotonic()


def _client(address: Address) -> OpenSearch:
    """Its own log tells of every 404, and what matters is raised."""
    logging.getLogger("opensearch").setLevel(logging.ERROR)
    login = None
    if address.user is not None:
        login = (address.user, address.password or "")
    return OpenSearch(
        hosts=[{"host": host, "port": port} for host, port in address.hosts],
        http_auth=login,
        use_ssl=address.secure,
        verify_certs=address.secure,
        ssl_show_warn=False,
        ca_certs=address.ca,
        timeout=address.timeout,
        pool_maxsize=_CONNECTIONS,
        max_retries=len(address.hosts),
        retry_on_timeout=True,
    )
