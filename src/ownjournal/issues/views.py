"""Pages of issues: /issues and /issues/N, for their reader alone.

To anybody else an issue is not there.
"""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ownjournal.issues.models import Issue
from ownjournal.issues.pages import ArchivePage, issue_line, issue_page
from ownjournal.readers.access import reader_of, signed_in

ISSUES_A_PAGE = 26  # half a year of weeks


@never_cache
@signed_in
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All issues of the reader, newest first; `?page=` from 1."""
    issues = reader_of(request).issues.select_related("reader")
    pages = Paginator(issues.prefetch_related("articles"), ISSUES_A_PAGE)
    chosen = pages.get_page(request.GET.get("page"))
    page = ArchivePage(
        issues=tuple(issue_line(issue) for issue in chosen),
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
    )
    return render(request, "issues/archive.html", {"page": page})


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
