"""The search page: /search?q=…&order=…&page=… and filters.

The page is the same for a browser with scripts, which puts a new list in the
place of the old one, and for one without.
"""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from ownjournal.catalogue import store
from ownjournal.catalogue.citation_lookup import matched
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.catalogue.search_page import search_page
from ownjournal.catalogue.search_reading import answerable
from ownjournal.catalogue.search_request import A_PAGE as A_PAGE
from ownjournal.catalogue.search_request import LAST_PAGE as LAST_PAGE
from ownjournal.catalogue.search_request import NO_INDEX as NO_INDEX
from ownjournal.catalogue.search_request import Asked
from ownjournal.catalogue.search_request import BadRequest as BadRequest
from ownjournal.catalogue.search_request import read_request as read_request
from ownjournal.search.citation_matching import Matched
from ownjournal.search.index import IndexUnusable

LED = (
    "What you searched for was read as a citation of this article. "
    '<a href="{}">Search for the words instead</a>'
)
_PMID = re.compile(r"[1-9][0-9]{4,8}")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The articles found; a PMID, a DOI or a citation leads to its article."""
    try:
        asked = read_request(request.GET)
    except BadRequest as problem:
        return _cannot(request, str(problem), status=422)
    lists = ReaderLists(request.user)
    try:
        meant = _meant(asked)
        if meant is not None and meant.pmid is not None:
            return _to_article(request, asked, meant.pmid)
        page = search_page(asked, answerable(asked, lists), meant)
    except IndexUnusable:
        return _cannot(request, NO_INDEX, status=503)
    response = render(request, "catalogue/search.html", {"page": page})
    if lists.asked:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _cannot(request: HttpRequest, advice: str, *, status: int) -> HttpResponse:
    page = {"title": "This search cannot be answered", "advice": advice}
    return render(request, "error.html", {"page": page}, status=status)


def _meant(asked: Asked) -> Matched | None:
    """What the query leads to, where it is a citation; of a plain search None."""
    if not asked.jump or asked.filters or asked.page > 1 or not asked.is_linked:
        return None
    if _PMID.fullmatch(asked.query) and store.get(int(asked.query)) is not None:
        return Matched(int(asked.query))
    return matched(asked.query)


def _to_article(request: HttpRequest, asked: Asked, pmid: int) -> HttpResponse:
    """To its page, which says how to get to the list instead."""
    if not _PMID.fullmatch(asked.query):
        messages.info(request, format_html(LED, asked.address(jump=False)))
    return redirect("catalogue:article", pmid)
