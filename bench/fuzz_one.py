"""Fuzz one target by atheris in this process: `python -m bench.fuzz_one TARGET …`.

What follows the name is libFuzzer's: folders of the corpus, the first of which
grows, and its options. It ends by libFuzzer's own exit status.
"""

import signal
import sys
import warnings
from collections.abc import Callable
from types import FrameType

import atheris
import django
from django.core.management import call_command

LOOKED_INTO = {
    "records": ["ownjournal.pubmed", "ownjournal.appraisal"],
    "note": ["ownjournal.notes.dialect", "markdown_it"],
    "query": ["ownjournal.search"],
    "returned": ["ownjournal.readers.post", "flufl.bounce", "email"],
    "named": ["ownjournal.readers.profile"],
    "note-file": ["ownjournal.notes.files"],
    "note-zip": ["ownjournal.notes.files", "zipfile"],
}
"""Whose branches are counted; of the others those of `ownjournal.pubmed`."""
LIMIT = 5.0  # seconds of this processor that one input may take


class TooSlow(BaseException):
    """One input took longer than the limit; nothing that is fuzzed catches it."""


def main(name: str) -> None:
    """Never returns: libFuzzer ends the process."""
    warnings.simplefilter("ignore")
    packages = LOOKED_INTO.get(name, ["ownjournal.pubmed", "bench.fuzz_targets"])
    with atheris.instrument_imports(include=packages, enable_loader_override=False):
        django.setup()
        from bench import fuzz_targets  # once instrumented
    target = {**fuzz_targets.TARGETS, **fuzz_targets.CONTROLS}[name]
    if target is fuzz_targets.returned:
        call_command("migrate", verbosity=0)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], timed(target))
    atheris.Fuzz()


def timed(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The same, but it ends with TooSlow: libFuzzer's own clock hears no Python."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"more than {LIMIT} s")

    def within(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        target(data)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    signal.signal(signal.SIGVTALRM, stop)
    return within


if __name__ == "__main__":
    main(sys.argv[1])
