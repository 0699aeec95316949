"""How many examples of CommonMark the dialect renders the same, and why not the others.

Compared is what html5lib makes of both: space between blocks and `rel` of links do
not count. corpora/commonmark.tsv lists each example that differs, with its reasons;
another result than listed fails.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from bench.corpora_files import HERE, Example, commonmark
from bench.figures import Row
from made.note_html import parse
from ownjournal.notes.dialect import read

AREA = "notes"
LIST: Path = HERE / "commonmark.tsv"
REASONS = {
    "address": "links lead to http, https, mailto, pmid: and doi: alone",
    "autolink": "an address in < > is text",
    "break": "a line ends where it was ended",
    "code": "no code, indented, fenced or in backticks",
    "entity": "entities are text",
    "escape": "a backslash escapes the marks of the dialect alone",
    "heading": "headings begin at the level of their place; none is underlined",
    "html": "raw HTML is text",
    "link": "parentheses are balanced; a link holds no link; addresses have no < >",
    "list": "lists by -, * and numbers of three digits with a stop, three deep",
    "picture": "pictures are shown from /media/ alone, with words for them",
    "quote": "no block quotes",
    "reference": "no link references",
    "rule": "no thematic breaks",
    "star": "a star between a letter or digit and a digit is a star",
    "underline": "_x_ is underlined, __x__ is text",
}
BLOCKS = re.compile("p|ul|ol|li|h[1-6]|blockquote|pre|hr|table")


def rows() -> Iterator[Row]:
    """How many are the same; raises AssertionError where the list is not current."""
    examples = commonmark()
    differing = {each.number for each in examples if not same(each)}
    listed = reasons()
    if differing != set(listed):
        changed = sorted(differing ^ set(listed))
        raise AssertionError(f"{LIST.name} is wrong of examples {changed}")
    count = Counter(reason for each in listed.values() for reason in each)
    note = ", ".join(f"{reason} {times}" for reason, times in count.most_common())
    figure = f"of {len(examples)} examples of CommonMark 0.31 rendered the same"
    same_count = len(examples) - len(differing)
    yield Row(AREA, figure, same_count, "", "higher", note=f"the others: {note}")
    but_for_lines = sum(same(each, lines=False) for each in examples)
    figure = f"of {len(examples)} the same but for line ends, which are kept"
    yield Row(AREA, figure, but_for_lines, "", "higher")
    unexplained = sum(not set(each) <= set(REASONS) for each in listed.values())
    yield Row(AREA, "differing for no listed reason", unexplained, "", "lower", 0, 0)


def same(example: Example, *, lines: bool = True) -> bool:
    """Whether page and specification agree; where lines end too, unless told."""
    ours = read(example.typed, headings="all").html("n", heading=2)
    theirs = example.html
    if not lines:
        ours = ours.replace("<br>", "\n")
        theirs = theirs.replace("<br />\n", "\n")
    return _tree(parse(ours)) == _tree(parse(theirs))


def reasons() -> dict[int, list[str]]:
    """Of each example that is listed."""
    lines = LIST.read_text().splitlines()[1:]
    parts = (line.split("\t") for line in lines)
    return {int(number): reason.split(",") for number, _, reason in parts}


def _tree(element: Element) -> tuple[object, ...]:
    """An element without what no reader sees."""
    name = str(element.tag).rpartition("}")[2]
    attributes = {key: value for key, value in element.attrib.items() if key != "rel"}
    parts: list[object] = [element.text or ""]
    for child in element:
        parts += [_tree(child), child.tail or ""]
    return (name, sorted(attributes.items()), *_trimmed(parts))


def _trimmed(parts: list[object]) -> list[object]:
    """Without the space beside blocks and at the ends."""
    kept: list[object] = []
    for at, part in enumerate(parts):
        if isinstance(part, str):
            before = at == 0 or _is_block(parts[at - 1])
            after = at == len(parts) - 1 or _is_block(parts[at + 1])
            part = part.lstrip("\n ") if before else part
            part = part.rstrip("\n ") if after else part
        if part:
            kept.append(part)
    return kept


def _is_block(part: object) -> bool:
    return isinstance(part, tuple) and bool(BLOCKS.fullmatch(str(part[0])))
