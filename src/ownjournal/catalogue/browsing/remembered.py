"""What the index says of long lists, remembered for as long as it does not change.

Counting a million articles takes longer than showing twenty of them, and everybody
who opens the list asks for the same numbers.
"""

from collections.abc import Callable, Collection
from functools import lru_cache, partial
from typing import Concatenate, ParamSpec, TypeVar

from ownjournal.catalogue.following import index
from ownjournal.catalogue.search_reading import as_asked
from ownjournal.search.facets import Facets, Name
from ownjournal.search.index import Index
from ownjournal.search.query import Query

KEPT = 1_000  # lists whose counts are kept in memory

Asked = ParamSpec("Asked")
Said = TypeVar("Said")
State = tuple[Index, int]
"""The index and its revision: what is kept holds for one of them alone."""


def state() -> State:
    """Of now."""
    asked = index()
    return asked, asked.revision


def of_one_state(
    most: int,
) -> Callable[
    [Callable[Concatenate[State, Asked], Said]],
    Callable[Concatenate[State, Asked], Said],
]:
    """Remember what a function says of a state, `most` answers of the last one asked.

    Of an older one nothing is asked any more, and nothing is kept.
    """

    def remembering(
        function: Callable[Concatenate[State, Asked], Said],
    ) -> Callable[Concatenate[State, Asked], Said]:
        @lru_cache(maxsize=1)
        def of(now: State) -> Callable[..., Said]:
            return lru_cache(maxsize=most)(partial(function, now))

        def said(now: State, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Said:
            return of(now)(*args, **kwargs)

        return said

    return remembering


class Remembered:
    """Counts as of one state of the index; it is asked for that once."""

    def __init__(self) -> None:
        self._state = state()

    def total(self, query: Query) -> int:
        """How many articles a query finds; headings need not be spelled out."""
        return _total(self._state, query)

    def facets(self, query: Query, names: Collection[Name], limit: int = 20) -> Facets:
        """As `Index.facets`."""
        return _facets(self._state, query, tuple(names), limit)


@of_one_state(KEPT)
def _total(now: State, query: Query) -> int:
    return now[0].count(as_asked(query))


@of_one_state(KEPT)
def _facets(now: State, query: Query, names: tuple[Name, ...], limit: int) -> Facets:
    return now[0].facets(as_asked(query), names, limit=limit)
