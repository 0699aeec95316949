"""Count what a record holds beyond NLM's DTDs of 2018 to 2025."""

from lxml import etree

from ownjournal.pubmed.lxml_text import in_mathml
from ownjournal.pubmed.outcome import Counts
from ownjournal.pubmed.vocabulary import ATTRIBUTES, CHILDREN, VALUES

Element = etree._Element


def count_unknown(element: Element, counts: Counts) -> None:
    """Count unknown elements, attributes and values below and at an element.

    What stands inside an unknown element, or inside a formula, is not counted.
    """
    _count_attributes(element, counts)
    known = CHILDREN.get(element.tag, frozenset())
    for child in element:
        if in_mathml(child):
            continue
        if child.tag in known:
            count_unknown(child, counts)
        else:
            counts.met_unknown(f"{element.tag}/{child.tag}")


def _count_attributes(element: Element, counts: Counts) -> None:
    known = ATTRIBUTES.get(element.tag, frozenset())
    for name, value in ((str(n), str(v)) for n, v in element.attrib.items()):
        if name not in known:
            counts.met_unknown(f"{element.tag}@{name}")
        elif value not in VALUES.get((element.tag, name), (value,)):
            counts.met_unknown(f"{element.tag}@{name}={value}")
