"""The site with one thing broken on purpose: what the drills of load must find.

python -m bench.load_broken stalls     one request in 200 takes 1.5 s longer
python -m bench.load_broken leaks      20 kB of each request are kept for ever
python -m bench.load_broken unshed     nobody is turned away
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ownjournal.site.shedding import THREADS

BROKEN = "OWNJOURNAL_BROKEN"  # tells its processes how
EVERY = 200
STALL = 1.5  # seconds
LEAK = 20_000  # bytes
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_numbers = count(1)
_kept: list[bytearray] = []
_turn = threading.Lock()


def main() -> None:
    os.environ[BROKEN] = sys.argv[1]
    Granian(
        "bench.load_broken:application",
        factory=True,
        port=int(os.environ["BIND_PORT"]),
        interface=Interfaces.WSGI,
        workers=1 if sys.argv[1] == "stalls" else 2,
        blocking_threads=4 if sys.argv[1] == "unshed" else THREADS,
        log_level=LogLevels.error,
    ).serve()


def application() -> Application:
    """The site's application with the fault around it."""
    from ownjournal.site.wsgi import application, ungated

    faults: dict[str, tuple[Application, Callable[[], None]]] = {
        "stalls": (application, _stall),
        "leaks": (application, _leak),
        "unshed": (ungated, lambda: None),
    }
    wrapped, fault = faults[os.environ[BROKEN]]

    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        fault()
        return wrapped(environ, start)

    return broken


def _stall() -> None:
    with _turn:  # all the others wait too
        if next(_numbers) % EVERY == 0:
            time.sleep(STALL)


def _leak() -> None:
    _kept.append(bytearray(os.urandom(LEAK)))


if __name__ == "__main__":
    main()
