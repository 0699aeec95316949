"""Best match by words and by meaning, where the extra `semantic` is installed.

Words find the articles, and their order is as words have it until nearly all of
the first have a vector; then it changes once, and stays. The same search thus has
the same pages, whatever the worker does between two of them.
"""

from collections.abc import Sequence

from msgspec import Struct

from ownjournal.catalogue import vectors
from ownjournal.catalogue.following import index
from ownjournal.search import semantic
from ownjournal.search.index import Hit, Hits, Order
from ownjournal.search.query import Query
from ownjournal.search.vectors import DEPTH, ordered

ENOUGH = 0.9  # of the first, that were looked at


class Found(Struct, frozen=True):
    """A page of a result, and how it came into its order."""

    hits: Hits
    by_meaning: bool


def search(
    text: str, query: Query, *, limit: int, offset: int = 0, order: Order = "best"
) -> Found:
    """`Index.search`, with the order "best" by meaning too; raises what that raises.

    text   the query as it was typed
    query  the same as it was read, which the index is asked
    """
    about = semantic.question(text) if order == "best" and vectors.in_use() else None
    if about is None or offset >= DEPTH:
        plain = index().search(query, limit=limit, offset=offset, order=order)
        return Found(plain, by_meaning=False)
    first = index().search(query, limit=DEPTH)
    ordered = reordered(about, first.hits)
    hits = first.hits if ordered is None else ordered
    if offset + limit > DEPTH < first.total:
        more = offset + limit - DEPTH
        hits += index().search(query, limit=more, offset=DEPTH).hits
    page = Hits(first.total, hits[offset : offset + limit])
    return Found(page, by_meaning=ordered is not None)


def reordered(about: str, hits: Sequence[Hit]) -> tuple[Hit, ...] | None:
    """The best by words in the order of words and meaning together.

    None where they keep their order: they go by date, or too few of them have a
    vector. The worker is told which ones lack it.
    """
    if len(hits) < 2 or hits[0].score == 0:
        return None
    kept = vectors.kept([hit.pmid for hit in hits])
    lacking = [hit.pmid for hit in hits if hit.pmid not in kept]
    if lacking:
        vectors.want(lacking)
    if len(kept) < ENOUGH * len(hits):
        return None
    asked = semantic.asked(about)
    if asked is None:
        return None
    known = {pmid: each for pmid, each in kept.items() if each is not None}
    return ordered(hits, asked, known)
