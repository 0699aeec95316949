"""/notes/export, /notes/import: a reader's notes as files, out and in."""

from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ownjournal.notes.files import annotations, archive
from ownjournal.notes.files.bringing_back import Outcome, Used, bring_back
from ownjournal.notes.files.opening import Left, NoZip
from ownjournal.notes.models import Kind, Note
from ownjournal.notes.seeing import kept
from ownjournal.readers import limits
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.limits import Limit

SHOWN = 200  # files of each list
IMPORTS = Limit("imports of notes", 20, 3600)
NONE_CHOSEN = "Choose the zip first."
TOO_OFTEN = "That is enough for an hour. Try again in {minutes} minutes."
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Everything notes/export.html may use."""

    notes: int


@dataclass(frozen=True, slots=True)
class UsedLine:
    """A note that was brought back."""

    told: str  # "Pearl, PMID 28706741"
    address: str
    was_shared: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Everything notes/import.html may use."""

    problem: str | None
    is_done: bool
    used: tuple[UsedLine, ...]
    used_count: int
    left: tuple[Left, ...]
    left_count: int
    pictures: int  # that were brought


@never_cache
@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What there is, and in which forms."""
    page = ExportPage(kept().filter(author=reader_of(request)).count())
    return render(request, "notes/export.html", {"page": page})


@never_cache
@signed_in
@require_safe
def as_zip(request: HttpRequest) -> HttpResponseBase:
    """The zip, made while the reader waits."""
    file = TemporaryFile()  # noqa: SIM115  the answer closes it
    archive.write(file, reader_of(request))
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"notes-{timezone.now():%Y-%m-%d}.zip",
        content_type="application/zip",
    )


@never_cache
@signed_in
@require_safe
def as_annotations(request: HttpRequest) -> HttpResponse:
    """W3C Web Annotations."""
    reader = reader_of(request)
    answer = JsonResponse(
        annotations.collection(reader, list(archive.mine(reader))),
        content_type=annotations.MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Content-Disposition"] = 'attachment; filename="annotations.jsonld"'
    return answer


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def import_(request: HttpRequest) -> HttpResponse:
    """The form; after it what was used, what was not, and why."""
    if request.method != "POST":
        return _page(request, None, None)
    reader, now = reader_of(request), timezone.now()
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _page(request, NONE_CHOSEN, None)
    seconds = limits.take(IMPORTS, str(reader.pk), now)
    if seconds is not None:
        return _page(request, TOO_OFTEN.format(minutes=-(-seconds // 60)), None)
    try:
        return _page(request, None, bring_back(reader, file, now))
    except NoZip as reason:
        return _page(request, str(reason), None)


def _page(
    request: HttpRequest, problem: str | None, outcome: Outcome | None
) -> HttpResponse:
    used: Sequence[Used] = outcome.used if outcome else ()
    left: Sequence[Left] = outcome.left if outcome else ()
    page = ImportPage(
        problem=problem,
        is_done=outcome is not None,
        used=tuple(map(_line, used[:SHOWN])),
        used_count=len(used),
        left=tuple(left[:SHOWN]),
        left_count=len(left),
        pictures=outcome.pictures if outcome else 0,
    )
    status = UNPROCESSABLE if problem else 200
    return render(request, "notes/import.html", {"page": page}, status=status)


def _line(used: Used) -> UsedLine:
    about = _about(used.note)
    told = f"{Kind(used.note.kind).label}, {about}"
    return UsedLine(told, f"/notes/{used.note.pk}", used.was_shared)


def _about(note: Note) -> str:
    if note.pmid is not None:
        return f"PMID {note.pmid}"
    return f"collection {note.collection}"
