"""Counts of long lists, remembered for as long as the index does not change.

Counting a million articles takes longer than showing twenty of them, and everybody
who opens the list asks for the same numbers.
"""

from collections.abc import Collection
from functools import lru_cache, partial

from ownjournal.catalogue.following import index
from ownjournal.catalogue.search_reading import as_asked
from ownjournal.search.facets import Facets, Name
from ownjournal.search.index import Index
from ownjournal.search.query import Query

KEPT = 1_000  # lists whose counts are kept in memory


class Remembered:
    """Counts as of one state of the index; it is asked for that once."""

    def __init__(self) -> None:
        asked = index()
        self._counts = _counts(asked, asked.revision)  # type: ignore[arg-type]

    def total(self, query: Query) -> int:
        """How many articles a query finds; headings need not be spelled out."""
        return self._counts.total(query)

    def facets(self, query: Query, names: Collection[Name], limit: int = 20) -> Facets:
        """As `Index.facets`."""
        return self._counts.facets(query, tuple(names), limit)


class _Counts:
    """Those of one state; of an older one nothing is asked, and nothing is kept."""

    def __init__(self, asked: Index) -> None:
        self.total = lru_cache(maxsize=KEPT)(partial(_total, asked))
        self.facets = lru_cache(maxsize=KEPT)(partial(_facets, asked))


def _total(asked: Index, query: Query) -> int:
    return asked.count(as_asked(query))


def _facets(asked: Index, query: Query, names: tuple[Name, ...], limit: int) -> Facets:
    return asked.facets(as_asked(query), names, limit=limit)


@lru_cache(maxsize=1)
def _counts(asked: Index, revision: int) -> _Counts:
    return _Counts(asked)
