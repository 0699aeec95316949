"""Pages of issues: /issues and /issues/N, for their reader alone.

To anybody else an issue is not there.
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ownjournal.issues import archive as search
from ownjournal.issues.feeding import feed_paths
from ownjournal.issues.models import Issue
from ownjournal.issues.pages import ArchivePage, issue_line, issue_page
from ownjournal.issues.pausing import paused_told
from ownjournal.readers.access import reader_of, signed_in

ISSUES_A_PAGE = 26  # half a year of weeks


@never_cache
@signed_in
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All issues of the reader, newest first, `?page=` from 1; or what is looked for
    in them, see `archive.read`.
    """
    reader, wanted = reader_of(request), search.read(request.GET)
    at = request.GET.get("page")
    issues = reader.issues.select_related("reader").prefetch_related("articles")
    chosen = Paginator(issues, ISSUES_A_PAGE).get_page(at)
    page = ArchivePage(
        issues=tuple(issue_line(issue) for issue in chosen),
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
        paused=paused_told(reader),
        feeds=tuple(settings.SITE_URL + path for path in feed_paths(reader)),
        words=wanted.words,
        which=tuple(search.choices(wanted)),
        after=wanted.after.isoformat() if wanted.after else "",
        before=wanted.before.isoformat() if wanted.before else "",
    )
    found = search.found(reader, wanted, at) if wanted.is_asked else None
    return render(request, "issues/archive.html", {"page": page, "found": found})


@never_cache
@signed_in
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """To the newest issue, or to the archive while there is none."""
    issue = reader_of(request).issues.first()
    if issue is None:
        return redirect("issues:archive")
    return redirect("issues:issue", issue.number)


@never_cache
@signed_in
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    issues = Issue.objects.select_related("reader")
    issue = issues.filter(reader=reader_of(request), number=number).first()
    if issue is None:
        raise Http404
    return render(request, "issues/issue.html", {"page": issue_page(issue)})
