"""Passage: a title or an abstract with the beginnings of its words.

Over a hundred rules ask whether a text holds a certain word. Looking for each
of them in an abstract costs more than all the rest of an appraisal; so the
words are cut to their first letters once, and a rule asks a set.
"""

import re

from msgspec import Struct

START = 5
"""Letters of a word that are kept; shorter words are kept whole."""

MOST_KNOWN = 100_000
"""Words whose starts are remembered, some 10 MB; more are not remembered."""

_ALPHANUMERIC = b"abcdefghijklmnopqrstuvwxyz0123456789"
_SPACED_OUT = bytes(each if each in _ALPHANUMERIC else 32 for each in range(256))

_FIRST_WORD = re.compile(r"[a-z0-9]+")


class Passage(Struct, frozen=True):
    """A text in lower case; its words end at anything but letters and digits."""

    text: str
    words: list[bytes]  # a letter outside ASCII splits its word
    starts: set[bytes]  # of the words that some rule asks for, and b""


class _Starts(dict[bytes, bytes]):
    """Words met, and their starts where a rule asks for them, else b""."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[bytes] = set()

    def __missing__(self, word: bytes) -> bytes:
        start = word[:START]
        known = start if start in self.asked else b""
        if len(self) < MOST_KNOWN:
            self[word] = known
        return known

    def ask(self, start: bytes) -> None:
        """Have a start told from now on."""
        self.asked.add(start)
        self.clear()


_starts = _Starts()


def passage(text: str) -> Passage:
    """Split a text that is in lower case."""
    words = text.encode("ascii", "replace").translate(_SPACED_OUT).split()
    return Passage(text, words, set(map(_starts.__getitem__, words)))


def start_of(needle: str) -> bytes:
    """What to ask of `Passage.starts` for a needle.

    It stands for all words that begin with its first word, if that has START
    letters or more; a shorter one must be written with what ends it ("case ",
    "re:") and stands for that word alone. Passages split before a needle is
    first asked for do not know of it.
    """
    match = _FIRST_WORD.match(needle)
    if match is None or (len(match.group()) < START and match.group() == needle):
        raise ValueError(f"{needle!r} is too short to begin words by")
    start = match.group()[:START].encode()
    _starts.ask(start)
    return start


def starts_of(needles: str) -> frozenset[bytes]:
    """The starts of needles separated by |."""
    return frozenset(start_of(needle) for needle in needles.split("|"))
