"""/mail: whether issues come by mail, and why they may not."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownjournal.pubmed.months import MONTHS
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader
from ownjournal.readers.post import returned
from ownjournal.readers.post.models import Suppression


@dataclass(frozen=True, slots=True)
class MailPage:
    """Everything post/mail.html may use."""

    email: str
    mails: bool  # as the reader wants it
    came_back: bool  # so it does not go there whatever the reader wants
    reason: str | None  # "No such mailbox"
    said: str | None  # by the server that would not have it
    since: str | None  # "30 November 2026"


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """The page; a POST of `issues` as "yes" or "no" changes it."""
    reader = reader_of(request)
    if request.method != "POST":
        return render(request, "post/mail.html", {"page": _page(reader)})
    wanted = request.POST.get("issues") == "yes"
    if wanted:
        returned.lift(reader)
    reader.mails_issues = wanted
    reader.save(update_fields=["mails_issues"])
    done = "come by mail again." if wanted else "come by mail no longer."
    messages.success(request, f"Your issues {done}")
    return redirect("readers:post:mail")


def _page(reader: Reader) -> MailPage:
    row = Suppression.objects.filter(reader=reader).first()
    return MailPage(
        email=reader.email,
        mails=reader.mails_issues,
        came_back=row is not None,
        reason=row.get_reason_display() if row else None,
        said=row.said or None if row else None,
        since=_day(row.since_at.date()) if row else None,
    )


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
