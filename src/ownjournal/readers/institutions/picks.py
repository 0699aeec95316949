"""The libraries on a reader's list, in the reader's order."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from ownjournal.readers.institutions.models import Institution, ReaderInstitution
from ownjournal.readers.institutions.words import words
from ownjournal.readers.models import Reader

MOST = 20  # libraries of a reader
SHOWN = 30  # found by a search
OFFERED = Institution.State.ACTIVE


def of_reader(reader: Reader) -> list[Institution]:
    """In order; a retired one stays with whoever has it."""
    rows = ReaderInstitution.objects.filter(reader=reader)
    return [row.institution for row in rows.select_related("institution")]


def put(reader: Reader, ids: Sequence[int]) -> list[Institution]:
    """Make this the reader's list: those of the ids that are offered, or were his.

    Repeats go, and what is more than `MOST`.
    """
    with transaction.atomic():
        # of two tabs at once, the second waits here
        Reader.objects.select_for_update().get(pk=reader.pk)
        rows = ReaderInstitution.objects.filter(reader=reader)
        had = set(rows.values_list("institution_id", flat=True))
        usable = {each.pk: each for each in given(ids, had)}
        wanted = [usable[each] for each in dict.fromkeys(ids) if each in usable][:MOST]
        rows.delete()
        ReaderInstitution.objects.bulk_create(
            ReaderInstitution(reader=reader, institution=each, position=position)
            for position, each in enumerate(wanted)
        )
    return wanted


def given(ids: Iterable[int], also: Iterable[int] = ()) -> list[Institution]:
    """The institutions of these ids that are offered, and any of `also`; no order."""
    found = Institution.objects.filter(pk__in=list(ids))
    kept = set(also)
    return [each for each in found if each.state == OFFERED or each.pk in kept]


def search(text: str) -> tuple[Institution, ...]:
    """The offered institutions whose name, other names or country have all words.

    A word may be the beginning of one. At most `SHOWN`, by name.
    """
    wanted = words(text)[:10]
    if not wanted:
        return ()
    found = Institution.objects.filter(state=OFFERED)
    for word in wanted:
        found = found.filter(words__contains=f" {word}")
    return tuple(found[:SHOWN])
