"""Articles like one: /articles/PMID/similar, and the part that its page loads.

They are worked out when somebody asks, in a request of their own, so that no
article page waits for them; what words found is remembered until the store or the
index changes. Where the extra `semantic` is installed, their order is by meaning
too as soon as the worker has made their vectors.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from msgspec.structs import replace

from ownjournal import __version__
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.pages import Card, cards_by_pmid
from ownjournal.catalogue.searching import NO_INDEX
from ownjournal.catalogue.semantic_order import likest
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_html, title_of
from ownjournal.search.document import Document, document
from ownjournal.search.index import IndexUnusable
from ownjournal.search.similar import CANDIDATES, Similar

SHOWN = 20
AT_FIRST = 5  # of them on an article's page; the others are folded
REMEMBERED = 1_000  # articles
FRESH_SECONDS = 600  # for which a browser does not ask again


@dataclass(frozen=True, slots=True)
class SimilarView:
    """One of them, and what it shares."""

    card: Card
    why: str  # "In both: blood pressure, hypertension"


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """Everything catalogue/similar.html and similar_part.html may use."""

    pmid: int
    title: SafeString
    title_plain: str
    first: tuple[SimilarView, ...]
    others: tuple[SimilarView, ...]
    by_meaning: bool  # whether their order goes by more than words


@dataclass(frozen=True, slots=True)
class Likest:
    """The articles most like one with the terms they share, the most alike first."""

    articles: tuple[tuple[Kept, tuple[str, ...]], ...]
    by_meaning: bool


class Found(NamedTuple):
    """What a list is made of; it changes where the list does."""

    shown: tuple[Similar, ...]
    by_meaning: bool


@require_safe
def show(request: HttpRequest, pmid: str) -> HttpResponse:
    """The whole list; an article not here has its own answer."""
    kept = store.get(int(pmid))
    if kept is None:
        return redirect("catalogue:article", pmid)
    try:
        page = _page(kept, similar_to(kept))
    except IndexUnusable:
        problem = {"title": "This list cannot be shown", "advice": NO_INDEX}
        return render(request, "error.html", {"page": problem}, status=503)
    return render(request, "catalogue/similar.html", {"page": page})


@require_safe
def part(request: HttpRequest, pmid: str) -> HttpResponse:
    """The list as a part of the article's page: the same for every reader.

    404 and 503 have no body, as nobody sees them: the page keeps its link.
    """
    kept = store.get(int(pmid))
    if kept is None:
        return HttpResponse(status=404)
    try:
        found = _in_order(kept)
    except IndexUnusable:
        return HttpResponse(status=503)
    etag = _etag(found)
    response = get_conditional_response(request, etag)
    if response is None:
        page = _page(kept, _read(found))
        response = render(request, "catalogue/similar_part.html", {"page": page})
    response["ETag"] = etag
    if response.status_code < 400:  # nobody else gets the answer to an If-Match
        response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


def _etag(found: Found) -> str:
    """The same for as long as nothing that the part is made from changes."""
    order = crc32(repr(found).encode())
    return f'"{store.revision()}.{index().revision}.{order:x}.{__version__}"'


def _page(kept: Kept, likest: Likest) -> SimilarPage:
    shown = cards_by_pmid({other.article.pmid: other for other, _ in likest.articles})
    views = [
        SimilarView(shown[other.article.pmid], f"In both: {', '.join(terms)}")
        for other, terms in likest.articles
    ]
    return SimilarPage(
        pmid=kept.article.pmid,
        title=title_html(kept.article),
        title_plain=title_of(kept.article),
        first=tuple(views[:AT_FIRST]),
        others=tuple(views[AT_FIRST:]),
        by_meaning=likest.by_meaning,
    )


def similar_to(kept: Kept) -> Likest:
    """The articles most like one; raises IndexUnusable."""
    return _read(_in_order(kept))


def _read(found: Found) -> Likest:
    others = store.get_many([each.pmid for each in found.shown])
    here = [
        (others[each.pmid], each.terms) for each in found.shown if each.pmid in others
    ]
    return Likest(tuple(here), found.by_meaning)


def _in_order(kept: Kept) -> Found:
    """Those that are shown; raises IndexUnusable."""
    pmid = kept.article.pmid
    found = _similar(pmid, kept.revision, store.revision(), index().revision)
    ordered = likest(pmid, found)
    shown = found if ordered is None else ordered
    return Found(shown[:SHOWN], by_meaning=ordered is not None)


@lru_cache(maxsize=REMEMBERED)
def _similar(pmid: int, *revisions: int) -> tuple[Similar, ...]:
    """What words find as of these revisions, more than are shown."""
    kept = store.get(pmid)
    if kept is None:
        return ()
    return index().similar(
        _as_compared(kept),
        lambda pmids: map(_as_compared, relations.get_many(pmids).values()),
        limit=CANDIDATES,
    )


def _as_compared(kept: Kept) -> Document:
    """Without abstracts in other languages, whose words are rare and no subject."""
    english = tuple(
        each
        for each in kept.article.other_abstracts
        if each.language in (None, "eng") or kept.article.abstract is None
    )
    article = replace(kept.article, other_abstracts=english)
    return document(article, kept.appraisal)
