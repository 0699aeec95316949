"""Institutions as pages show them, with their link for an article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ownjournal.catalogue.dates import date_told
from ownjournal.pubmed.article import PubDate
from ownjournal.pubmed.libraries import KINDS, Told, way
from ownjournal.readers.institutions.checking import link_to_known
from ownjournal.readers.institutions.models import Institution

RETIRED = "It is no longer offered; please look for another one."


@dataclass(frozen=True, slots=True)
class LibraryView:
    """A library; `url` and `reason` are None where there is no article."""

    id: int
    name: str
    country: str | None
    kind: str  # in words: "Link resolver"
    url: str | None  # to the article
    reason: str | None  # why there is no link
    note: str | None  # what is known against it
    try_url: str  # to an article that every library knows


def library_view(institution: Institution, told: Told | None = None) -> LibraryView:
    """One library, with its link if there is an article to tell of."""
    made = way(institution.kind, institution.template, told) if told else None
    return LibraryView(
        id=institution.pk,
        name=institution.name,
        country=institution.country,
        kind=KINDS[institution.kind],
        url=made.url if made else None,
        reason=made.reason if made else None,
        note=note_on(institution),
        try_url=link_to_known(institution),
    )


def library_views(
    institutions: Iterable[Institution], told: Told | None = None
) -> tuple[LibraryView, ...]:
    """Libraries in the order given."""
    return tuple(library_view(each, told) for each in institutions)


def note_on(institution: Institution) -> str | None:
    """That a link is dead or retired, for whoever is about to choose it."""
    if institution.state == Institution.State.RETIRED:
        return RETIRED
    if institution.problem is None or institution.checked_at is None:
        return None
    return f"It did not answer on {_day(institution.checked_at)}."


def _day(moment: datetime) -> str | None:
    return date_told(PubDate(moment.year, moment.month, moment.day))
