"""Feeds of a topic and of a journal, for anybody: /feeds/topics/UI.atom and .json.

Each is a search that has its own short address, which stays when a name changes.
"""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import condition, require_safe

from ownjournal.catalogue import mesh
from ownjournal.catalogue.models import Journal
from ownjournal.catalogue.search_feed import etag, last_modified, shared
from ownjournal.catalogue.search_links import by_field
from ownjournal.catalogue.search_reading import understood
from ownjournal.catalogue.search_request import read_request


@require_safe
@condition(etag_func=etag, last_modified_func=last_modified)
def topic(request: HttpRequest, ui: str, form: str) -> HttpResponse:
    """What is new under a MeSH descriptor and the narrower ones."""
    name = mesh.name(ui)
    if name is None:
        raise Http404
    return _feed(request, form, by_field("mh", ui), name)


@require_safe
@condition(etag_func=etag, last_modified_func=last_modified)
def journal(request: HttpRequest, nlm_id: str, form: str) -> HttpResponse:
    """What is new of a journal, by its NLM id."""
    found = Journal.objects.filter(nlm_id=nlm_id).first()
    if found is None:
        raise Http404
    name = found.title or found.abbreviation or nlm_id
    return _feed(request, form, by_field("jid", nlm_id), name)


def _feed(request: HttpRequest, form: str, page: str, name: str) -> HttpResponse:
    asked = read_request(QueryDict(page.partition("?")[2]))
    return shared(understood(asked), form, title=name, page=page, here=request.path)
