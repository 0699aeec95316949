"""Pages to browse: journals, publication types, study designs.

An address carries a name for people to read; an old or a wrong one leads to the
present one.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.catalogue.browsing.addresses import (
    design_address,
    journal_address,
    type_address,
)
from ownjournal.catalogue.browsing.journals import (
    NoPeriod,
    journal_page,
    name_of,
    period_of,
)
from ownjournal.catalogue.browsing.kinds import (
    design_page,
    of_design,
    of_type,
    type_name,
    type_page,
    years_of,
)
from ownjournal.catalogue.browsing.lists import ListAsked, read_list, refused
from ownjournal.catalogue.browsing.waiting import answer, is_whole
from ownjournal.catalogue.models import Journal
from ownjournal.catalogue.search_request import NO_INDEX, BadRequest
from ownjournal.search.index import IndexUnusable

NO_JOURNAL = "No journal with the number {} is known here."
NO_TYPE = "No publication type with the number {} is known here."
NO_DESIGN = "There is no study design “{}”."
DIRECTORY = ("Find a journal by name, abbreviation or ISSN", "/journals")
DESIGNS_TOLD = ("Which study designs there are", "/appraisal#design")
KIND_BESIDE = "catalogue/kind_beside.html"


def listing(
    request: HttpRequest,
    address: str,
    template: str,
    made: Callable[[ListAsked], Any],
) -> HttpResponse:
    """The page of a list at its present address.

    made  the page for what is asked; may raise IndexUnusable
    """
    if request.path != unquote(address):
        behind = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(
            f"{address}?{behind}" if behind else address
        )
    try:
        page = made(read_list(request))
    except BadRequest as problem:
        return refused(request, str(problem))
    except IndexUnusable:
        return refused(request, NO_INDEX, status=503)
    return render(request, template, {"page": page})


@require_safe
def journal(
    request: HttpRequest,
    nlm_id: str,
    slug: str = "",
    year: str | None = None,
    month: str | None = None,
) -> HttpResponse:
    """The archive of a journal, or a year or a month of it."""
    found = Journal.objects.filter(nlm_id=nlm_id.upper()).first()
    if found is None:
        return refused(request, NO_JOURNAL.format(nlm_id), status=404, way=DIRECTORY)
    try:
        period = period_of(year, month)
    except NoPeriod as problem:
        way = (
            f"All of {name_of(found)}",
            journal_address(found.nlm_id, name_of(found)),
        )
        return refused(request, str(problem), status=404, way=way)
    address = journal_address(
        found.nlm_id, name_of(found), period.year, period.month_part
    )
    return listing(
        request,
        address,
        "catalogue/journal.html",
        lambda asked: journal_page(found, period, asked),
    )


@require_safe
def publication_type(request: HttpRequest, ui: str, slug: str = "") -> HttpResponse:
    """Everything of one of NLM's publication types."""
    name = type_name(ui)
    if name is None:
        return refused(request, NO_TYPE.format(ui), status=404)
    return listing(
        request,
        type_address(ui, name),
        "catalogue/kind.html",
        lambda asked: type_page(ui, name, asked, whole=is_whole(request)),
    )


@require_safe
def beside_type(request: HttpRequest, ui: str) -> HttpResponse:
    """The chart of a publication type, for its page to load."""
    return answer(request, KIND_BESIDE, lambda: {"chart": years_of(of_type(ui))})


@require_safe
def design(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that reads as one of our study designs."""
    found = DESIGNS.get(code)
    if found is None:
        return refused(request, NO_DESIGN.format(code), status=404, way=DESIGNS_TOLD)
    return listing(
        request,
        design_address(code),
        "catalogue/kind.html",
        lambda asked: design_page(found, asked, whole=is_whole(request)),
    )


@require_safe
def beside_design(request: HttpRequest, code: str) -> HttpResponse:
    """The chart of a study design, for its page to load."""
    found = DESIGNS.get(code)
    if found is None:
        return HttpResponse(status=404)
    return answer(request, KIND_BESIDE, lambda: {"chart": years_of(of_design(found))})
