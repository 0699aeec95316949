"""Article pages: /articles/PMID and /articles/PMID.txt."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.article_page import article_page, linked_pmids
from ownjournal.catalogue.models import Article as Row
from ownjournal.catalogue.pages import title_of
from ownjournal.catalogue.plaintext import plaintext as as_plaintext

GREATEST_PMID = 2**31 - 1  # what a column holds


@dataclass(frozen=True, slots=True)
class GonePage:
    """Everything catalogue/gone.html may use."""

    pmid: int
    title: str | None  # of the last record we had
    reason: str


@require_safe
def show(request: HttpRequest, pmid: str) -> HttpResponse:
    """The page of an article; 410 for one that NLM took back, 404 for no article."""
    kept = store.get(int(pmid))
    if kept is None:
        return _absent(request, int(pmid))
    page = article_page(kept, _kept_among(linked_pmids(kept.article)))
    return render(request, "catalogue/article.html", {"page": page})


@require_safe
def plaintext(request: HttpRequest, pmid: str) -> HttpResponse:
    """The article as text/plain."""
    kept = store.get(int(pmid))
    if kept is None:
        return _absent(request, int(pmid))
    address = f"{settings.SITE_URL}/articles/{pmid}"
    return HttpResponse(
        as_plaintext(kept, address), content_type="text/plain; charset=utf-8"
    )


def _absent(request: HttpRequest, pmid: int) -> HttpResponse:
    tombstone = store.tombstone(pmid)
    if tombstone is None:
        raise Http404(f"no article {pmid}")
    article = tombstone.article
    page = GonePage(pmid, title_of(article) if article else None, tombstone.reason)
    return render(request, "catalogue/gone.html", {"page": page}, status=410)


def _kept_among(pmids: set[int]) -> frozenset[int]:
    """Those PMIDs that have a page here."""
    possible = [pmid for pmid in pmids if pmid <= GREATEST_PMID]
    if not possible:
        return frozenset()
    rows = Row.objects.filter(pk__in=possible, live=True)
    return frozenset(rows.values_list("pk", flat=True))
