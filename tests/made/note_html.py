"""What a browser makes of a note's HTML: whether all of it is allowed, and its text.

Written without the dialect's own code, from the same rules: html5lib parses as
browsers do.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Comment, Element

import html5lib

ALLOWED = {
    "a": {"href", "title", "rel", "id", "role", "aria-label"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start", "class", "aria-label"},
    "span": {"class"},
    **dict.fromkeys(("p", "br", "ul", "em", "strong", "u", "sup", "sub"), set[str]()),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), set[str]()),
}
HTML = "{http://www.w3.org/1999/xhtml}"
# as browsers read an address: what is around it and within it falls away
AROUND = "".join(map(chr, range(0x21)))
WITHIN = re.compile("[\t\n\r]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SUP = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
SUB = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def parse(html: str) -> Element:
    """The fragment as a browser would have it, below a root without a meaning."""
    root = html5lib.parseFragment(html, treebuilder="etree")
    assert isinstance(root, Element)
    return root


def violations(html: str) -> list[str]:
    """What of this HTML no note may have; empty if all is well."""
    return [fault for each in list(parse(html).iter())[1:] for fault in _faults(each)]


def _faults(element: Element) -> Iterator[str]:
    if element.tag is Comment or not str(element.tag).startswith(HTML):
        yield f"no element of HTML: {element.tag}"
        return
    name = str(element.tag).removeprefix(HTML)
    if name not in ALLOWED:
        yield f"element {name}"
        return
    for attribute, value in element.attrib.items():
        if attribute not in ALLOWED[name]:
            yield f"attribute {attribute} of {name}"
        elif attribute == "href" and not _may_lead(value):
            yield f"a link to {value}"
        elif attribute == "src" and not re.fullmatch(r"/media/[\w./-]+", value):
            yield f"a picture from {value}"


def _may_lead(value: str) -> bool:
    address = WITHIN.sub("", value.strip(AROUND))
    scheme = SCHEME.match(address)
    if scheme:
        return scheme[1].lower() in {"http", "https", "mailto"}
    return bool(re.fullmatch(r"/articles/\d+|#[a-z0-9-]+", address))


def page_text(html: str) -> str:
    """The plain text that a page's HTML stands for."""
    return _Text(_with_address).of(html)


def bare_text(html: str) -> str:
    """The same, of a page or of a mail, without addresses, PMIDs and hosts."""
    return _Text(lambda text, _: text).of(html)


def _with_address(text: str, href: str) -> str:
    place = href.removeprefix("mailto:")
    names = [place]
    if article := re.fullmatch(r"/articles/(\d+)", href):
        place = f"PMID {article[1]}"
        names = [f"PMID:{article[1]}", place]
    elif href.startswith("https://doi.org/"):
        names.append("doi:" + unquote(href.removeprefix("https://doi.org/")))
    bare = text.replace(" ", "").lower()
    return text if bare in _bare(names) else f"{text} <{place}>"


def _bare(names: list[str]) -> list[str]:
    return [name.replace(" ", "").lower() for name in names]


@dataclass
class _Text:
    """Blocks of HTML, line by line."""

    linked: Callable[[str, str], str]  # text and address of a link: what is written
    lines: list[str] = field(default_factory=list)
    gap: bool = False
    marker: str | None = None

    def of(self, html: str) -> str:
        root = parse(html)
        notes: list[Element] = []
        if (
            len(root)
            and root[-1].tag == f"{HTML}ol"
            and root[-1].get("class") == "footnotes"
        ):
            notes = list(root[-1])
            root.remove(root[-1])
        self.blocks(root, "")
        parts = ["\n".join(self.lines)]
        for number, note in enumerate(notes, 1):
            paragraphs = [self.inline(list(_nodes(each))).rstrip(" ") for each in note]
            body = "\n\n".join(paragraphs)
            body = re.sub(r"\n(?=[^\n]|$)", "\n    ", body)
            parts.append(f"[{number}] {body}")
        return "\n\n".join(part for part in parts if part)

    def blocks(self, parent: Element, indent: str) -> None:
        run: list[Element | str] = []
        for node in _nodes(parent):
            name = _name(node)
            if name in ("p", "ul", "ol") or re.fullmatch("h[2-6]", name):
                self.tight(run, indent)
                run = []
                assert isinstance(node, Element)
                self.block(node, name, indent)
            else:
                run.append(node)
        self.tight(run, indent)

    def tight(self, run: list[Element | str], indent: str) -> None:
        if run:
            self.put(self.inline(run), indent)

    def block(self, node: Element, name: str, indent: str) -> None:
        if name not in ("ul", "ol"):
            self.gap = True
            self.put(self.inline(list(_nodes(node))), indent)
            self.gap = True
            return
        outermost = indent == "" and self.marker is None
        self.gap = self.gap or outermost
        for number, item in enumerate(node, int(node.get("start", "1"))):
            sign = "- " if name == "ul" else f"{number}. "
            self.marker = (indent if self.marker is None else self.marker) + sign
            self.blocks(item, indent + " " * len(sign))
            if self.marker is not None:
                self.put("", indent)
        self.gap = self.gap or outermost

    def put(self, text: str, indent: str) -> None:
        for line in text.split("\n"):
            if self.gap and self.lines:
                self.lines.append("")
            self.gap = False
            before = indent if self.marker is None else self.marker
            self.lines.append((before + line).rstrip(" "))
            self.marker = None

    def inline(self, nodes: list[Element | str]) -> str:
        return "".join(map(self.one, nodes))

    def one(self, node: Element | str) -> str:
        if isinstance(node, str):
            return node
        inside = self.inline(list(_nodes(node)))
        match _name(node):
            case "br":
                return "\n"
            case "img":
                return f"[Picture: {node.get('alt')}]"
            case "sup" if any(each.get("role") == "doc-noteref" for each in node):
                return inside
            case "sup" | "sub" as name:
                return _script(name, inside)
            case "a" if node.get("role") == "doc-noteref":
                return f"[{inside}]"
            case "a" if node.get("role") == "doc-backlink":
                return ""
            case "a":
                return self.linked(inside, node.get("href", ""))
            case "span":
                return ""
        return inside


def _script(name: str, inside: str) -> str:
    table, sign = (SUP, "^") if name == "sup" else (SUB, "_")
    if inside and all(each in table for each in inside):
        return "".join(table[each] for each in inside)
    return f"{sign}({inside})"


def _name(node: Element | str) -> str:
    return "" if isinstance(node, str) else str(node.tag).removeprefix(HTML)


def _nodes(parent: Element) -> Iterator[Element | str]:
    """Texts and elements within, in order; the space before a host is the host's."""
    text = parent.text or ""
    for child in parent:
        if _name(child) == "span":
            text = text.removesuffix(" ")
        if text:
            yield text
        yield child
        text = child.tail or ""
    if text:
        yield text
