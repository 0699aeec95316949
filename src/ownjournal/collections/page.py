"""What the page of a collection shows: the contract of collections/collection.html."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.safestring import SafeString

from ownjournal.catalogue import relations
from ownjournal.catalogue.pages import Card, cards_by_pmid
from ownjournal.catalogue.selections import SelectionView, selection
from ownjournal.collections import addresses, reads
from ownjournal.collections.describing import html_of
from ownjournal.collections.models import Collected, Collection, Visibility
from ownjournal.collections.order import in_order

A_PAGE = 20  # articles


@dataclass(frozen=True, slots=True)
class Row:
    """An article in its place."""

    pmid: int
    card: Card | None  # None: it is no longer here
    line: str | None  # a curator's


@dataclass(frozen=True, slots=True)
class Part:
    """A section; the articles before the first heading have no name."""

    name: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """Everything collections/collection.html may use."""

    id: int
    title: str
    curators: str  # "Ada Quillfeather and Tam Okonfold"
    description: SafeString | None
    created_on: date
    updated_on: date
    visibility: str  # who may read it, in words
    listed: bool  # for search engines too
    count: int
    struck: int  # retracted or withdrawn, on this page
    parts: tuple[Part, ...]
    address: str  # its path, with a link's secret where it was opened by one
    start: str  # what the paths of its other pages begin with
    older: int | None  # page numbers
    newer: int | None
    reads: str  # how often it was opened, in words
    feeds: tuple[tuple[str, str], ...]  # name and path
    selection: SelectionView | None
    keeps: bool  # whoever looks is a curator
    fills: bool  # or may add articles
    follows: bool  # or follows it
    can_follow: bool  # without a link
    link: str | None  # the whole address to give to others, for curators
    suggestions: int  # that wait, for who may take them


def collection_page(
    collection: Collection,
    number: str | None,
    *,
    by_link: bool = False,
    keeps: bool = False,
    fills: bool = False,
    follows: bool = False,
) -> CollectionPage:
    """One page of it, from 1; a number that there is not gives the nearest."""
    chosen = Paginator(in_order(collection), A_PAGE).get_page(number)
    rows = list(chosen.object_list)
    kept = relations.get_many([row.pmid for row in rows])
    parts = tuple(_parts(rows, cards_by_pmid(kept, coins=True)))
    start = addresses.start_of(collection, by_link=by_link)
    cards = [row.card for part in parts for row in part.rows if row.card]
    link = addresses.link_of(collection)
    return CollectionPage(
        id=collection.pk,
        title=collection.title,
        curators=names(collection),
        description=html_of(collection),
        created_on=collection.created_at.date(),
        updated_on=collection.updated_at.date(),
        visibility=_who(collection),
        listed=collection.visibility == Visibility.PUBLIC,
        count=chosen.paginator.count,
        struck=sum(card.struck for card in cards),
        parts=parts,
        address=f"{start}/{addresses.slug_of(collection.title)}",
        start=start,
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
        reads=reads.told(collection, timezone.now().date()),
        feeds=_feeds(collection),
        selection=_selection(start, collection, cards, chosen.paginator.count),
        keeps=keeps,
        fills=fills,
        follows=follows,
        can_follow=not by_link,
        link=addresses.whole(link) if link and keeps else None,
        suggestions=collection.suggestions.count() if fills else 0,
    )


def names(collection: Collection) -> str:
    """The curators in a row, as they want to be called."""
    told = [str(each) for each in collection.curators.all()]
    unnamed = told.count("A reader")
    if unnamed > 1:
        told = [each for each in told if each != "A reader"]
        told.append(f"{unnamed} readers")
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"


def _parts(rows: Iterable[Collected], shown: Mapping[int, Card]) -> Iterable[Part]:
    for section, some in groupby(rows, key=lambda row: row.section):
        yield Part(
            section.name if section else None,
            tuple(Row(row.pmid, shown.get(row.pmid), row.line) for row in some),
        )


def _who(collection: Collection) -> str:
    group = f" and the group “{collection.group}”" if collection.group else ""
    words = {
        Visibility.PRIVATE: "Only its curators see it.",
        Visibility.GROUP: f"Only its curators{group} see it.",
        Visibility.LINK: "Whoever has its link sees it; it stands in no list.",
        Visibility.PUBLIC: "Everybody sees it.",
    }
    return words[Visibility(collection.visibility)]


def _feeds(collection: Collection) -> tuple[tuple[str, str], ...]:
    found = []
    for name, form in (("Atom", "atom"), ("JSON Feed", "json")):
        if path := addresses.feed_path(collection, form):
            found.append((name, path))
    return tuple(found)


def _selection(
    start: str, collection: Collection, cards: list[Card], count: int
) -> SelectionView | None:
    """The form that downloads them; None where there is nothing on the page."""
    if not cards:
        return None
    return selection(
        f"{start}/export",
        f"collection {collection.pk}",
        [card.pmid for card in cards],
        whole=f"All {count:,} articles" if count > 1 else "The article",
        complete=count == len(cards),
    )
