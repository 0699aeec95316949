"""How many articles of a result have each value of a filter."""

from collections.abc import Callable, Collection

from ownjournal.catalogue.following import index
from ownjournal.catalogue.search_facets import Counts
from ownjournal.catalogue.search_filters import Filter
from ownjournal.search.facets import OF_RESULTS, Facets, Name
from ownjournal.search.query import Query

VALUES = 30
"""Of a kind with many, as journals: the first of them."""

Filters = tuple[Filter, ...]


def ask(query: Query, names: Collection[Name], limit: int) -> Facets:
    """The index as it is now."""
    return index().facets(query, names, limit=limit)


def counted(
    filters: Filters,
    query_with: Callable[[Filters], Query | None],
    names: Collection[Name] = OF_RESULTS,
    facets: Callable[[Query, Collection[Name], int], Facets] = ask,
) -> Counts:
    """The values that any article has, by kind. Raises IndexUnusable.

    Kinds with a filter are counted without it, one question to the index each.
    """
    chosen = {each.kind for each in filters}
    questions = [(filters, [name for name in names if name not in chosen])]
    for name in (each for each in names if each in chosen):
        others = tuple(each for each in filters if each.kind != name)
        questions.append((others, [name]))
    found: dict[str, list[tuple[str, int]]] = {}
    for among, wanted in questions:
        query = query_with(among)
        if query is not None and wanted:
            counts = facets(query, wanted, VALUES)
            found |= {name: [*some] for name, some in counts.items()}
    return found
