"""Footnotes: written where they belong, or with their text elsewhere.

Numbers are given in the order of appearance, whatever the labels are. A footnote
within a footnote comes after all of the text's. One that refers to itself is shown
once.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ownjournal.notes.dialect.marks import line_at, warn
from ownjournal.notes.dialect.pairs import end_of
from ownjournal.notes.dialect.reading import Footnote, Reading

_LABEL = re.compile(r"\[\^([^\s\[\]]{1,40})\]")


def footnote(state: StateInline, silent: bool) -> bool:
    """`[^1](its text)`, or `[^1]` with `[^1]: its text` somewhere: a rule."""
    found = None
    if state.src[state.pos] == "[" and not state.linkLevel:  # no link within a link
        found = _LABEL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if _inline(state, found.end()):
        return True
    to = _defined(state.env["reading"], found[1])
    if to is None:
        warn(state, f"The footnote {found[0]} has no text.")
        return False
    _refer(state, to, found.end())
    return True


def read_footnotes(parser: MarkdownIt, reading: Reading) -> None:
    """Read the texts of those that are referred to, and warn of the others."""
    for each in reading.footnotes:  # grows meanwhile
        reading.depth = each.depth
        for line, text in each.paragraphs:
            each.content.append(read_line(parser, text, line, reading))
    for label, definition in reading.definitions.items():
        if label not in reading.by_label:
            message = f"The footnote [^{label}] is not referred to, so it is not shown."
            reading.warn(definition.line, message)


def read_line(
    parser: MarkdownIt, text: str, line: int, reading: Reading
) -> list[Token]:
    """The tokens of a text without blocks, which begins in this line."""
    reading.line = line
    return parser.inline.parse(text, parser, {"reading": reading}, [])


def _inline(state: StateInline, at: int) -> bool:
    """Whether its text stands right here, in balanced parentheses."""
    end = end_of(state, at) if state.src.startswith("(", at) else None
    if end is None or not state.src[at + 1 : end].strip():
        return False
    reading: Reading = state.env["reading"]
    body = (line_at(state), state.src[at + 1 : end].strip())
    _refer(state, reading.add_footnote([body], reading.depth + 1), end + 1)
    return True


def _defined(reading: Reading, label: str) -> Footnote | None:
    """The footnote of this label, which gets its number now if it has none."""
    definition = reading.definitions.get(label)
    if definition is not None and label not in reading.by_label:
        reading.by_label[label] = reading.add_footnote(definition.paragraphs)
    return reading.by_label.get(label)


def _refer(state: StateInline, to: Footnote, end: int) -> None:
    reading: Reading = state.env["reading"]
    token = state.push("reference", "sup", 0)
    token.meta = {"number": to.number, "time": reading.refer(to)}
    state.pos = end
