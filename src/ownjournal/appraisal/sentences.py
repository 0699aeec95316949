"""Sentences of an abstract, exactly as they stand in it.

A full stop ends a sentence unless it belongs to a number ("P < .05"), an
abbreviation ("vs. placebo", "i.v. fluids", "E. coli") or an initial. Where that
is in doubt the text is left whole: two sentences shown as one do no harm, half
a sentence does.
"""

import re

_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s|(?:Trial |Study )?Registration)")

_ABBREVIATION = re.compile(
    r"(?:\b(?:vs|cf|ca|approx|resp|incl|excl|est|no|nos|fig|figs|tab|ref|refs|dr|drs"
    r"|mr|mrs|ms|prof|st|jr|sr|inc|ltd|co|corp|dept|univ|et al|e\.g|i\.e|i\.v|i\.m"
    r"|i\.p|s\.c|p\.o|i\.d|b\.i\.d|t\.i\.d|q\.d|a\.m|p\.m|u\.s|u\.k|sp|spp|subsp|var"
    r"|max|min|avg|temp|wt|ht|viz|etc)|(?<![\w.])[A-Za-z])\.$",
    re.IGNORECASE,
)

_BEGINS = re.compile(
    r"\s*(?:Trial |Study )?Registration|\s+[\"'“‘(\[]*(?:[A-Z0-9]|[^\W\d_a-z])"
)


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences in order, each a piece of the text without outer spaces.

    Every character of the text that is no space between sentences is in one of
    them. A text without an end is one sentence; an empty text has none.
    """
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if not _ends(text, start, end):
            continue
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    last = text[start:].strip()
    return tuple(sentences + [last] if last else sentences)


def _ends(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: by the word before it and what follows."""
    if _BEGINS.match(text, end.end()) is None:
        return False
    if text[end.start()] != ".":
        return True
    word = text[max(start, end.start() - 12) : end.start() + 1]
    return _ABBREVIATION.search(word) is None or _closes_anyway(text, end)


def _closes_anyway(text: str, end: re.Match[str]) -> bool:
    """ "…in group A. We …": a word that begins sentences follows a lone letter."""
    return _OPENER.match(text, end.end()) is not None


_OPENER = re.compile(
    r"\s+(?:We|The|This|These|There|In|It|Our|However|Patients|Results|Methods"
    r"|Conclusions?|A|An|After|All|Both|Of|No|He|She|They)\b"
)
