"""A reader's searches: /searches, what is done there, and their feeds."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ownjournal.catalogue.feeds import ATOM, answer
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.catalogue.search_feed import feed
from ownjournal.catalogue.search_reading import understood
from ownjournal.catalogue.search_request import NO_INDEX, Asked
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.back import back_of
from ownjournal.readers.models import Reader
from ownjournal.readers.searches import history, keeping
from ownjournal.readers.searches.models import SavedSearch
from ownjournal.search.index import IndexUnusable

PAST_SHOWN = 50
COUNTED = 50  # searches in one view of the page; others have their turn in the next


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved search in the list."""

    id: int
    name: str
    asks: str | None  # what it asks for; None where its name says that
    address: str  # of its page
    new: str | None  # "12 new"; None where nothing is
    feed: str | None  # its whole address
    first: bool


@dataclass(frozen=True, slots=True)
class PastView:
    """A search made before."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class SearchesPage:
    """Everything readers/searches.html may use."""

    saved: tuple[SavedView, ...]
    trouble: str | None  # why nothing could be counted
    keeps: bool  # a history
    past: tuple[PastView, ...]


@never_cache
@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Saved searches with what is new in them, and past ones."""
    reader = reader_of(request)
    lists, trouble = ReaderLists(reader), None
    searches = list(reader.searches.all())
    try:
        longest_ago = sorted(searches, key=lambda each: each.counted_revision)
        for each in longest_ago[:COUNTED]:
            keeping.count_new(each, lists)
    except IndexUnusable:
        trouble = NO_INDEX
    page = SearchesPage(
        saved=tuple(_view(each, each == searches[0]) for each in searches),
        trouble=trouble,
        keeps=reader.keeps_searches,
        past=_past(reader),
    )
    return render(request, "readers/searches.html", {"page": page})


def _view(search: SavedSearch, first: bool) -> SavedView:
    asked = keeping.asked_of(search.parameters) or Asked("")
    path, said = keeping.feed_path(search), keeping.name_of(asked)
    return SavedView(
        id=search.pk,
        name=search.name,
        asks=None if search.name == said else said,
        address=f"/search?{search.parameters}",
        new=f"{search.new:,} new" if search.new else None,
        feed=settings.SITE_URL + path if path else None,
        first=first,
    )


def _past(reader: Reader) -> tuple[PastView, ...]:
    views = []
    for each in reader.past_searches.all()[:PAST_SHOWN]:
        asked = keeping.asked_of(each.parameters)
        if asked is not None:
            views.append(PastView(keeping.name_of(asked), f"/search?{each.parameters}"))
    return tuple(views)


@signed_in
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search whose address stands in `parameters`."""
    try:
        search, new = keeping.save(
            reader_of(request), request.POST.get("parameters", "")
        )
    except keeping.CannotSave as problem:
        messages.warning(request, str(problem))
        return _back(request)
    if new:
        messages.success(request, f"You now follow “{search.name}”.")
    else:
        messages.info(request, f"You follow this already, as “{search.name}”.")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that the form stood on; to the list where it says none."""
    return redirect(back_of(request, reverse("readers:searches")))


def _rename(search: SavedSearch, request: HttpRequest) -> str | None:
    keeping.rename(search, request.POST.get("name", ""))
    return f"It is called “{search.name}” now."


def _remove(search: SavedSearch, request: HttpRequest) -> str | None:
    search.delete()
    return f"You no longer follow “{search.name}”."


def _up(search: SavedSearch, request: HttpRequest) -> str | None:
    keeping.move_up(search)
    return None


def _open_feed(search: SavedSearch, request: HttpRequest) -> str | None:
    keeping.open_feed(search)
    return "Its feed has a new address. Whoever has the address can read the feed."


def _close_feed(search: SavedSearch, request: HttpRequest) -> str | None:
    keeping.close_feed(search)
    return "The address of its feed leads nowhere now."


_DEEDS: dict[str, Callable[[SavedSearch, HttpRequest], str | None]] = {
    "rename": _rename,
    "remove": _remove,
    "up": _up,
    "open-feed": _open_feed,
    "close-feed": _close_feed,
}


@signed_in
@require_POST
def change(request: HttpRequest, search_id: int, deed: str) -> HttpResponse:
    """Rename, remove, move up, open or close the feed, or look at what is new.

    Another reader's search answers as if it were not there.
    """
    search = reader_of(request).searches.filter(pk=search_id).first()
    if search is None:
        raise Http404
    if deed == "look":
        return redirect(keeping.look(search))
    if deed not in _DEEDS:
        raise Http404
    try:
        said = _DEEDS[deed](search, request)
    except keeping.CannotSave as problem:
        messages.warning(request, str(problem))
    else:
        if said is not None:
            messages.success(request, said)
    return _back(request)


@signed_in
@require_POST
def keep_history(request: HttpRequest) -> HttpResponse:
    """`keep` is "yes" or "no"; "erase" forgets and goes on keeping."""
    reader, wish = reader_of(request), request.POST.get("keep", "")
    if wish == "erase":
        history.erase(reader)
        messages.success(request, "Your past searches are erased.")
    elif wish in ("yes", "no"):
        history.switch(reader, wish == "yes")
        sentence = (
            "are kept from now on" if wish == "yes" else "are erased, none is kept"
        )
        messages.success(request, f"Your searches {sentence}.")
    return redirect("readers:searches")


@never_cache
@require_safe
def private_feed(request: HttpRequest, search_id: int, token: str) -> HttpResponse:
    """The feed of a saved search, for whoever has its address."""
    search = keeping.of_feed(search_id, token)
    asked = None if search is None else keeping.asked_of(search.parameters)
    if search is None or asked is None:
        raise Http404
    read = understood(asked, ReaderLists(search.reader))
    try:
        made = feed(
            read,
            title=f"{settings.SITE_NAME}: {search.name}",
            page=asked.address(),
            here=request.path,
            code=f"{settings.SITE_URL}/searches#{search.pk}",
        )
        return answer(made, ATOM)
    except IndexUnusable:
        return HttpResponse(
            f"{NO_INDEX}\n", status=503, content_type="text/plain; charset=utf-8"
        )
