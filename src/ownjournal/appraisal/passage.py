"""Passage: a title or an abstract with the beginnings of its words.

Over a hundred rules ask whether a text holds a certain word. Looking for each
of them in an abstract costs more than all the rest of an appraisal; so the
words are cut to their first letters once, and a rule asks a set.
"""

import re

from msgspec import Struct

START = 5
"""Letters of a word that are kept; shorter words are kept whole."""

_ALPHANUMERIC = b"abcdefghijklmnopqrstuvwxyz0123456789"
_SPACED_OUT = bytes(each if each in _ALPHANUMERIC else 32 for each in range(256))

_FIRST_WORD = re.compile(r"[a-z0-9]+")


class Passage(Struct, frozen=True):
    """A text in lower case; its words end at anything but letters and digits."""

    text: str
    words: list[bytes]  # a letter outside ASCII splits its word
    starts: set[bytes]


def passage(text: str) -> Passage:
    """Split a text that is in lower case."""
    words = text.encode("ascii", "replace").translate(_SPACED_OUT).split()
    return Passage(text, words, {word[:START] for word in words})


def starts_of(needles: str) -> frozenset[bytes]:
    """What to ask of `Passage.starts` for needles separated by |.

    A needle stands for all words that begin with its first word, if that has
    START letters or more; a shorter one must be written with what ends it
    ("case ", "re:") and stands for that word alone.
    """
    starts = set()
    for needle in needles.split("|"):
        match = _FIRST_WORD.match(needle.lstrip())
        if match is None or (len(match.group()) < START and match.group() == needle):
            raise ValueError(f"{needle!r} is too short to begin words by")
        starts.add(match.group()[:START].encode())
    return frozenset(starts)
