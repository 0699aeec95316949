"""The names that queries use, looked up in the database."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db.models import Func, Q
from django.db.models.functions import Lower

from ownjournal.catalogue import abbreviations, mesh
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import (
    BARE,
    Descriptor,
    Heading,
    Journal,
    Term,
    TreePosition,
)
from ownjournal.pubmed.mesh import CLASSES
from ownjournal.search.query import Term as Asked
from ownjournal.search.vocabulary import KnownJournal, Topic

AT_ONCE = 500
"""Names in one question to the database, which has a limit for them."""

A_FEW = 100
"""Places of the tree that are looked up; for more, the whole tree is read."""

MOST_AUTHORS = 20  # that are looked for

_BRACKETS = str.maketrans(dict.fromkeys("()[]"))
_UI = re.compile(r"[DdCcQq][0-9]{1,9}")


class Names:
    """A `Vocabulary` of NLM's file of MeSH where it is loaded, else of what is seen.

    Without the file there are no entry terms and no narrower topics.
    """

    def topics(self, names: Collection[str]) -> Mapping[str, Topic]:
        """See `Vocabulary`."""
        found: dict[str, Topic] = {}
        for folding in (_folded, _without_hyphens):
            rest = {name: folding(name) for name in names if name not in found}
            known = _topics(set(rest.values()))
            found |= {name: known[text] for name, text in rest.items() if text in known}
        return found

    def narrower(self, uis: Collection[str]) -> Mapping[str, frozenset[str]]:
        """See `Vocabulary`."""
        places = defaultdict[str, list[str]](list)
        for some in _portions(uis):
            rows = TreePosition.objects.filter(descriptor_id__in=some)
            for number, ui in rows.values_list("number", "descriptor_id"):
                places[ui].append(number)
        below = _below([number for each in places.values() for number in each])
        return {
            ui: frozenset([ui]).union(*(below[number] for number in places[ui]))
            for ui in uis
        }

    def journals(
        self, names: Collection[str]
    ) -> Mapping[str, tuple[KnownJournal, ...]]:
        """See `Vocabulary`."""
        wanted = {name: _folded(_without_brackets(name)) for name in names}
        by_name = defaultdict[str, dict[str, KnownJournal]](dict)
        for some in _portions(set(wanted.values())):
            for row in _journals_named(some):
                journal = KnownJournal(row.nlm_id, row.title, row.abbreviation)
                known_as = (row.nlm_id, row.title, row.abbreviation, row.issn_linking)
                for text in known_as:
                    if text is not None:
                        by_name[_folded(_without_brackets(text))][row.nlm_id] = journal
        return {
            name: tuple(by_name[text].values())
            for name, text in wanted.items()
            if text in by_name
        }

    def authors(self, names: Collection[str]) -> frozenset[str]:
        """See `Vocabulary`; the first few of many, as each asks the index."""
        some = sorted(names)[:MOST_AUTHORS]
        return frozenset(name for name in some if index().count(Asked(name, "au")))

    def abbreviations(self, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """See `Vocabulary`."""
        return abbreviations.meanings(names)


def _journals_named(folded: Sequence[str]) -> Iterable[Journal]:
    rows = Journal.objects.annotate(
        folded_title=Lower("title"),
        folded_abbreviation=Func("abbreviation", template=BARE),
        folded_issn=Lower("issn_linking"),
        folded_id=Lower("nlm_id"),
    )
    return rows.filter(
        Q(folded_title__in=folded)
        | Q(folded_abbreviation__in=folded)
        | Q(folded_issn__in=folded)
        | Q(folded_id__in=folded)
    ).order_by("nlm_id")


def _topics(folded: Collection[str]) -> dict[str, Topic]:
    """By folded name, entry term or UI; the later of these are the better ones."""
    found: dict[str, Topic] = {}
    for some in _portions(folded):
        found |= _seen(some) | _entered(some)
        uis = [text.upper() for text in some if _UI.fullmatch(text)]
        if uis:
            found |= _with_ui(uis)
    return found


def _entered(folded: Sequence[str]) -> dict[str, Topic]:
    rows = Term.objects.filter(folded__in=folded).order_by("-descriptor__name")
    fields = ("folded", "descriptor__ui", "descriptor__name", "descriptor__kind")
    found: dict[str, Topic] = {}
    for text, ui, name, kind in rows.values_list(*fields):
        if text not in found or found[text].name.lower() != text:
            found[text] = _topic(ui, name, kind)
    return found


def _seen(folded: Sequence[str]) -> dict[str, Topic]:
    rows = Heading.objects.annotate(folded=Lower("name")).filter(folded__in=folded)
    return {row.name.lower(): Topic(row.ui, row.name) for row in rows}


def _with_ui(uis: Sequence[str]) -> dict[str, Topic]:
    seen = Heading.objects.filter(ui__in=uis)
    found = {row.ui.lower(): Topic(row.ui, row.name) for row in seen}
    rows = Descriptor.objects.filter(ui__in=uis).values_list("ui", "name", "kind")
    return found | {ui.lower(): _topic(ui, name, kind) for ui, name, kind in rows}


def _topic(ui: str, name: str, kind: int | None) -> Topic:
    return Topic(ui, name, CLASSES.get(str(kind)))


def _below(numbers: Sequence[str]) -> dict[str, set[str]]:
    """The descriptors below each place of the tree."""
    positions = TreePosition.objects.values_list("number", "descriptor_id")
    if len(numbers) <= A_FEW:
        return {
            number: {ui for _, ui in positions.filter(mesh.under(number))}
            for number in numbers
        }
    whole = sorted(positions)
    return {number: set(_run(whole, f"{number}.")) for number in numbers}


def _run(whole: Sequence[tuple[str, str]], beginning: str) -> Iterator[str]:
    at = bisect_left(whole, (beginning, ""))
    while at < len(whole) and whole[at][0].startswith(beginning):
        yield whole[at][1]
        at += 1


def _folded(name: str) -> str:
    return " ".join(name.split()).lower()


def _without_brackets(name: str) -> str:
    return name.translate(_BRACKETS)


def _without_hyphens(name: str) -> str:
    return _folded(name.replace("-", " "))


def _portions(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while some := list(islice(rest, AT_ONCE)):
        yield some
