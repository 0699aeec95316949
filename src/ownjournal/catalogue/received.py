"""What of a search is new: among the articles that came in last.

The date of publication does not tell it: an article of January may come in
November. The revision at which it was first received does.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Article as Row
from ownjournal.search.explosion import any_of
from ownjournal.search.query import And, Query, Term

MOST = 50_000
"""Articles received last that are looked at; PubMed's files of a fortnight have so
many. A file is looked at whole."""

AT_ONCE = 5_000  # in one question to the index


def count_since(query: Query, after: int, up_to: int) -> int:
    """How many articles that a query finds were first received at these revisions.

    `after < r <= up_to`, of the newest MOST. Raises IndexUnusable.
    """
    return sum(
        index().count(And((query, some))) for some in _portions(received(after, up_to))
    )


def newest(query: Query, limit: int) -> list[int]:
    """PMIDs that a query finds, those received last first; then by date.

    Raises IndexUnusable.
    """
    order = received(0, store.revision())
    found: list[int] = []
    for place, some in enumerate(_portions(order)):
        hits = index().search(And((query, some)), limit=AT_ONCE, order="newest").hits
        here = {hit.pmid for hit in hits}
        chunk = order[place * AT_ONCE : (place + 1) * AT_ONCE]
        found += [pmid for pmid in chunk if pmid in here]
        if len(found) >= limit:
            return found[:limit]
    rest = index().search(query, limit=limit, order="newest").hits
    return list(dict.fromkeys([*found, *(hit.pmid for hit in rest)]))[:limit]


@lru_cache(maxsize=4)
def received(after: int, up_to: int) -> tuple[int, ...]:
    """The PMIDs first received at `after < r <= up_to`, the newest first.

    Those fetched by their number alone are not among them. Remembered, as a reader's
    searches mostly ask for the same; what changes later has a later revision.
    """
    first = max(after + 1, store.newest_from(up_to, MOST), 1)
    rows = Row.objects.filter(
        live=True,
        revision__gte=first,  # never below the first; it has an index
        first_revision__gte=first,
        first_revision__lte=up_to,
    )
    newest_first = rows.order_by("-first_revision", "-pk")
    return tuple(newest_first.values_list("pk", flat=True)[:MOST])


def pmids_query(pmids: Iterable[int]) -> Query:
    """These articles and no others."""
    return any_of(Term(str(pmid), "pmid") for pmid in pmids)


def _portions(pmids: Sequence[int]) -> Iterator[Query]:
    for start in range(0, len(pmids), AT_ONCE):
        yield pmids_query(pmids[start : start + AT_ONCE])
