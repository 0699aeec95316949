"""Tokens of a note into plain text, with its footnotes at the end.

Raised and lowered text is written in the characters that Unicode has for it, or as
^(…) and _(…), since 10<sup>9</sup> must not be read as 109. A link is followed by
its address in <>, unless its text is that address.
"""

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from ownjournal.notes.dialect.addresses import Address
from ownjournal.notes.dialect.reading import Footnote

_SUP = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_LINE = re.compile(r"\n(?!\n)")
_SCRIPTS = {"sup": ("^", _SUP), "sub": ("_", _SUB)}


def plain(tokens: Sequence[Token], footnotes: Sequence[Footnote]) -> str:
    """The text, paragraphs apart by an empty line."""
    parts = [_Plain().written(tokens)]
    for footnote in footnotes:
        paragraphs = (_Plain().written(each) for each in footnote.content)
        body = _LINE.sub("\n    ", "\n\n".join(paragraphs))
        parts.append(f"[{footnote.number}] {body}")
    return "\n\n".join(part for part in parts if part)


def script(kind: str, text: str) -> str:
    """Raised ("sup") or lowered ("sub") text in characters."""
    sign, table = _SCRIPTS[kind]
    if text and all(ord(each) in table for each in text):
        return text.translate(table)
    return f"{sign}({text})"


def link(text: str, to: Address) -> str:
    """A link's text, and its address unless the text is that."""
    place = to.href.removeprefix("mailto:")
    if to.pmid is not None:
        place = f"PMID {to.pmid}"
    names = (place, f"PMID:{to.pmid}", f"DOI:{to.doi}")
    bare = text.replace(" ", "").lower()
    named = any(bare == name.replace(" ", "").lower() for name in names)
    return text if named else f"{text} <{place}>"


class _Plain:
    """The text so far, line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.gap = False  # an empty line comes before the next
        self.indent = ""
        self.marker: str | None = None  # of items that have no line yet
        self.lists: list[tuple[int | None, str]] = []  # next number, indent around
        self.inside: list[list[str]] = [[]]  # the line, and what opens within it
        self.links: list[Address] = []

    def written(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            _RULES.get(token.type, _ignore)(self, token)
        if self.inside[0]:
            self.end_block(_LOOSE)
        return "\n".join(self.lines)

    def add(self, text: str) -> None:
        self.inside[-1].append(text)

    def open(self, token: Token) -> None:
        self.inside.append([])
        if token.type == "link_open":
            self.links.append(token.meta["to"])

    def close(self, token: Token) -> None:
        text = "".join(self.inside.pop())
        if token.type == "link_close":
            self.add(link(text, self.links.pop()))
        else:
            self.add(script(token.tag, text))

    def begin_block(self, token: Token) -> None:
        self.gap = self.gap or not token.hidden

    def end_block(self, token: Token) -> None:
        for line in "".join(self.inside[0]).split("\n"):
            self._put(line)
        self.inside = [[]]
        self.gap = not token.hidden

    def begin_list(self, token: Token) -> None:
        start = token.attrGet("start")
        number = None if token.tag == "ul" else int(1 if start is None else start)
        self.gap = self.gap or not self.lists
        self.lists.append((number, self.indent))

    def end_list(self, token: Token) -> None:
        _, self.indent = self.lists.pop()
        self.gap = self.gap or not self.lists

    def begin_item(self, token: Token) -> None:
        number, around = self.lists[-1]
        sign = "- " if number is None else f"{number}. "
        self.marker = (around if self.marker is None else self.marker) + sign
        self.indent = around + " " * len(sign)
        self.lists[-1] = (None if number is None else number + 1, around)

    def end_item(self, token: Token) -> None:
        if self.marker is not None:
            self._put("")

    def _put(self, line: str) -> None:
        if self.gap and self.lines:
            self.lines.append("")
        self.gap = False
        before = self.indent if self.marker is None else self.marker
        self.marker = None
        self.lines.append((before + line).rstrip(" "))


def _ignore(_: _Plain, token: Token) -> None:
    """Emphasis is not seen in plain text."""


def _reference(text: _Plain, token: Token) -> None:
    text.add(f"[{token.meta['number']}]")


def _picture(text: _Plain, token: Token) -> None:
    text.add(f"[Picture: {token.content}]")


def _text(text: _Plain, token: Token) -> None:
    text.add(token.content)


def _break(text: _Plain, token: Token) -> None:
    text.add("\n")


_LOOSE = Token("paragraph_close", "p", -1)
_RULES: dict[str, Callable[[_Plain, Token], None]] = {
    "text": _text,
    "break": _break,
    "reference": _reference,
    "picture": _picture,
    "paragraph_open": _Plain.begin_block,
    "paragraph_close": _Plain.end_block,
    "heading_open": _Plain.begin_block,
    "heading_close": _Plain.end_block,
    "bullet_list_open": _Plain.begin_list,
    "bullet_list_close": _Plain.end_list,
    "ordered_list_open": _Plain.begin_list,
    "ordered_list_close": _Plain.end_list,
    "list_item_open": _Plain.begin_item,
    "list_item_close": _Plain.end_item,
    "link_open": _Plain.open,
    "link_close": _Plain.close,
    "sup_open": _Plain.open,
    "sup_close": _Plain.close,
    "sub_open": _Plain.open,
    "sub_close": _Plain.close,
}
