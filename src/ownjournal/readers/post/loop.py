"""The post office at work beside other work: a light thread that looks each second.

A code that somebody waits for leaves within about two seconds, whatever else the
worker does meanwhile. The thread has a database connection of its own.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection, connections
from django.utils import timezone

from ownjournal.readers.post.sending import send_due

PAUSE_SECONDS = 1.0
log = logging.getLogger(__name__)


def send_all(stopped: Callable[[], bool]) -> Counter[str]:
    """Turns until nothing is due; letters by verdict."""
    total: Counter[str] = Counter()
    while not stopped():
        turn = send_due(timezone.now(), stopped)
        if not turn:
            break
        total.update(turn)
    return total


@contextmanager
def mail_leaves(
    stopping: threading.Event, paused: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Send what is due, for as long as the context and until `stopping` is set.

    Nothing while `paused` says so. At the end the letter in hand is finished.
    """
    over = threading.Event()

    def stopped() -> bool:
        return over.is_set() or stopping.is_set()

    looks = (stopped, paused, over)
    thread = threading.Thread(target=_look, args=looks, name="post")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _look(
    stopped: Callable[[], bool], paused: Callable[[], bool], over: threading.Event
) -> None:
    try:
        while not stopped():
            try:
                close_old_connections()  # one that the database has ended, say
                if not paused():
                    send_all(stopped)
            except Exception:  # the next look finds it mended, or the log tells
                log.exception("Mail could not be sent")
                connection.close()
            over.wait(PAUSE_SECONDS)
    finally:
        connections.close_all()
