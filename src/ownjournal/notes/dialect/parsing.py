"""Text of a note into tokens, by markdown-it with nothing but our rules."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from ownjournal.notes.dialect import links, marks
from ownjournal.notes.dialect.blocks import blocks
from ownjournal.notes.dialect.features import Headings
from ownjournal.notes.dialect.footnotes import footnote, read_footnotes, read_line
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
    read_footnotes(_PARSER, reading)
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
    for token in state.tokens:
        if token.type == "inline":
            line = token.map[0] if token.map else 1
            token.children = read_line(
                state.md, token.content, line, state.env["reading"]
            )


def _check_depth(tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        depth += token.nesting
        if depth > MAX_DEPTH:
            raise TooHard(
                f"Marks may stand within each other at most {MAX_DEPTH} deep."
            )


def _parser() -> MarkdownIt:
    """markdown-it without its own rules, but for plain text and pairs of stars."""
    parser = MarkdownIt("zero", {"maxNesting": MAX_DEPTH})
    parser.core.ruler.at("block", blocks)
    parser.core.ruler.at("inline", _inlines)
    parser.core.ruler.enableOnly(["block", "inline"])
    rules = {
        "newline": marks.newline,
        "escape": marks.escape,
        "emphasis": marks.emphasised,
        "html_inline": marks.raised,
        "link": links.link,
        "image": links.picture,
        "linkify": links.short_form,
    }
    for name, rule in rules.items():
        parser.inline.ruler.at(name, rule)
    parser.inline.ruler.before("link", "footnote", footnote)
    parser.inline.ruler.enableOnly(["text", "footnote", *rules])
    parser.inline.ruler2.enableOnly(["balance_pairs", "emphasis", "fragments_join"])
    return parser


_PARSER = _parser()
