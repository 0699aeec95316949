"""From a request to what the index is asked, in one place.

The page, downloads, feeds, saved searches and the JSON API all come through
`understood`, so that they find the same articles for the same address.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.catalogue.received import pmids_query, received
from ownjournal.catalogue.search_filters import Filter, narrowed
from ownjournal.catalogue.search_request import Asked
from ownjournal.catalogue.vocabulary import Names
from ownjournal.search.atoms import Problem
from ownjournal.search.explosion import bound, exploded, not_exploded, unheard
from ownjournal.search.mapping import Read, Reading, read_as
from ownjournal.search.parser import parse
from ownjournal.search.query import And, Query, Term
from ownjournal.search.relaxing import relaxed
from ownjournal.search.spelling import Suggestion, suggestion

MOST_OF_THEM = "No article has all of these words; these have most of them."

UNHEARD = "MeSH as it is known here has no heading {}."
NOT_WIDENED = (
    "Searched for without their narrower topics, as the query has too many: {}."
)
NAMED = 3  # headings of such a sentence
LONGEST_NAME = 60

_names = Names()


@dataclass(frozen=True, slots=True)
class Understood:
    """A search as it was read."""

    typed: Query | None  # what the text says
    words: Query | None  # and what it was read as, lists filled in
    query: Query | None  # what the index is asked; None: there is nothing to search for
    readings: tuple[Reading, ...]  # by place in the text
    problems: tuple[Problem, ...]  # by place in the text
    advice: tuple[str, ...]  # what could not be looked at, in sentences
    private: bool  # whether the answer is for this reader alone
    among: Query | None = None  # all articles that may be found; None: any

    def with_filters(self, filters: Sequence[Filter]) -> Query | None:
        """What the index is asked where these are the filters."""
        return _asked(self.words, filters, self.among)


def understood(asked: Asked, lists: ReaderLists | None = None) -> Understood:
    """Read a request; `lists` are those of whoever asks, by default of a visitor."""
    lists = lists or ReaderLists()
    parsed = parse(asked.query)
    read = None
    if parsed.query is not None:
        read = Read(parsed.query)
        if asked.mapped:
            read = read_as(parsed.query, asked.query, _names)
    words = None if read is None else bound(read.query, lists.of)
    among = None
    if asked.since is not None:
        among = pmids_query(received(asked.since, store.revision()))
    query = _asked(words, asked.filters, among)
    return Understood(
        typed=parsed.query,
        words=words,
        query=query,
        readings=() if read is None else read.readings,
        problems=parsed.problems,
        advice=(*lists.advice, *_of_headings(parsed.query, query)),
        private=lists.asked,
        among=among,
    )


def _of_headings(typed: Query | None, asked: Query | None) -> Iterator[str]:
    """What to say of headings that were typed, and of those left as they were."""
    if typed is not None and (unknown := unheard(typed, _names)):
        yield UNHEARD.format(_listed(unknown))
    if asked is not None and (left := not_exploded(asked)):
        yield NOT_WIDENED.format(_listed(left))


def _listed(headings: Sequence[Term]) -> str:
    """The first few by name, and how many more there are."""
    names = list(dict.fromkeys(each.text for each in headings))
    shown = [
        f"“{name if len(name) <= LONGEST_NAME else f'{name[:LONGEST_NAME]}…'}”"
        for name in names[:NAMED]
    ]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def answerable(asked: Asked, lists: ReaderLists | None = None) -> Understood:
    """As `understood`; where no article has all the words, those with most of them.

    For whoever looks at a list now. What is kept to be asked again, as a feed, waits
    for articles with all of them. Filters do not widen. Raises IndexUnusable.
    """
    read = understood(asked, lists)
    wider = relaxed(read.words) if asked.mapped and read.words is not None else None
    alone = read.with_filters(())
    if wider is None or alone is None or index().count(alone):
        return read
    return replace(
        read,
        words=wider,
        query=_asked(wider, asked.filters, read.among),
        advice=(*read.advice, MOST_OF_THEM),
    )


def _asked(
    words: Query | None, filters: Sequence[Filter], among: Query | None
) -> Query | None:
    query = narrowed(words, filters)
    if query is None:
        return among
    query = as_asked(query)
    return query if among is None else And((query, among))


def spelled(asked: Asked, read: Understood) -> Suggestion | None:
    """Another spelling that finds more. Raises IndexUnusable."""
    if read.typed is None or read.private:
        return None
    return suggestion(read.typed, asked.query, index(), _names)


def as_asked(query: Query) -> Query:
    """A query, or a part of one, with its headings and filters spelled out."""
    return exploded(query, _names, timezone.now().date())
