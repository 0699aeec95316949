"""An issue as a file, for its reader alone: /issues/N.ris and the form under it.

An article that NLM took back is left out where a program reads the file, and
named by its title in a text.
"""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.catalogue.downloads import (
    BY_EXTENSION,
    download,
    format_of,
    parameters,
    says_why,
    ticked,
)
from ownjournal.issues.models import Issue
from ownjournal.issues.pages import issue_page
from ownjournal.pubmed.exports.formats import Format
from ownjournal.readers.access import reader_of, signed_in


@never_cache
@signed_in
@require_safe
@says_why
def whole(request: HttpRequest, number: str, extension: str) -> HttpResponseBase:
    """All of an issue, in its order."""
    if extension not in BY_EXTENSION:
        raise Http404(f"no format {extension}")
    return _whole(request, int(number), BY_EXTENSION[extension])


# Exempt, as it changes nothing.
@csrf_exempt
@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def export(request: HttpRequest, number: int) -> HttpResponseBase:
    """The whole issue or what is ticked in it; parameters as of /export."""
    given = parameters(request)
    format = format_of(given)
    if given.get("which") == "all":
        return _whole(request, number, format)
    return download(ticked(given), format, f"issue-{number}-ticked")


def _whole(request: HttpRequest, number: int, format: Format) -> HttpResponseBase:
    issues = Issue.objects.select_related("reader")
    issue = issues.filter(reader=reader_of(request), number=number).first()
    if issue is None:
        raise Http404
    titles = {piece.pmid: piece.title for piece in issue_page(issue).pieces()}
    return download(tuple(titles), format, f"issue-{number}", titles)
