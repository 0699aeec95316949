"""The step in which a reader names one to ten articles: pasted, or in a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.interests import CannotFollow, follow
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.profile import choices
from ownjournal.readers.profile.choices import Choice
from ownjournal.readers.profile.finding import Found, Missing, find
from ownjournal.readers.profile.pasted import LARGEST, NotText, read, text_of
from ownjournal.readers.profile.steps import Frame, after, frame

MOST = 10  # articles to begin with; more can be followed one by one
SHOWN = 20_000  # characters of a wrong text that are given back
TOO_LARGE = "That is more than 1 MB. Ten articles are enough."


@dataclass(frozen=True, slots=True)
class SeedsPage:
    """Everything readers/practice/seeds.html may use."""

    frame: Frame
    seeds: tuple[Choice, ...]
    most: int
    text: str  # as pasted, where nothing came of it; "" when nothing was
    problems: tuple[str, ...]
    missing: tuple[Missing, ...]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def seeds(request: HttpRequest) -> HttpResponse:
    """`text` and `file` name articles; `do` is "next" or "add"."""
    reader = reader_of(request)
    if request.method != "POST":
        return _page(request, reader, ())
    shown, picked = request.POST.getlist("shown"), request.POST.getlist("pick")
    problems = choices.settle(reader, shown, picked)
    typed = request.POST.get("text", "")
    try:
        parts = [read(text) for text in _given(request, typed)]
    except NotText as fault:
        return _page(request, reader, [*problems, str(fault)], text=typed)
    named = tuple(dict.fromkeys(each for part in parts for each in part))
    something = bool(typed.strip()) or "file" in request.FILES
    if something and not named:
        problems.append("No PMID, DOI or PMCID is in it.")
        return _page(request, reader, problems, text=typed)
    found = find(named)
    problems += _keep(reader, found)
    if problems or found.missing:
        return _page(request, reader, problems, missing=found.missing)
    if request.POST.get("do", "next") == "next":
        return redirect(after("seeds", reader))
    return redirect(request.path)


def _given(request: HttpRequest, typed: str) -> tuple[str, ...]:
    """What was pasted and what is in the file. Raises NotText."""
    if len(typed) > LARGEST:
        raise NotText(TOO_LARGE)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return (typed,)
    if (file.size or 0) > LARGEST:
        raise NotText(TOO_LARGE)
    return text_of(file.read()), typed


def _keep(reader: Reader, found: Found) -> list[str]:
    """Follow what was found while there is room; a sentence of what is not."""
    had = choices.followed(reader, [Interest.Kind.SEED])
    new = [
        pmid
        for pmid in found.pmids
        if choices.key(Interest.Kind.SEED, str(pmid)) not in had
    ]
    room = max(MOST - len(had), 0)
    problems = []
    for pmid in new[:room]:
        try:
            follow(reader, Interest.Kind.SEED.value, str(pmid))
        except CannotFollow as problem:
            problems.append(str(problem))
    left = len(new[room:]) + found.left
    if left:
        those = (
            "One more was named and is"
            if left == 1
            else f"{left:,} more were named and are"
        )
        problems.append(f"{MOST} articles are enough to begin with. {those} left out.")
    return problems


def _page(
    request: HttpRequest,
    reader: Reader,
    problems: Sequence[str],
    *,
    text: str = "",
    missing: tuple[Missing, ...] = (),
) -> HttpResponse:
    rows = choices.followed(reader, [Interest.Kind.SEED]).values()
    page = SeedsPage(
        frame=frame("seeds", reader),
        seeds=tuple(choices.choice_of(each) for each in rows),
        most=MOST,
        text=text[:SHOWN],
        problems=tuple(problems),
        missing=missing,
    )
    status = 422 if problems or missing else 200
    template = "readers/practice/seeds.html"
    return render(request, template, {"page": page}, status=status)
