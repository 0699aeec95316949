"""What a reader is told about a search: how it was read, and what may find more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.search_filters import KINDS
from ownjournal.catalogue.search_links import search_address
from ownjournal.catalogue.search_reading import Understood, as_asked, spelled
from ownjournal.catalogue.search_request import Asked
from ownjournal.catalogue.titles import title_of
from ownjournal.search.citation_matching import Matched
from ownjournal.search.query import And, Mapped, Not, Query

MOST_PARTS = 8  # of a query that are counted one by one
LONGEST_PART = 80  # characters shown of one
MOST_READINGS = 12  # shown


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Words of the query, and what they were also read as."""

    text: str
    kind: str  # "topic", "journal" …
    read_as: str


@dataclass(frozen=True, slots=True)
class SpellingView:
    """Another spelling, and its search."""

    text: str
    count: str  # articles that it finds, without filters
    address: str


@dataclass(frozen=True, slots=True)
class MeantView:
    """Articles that a citation may mean."""

    articles: tuple[tuple[str, str], ...]  # title and address, the likeliest first
    address: str | None  # of a search for all that are like them


@dataclass(frozen=True, slots=True)
class Next:
    """A search that may find more, and how many articles it finds."""

    text: str
    count: str
    address: str
    kind: str  # "part": a part of the query alone; "filter": all without a filter


def reading_views(asked: Asked, read: Understood) -> tuple[ReadingView, ...]:
    """What words were read as, in their order."""
    return tuple(
        ReadingView(each.text, each.kind, each.as_text)
        for each in read.readings[:MOST_READINGS]
    )


def next_steps(asked: Asked, read: Understood) -> tuple[Next, ...]:
    """Counts of what remains when a part or a filter is left out.

    A search of one word without filters has none.
    """
    return (*_without_filters(asked, read), *_parts(asked, read))


def _without_filters(asked: Asked, read: Understood) -> Iterator[Next]:
    for kind in dict.fromkeys(each.kind for each in asked.filters):
        fewer = replace(asked, filters=asked.without_kind(kind), page=1)
        query = read.with_filters(fewer.filters)
        if query is None:
            continue
        count = index().count(query)
        if count:
            text = f"without the filter {KINDS[kind].title.lower()}"
            yield Next(text, f"{count:,}", fewer.address(), "filter")


def _parts(asked: Asked, read: Understood) -> Iterator[Next]:
    parts = _and_parts(read.words)
    if not 2 <= len(parts) <= MOST_PARTS:
        return
    for part in parts:
        text = str(_as_typed(part))
        count = index().count(as_asked(part))
        shown = text if len(text) <= LONGEST_PART else f"{text[:LONGEST_PART]}…"
        alone = replace(asked, query=text, page=1, filters=())
        yield Next(shown, f"{count:,}", alone.address(), "part")


def _and_parts(query: Query | None) -> tuple[Query, ...]:
    """What must all be there; of "a NOT b", a."""
    match query:
        case And(parts):
            return parts
        case Not(kept, _):
            return _and_parts(kept)
        case None:
            return ()
        case _:
            return (query,)


def _as_typed(query: Query) -> Query:
    return query.typed if isinstance(query, Mapped) else query


def spelling_view(asked: Asked, read: Understood) -> SpellingView | None:
    """Another spelling, on the first page alone."""
    found = spelled(asked, read) if asked.page == 1 and asked.is_linked else None
    if found is None:
        return None
    other = replace(asked, query=found.text)
    return SpellingView(found.text, f"{found.total:,}", other.address())


def meant_view(meant: Matched | None) -> MeantView | None:
    """The articles that a query may mean as a citation; None where it is none."""
    if meant is None:
        return None
    kept = store.get_many(meant.others)
    if not kept:
        return None
    return MeantView(
        tuple(
            (title_of(kept[pmid].article), f"/articles/{pmid}")
            for pmid in meant.others
            if pmid in kept
        ),
        None if meant.query is None else search_address(meant.query),
    )
