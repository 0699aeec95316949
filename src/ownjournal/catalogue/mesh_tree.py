"""Looking around in MeSH: names that may be meant, and the tree up and down.

Without NLM's file there are only the headings seen on articles: names can be
found among them, and there is no tree.
"""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Q, QuerySet
from msgspec import Struct

from ownjournal.catalogue import mesh
from ownjournal.catalogue.models import Descriptor, Heading, Term, TreePosition

SHORTEST = 3  # characters looked for within a name
CATEGORIES = {
    "A": "Anatomy",
    "B": "Organisms",
    "C": "Diseases",
    "D": "Chemicals and drugs",
    "E": "Techniques and equipment",
    "F": "Psychiatry and psychology",
    "G": "Phenomena and processes",
    "H": "Disciplines and occupations",
    "I": "Anthropology, education, sociology",
    "J": "Technology, industry, agriculture",
    "K": "Humanities",
    "L": "Information science",
    "M": "Named groups",
    "N": "Health care",
}
"""The trees whose descriptors can be topics: neither publication types nor places."""


class Node(Struct, frozen=True):
    """A descriptor, or a category by its letter."""

    ui: str
    name: str


class Branch(Struct, frozen=True):
    """A place in the tree, and where one can go from it."""

    here: Node | None  # None: above all categories
    above: tuple[Node, ...]  # next above, by name; none above a category
    below: tuple[Node, ...]  # next below, by name


def suggest(text: str, most: int) -> tuple[Node, ...]:
    """Descriptors that may be meant by a text, the likeliest first.

    First the one of which it is the name or an entry term, then those with a term
    that begins with it, then those with a term that has it at the beginning of a
    word.
    """
    printable = "".join(c if c.isprintable() else " " for c in text)
    wanted = " ".join(printable.lower().split())
    if not wanted:
        return ()
    found: dict[str, Node] = {}
    exact = mesh.find(wanted)
    if exact is not None:
        found[exact[0]] = Node(*exact)
    for node in islice(_alike(wanted, most), most):
        found.setdefault(node.ui, node)
    return tuple(found.values())[:most]


def branch(ui: str) -> Branch | None:
    """The place of a descriptor or a category; of "" the top. None: no such place."""
    if not ui:
        tops = tuple(Node(letter, name) for letter, name in CATEGORIES.items())
        return Branch(None, (), tops) if TreePosition.objects.exists() else None
    if not ui.isalnum():
        return None
    if ui in CATEGORIES:
        return Branch(Node(ui, CATEGORIES[ui]), (), _tops(ui))
    row = Descriptor.objects.filter(ui=ui).first()
    if row is None:
        return None
    numbers = list(row.positions.values_list("number", flat=True))
    return Branch(Node(row.ui, row.name), _above(numbers), _below(numbers))


def broader(ui: str) -> frozenset[str]:
    """All descriptors above one in the tree; none without NLM's file."""
    numbers = TreePosition.objects.filter(descriptor_id=ui)
    above = {
        number[:end]
        for number in numbers.values_list("number", flat=True)
        for end, letter in enumerate(number)
        if letter == "."
    }
    places = TreePosition.objects.filter(number__in=above)
    return frozenset(places.values_list("descriptor_id", flat=True))


def _alike(wanted: str, most: int) -> Iterator[Node]:
    first = Q(folded__startswith=wanted)
    yield from _terms(first, most)
    if len(wanted) >= SHORTEST:
        within = Q(folded__contains=f" {wanted}") | Q(folded__contains=f"-{wanted}")
        yield from _terms(within, most)
    seen: QuerySet[Heading] = Heading.objects.filter(name__icontains=wanted)
    if not Descriptor.objects.exists():
        yield from (Node(row.ui, row.name) for row in seen.order_by("name")[:most])


def _terms(condition: Q, most: int) -> Iterator[Node]:
    """Of topics alone; the shorter name is the broader topic, and comes first."""
    rows = Term.objects.filter(condition, descriptor__kind__in=(1, 3))
    names = set(rows.values_list("descriptor_id", "descriptor__name")[: most * 20])
    for ui, name in sorted(names, key=lambda each: (len(each[1]), each[1]))[:most]:
        yield Node(ui, name)


def _tops(letter: str) -> tuple[Node, ...]:
    """The first of a category; tables of MeSH are about that leave these out."""
    first = Q(number__regex=rf"^{letter}[0-9]+$")
    second = Q(number__regex=rf"^{letter}[0-9]+\.[0-9]+$")
    return _nodes(first) or _nodes(second)


def _above(numbers: list[str]) -> tuple[Node, ...]:
    parents = {number.rpartition(".")[0] for number in numbers} - {""}
    known = TreePosition.objects.filter(number__in=parents)
    there = set(known.values_list("number", flat=True))
    letters = {each[0] for each in numbers if each.rpartition(".")[0] not in there}
    tops = (Node(each, CATEGORIES[each]) for each in sorted(letters & {*CATEGORIES}))
    return (*tops, *_nodes(Q(number__in=there)))


def _below(numbers: list[str]) -> tuple[Node, ...]:
    found = set()
    for number in numbers:
        rows = TreePosition.objects.filter(mesh.under(number))
        for each, *node in rows.values_list(
            "number", "descriptor_id", "descriptor__name"
        ):
            if each.count(".") == number.count(".") + 1:
                found.add(Node(*node))
    return tuple(sorted(found, key=lambda node: node.name))


def _nodes(condition: Q) -> tuple[Node, ...]:
    rows = TreePosition.objects.filter(condition)
    pairs = set(rows.values_list("descriptor_id", "descriptor__name"))
    return tuple(Node(*each) for each in sorted(pairs, key=lambda each: each[1]))
