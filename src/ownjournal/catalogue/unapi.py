"""unAPI: what reference managers ask for the record behind an article on a page.

/unapi                     the formats there are
/unapi?id=ID               the formats of one article
/unapi?id=ID&format=NAME   the article itself

Source: unAPI version 1, http://unapi.info/specs/. Zotero takes the first of its
own list that is offered, which is RIS.
"""

import re
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ownjournal.catalogue import relations
from ownjournal.catalogue.downloads import record
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed.exports.formats import FORMATS

OFFERED = {
    code: FORMATS[code]
    for code in ("ris", "bibtex", "nbib", "csl-json")
    if code in FORMATS
}
"""Formats by the names that the specification's users know."""

_NUMBER = re.compile(r"(?:pmid:|info:pmid/)?([1-9][0-9]{0,8})", re.IGNORECASE)


@require_safe
def serve(request: HttpRequest) -> HttpResponseBase:
    """One of the three answers; 400, 404 or 406 in a line of text."""
    identifier, name = request.GET.get("id"), request.GET.get("format")
    if not identifier:
        if name is not None:
            return _refused("A format is asked for, but no id.", 400)
        return _formats(None)
    kept = _article(identifier)
    if kept is None:
        return _refused("No article with this id is kept here.", 404)
    if not name:
        return _formats(identifier)
    if name not in OFFERED:
        return _refused(f"The formats are {', '.join(OFFERED)}.", 406)
    return record(request, kept, OFFERED[name])


def _article(identifier: str) -> Kept | None:
    """By "pmid:123", "info:pmid/123", a bare PMID or the address of its page."""
    number = identifier.removeprefix(f"{settings.SITE_URL}/articles/")
    found = _NUMBER.fullmatch(number)
    return relations.get(int(found[1])) if found else None


def _formats(identifier: str | None) -> HttpResponse:
    """The list; 300 where it is a choice for one article, as the source says."""
    about = f" id={quoteattr(identifier)}" if identifier else ""
    lines = [
        f"<format name={quoteattr(name)} type={quoteattr(format.media_type)}/>"
        for name, format in OFFERED.items()
    ]
    body = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<formats{about}>",
            *lines,
            "</formats>",
            "",
        ]
    )
    return HttpResponse(
        body,
        status=300 if identifier else 200,
        content_type="application/xml; charset=utf-8",
    )


def _refused(why: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{why}\n", status=status, content_type="text/plain; charset=utf-8"
    )
