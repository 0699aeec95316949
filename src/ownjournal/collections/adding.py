"""Put articles into a collection: many at once, or one from its own page."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ownjournal.catalogue import store
from ownjournal.collections import addresses, arranging, curating, seeing
from ownjournal.collections.arranging import (
    LONGEST_LINE,
    CannotArrange,
    one_line,
    section_of,
)
from ownjournal.collections.forms import number_of
from ownjournal.collections.models import Collection, Section
from ownjournal.collections.pasting import Left, given, look_up
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.back import back_of
from ownjournal.readers.profile.pasted import NotText

UNPROCESSABLE = 422
GIVEN_BACK = 20_000  # characters of a text of which nothing came


@dataclass(frozen=True, slots=True)
class AddPage:
    """Everything collections/add.html may use."""

    title: str
    address: str
    start: str
    sections: tuple[Section, ...]
    text: str  # as pasted, where nothing came of it
    problem: str | None
    added: int | None  # None: nothing was sent yet
    known: int  # that were in it already
    left: tuple[Left, ...]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest, number: str) -> HttpResponse:
    """`text` and `file` name articles; what is here is added, the rest is listed."""
    reader = reader_of(request)
    collection = seeing.filled_or_404(reader, int(number))
    if request.method != "POST":
        return _page(request, collection)
    typed = request.POST.get("text", "").replace("\0", "")
    try:
        found = look_up(given(typed, request.FILES.get("file")))
        section = section_of(collection, request.POST.get("section", ""))
        new = arranging.add(
            collection, found.pmids, timezone.now(), by=reader, section=section
        )
    except (NotText, CannotArrange) as problem:
        return _page(request, collection, problem=str(problem), text=typed)
    if not found.pmids and not found.left:
        problem_told = "Please paste something, or choose a file."
        return _page(request, collection, problem=problem_told)
    return _page(
        request,
        collection,
        added=len(new),
        known=len(found.pmids) - len(new),
        left=found.left,
        text="" if found.pmids else typed,
    )


def _page(
    request: HttpRequest,
    collection: Collection,
    *,
    problem: str | None = None,
    text: str = "",
    added: int | None = None,
    known: int = 0,
    left: tuple[Left, ...] = (),
) -> HttpResponse:
    page = AddPage(
        title=collection.title,
        address=addresses.path_of(collection),
        start=addresses.start_of(collection),
        sections=tuple(collection.sections.all()),
        text=text[:GIVEN_BACK],
        problem=problem,
        added=added,
        known=known,
        left=left,
    )
    failed = problem is not None or (added == 0 and not known)
    status = UNPROCESSABLE if failed else 200
    return render(request, "collections/add.html", {"page": page}, status=status)


@signed_in
@require_POST
def one(request: HttpRequest, pmid: str) -> HttpResponse:
    """From an article's page: into `collection`, or a new one with this `title`."""
    reader, now = reader_of(request), timezone.now()
    back = redirect(back_of(request, f"/articles/{pmid}"))
    if store.get(int(pmid)) is None:
        messages.warning(request, f"No article with PMID {pmid} is here.")
        return back
    chosen = number_of(request.POST.get("collection", ""))
    try:
        line = one_line(request.POST.get("line", ""), LONGEST_LINE)
        if chosen:
            collection = seeing.filled_or_404(reader, chosen)
        else:
            collection = curating.make(reader, request.POST.get("title", ""), now)
        new = arranging.add(collection, [int(pmid)], now, by=reader, line=line)
    except CannotArrange as problem:
        messages.warning(request, str(problem))
        return back
    told = "is in" if new else "was already in"
    messages.success(request, f"The article {told} “{collection.title}”.")
    return back
