"""Counts of long lists, remembered for as long as the index does not change.

Counting a million articles takes longer than showing twenty of them, and everybody
who opens the list asks for the same numbers.
"""

from collections.abc import Collection
from functools import lru_cache

from ownjournal.catalogue.following import index
from ownjournal.catalogue.search_reading import as_asked
from ownjournal.search.facets import Facets, Name
from ownjournal.search.index import Index
from ownjournal.search.query import Query

KEPT = 1_000  # lists whose counts are kept in memory, by the identity of their index


class Remembered:
    """Counts as of one state of the index; it is asked for that once."""

    def __init__(self) -> None:
        self._index = index()
        self._revision = self._index.revision

    def total(self, query: Query) -> int:
        """How many articles a query finds; headings need not be spelled out."""
        return _total(self._index, self._revision, query)  # type: ignore[arg-type]

    def facets(self, query: Query, names: Collection[Name], limit: int = 20) -> Facets:
        """As `Index.facets`."""
        asked = (self._revision, query, tuple(names), limit)
        return _facets(self._index, *asked)  # type: ignore[arg-type]


@lru_cache(maxsize=KEPT)
def _total(asked: Index, revision: int, query: Query) -> int:
    return asked.count(as_asked(query))


@lru_cache(maxsize=KEPT)
def _facets(
    asked: Index, revision: int, query: Query, names: tuple[Name, ...], limit: int
) -> Facets:
    return asked.facets(as_asked(query), names, limit=limit)
