"""Pause: no issue comes before a day; the first one after makes up for the rest."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ownjournal.issues.pages import day_told
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader
from ownjournal.readers.schedule import is_paused, next_issue

LONGEST = timedelta(days=2 * 366)


def paused_told(reader: Reader) -> str | None:
    """The day they come again, in a sentence; None where they come."""
    if reader.paused_until is None or not is_paused(reader, timezone.now()):
        return None
    return (
        f"Your issues are paused. They come again from {day_told(reader.paused_until)}."
    )


@signed_in
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """`until` is the day they come again, as 2026-12-24; empty lets them come now."""
    reader, text = reader_of(request), request.POST.get("until", "").strip()
    until = _day(text)
    today = timezone.now().astimezone(ZoneInfo(reader.time_zone)).date()
    if text and (until is None or not today < until <= today + LONGEST):
        messages.warning(request, "Please choose a day within two years, after today.")
        return redirect("issues:archive")
    _plan(reader, until)
    said = paused_told(reader) or "Your issues come again."
    messages.success(request, said)
    return redirect("issues:archive")


def _plan(reader: Reader, until: date | None) -> None:
    """A pause that ends early stays on the row, until an issue made up for it."""
    now = timezone.now()
    if until is not None or is_paused(reader, now):
        ended = now.astimezone(ZoneInfo(reader.time_zone)).date()
        reader.paused_until = until or ended
    reader.next_issue_at = next_issue(reader, now)
    reader.save(update_fields=["paused_until", "next_issue_at"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
