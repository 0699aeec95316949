"""Paragraphs, lists, headings and definitions of footnotes: a rule for markdown-it.

As CommonMark has them, except for what the dialect leaves out. What belongs to a
list item is found by its indent; a line that only goes on with the item's last
paragraph need not be indented.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from ownjournal.notes.dialect.reading import Definition, Reading

MAX_LISTS = 3  # within each other
DEFINITION = re.compile(r" {0,3}\[\^([^\s\[\]]{1,40})\]:(.*)")
HEADING = re.compile(r" {0,3}(#{1,6})(?: +|$)")
ITEM = re.compile(r"( *)([-*]|[0-9]{1,3}\.)( +|$)")
DEFINITION_INDENT = 2

Line = tuple[int, str]  # its number, the first being 1; its text without tabs


@dataclass(frozen=True)
class _Item:
    """The first line of a list item."""

    kind: str  # "-", "*" or "."
    number: int | None
    width: int  # how far the lines that belong to it are indented
    rest: str


def blocks(state: StateCore) -> None:
    """Put the note's blocks into the state, as markdown-it's own rule does."""
    reading: Reading = state.env["reading"]
    lines = [
        (number, line.expandtabs(4))
        for number, line in enumerate(state.src.split("\n"), 1)
    ]
    state.tokens, _ = _Blocks(reading, lines, 0).read()


class _Blocks:
    """The blocks of a note, or of a list item."""

    def __init__(self, reading: Reading, lines: Sequence[Line], depth: int) -> None:
        self.reading = reading
        self.lines = lines
        self.depth = depth  # of lists around
        self.at = 0
        self.tokens: list[Token] = []

    def read(self) -> tuple[list[Token], bool]:
        """The blocks, and whether empty lines stand between them."""
        spaced = False
        while (after := self._after_blanks(self.at)) < len(self.lines):
            begun = len(self.tokens)
            apart = after > self.at
            self.at = after
            self._block()
            spaced = spaced or (begun > 0 and (apart or self._two_paragraphs(begun)))
        return self.tokens, spaced

    def _two_paragraphs(self, at: int) -> bool:
        """Whether a paragraph follows one, with a definition between, say."""
        around = self.tokens[at - 1 : at + 1]
        return len(around) == 2 and all(token.tag == "p" for token in around)

    def _block(self) -> None:
        number, text = self.lines[self.at]
        if definition := DEFINITION.fullmatch(text):
            self._define(definition[1], definition[2])
        elif heading := self._heading(text):
            self.at += 1
            inside = _without_closing(text[heading.end() :])
            self._put("heading", f"h{len(heading[1])}", number, inside)
        elif (item := _item(text)) and self.depth < MAX_LISTS:
            self._list(item)
        else:
            self._paragraph()

    def _heading(self, text: str) -> re.Match[str] | None:
        """Only where it is allowed."""
        found = HEADING.match(text)
        if found is None or self.reading.headings == "all":
            return found
        return found if self.reading.headings == "second" and found[1] == "##" else None

    def _paragraph(self) -> None:
        first = self.at
        self.at += 1
        while self.at < len(self.lines) and not self._interrupts(
            self.lines[self.at][1]
        ):
            self.at += 1
        lines = [text.strip(" ") for _, text in self.lines[first : self.at]]
        if self.depth == MAX_LISTS and any(map(_item, lines)):
            line = self.lines[first][0]
            self.reading.warn(line, f"Lists go {MAX_LISTS} deep at most.")
        self._put("paragraph", "p", self.lines[first][0], "\n".join(lines))

    def _interrupts(self, text: str) -> bool:
        """Whether a line ends the paragraph before it."""
        if not text.strip(" ") or DEFINITION.fullmatch(text) or self._heading(text):
            return True
        item = _item(text) if self.depth < MAX_LISTS else None
        return item is not None and item.rest != "" and item.number in (None, 1)

    def _put(self, kind: str, tag: str, line: int, content: str) -> None:
        inline = Token("inline", "", 0, content=content, map=[line, line], children=[])
        self.tokens += [_token(f"{kind}_open", tag), inline]
        self.tokens.append(_token(f"{kind}_close", tag))

    def _define(self, label: str, first: str) -> None:
        """A footnote's text: this line, and those indented below it."""
        line = self.lines[self.at][0]
        indented = self._indented(self.at + 1, DEFINITION_INDENT)
        lines = [(line, first), *self.lines[self.at + 1 : indented]]
        self.at = indented
        paragraphs = tuple(_paragraphs(lines))
        if not paragraphs:
            self.reading.warn(line, f"The footnote [^{label}] has no text.")
        elif label in self.reading.definitions:
            message = f"The footnote [^{label}] has a text already; the first is kept."
            self.reading.warn(line, message)
        else:
            self.reading.definitions[label] = Definition(line, paragraphs)

    def _indented(self, at: int, width: int) -> int:
        """Where the lines indented so far end, empty ones between them included."""
        while (after := self._after_blanks(at)) < len(self.lines):
            if _indent(self.lines[after][1]) < width:
                break
            at = after + 1
        return at

    def _list(self, first: _Item) -> None:
        opened = len(self.tokens)
        kind = "bullet_list" if first.number is None else "ordered_list"
        self.tokens.append(
            _token(f"{kind}_open", "ul" if first.number is None else "ol")
        )
        if first.number not in (None, 1):
            self.tokens[-1].attrSet("start", first.number)
        item: _Item | None = first
        loose = False
        while item is not None:
            loose = self._one_item(item) or loose
            after = self._after_blanks(self.at)
            item = _item(self.lines[after][1]) if after < len(self.lines) else None
            if item is None or item.kind != first.kind:
                break
            loose = loose or after > self.at
            self.at = after
        self.tokens.append(_token(f"{kind}_close", self.tokens[opened].tag))
        if not loose:
            self._tighten(opened)

    def _one_item(self, item: _Item) -> bool:
        """Read an item; whether empty lines stand between its blocks."""
        end = self._end_of_item(item)
        lines = [(self.lines[self.at][0], item.rest)]
        for number, text in self.lines[self.at + 1 : end]:
            lines.append((number, text[min(item.width, _indent(text)) :]))
        self.at = end
        tokens, spaced = _Blocks(self.reading, lines, self.depth + 1).read()
        self.tokens += [_token("list_item_open", "li"), *tokens]
        self.tokens.append(_token("list_item_close", "li"))
        return spaced

    def _end_of_item(self, item: _Item) -> int:
        at = self.at + 1
        last = item.rest
        while (after := self._after_blanks(at)) < len(self.lines):
            text = self.lines[after][1]
            if not last and after > self.at + 1 and at == self.at + 1:
                break  # an item that begins empty has nothing beyond an empty line
            goes_on = (
                after == at and self._in_paragraph(last) and not self._begins(text)
            )
            if _indent(text) < item.width and not goes_on:
                break
            last = text
            at = after + 1
        return at

    def _in_paragraph(self, text: str) -> bool:
        """Whether a line leaves a paragraph open."""
        while item := _item(text):
            text = item.rest
        return bool(text.strip(" ")) and not (
            DEFINITION.fullmatch(text) or self._heading(text)
        )

    def _begins(self, text: str) -> bool:
        """Whether a line begins a block of its own."""
        return bool(DEFINITION.fullmatch(text) or self._heading(text) or _item(text))

    def _tighten(self, opened: int) -> None:
        """Mark the paragraphs of a list without empty lines, which have no tags."""
        depth = 0
        for token in self.tokens[opened:]:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                depth += 1
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                depth -= 1
            elif depth == 1 and token.tag == "p":
                token.hidden = True

    def _after_blanks(self, at: int) -> int:
        while at < len(self.lines) and not self.lines[at][1].strip(" "):
            at += 1
        return at


def _item(text: str) -> _Item | None:
    found = ITEM.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    space = len(found[3])
    if not rest or space > 4:  # what is indented further is the item's own indent
        rest = " " * max(space - 1, 0) + rest
        space = 1
    number = None if found[2] in "-*" else int(found[2][:-1])
    kind = found[2][-1]
    width = len(found[1]) + len(found[2]) + space
    return _Item(kind, number, width, rest if rest.strip(" ") else "")


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """Line and text of each paragraph."""
    start, parts = lines[0][0], list[str]()
    for number, text in lines:
        if text.strip(" "):
            start = start if parts else number
            parts.append(text.strip(" "))
        elif parts:
            yield start, "\n".join(parts)
            parts = []
    if parts:
        yield start, "\n".join(parts)


def _without_closing(heading: str) -> str:
    """A heading's text without the `#` that may stand at its end."""
    text = heading.rstrip(" ")
    without = text.rstrip("#")
    return without.rstrip(" ") if without[-1:] in ("", " ") else text


def _token(name: str, tag: str) -> Token:
    return Token(name, tag, 1 if name.endswith("_open") else -1, block=True)
