"""The operations of the JSON API, each a GET that changes nothing."""

import logging
from collections.abc import Sequence
from typing import Annotated, Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Path, Query
from ninja.errors import Throttled, ValidationError

from ownjournal import __version__
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.downloads import BY_EXTENSION
from ownjournal.catalogue.following import index
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.catalogue.search_counts import counted
from ownjournal.catalogue.search_filters import KINDS
from ownjournal.catalogue.search_page import find, kept_of
from ownjournal.catalogue.search_reading import Understood, answerable, spelled
from ownjournal.catalogue.search_request import (
    NO_INDEX,
    Asked,
    BadRequest,
    read_request,
)
from ownjournal.catalogue.similar import similar_to
from ownjournal.catalogue.views import GREATEST_PMID
from ownjournal.search.index import MAX_DEPTH, IndexUnusable, TooDeep
from ownjournal.site import machine
from ownjournal.site.api.rates import A_MINUTE, Throttle
from ownjournal.site.api.shapes import (
    ArticleAnswer,
    Asking,
    AskingPage,
    FacetsAnswer,
    SearchAnswer,
    SimilarAnswer,
    Trouble,
    found,
    whole,
)

EXTENSIONS = {format.code: extension for extension, format in BY_EXTENSION.items()}
FAULTS = {422: Trouble, 429: Trouble, 503: Trouble}
NO_ARTICLE = "No article with this PMID is kept here."
NO_DATA = "The site cannot reach its data just now. Try again in a few minutes."

log = logging.getLogger(__name__)

api = NinjaAPI(
    title="Ownjournal",
    version="1",
    description="Search, articles, similar articles and facets, as the pages have "
    "them. Parameters of a search are those of the page /search, so that an address "
    "of one is an address of the other.",
    docs_url=None,
    openapi_url=None,  # `description` serves it, with the site's address
    urls_namespace="api",
    throttle=Throttle(),
)

_about_pmid = Path(  # type: ignore[type-arg]  # a function that the stubs make a class
    ..., ge=1, le=GREATEST_PMID, description="NLM's number of the article."
)
Pmid = Annotated[int, _about_pmid]


@api.get(
    "/search",
    response={200: SearchAnswer, **FAULTS},
    summary="The articles that a query finds",
    operation_id="search",
)
def search(
    request: HttpRequest, response: HttpResponse, asking: Query[AskingPage]
) -> Any:
    """One page of the result, in the order asked for, and how the query was read.

    At most 10,000 articles can be paged through: `page` times `size`.
    """
    asked, read = _read(request, response, asking)
    if asking.page * asking.size > MAX_DEPTH:
        raise BadRequest(f"Only the first {MAX_DEPTH:,} articles can be shown.")
    result = find(asked, read, size=asking.size)
    other = spelled(asked, read)
    return {
        "total": result.hits.total,
        "page": asking.page,
        "size": asking.size,
        "revision": store.revision(),
        "address": settings.SITE_URL + asked.address(page=1),
        "query": None if read.typed is None else str(read.typed),
        "read_as": [
            {
                "start": each.start,
                "end": each.end,
                "text": each.text,
                "kind": each.kind,
                "read_as": each.as_text,
            }
            for each in read.readings
        ],
        "problems": [
            {"start": each.start, "end": each.end, "message": each.message}
            for each in read.problems
        ],
        "advice": list(read.advice),
        "did_you_mean": other.text if other is not None else None,
        "by_meaning": result.by_meaning,
        "articles": [found(kept) for kept in kept_of(result.hits)],
    }


@api.get(
    "/facets",
    response={200: FacetsAnswer, **FAULTS},
    summary="What a result is made of",
    operation_id="facets",
)
def facets(request: HttpRequest, response: HttpResponse, asking: Query[Asking]) -> Any:
    """Counts of a result by year, design, level and all other filters, exact."""
    asked, read = _read(request, response, asking)
    if read.query is None:
        return {"total": 0, "facets": {}}
    return {
        "total": index().count(read.query),
        "facets": {
            name: _values(name, values)
            for name, values in counted(asked.filters, read.with_filters).items()
        },
    }


def _values(name: str, counts: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    labels = KINDS[name].labels([value for value, _ in counts])
    return [
        {"value": value, "label": labels[value], "count": count}
        for value, count in counts
    ]


@api.get(
    "/articles/{pmid}",
    response={200: ArticleAnswer, 404: Trouble, **FAULTS},
    summary="One article",
    operation_id="article",
)
def article(request: HttpRequest, pmid: Pmid) -> Any:
    """The article as its page tells it, with our appraisal and its reasons."""
    kept = relations.get(pmid)
    if kept is None:
        raise Http404
    return whole(kept, EXTENSIONS)


@api.get(
    "/similar/{pmid}",
    response={200: SimilarAnswer, 404: Trouble, **FAULTS},
    summary="Articles like one",
    operation_id="similar",
)
def similar(request: HttpRequest, pmid: Pmid) -> Any:
    """The most alike first, each with the terms that both have."""
    kept = store.get(pmid)
    if kept is None:
        raise Http404
    likest = similar_to(kept)
    return {
        "pmid": pmid,
        "by_meaning": likest.by_meaning,
        "articles": [
            found(other) | {"shared": list(terms)} for other, terms in likest.articles
        ],
    }


def _read(
    request: HttpRequest, response: HttpResponse, asking: Asking
) -> tuple[Asked, Understood]:
    """The request as the page reads it; a reader's own is told to nobody else."""
    lists = ReaderLists(request.user)
    asked = read_request(request.GET)
    read = answerable(asked, lists)
    if read.private:
        patch_cache_control(response, private=True, no_store=True)
    return asked, read


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    schema["servers"] = [{"url": settings.SITE_URL}]
    schema["info"]["x-version-of-site"] = __version__
    return api.create_response(request, schema, status=200)


def _told(request: HttpRequest, message: str, status: int) -> HttpResponse:
    return api.create_response(request, {"error": message}, status=status)


@api.exception_handler(BadRequest)
def _bad(request: HttpRequest, problem: Exception) -> HttpResponse:
    return _told(request, str(problem), 422)


@api.exception_handler(TooDeep)
def _deep(request: HttpRequest, problem: Exception) -> HttpResponse:
    return _told(request, str(problem), 422)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    first = problem.errors[0]
    return _told(request, f"{first['loc'][-1]}: {first['msg']}.", 422)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, problem: Exception) -> HttpResponse:
    return _told(request, NO_ARTICLE, 404)


@api.exception_handler(IndexUnusable)
def _unusable(request: HttpRequest, problem: Exception) -> HttpResponse:
    return _told(request, NO_INDEX, 503)


@api.exception_handler(DatabaseError)
def _of_machine(request: HttpRequest, problem: DatabaseError) -> HttpResponse:
    sentence = machine.told(problem)
    if sentence is None:
        raise problem
    log.error(sentence)
    return _told(request, NO_DATA, 503)


@api.exception_handler(Throttled)
def _too_many(request: HttpRequest, problem: Throttled) -> HttpResponse:
    answer = _told(request, f"At most {A_MINUTE} requests a minute are answered.", 429)
    answer["Retry-After"] = str(max(1, round(problem.wait or 60)))
    return answer
