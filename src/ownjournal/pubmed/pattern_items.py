"""How the fast reading takes the elements of a record: one, or a list of equals.

What a pattern matches is made into its value at once. What it does not match,
such as text with inline tags or escapes, is read by the reference reader, that
element alone; so no rule for values is written twice. With something unknown in
it, the record is `Unusual`, and all of it goes to the reference reader.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from lxml import etree

from ownjournal.pubmed.lxml_unknown import count_unknown
from ownjournal.pubmed.memory import Memory
from ownjournal.pubmed.outcome import Counts
from ownjournal.pubmed.patterns import S
from ownjournal.pubmed.wellformed import safe_parser

Element = etree._Element
Match = re.Match[str]
Pattern = re.Pattern[str]
Fields = dict[str, Any]
Step = Callable[[str, Match, Fields], int]
"""Takes the XML of a record, the match of an element's start tag, and the fields
to fill; returns the position behind the element."""

T = TypeVar("T")


class Unusual(Exception):
    """Raised where a record is not in NLM's usual form."""


def must(match: Match | None) -> Match:
    if match is None:
        raise Unusual
    return match


def behind(end_tag: str, xml: str, at: int) -> int:
    """The position behind an end tag, which only white space may precede."""
    end = xml.find(end_tag, at)
    if end < 0 or (end > at and not xml[at:end].isspace()):
        raise Unusual
    return end + len(end_tag)


def by_reference(read: Callable[[Element, Counts], T], xml: str) -> T:
    """Read an element as the reference reader does, if that counts nothing."""
    try:
        element = etree.fromstring(xml.encode(), safe_parser())
    except etree.XMLSyntaxError:
        raise Unusual from None
    counts = Counts()
    count_unknown(element, counts)
    value = read(element, counts)
    if counts != Counts():
        raise Unusual
    return value


class Items:
    """Elements of one name, one behind the other.

    `make` gets the groups of `pattern`. `read` gets the element where the pattern
    does not match or `make` gives None; where it gives None itself, the element
    says nothing.
    """

    def __init__(
        self,
        name: str,
        pattern: Pattern,
        make: Callable[..., T | None],
        read: Callable[[Element, Counts], T | None],
    ) -> None:
        self._end_tag = f"</{name}>"
        self._start = re.compile(f"{S}<{name}[ >]")
        self._match = pattern.match
        self._make = make
        self._read = read

    def take(self, xml: str, at: int) -> tuple[list[Any], int]:
        """The values from a position on, and the position behind them."""
        match_at, make = self._match, self._make
        found = []
        while True:
            while (match := match_at(xml, at)) and (value := make(*match.groups())):
                found.append(value)
                at = match.end()
            if not self._start.match(xml, at):
                return found, at
            end = xml.find(self._end_tag, at) + len(self._end_tag)
            if value := by_reference(self._read, xml[at:end]):
                found.append(value)
            at = end


def remembered(name: str, field: str, read: Callable[[Element, Counts], Any]) -> Step:
    """A step for an element whose XML is the same in many records."""
    end_tag = f"</{name}>"
    memory: Memory[str, Any] = Memory(lambda xml: by_reference(read, xml), 20_000)

    def step(xml: str, tag: Match, fields: Fields) -> int:
        end = xml.find(end_tag, tag.end()) + len(end_tag)
        fields[field] = memory[xml[tag.start() : end]]
        return end

    return step


def several(
    name: str, parent: str, field: str, read: Callable[[Element, Counts], Any]
) -> Step:
    """A step for one or more equal elements, read with a parent of their own.

    Remembered, as these are few in kind (languages) or few at all.
    """
    inside = f"(?:[^<]++|<(?!/{name}>))*"
    elements = re.compile(f"(?:{S}<{name}[ >]{inside}</{name}>)+")
    memory: Memory[str, Any] = Memory(
        lambda xml: by_reference(read, f"<{parent}>{xml}</{parent}>"), 5_000
    )

    def step(xml: str, tag: Match, fields: Fields) -> int:
        match = must(elements.match(xml, tag.start()))
        fields[field] = memory[match[0]]
        return match.end()

    return step


def one(
    name: str, field: str, pattern: Pattern, read: Callable[[Element, Counts], Any]
) -> Step:
    """A step for an element with text alone."""
    end_tag = f"</{name}>"

    def step(xml: str, tag: Match, fields: Fields) -> int:
        if match := pattern.match(xml, tag.start()):
            fields[field] = match[1]
            return match.end()
        end = xml.find(end_tag, tag.end()) + len(end_tag)
        fields[field] = by_reference(read, xml[tag.start() : end])
        return end

    return step


def listed(name: str, field: str, items: Items) -> Step:
    """A step for an element that holds equal elements only."""
    end_tag = f"</{name}>"

    def step(xml: str, tag: Match, fields: Fields) -> int:
        found, at = items.take(xml, tag.end())
        fields[field] = tuple(found)
        return behind(end_tag, xml, at)

    return step
