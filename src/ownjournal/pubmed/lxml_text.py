"""Text, markup and attributes of lxml elements.

`markup` writes the one form that `article.Markup` promises: inline elements
without attributes, MathML with the prefix mml:, three escapes. An inline element
that holds nothing is left out, as is white space between the parts of a formula;
of any other element the tags are dropped and the text is kept.
"""

from collections.abc import Iterator
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from ownjournal.pubmed import values
from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.vocabulary import INLINE, MATHML

Element = etree._Element
MATH_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms", "annotation"})


@cache
def _name(tag: str) -> tuple[str | None, str]:
    """Namespace and local name, cached for the few hundred names there are."""
    name = etree.QName(tag)
    return name.namespace, name.localname


def local_name(element: Element) -> str:
    """The name without its namespace."""
    return _name(element.tag)[1]


def in_mathml(element: Element) -> bool:
    return _name(element.tag)[0] == MATHML


def children(element: Element | None, path: str) -> Iterator[Element]:
    """The elements at a path below, in document order; none below None."""
    return iter(()) if element is None else element.iterfind(path)


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute's text; None if it is absent or empty."""
    return None if element is None else values.text(element.get(name))


def own_text(element: Element) -> str | None:
    """All text inside, without any tags."""
    return values.text("".join(map(str, element.itertext())))


def text(element: Element | None, path: str) -> str | None:
    """The text of the first element at a path below."""
    found = None if element is None else element.find(path)
    return None if found is None else own_text(found)


def texts(element: Element | None, path: str) -> tuple[str, ...]:
    """The texts at a path below, the empty ones left out."""
    return tuple(each for each in map(own_text, children(element, path)) if each)


def own_markup(element: Element) -> Markup | None:
    """All that is inside as markup; None where no character is."""
    written = values.text(_inside(element))
    if written is None or not _says_something(element):
        return None
    return Markup(written)


def markup(element: Element | None, path: str) -> Markup | None:
    """The markup of the first element at a path below."""
    found = None if element is None else element.find(path)
    return None if found is None else own_markup(found)


def markups(element: Element | None, path: str) -> tuple[Markup, ...]:
    return tuple(each for each in map(own_markup, children(element, path)) if each)


def _says_something(element: Element) -> bool:
    """Whether there is a character that is not white space."""
    return own_text(element) is not None


def _inside(element: Element) -> str:
    characters = _characters if _is_text(element) else _between_math
    parts = [characters(element.text)]
    for child in element:
        parts.append(_tagged(child))
        parts.append(characters(child.tail))
    return "".join(parts)


def _is_text(element: Element) -> bool:
    """Whether white space in it is text; between the parts of a formula it is not."""
    return not in_mathml(element) or local_name(element) in MATH_TOKENS


def _characters(raw: str | None) -> str:
    return escape(raw or "")


def _between_math(raw: str | None) -> str:
    return escape(raw) if raw and raw.strip(values.XML_SPACE) else ""


def _tagged(element: Element) -> str:
    """An inline element with its tags, as far as markup has them."""
    inside = _inside(element)
    if in_mathml(element):
        name = f"mml:{local_name(element)}"
        return f"<{name}{_attributes(element)}>{inside}</{name}>"
    name = element.tag
    if name in INLINE and inside:
        return f"<{name}>{inside}</{name}>"
    return inside


def _attributes(element: Element) -> str:
    """MathML's attributes as written; those of other namespaces are dropped."""
    attributes = ((str(name), str(value)) for name, value in element.attrib.items())
    return "".join(
        f" {name}={quoteattr(value)}"
        for name, value in attributes
        if not name.startswith("{")
    )
