"""Best match and similar articles by words and by meaning, with the extra `semantic`.

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
from ownjournal.search.similar import Similar
from ownjournal.search.vectors import DEPTH, OF_AN_ARTICLE, ordered, unpacked

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
    known = _known([hit.pmid for hit in hits])
    asked = None if known is None else semantic.asked(about)
    return None if known is None or asked is None else ordered(hits, asked, known)


def likest(pmid: int, found: Sequence[Similar]) -> tuple[Similar, ...] | None:
    """Articles like one, in the order of words and meaning together.

    None where they keep their order: too few of them have a vector, or the one has
    none. The worker is told which ones lack it, and makes them behind those of
    searches.
    """
    if len(found) < 2 or not vectors.in_use():
        return None
    known = _known([pmid, *(each.pmid for each in found)], of_search=False)
    if known is None or pmid not in known:
        return None
    return ordered(found, unpacked(known.pop(pmid)), known, OF_AN_ARTICLE)


def _known(pmids: Sequence[int], *, of_search: bool = True) -> dict[int, bytes] | None:
    """The vectors of those that have one; None while too many were not looked at."""
    kept = vectors.kept(pmids)
    lacking = [pmid for pmid in pmids if pmid not in kept]
    if lacking:
        vectors.want(lacking, of_search=of_search)
    if len(kept) < ENOUGH * len(pmids):
        return None
    return {pmid: each for pmid, each in kept.items() if each is not None}
