"""MeSH as the catalogue knows it: NLM's descriptors, or the headings seen.

Without NLM's file everything works from the headings on articles; with it,
topics have entry terms, and a topic includes the narrower ones.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Q

from ownjournal.catalogue.models import Descriptor, Heading, Term, TreePosition
from ownjournal.pubmed.mesh import CLASSES
from ownjournal.pubmed.mesh import Descriptor as Read
from ownjournal.search.analysis import unsigned

ROWS = 2_000
_NUMBERS = {kind: int(number) for number, kind in CLASSES.items()}


def load(descriptors: Iterable[Read]) -> int:
    """Replace the descriptors by these, all or nothing; how many there are now."""
    with transaction.atomic():
        Descriptor.objects.all().delete()  # and with them terms and positions
        count = 0
        batch: list[Read] = []
        for each in descriptors:
            batch.append(each)
            count += 1
            if len(batch) == ROWS:
                _create(batch)
                batch = []
        _create(batch)
        return count


def find(text: str) -> tuple[str, str] | None:
    """UI and name of the descriptor with this UI, name or entry term.

    Case does not count. Falls back on the headings seen on articles; None where
    nothing has this name.
    """
    wanted = text.replace("\0", "").strip()
    folded = wanted.lower()
    for found in (
        Descriptor.objects.filter(ui=wanted.upper()),
        Descriptor.objects.filter(terms__folded=folded, name__iexact=wanted),
        Descriptor.objects.filter(terms__folded=folded).order_by("name"),
        Heading.objects.filter(ui=wanted.upper()),
        Heading.objects.filter(name__iexact=wanted),
    ):
        row = found.values_list("ui", "name").first()
        if row is not None:
            return row[0], row[1]
    return None


def name(ui: str) -> str | None:
    """The name of a descriptor, by NLM's file or as seen on articles."""
    return names([ui]).get(ui)


def names(uis: Sequence[str]) -> dict[str, str]:
    """The same of many, without those that have none."""
    found: dict[str, str] = {}
    for model in (Descriptor, Heading):
        unknown = [ui for ui in uis if ui not in found]
        if unknown:
            rows = model.objects.filter(ui__in=unknown)
            found.update(rows.values_list("ui", "name"))
    return found


def narrower(ui: str) -> frozenset[str]:
    """The descriptor and all below it in the tree; itself alone without NLM's file."""
    places = TreePosition.objects.filter(descriptor_id=ui)
    below = {ui}
    for number in places.values_list("number", flat=True):
        lower = TreePosition.objects.filter(under(number))
        below.update(lower.values_list("descriptor_id", flat=True))
    return frozenset(below)


def under(number: str) -> Q:
    """The places below one. SQLite needs to be told the range, or it reads them all."""
    begins = Q(number__startswith=f"{number}.")
    if connection.vendor != "sqlite":
        return begins
    return begins & Q(number__gte=f"{number}.", number__lt=f"{number}/")


class Tree:
    """The whole tree in memory, for who asks it of many descriptors."""

    def __init__(self, positions: Iterable[tuple[str, str]]) -> None:
        """`positions` are tree numbers and UIs."""
        ordered = sorted(positions)
        self._numbers = [number for number, _ in ordered]
        self._uis = [ui for _, ui in ordered]
        self._of: dict[str, list[str]] = defaultdict(list)
        for number, ui in ordered:
            self._of[ui].append(number)

    @classmethod
    def read(cls) -> "Tree":
        """As it is now; there are 60,000 positions, or none without NLM's file."""
        return cls(TreePosition.objects.values_list("number", "descriptor_id"))

    def narrower(self, ui: str) -> frozenset[str]:
        """As the function of this name."""
        below = {ui}
        for number in self._of.get(ui, ()):
            first = bisect_left(self._numbers, f"{number}.")
            last = bisect_left(self._numbers, f"{number}/")  # "/" comes after "."
            below.update(self._uis[first:last])
        return frozenset(below)


def _create(batch: list[Read]) -> None:
    Descriptor.objects.bulk_create(
        Descriptor(
            ui=each.ui,
            name=each.name,
            scope_note=each.scope_note,
            kind=each.kind and _NUMBERS[each.kind],
        )
        for each in batch
    )
    TreePosition.objects.bulk_create(
        TreePosition(number=number, descriptor_id=each.ui)
        for each in batch
        for number in each.tree_numbers
    )
    Term.objects.bulk_create(
        Term(folded=folded, text=text, descriptor_id=each.ui)
        for each in batch
        for text in dict.fromkeys((each.name, *each.entry_terms))
        for folded in dict.fromkeys((text.lower(), unsigned(text).lower()))
    )
