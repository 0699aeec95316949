"""/account/export and /account/leave, for readers who have just proved who they are.

`proved` of the accounts, in urls.py, asks for that.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.readers.access import reader_of
from ownjournal.readers.files.kept import files
from ownjournal.readers.leaving import exporting, farewell
from ownjournal.readers.leaving.models import Export

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Everything leaving/export.html may use."""

    waiting: bool
    trouble: bool  # the last try failed; another follows
    size: str | None  # "1.2 MB"; None where there is no file to be had
    until: datetime | None


@dataclass(frozen=True, slots=True)
class LeavePage:
    """Everything leaving/leave.html may use."""

    email: str
    typed: str
    problem: str | None


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Ask for everything, and see whether it is there."""
    reader = reader_of(request)
    if request.method == "POST":
        exporting.ask(reader, timezone.now())
        return redirect("account-export")
    row = Export.objects.filter(reader=reader).first()
    place = exporting.file_of(row, timezone.now()) if row else None
    page = ExportPage(
        waiting=row is not None and row.made_at is None,
        trouble=row is not None and row.problem is not None,
        size=filesizeformat(row.size or 0) if row and place else None,
        until=row.expires_at if row and place else None,
    )
    return render(request, "leaving/export.html", {"page": page})


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The file of the reader who asks; nobody else's has an address."""
    row = Export.objects.filter(reader=reader_of(request)).first()
    place = exporting.file_of(row, timezone.now()) if row else None
    if place is None:
        raise Http404
    return FileResponse(
        files().open(place),
        as_attachment=True,
        filename="ownjournal-export.zip",
        content_type="application/zip",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """What goes, and a field for the address: nobody erases themselves by a slip."""
    reader = reader_of(request)
    if request.method == "POST":
        typed = request.POST.get("email", "")
        if typed.strip().lower() == reader.email:
            keeps = request.POST.get("notes") == "keep"
            farewell.ask(reader, timezone.now(), keeps_notes=keeps)
            logout(request)
            return redirect("account-left")
        return _leave_page(request, typed, "This is not the address of this account.")
    return _leave_page(request, "", None)


def _leave_page(request: HttpRequest, typed: str, problem: str | None) -> HttpResponse:
    page = LeavePage(reader_of(request).email, typed[:320], problem)
    status = UNPROCESSABLE if problem else 200
    return render(request, "leaving/leave.html", {"page": page}, status=status)


@never_cache
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Good-bye; the same for everybody."""
    return render(request, "leaving/left.html")
