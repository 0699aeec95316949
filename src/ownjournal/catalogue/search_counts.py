"""How many articles of a result have each value of a filter."""

from ownjournal.catalogue.following import index
from ownjournal.catalogue.search_facets import Counts
from ownjournal.catalogue.search_reading import Understood
from ownjournal.catalogue.search_request import Asked
from ownjournal.search.facets import OF_RESULTS

VALUES = 30
"""Of a kind with many, as journals: the first of them."""


def counted(asked: Asked, read: Understood) -> Counts:
    """The values that any article has, by kind. Raises IndexUnusable.

    Kinds with a filter are counted without it, one question to the index each.
    """
    chosen = {each.kind for each in asked.filters}
    found: dict[str, list[tuple[str, int]]] = {}
    free = [name for name in OF_RESULTS if name not in chosen]
    questions = [(asked.filters, free)]
    questions += [
        (asked.without_kind(name), [name]) for name in OF_RESULTS if name in chosen
    ]
    for filters, names in questions:
        query = read.with_filters(filters)
        if query is not None and names:
            counts = index().facets(query, names, limit=VALUES)
            found |= {name: [*some] for name, some in counts.items()}
    return found
