"""What only curators do: title, text, who reads it, who keeps it, and its end."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from ownjournal.collections import addresses, curating, describing, history, seeing
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.curating import title_of
from ownjournal.collections.forms import done, number_of
from ownjournal.collections.groups.models import Group
from ownjournal.collections.models import Collection, Visibility
from ownjournal.notes.dialect import DIALECT
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader

UNPROCESSABLE = 422
SET_HERE = ("title", "description", "dialect", "group", "visibility")


@dataclass(frozen=True, slots=True)
class Choice:
    """A group or a kind of readers to choose."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """Everything collections/settings.html may use."""

    title: str  # as typed
    description: str
    address: str
    start: str  # what the paths of its forms begin with
    visibilities: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    link: str | None  # the whole address for others
    curators: tuple[str, ...]
    invited: tuple[tuple[int, str], ...]  # ids and addresses
    name: str  # of the reader on it; "" without any
    alone: bool  # she is its only curator
    problem: str | None


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, number: str) -> HttpResponse:
    """Look at all of it; with POST change title, text, visibility and group."""
    reader = reader_of(request)
    collection = seeing.kept_or_404(reader, int(number))
    if request.method == "POST":
        try:
            _change(request, collection, reader)
        except CannotArrange as problem:
            return _page(request, collection, reader, str(problem))
        messages.success(request, "It is changed.")
        return redirect(addresses.path_of(collection))
    return _page(request, collection, reader)


@transaction.atomic
def _change(request: HttpRequest, collection: Collection, reader: Reader) -> None:
    """Raises CannotArrange, and then nothing is changed."""
    given = request.POST
    before = (collection.title, collection.description, collection.visibility)
    collection.title = title_of(given.get("title", ""))
    text = given.get("description", "").replace("\r\n", "\n")
    if text.strip() != (collection.description or ""):
        collection.dialect = DIALECT
        collection.description = describing.checked(text, DIALECT)
    collection.group = _group(reader, collection, given.get("group", ""))
    visibility = given.get("visibility", "")
    if visibility not in Visibility.values:
        raise CannotArrange("Please choose who may read it.")
    if visibility == Visibility.GROUP and collection.group is None:
        raise CannotArrange("Please choose the group whose members may read it.")
    collection.visibility = visibility
    collection.save(update_fields=SET_HERE)
    after = (collection.title, collection.description, collection.visibility)
    names = ("title", "description", "visibility")
    for name, old, new in zip(names, before, after, strict=True):
        if old != new:
            detail = _detail(name, new)
            history.note(collection, name, timezone.now(), by=reader, detail=detail)


def _detail(name: str, value: str | None) -> str | None:
    if name == "visibility" and value is not None:
        return Visibility(value).label
    return value if name == "title" else None


def _group(reader: Reader, collection: Collection, code: str) -> Group | None:
    """One of the reader's groups, or the one it has. Raises CannotArrange."""
    if not code:
        return None
    if collection.group_id is not None and code == str(collection.group_id):
        return collection.group
    mine = Group.objects.filter(memberships__reader=reader, pk=number_of(code))
    if group := mine.first():
        return group
    raise CannotArrange("You are not in this group.")


def _page(
    request: HttpRequest,
    collection: Collection,
    reader: Reader,
    problem: str | None = None,
) -> HttpResponse:
    """As typed where there is a problem, else as it is."""
    given = request.POST if problem else {}
    chosen = str(given.get("visibility", collection.visibility))
    group = str(given.get("group", collection.group_id or ""))
    link = addresses.link_of(collection)
    mine = collection.curators.get(reader=reader)
    page = SettingsPage(
        title=str(given.get("title", collection.title)),
        description=str(given.get("description", collection.description or "")),
        address=addresses.path_of(collection),
        start=addresses.start_of(collection),
        visibilities=tuple(
            Choice(code, name, code == chosen) for code, name in Visibility.choices
        ),
        groups=_groups(reader, collection, group),
        link=addresses.whole(link) if link else None,
        curators=tuple(str(each) for each in collection.curators.all()),
        invited=tuple(collection.invitations.values_list("pk", "address")),
        name=mine.name or "",
        alone=collection.curators.count() == 1,
        problem=problem,
    )
    status = UNPROCESSABLE if problem else 200
    return render(request, "collections/settings.html", {"page": page}, status=status)


def _groups(reader: Reader, collection: Collection, chosen: str) -> tuple[Choice, ...]:
    rows = Group.objects.filter(memberships__reader=reader)
    if collection.group_id is not None:
        rows = rows | Group.objects.filter(pk=collection.group_id)
    return tuple(
        Choice(str(each.pk), each.name, str(each.pk) == chosen)
        for each in rows.distinct()
    )


@signed_in
@require_POST
def curators(request: HttpRequest, number: str) -> HttpResponse:
    """`do` is invite (an `address`), take-back (an invitation), name or leave."""
    reader, now = reader_of(request), timezone.now()
    collection = seeing.kept_or_404(reader, int(number))
    deed = request.POST.get("do", "")
    try:
        if deed == "invite":
            curating.invite(collection, reader, request.POST.get("address", ""), now)
            messages.success(request, "The invitation is on its way.")
        elif deed == "name":
            curating.rename(collection, reader, request.POST.get("name", ""))
        elif deed == "take-back":
            _take_back(collection, request.POST.get("invitation", ""))
        elif deed == "leave" and collection.curators.count() > 1:
            curating.leave(collection, reader, now)
            return redirect("collections:mine")
        else:
            raise Http404
    except CannotArrange as problem:
        messages.warning(request, str(problem))
    return redirect(f"{addresses.start_of(collection)}/settings#curators")


def _take_back(collection: Collection, text: str) -> None:
    collection.invitations.filter(pk=number_of(text)).delete()


@signed_in
@require_POST
def new_link(request: HttpRequest, number: str) -> HttpResponse:
    """Another secret address; the one that was given out leads nowhere then."""
    collection = seeing.kept_or_404(reader_of(request), int(number))
    rows = Collection.objects.filter(pk=collection.pk)
    rows.update(link_number=F("link_number") + 1)
    messages.success(request, "It has a new link; the old one leads nowhere now.")
    return redirect(f"{addresses.start_of(collection)}/settings#link")


@signed_in
@require_POST
def delete(request: HttpRequest, number: str) -> HttpResponse:
    """By its only curator, who has typed the title."""
    reader = reader_of(request)
    collection = seeing.kept_or_404(reader, int(number))
    if collection.curators.count() > 1:
        raise Http404  # others keep it: one leaves
    if request.POST.get("title", "").strip() != collection.title:
        messages.warning(request, "This is not its title, so nothing was done.")
        return redirect(f"{addresses.start_of(collection)}/settings#delete")
    if done(request, lambda: curating.end(collection)):
        messages.success(request, f"“{collection.title}” is gone.")
    return redirect("collections:mine")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """A page that asks; only its button, a POST, accepts."""
    now = timezone.now()
    found = curating.invited(int(number), token, now)
    if found is None:
        raise Http404
    if request.method == "POST":
        reader = reader_of(request)
        if done(request, lambda: curating.accept(found, reader, now)):
            return redirect(addresses.path_of(found.collection))
        return redirect("collections:mine")
    page = {
        "title": found.collection.title,
        "by": found.by.email,
        "count": found.collection.articles.count(),
    }
    return render(request, "collections/invitation.html", {"page": page})
