"""Citations: /articles/PMID/cite, the same as text and as JSON, and /styles.

The main styles are always answered. Another style runs a program, which may be
too slow or busy (503, to be tried again) or not be installed (404, as for a style
that does not exist).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownjournal.catalogue import relations
from ownjournal.catalogue.citing_page import (
    CitationView,
    citation,
    cite_page,
    language,
    styles_page,
)
from ownjournal.catalogue.views import absent
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.styles import style as styles
from ownjournal.pubmed.styles.pandoc import NoAnswer, TooSlow

LONGEST_QUERY = 100  # characters
RETRY_SECONDS = 5
USUAL_STYLE = "vancouver"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no citation."""

    status: int
    reason: str


NO_STYLE = "There is no citation style “{}” here. Perhaps the search below finds it."
TOO_SLOW = "This style takes too long at the moment. Please try again in a minute."
FAILED = "This style cannot be carried out here. Please choose another one."


@require_safe
def page(request: HttpRequest, pmid: str) -> HttpResponse:
    """The four main styles ready to copy, a search for others, the one chosen."""
    kept = relations.get(int(pmid))
    if kept is None:
        return absent(request, int(pmid))
    article, query = kept.article, _query(request)
    style_id = request.GET.get("style", "")
    told = _cited(article, style_id) if style_id else None
    if isinstance(told, Problem):
        shown = cite_page(article, query, problem=told.reason)
        response = render(
            request, "catalogue/cite.html", {"page": shown}, status=told.status
        )
        return _to_be_tried_again(response)
    return render(
        request, "catalogue/cite.html", {"page": cite_page(article, query, told)}
    )


@require_safe
def as_text(request: HttpRequest, pmid: str) -> HttpResponse:
    """The citation in ?style=, one line of text/plain."""

    def answer(article: Article, view: CitationView) -> HttpResponse:
        text = styles.cite(article, view.style, language(article)).text
        return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8")

    def refuse(problem: Problem) -> HttpResponse:
        return HttpResponse(
            f"{problem.reason}\n",
            content_type="text/plain; charset=utf-8",
            status=problem.status,
        )

    return _answer(request, pmid, answer, refuse)


@require_safe
def as_json(request: HttpRequest, pmid: str) -> HttpResponse:
    """{"style", "name", "short", "text", "html"} of the citation in ?style=."""

    def answer(article: Article, view: CitationView) -> HttpResponse:
        text = styles.cite(article, view.style, language(article)).text
        names = {"style": view.style, "name": view.name, "short": view.short}
        return JsonResponse({**names, "text": text, "html": view.html})

    def refuse(problem: Problem) -> HttpResponse:
        return JsonResponse({"problem": problem.reason}, status=problem.status)

    return _answer(request, pmid, answer, refuse)


@require_safe
def list_styles(request: HttpRequest) -> HttpResponse:
    """The styles whose names have the words of ?q=."""
    shown = styles_page(_query(request))
    return render(request, "catalogue/styles.html", {"page": shown})


@require_safe
def list_styles_as_json(request: HttpRequest) -> HttpResponse:
    """{"styles": [{"id", "name"}, …]}, as the page has them."""
    shown = styles_page(_query(request))
    listed = [{"id": each.id, "name": each.name} for each in shown.found]
    return JsonResponse({"styles": listed})


def _answer(
    request: HttpRequest,
    pmid: str,
    answer: Callable[[Article, CitationView], HttpResponse],
    refuse: Callable[[Problem], HttpResponse],
) -> HttpResponse:
    kept = relations.get(int(pmid))
    if kept is None:
        return absent(request, int(pmid))
    told = _cited(kept.article, request.GET.get("style") or USUAL_STYLE)
    if isinstance(told, Problem):
        return _to_be_tried_again(refuse(told))
    return answer(kept.article, told)


def _cited(article: Article, style_id: str) -> CitationView | Problem:
    try:
        return citation(article, styles.named(style_id))
    except styles.UnknownStyle:
        return Problem(404, NO_STYLE.format(style_id[:LONGEST_QUERY]))
    except TooSlow:
        log.warning("style %s took too long for PMID %d", style_id, article.pmid)
        return Problem(503, TOO_SLOW)
    except NoAnswer as error:
        log.warning("style %s failed: %s", style_id, str(error)[:200])
        return Problem(503, FAILED)


def _to_be_tried_again(response: HttpResponse) -> HttpResponse:
    if response.status_code == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST_QUERY]
