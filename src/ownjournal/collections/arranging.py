"""Put articles into a collection, take them out, and put them in order.

Places count from 1 within a section and have no gaps. Whatever is done is done in one
transaction with its line of history, and begins with `lock`: so changes of one
collection come one after another.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, QuerySet

from ownjournal.catalogue import relations
from ownjournal.collections import history
from ownjournal.collections.groups.models import Group
from ownjournal.collections.models import Change, Collected, Collection, Section
from ownjournal.readers.models import Reader

MOST = 10_000  # articles of one collection
MOST_SECTIONS = 100
LONGEST_LINE = 500  # characters
NO_SECTION = "This section is no longer there."


class CannotArrange(ValueError):
    """It cannot be done; the message is a sentence for the reader."""


def one_line(text: str, longest: int) -> str | None:
    """Text of a field on one line, without what does not print; None if none is left.

    Raises CannotArrange where it is longer.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > longest:
        raise CannotArrange(f"That is longer than {longest} characters.")
    return line or None


def lock(kept: Collection | Group) -> None:
    """Keep others from changing it until this transaction ends.

    The first thing of every change, before it looks at anything: what it then sees
    stays true, and no two changes wait for each other. Raises CannotArrange where it
    is gone.
    """
    rows = type(kept)._default_manager.select_for_update().filter(pk=kept.pk)
    if not rows.values_list("pk", flat=True):
        raise CannotArrange("This is no longer there.")


def _lock(collection: Collection, section: Section | None) -> None:
    """The same where a section of it is meant, which must still be in it."""
    lock(collection)
    if section and not collection.sections.filter(pk=section.pk).exists():
        raise CannotArrange(NO_SECTION)


@transaction.atomic
def add(
    collection: Collection,
    pmids: Sequence[int],
    at: datetime,
    *,
    by: Reader,
    section: Section | None = None,
    line: str | None = None,
) -> tuple[int, ...]:
    """Add those that are not in it yet, in this order at the end of the section.

    The articles must be here. Gives those that are new in it; raises CannotArrange
    where it would hold too many.
    """
    _lock(collection, section)
    rows = collection.articles
    had = set(rows.values_list("pmid", flat=True))
    new = [pmid for pmid in dict.fromkeys(pmids) if pmid not in had]
    if len(had) + len(new) > MOST:
        raise CannotArrange(
            f"A collection has at most {MOST:,} articles; this one has {len(had):,}."
        )
    last = _places(collection, section).aggregate(last=Max("position"))["last"] or 0
    known = _integrity(new)
    Collected.objects.bulk_create(
        (
            Collected(
                collection=collection,
                pmid=pmid,
                section=section,
                position=last + place,
                line=line,
                added_at=at,
                told=known.get(pmid),
            )
            for place, pmid in enumerate(new, start=1)
        ),
        batch_size=500,
    )
    if new:
        changes = (Change(what="added", pmid=pmid, detail=line) for pmid in new)
        history.note_many(collection, changes, at, by=by)
    return tuple(new)


def _integrity(pmids: Sequence[int]) -> dict[int, str]:
    """What is known against these articles as they are added: it is no news later."""
    known = {}
    for start in range(0, len(pmids), 250):
        kept = relations.get_many(pmids[start : start + 250])
        known.update(
            {
                pmid: each.appraisal.integrity
                for pmid, each in kept.items()
                if each.appraisal.integrity is not None
            }
        )
    return known


@transaction.atomic
def remove(collection: Collection, pmid: int, at: datetime, *, by: Reader) -> None:
    """Take an article out, if it is in it. Raises CannotArrange."""
    lock(collection)
    row = collection.articles.filter(pmid=pmid).first()
    if row is None:
        return
    row.delete()
    _close_gap(collection, row)
    history.note(collection, "removed", at, by=by, pmid=pmid)


@transaction.atomic
def say(
    collection: Collection, pmid: int, text: str, at: datetime, *, by: Reader
) -> None:
    """Put a curator's line under an article, or none. Raises CannotArrange."""
    line = one_line(text, LONGEST_LINE)
    lock(collection)
    if collection.articles.filter(pmid=pmid).exclude(line=line).update(line=line):
        history.note(collection, "line", at, by=by, pmid=pmid, detail=line)


@transaction.atomic
def move(
    collection: Collection,
    pmid: int,
    place: int,
    at: datetime,
    *,
    by: Reader,
    section: Section | None,
) -> None:
    """Put an article at a place of a section; one too high is the end.

    Raises CannotArrange.
    """
    _lock(collection, section)
    row = collection.articles.filter(pmid=pmid).first()
    if row is None:
        return
    _close_gap(collection, row)
    others = _places(collection, section).exclude(pk=row.pk)
    place = max(1, min(place, others.count() + 1))
    others.filter(position__gte=place).update(position=F("position") + 1)
    row.section, row.position = section, place
    row.save(update_fields=["section", "position"])
    detail = f"to place {place}" + (f" of {section.name}" if section else "")
    history.note(collection, "moved", at, by=by, pmid=pmid, detail=detail)


def section_of(collection: Collection, number: str) -> Section | None:
    """A section by its id as a form has it; None for the part before the first."""
    if not number:
        return None
    found = None
    if number.isascii() and number.isdigit() and len(number) < 19:
        found = collection.sections.filter(pk=int(number)).first()
    if found is None:
        raise CannotArrange(NO_SECTION)
    return found


@transaction.atomic
def add_section(
    collection: Collection, text: str, at: datetime, *, by: Reader
) -> Section:
    """A new heading, the last. Raises CannotArrange."""
    lock(collection)
    name = _section_name(collection, text)
    if collection.sections.count() >= MOST_SECTIONS:
        raise CannotArrange(f"A collection has at most {MOST_SECTIONS} sections.")
    last = collection.sections.aggregate(last=Max("position"))["last"] or 0
    section = collection.sections.create(name=name, position=last + 1)
    history.note(collection, "section", at, by=by, detail=name)
    return section


@transaction.atomic
def rename_section(
    collection: Collection, section: Section, text: str, at: datetime, *, by: Reader
) -> None:
    """Another name for it. Raises CannotArrange."""
    _lock(collection, section)
    section.name = _section_name(collection, text, but=section)
    section.save(update_fields=["name"])
    history.note(collection, "section", at, by=by, detail=section.name)


@transaction.atomic
def move_section(collection: Collection, section: Section, step: int) -> None:
    """Before the one above it (-1) or behind the one below it (1).

    Raises CannotArrange.
    """
    _lock(collection, section)
    rows = list(collection.sections.all())
    here = rows.index(section)
    there = max(0, min(here + step, len(rows) - 1))
    rows.insert(there, rows.pop(here))
    for place, row in enumerate(rows, start=1):
        row.position = place
    Section.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_section(
    collection: Collection, section: Section, at: datetime, *, by: Reader
) -> None:
    """The heading goes; its articles stay, before the first heading.

    Raises CannotArrange.
    """
    _lock(collection, section)
    last = _places(collection, None).aggregate(last=Max("position"))["last"] or 0
    _places(collection, section).update(section=None, position=F("position") + last)
    name = section.name
    section.delete()
    history.note(collection, "section", at, by=by, detail=f"{name}, taken away")


def _section_name(collection: Collection, text: str, but: Section | None = None) -> str:
    name = one_line(text, 120)
    if name is None:
        raise CannotArrange("Please give the section a name.")
    others = collection.sections.exclude(pk=but.pk if but else 0)
    if others.filter(name=name).exists():
        raise CannotArrange(f"There is a section “{name}” already.")
    return name


def _places(collection: Collection, section: Section | None) -> QuerySet[Collected]:
    return collection.articles.filter(section=section)


def _close_gap(collection: Collection, row: Collected) -> None:
    behind = _places(collection, row.section).filter(position__gt=row.position)
    behind.exclude(pk=row.pk).update(position=F("position") - 1)
