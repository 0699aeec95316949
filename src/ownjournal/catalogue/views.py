"""Article pages: /articles/PMID and /articles/PMID.txt."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ownjournal.catalogue import open_copies, relations, store, unknown
from ownjournal.catalogue.article_page import article_page, linked_pmids
from ownjournal.catalogue.head import link_header
from ownjournal.catalogue.lookups import merged_into
from ownjournal.catalogue.notices import about_integrity
from ownjournal.catalogue.plaintext import plaintext as as_plaintext
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_of
from ownjournal.pubmed.article import Article

GREATEST_PMID = 2**31 - 1  # what a column holds
MOST_ASKED = 20_000  # PMIDs; SQLite takes 32,766 values in a statement
SELECT_HERE = """
    SELECT pmid FROM catalogue_article WHERE live AND pmid IN ({marks})
"""


@dataclass(frozen=True, slots=True)
class GonePage:
    """Everything catalogue/gone.html may use."""

    pmid: int
    title: str | None  # of the last record we had
    reason: str


@require_safe
def show(request: HttpRequest, pmid: str) -> HttpResponse:
    """The page of an article; 410 for one that NLM took back, 404 for no article."""
    kept = relations.get(int(pmid))
    if kept is None:
        return absent(request, int(pmid))
    here, address = _kept_among(linked_pmids(kept.article)), address_of_page(kept)
    page = article_page(
        kept,
        here,
        _of_notices(kept.article, here),
        address,
        open_copies.copy_of(kept.article),
    )
    context = {"page": page, "relations": relations.relations(kept, here)}
    response = render(request, "catalogue/article.html", context)
    response["Link"] = link_header(kept.article, address)
    return response


@require_safe
def plaintext(request: HttpRequest, pmid: str) -> HttpResponse:
    """The article as text/plain."""
    kept = relations.get(int(pmid))
    if kept is None:
        return absent(request, int(pmid))
    address = address_of_page(kept)
    return HttpResponse(
        as_plaintext(kept, address),
        content_type="text/plain; charset=utf-8",
        headers={"Link": f'<{address}>; rel="canonical"'},
    )


def absent(request: HttpRequest, pmid: int) -> HttpResponse:
    """For what NLM took back, 302 to the record it is part of now, or 410 with the
    reason. What is unknown may be fetched, and is then asked for again by 302; else
    raises NoArticle, a 404.
    """
    tombstone = store.tombstone(pmid)
    if tombstone is None:
        unknown.fetch(pmid)
        return redirect(request.get_full_path())
    successor = merged_into(pmid)
    if successor is not None:
        return redirect("catalogue:article", successor)
    article = tombstone.article
    page = GonePage(pmid, title_of(article) if article else None, tombstone.reason)
    return render(request, "catalogue/gone.html", {"page": page}, status=410)


def address_of_page(kept: Kept) -> str:
    """The one address of an article's page, with the site's name."""
    return f"{settings.SITE_URL}/articles/{kept.article.pmid}"


def _of_notices(article: Article, here: frozenset[int]) -> dict[int, Article]:
    """Its notices, or what it is a notice of, as far as we keep them."""
    wanted = [pmid for pmid in about_integrity(article) if pmid in here]
    if not wanted:
        return {}
    return {pmid: each.article for pmid, each in store.get_many(wanted).items()}


def _kept_among(pmids: set[int]) -> frozenset[int]:
    """Those PMIDs that have a page here; of very many, some of those.

    In plain SQL, as the query set looks at each of a hundred references twice.
    """
    possible = [pmid for pmid in pmids if pmid <= GREATEST_PMID][:MOST_ASKED]
    if not possible:
        return frozenset()
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(possible))
        cursor.execute(SELECT_HERE.format(marks=marks), possible)
        return frozenset(pmid for (pmid,) in cursor.fetchall())
