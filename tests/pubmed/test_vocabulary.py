"""The names we know are those of NLM's DTDs, no more and no fewer."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from lxml import etree

from ownjournal.pubmed.vocabulary import ATTRIBUTES, CHILDREN, VALUES

NOT_IN_RECORDS = {"ContractNumber", "URL"}  # declared by the DTDs, used nowhere


def leaves(content: Any) -> set[str]:
    if content is None:
        return set()
    own = {content.name} if content.type == "element" else set()
    return own | leaves(content.left) | leaves(content.right)


def declared(folder: Path) -> Any:
    """Children, attributes and listed values over all DTDs, without MathML."""
    children: Any = defaultdict(set)
    attributes: Any = defaultdict(set)
    listed: Any = defaultdict(set)
    for path in sorted(folder.glob("pubmed_*.dtd")):
        for element in etree.DTD(str(path)).iterelements():
            if element.prefix or element.name in NOT_IN_RECORDS:
                continue
            children[element.name] |= leaves(element.content)
            for attribute in element.iterattributes():
                attributes[element.name].add(attribute.name)
                values = attribute.values() or [attribute.default_value]
                if attribute.type == "enumeration" or attribute.default == "fixed":
                    listed[element.name, attribute.name] |= set(values)
    return children, attributes, listed


def test_known_names_and_values_are_those_of_the_dtds(shared_data: Path) -> None:
    children, attributes, listed = declared(shared_data / "pubmed" / "dtd")

    assert {name: set(known) for name, known in CHILDREN.items() if known} == {
        name: known for name, known in children.items() if known
    }
    assert {name: set(known) for name, known in ATTRIBUTES.items()} == dict(attributes)
    assert {place: set(known) for place, known in VALUES.items()} == dict(listed)
