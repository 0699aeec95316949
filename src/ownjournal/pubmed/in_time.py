"""Wait for work that may never end, but not for ever."""

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class OutOfTime(Exception):
    """The time was over before the work was."""


def in_time(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives; raises what it raises, and OutOfTime.

    A thread does it and is left alone then, as looking up a name knows no time-out.
    """
    results: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put(work())
        except Exception as fault:  # it is raised where somebody waits for it
            results.put(fault)

    threading.Thread(target=run, daemon=True).start()
    try:
        result = results.get(timeout=seconds)
    except queue.Empty:
        raise OutOfTime from None
    if isinstance(result, Exception):
        raise result
    return result
