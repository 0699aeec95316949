"""Ends of lines, escapes, emphasis, raised and lowered text: rules for markdown-it.

Each rule of this package takes the text at `state.pos` or leaves it to the next;
what none takes is shown as typed.
"""

import re

from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

from ownjournal.notes.dialect.pairs import end_of
from ownjournal.notes.dialect.reading import Reading

_ESCAPED = re.compile(r"\\([\\*_\[\]()<!#`.-])")
_TAG = re.compile(r"<(/?)(su[pb])>", re.ASCII | re.IGNORECASE)


def newline(state: StateInline, silent: bool) -> bool:
    """A line ends where it was ended."""
    if state.src[state.pos] != "\n":
        return False
    state.push("break", "br", 0)
    state.pos += 1
    return True


def escape(state: StateInline, silent: bool) -> bool:
    """A mark behind a backslash is that character."""
    found = _ESCAPED.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    state.append_pending(found[1])
    state.pos = found.end()
    return True


def unescaped(text: str) -> str:
    """A text that is not read for marks, such as an address."""
    return _ESCAPED.sub(r"\1", text)


def emphasised(state: StateInline, silent: bool) -> bool:
    """`*`, `**` and `_`, as CommonMark has them.

    But more than one `_` are a line to fill in, and a star between a letter or digit
    and a digit is a star, as in HLA-B*57:01, CYP2C19*2 and 2*3.
    """
    marker = state.src[state.pos]
    if marker not in "*_":
        return False
    length = state.scanDelims(state.pos, marker == "*").length
    literal = length == 1 and _is_star(state) if marker == "*" else length > 1
    if literal:
        state.append_pending(marker * length)
        state.pos += length
        return True
    return emphasis.tokenize(state, silent)


def _is_star(state: StateInline) -> bool:
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + 1 : state.pos + 2]
    return before.isalnum() and after.isdecimal() and after.isascii()


def raised(state: StateInline, silent: bool) -> bool:
    """`<sup>` and `<sub>` with their ends, and something between."""
    found = _TAG.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    end = end_of(state, state.pos)
    if end is None or end == found.end():
        warn(state, f"{found[0]} is shown as typed: it has no counterpart.")
        return False
    name = found[2].lower()
    within(state, (name, name), found.end(), end)
    state.pos = end + len("</sup>")
    return True


def within(state: StateInline, opened: tuple[str, str], start: int, end: int) -> Token:
    """Read a part between an opening and a closing token; returns the opening one.

    opened  the kind of the tokens, and their tag
    """
    kind, tag = opened
    token = state.push(f"{kind}_open", tag, 1)
    around = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.posMax = around
    state.push(f"{kind}_close", tag, -1)
    return token


def line_at(state: StateInline) -> int:
    """The line of the note that is being read."""
    reading: Reading = state.env["reading"]
    return reading.line + state.src.count("\n", 0, state.pos)


def warn(state: StateInline, message: str) -> None:
    """Tell the author of something in this line."""
    reading: Reading = state.env["reading"]
    reading.warn(line_at(state), message)
