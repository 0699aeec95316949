"""Text of a note into tokens, by markdown-it with nothing but our rules."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from ownjournal.notes.dialect import inline
from ownjournal.notes.dialect.blocks import blocks
from ownjournal.notes.dialect.features import Headings
from ownjournal.notes.dialect.reading import MAX_BYTES, MAX_DEPTH, Reading, TooHard

_LINE_ENDS = re.compile(r"\r\n?")
_SPACES = re.compile(r"[\v\f]")
# what HTML cannot hold, and what turns the direction of the text around it
_UNREADABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(0x10000 * p + 0xFFFE)}{chr(0x10000 * p + 0xFFFF)}" for p in range(17)
    )
    + "]"
)


def parsed(text: str, headings: Headings) -> tuple[list[Token], Reading]:
    """The tokens of the text, block and inline in one row; and what was gathered.

    Raises TooHard.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TooHard(f"A note may have at most {MAX_BYTES // 1024} kilobytes.")
    reading = Reading(headings)
    tokens = flat(_PARSER.parse(readable(text), {"reading": reading}))
    _read_footnotes(reading)
    _warn_of_unused(reading)
    for each in (
        tokens,
        *(part for note in reading.footnotes for part in note.content),
    ):
        _check_depth(each)
    return tokens, reading


def readable(text: str) -> str:
    """With line ends of one kind, and U+FFFD for what no page can show."""
    return _UNREADABLE.sub("\ufffd", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))


def flat(tokens: Iterable[Token]) -> list[Token]:
    """Without the tokens that only hold others."""
    return list(_flat(tokens))


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "inline":
            yield from token.children or ()
        else:
            yield token


def _inlines(state: StateCore) -> None:
    """As markdown-it's own rule, but telling the line."""
    reading: Reading = state.env["reading"]
    for token in state.tokens:
        if token.type == "inline":
            reading.line = token.map[0] if token.map else 1
            token.children = _inline(state.md, token.content, reading)


def _inline(parser: MarkdownIt, text: str, reading: Reading) -> list[Token]:
    return parser.inline.parse(text, parser, {"reading": reading}, [])


def _read_footnotes(reading: Reading) -> None:
    """In order; those within footnotes come after all before them."""
    for footnote in reading.footnotes:  # grows meanwhile
        for line, text in footnote.paragraphs:
            reading.line = line
            footnote.content.append(_inline(_PARSER, text, reading))


def _warn_of_unused(reading: Reading) -> None:
    for label, definition in reading.definitions.items():
        if label not in reading.by_label:
            message = f"The footnote [^{label}] is not referred to, so it is not shown."
            reading.warn(definition.line, message)


def _check_depth(tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        depth += token.nesting
        if depth > MAX_DEPTH:
            raise TooHard(
                f"Marks may stand within each other at most {MAX_DEPTH} deep."
            )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": MAX_DEPTH})
    parser.core.ruler.at("block", blocks)
    parser.core.ruler.at("inline", _inlines)
    parser.core.ruler.enableOnly(["block", "inline"])
    rules = parser.inline.ruler
    rules.at("newline", inline.newline)
    rules.at("escape", inline.escape)
    rules.at("emphasis", inline.emphasised)
    rules.at("html_inline", inline.raised)
    rules.at("link", inline.bracketed)
    rules.at("image", inline.picture)
    rules.at("linkify", inline.short_form)
    names = "text linkify newline escape emphasis link image html_inline"
    rules.enableOnly(names.split())
    parser.inline.ruler2.enableOnly(["balance_pairs", "emphasis", "fragments_join"])
    return parser


_PARSER = _parser()
