"""Groups to their members: /groups, a group's page, its members and its settings.

To everybody else a group is not there: no page says that it exists but an invitation,
and the line for readers whose address is in its domain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.collections import addresses
from ownjournal.collections.arranging import CannotArrange, one_line
from ownjournal.collections.forms import done, number_of
from ownjournal.collections.groups import inviting, membership
from ownjournal.collections.groups.meetings import MeetingLine, next_meeting, past
from ownjournal.collections.groups.membership import OWNER
from ownjournal.collections.groups.models import Group, GroupInvitation
from ownjournal.collections.models import Visibility
from ownjournal.notes.models import Signature
from ownjournal.notes.models import Visibility as Shown
from ownjournal.notes.note_view import NoteView, note_views
from ownjournal.notes.seeing import visible_to
from ownjournal.notes.signing import WITH_AUTHORS
from ownjournal.notes.subjects import subjects_of
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.models import Reader

PAST_SHOWN = 20  # meetings
NOTES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a list."""

    id: int
    name: str
    members: int
    owner: bool  # the reader is one
    address: str | None  # of an invitation


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """Everything groups/mine.html may use."""

    groups: tuple[GroupLine, ...]
    invited: tuple[GroupLine, ...]
    open: tuple[GroupLine, ...]  # to the domain of the reader's address


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member, as the other members see her."""

    id: int  # of the reader
    name: str
    address: str
    owner: bool
    since_on: date
    me: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Everything groups/group.html may use."""

    id: int
    name: str
    about: str | None
    owner: bool  # the reader is one
    domain: str | None
    next: MeetingLine | None
    past: tuple[MeetingLine, ...]
    collections: tuple[tuple[str, str], ...]  # title and path
    notes: tuple[NoteView, ...]  # the newest that members share with each other
    members: tuple[MemberLine, ...]
    invited: tuple[tuple[int, str], ...]  # ids and addresses


@never_cache
@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's groups, those she is asked into, those open to her."""
    reader = reader_of(request)
    invited = GroupInvitation.objects.filter(
        address=reader.email, expires_at__gt=timezone.now()
    ).select_related("group")
    mine = Group.objects.filter(memberships__reader=reader)
    page = GroupsPage(
        groups=tuple(_line(each, reader) for each in mine),
        invited=tuple(
            _line(each.group, reader, inviting.path_of(each)) for each in invited
        ),
        open=tuple(_line(each, reader) for each in membership.open_to(reader)),
    )
    return render(request, "groups/mine.html", {"page": page})


def _line(group: Group, reader: Reader, address: str | None = None) -> GroupLine:
    return GroupLine(
        group.pk,
        group.name,
        group.memberships.count(),
        membership.is_owner(group, reader),
        address,
    )


@signed_in
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A new group with this `name`."""
    try:
        group = membership.make(
            reader_of(request), request.POST.get("name", ""), timezone.now()
        )
    except CannotArrange as problem:
        messages.warning(request, str(problem))
        return redirect("groups:mine")
    return redirect("groups:group", group.pk)


@never_cache
@signed_in
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """What the group reads, keeps and is."""
    reader = reader_of(request)
    group = membership.seen_or_404(reader, int(number))
    shared = group.collections.exclude(visibility=Visibility.PRIVATE)
    page = GroupPage(
        id=group.pk,
        name=group.name,
        about=group.about,
        owner=membership.is_owner(group, reader),
        domain=group.domain,
        next=next_meeting(group, timezone.now()),
        past=past(group, timezone.now(), PAST_SHOWN),
        collections=tuple((each.title, addresses.path_of(each)) for each in shared),
        notes=_notes(group, reader),
        members=_members(group, reader),
        invited=tuple(group.invitations.values_list("pk", "address")),
    )
    return render(request, "groups/group.html", {"page": page})


def _notes(group: Group, reader: Reader) -> tuple[NoteView, ...]:
    rows = visible_to(reader).filter(visibility=Shown.GROUP, group=group.pk)
    newest = rows.select_related(*WITH_AUTHORS).order_by("-created_at")
    notes = list(newest[:NOTES_SHOWN])
    return note_views(notes, reader, subjects_of(notes, reader))


def _members(group: Group, reader: Reader) -> tuple[MemberLine, ...]:
    rows = list(group.memberships.select_related("reader"))
    signed = Signature.objects.filter(reader__in=[row.reader_id for row in rows])
    names = dict(signed.values_list("reader_id", "name"))
    return tuple(
        MemberLine(
            row.reader_id,
            names.get(row.reader_id) or row.reader.email.partition("@")[0],
            row.reader.email,
            row.role == OWNER,
            row.joined_at.date(),
            row.reader_id == reader.pk,
        )
        for row in rows
    )


@signed_in
@require_POST
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Come in by the domain of one's address."""
    reader = reader_of(request)
    group = membership.open_to(reader).filter(pk=int(number)).first()
    if group is None:
        raise Http404
    done(request, lambda: membership.join(group, reader, timezone.now()))
    return redirect("groups:group", group.pk)


@signed_in
@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Go oneself."""
    reader = reader_of(request)
    group = membership.seen_or_404(reader, int(number))
    if done(request, lambda: membership.leave(group, reader)):
        messages.success(request, f"You are no longer in “{group.name}”.")
    return redirect("groups:mine")


@signed_in
@require_POST
def members(request: HttpRequest, number: str) -> HttpResponse:
    """By an owner: `do` is invite, take-back, owner, member or remove."""
    reader = reader_of(request)
    group = membership.owned_or_404(reader, int(number))
    deed, whom = request.POST.get("do", ""), number_of(request.POST.get("whom", ""))
    deeds: dict[str, Callable[[], object]] = {
        "invite": lambda: inviting.invite(
            group, reader, request.POST.get("address", ""), timezone.now()
        ),
        "take-back": lambda: group.invitations.filter(pk=whom).delete(),
        "owner": lambda: membership.set_role(group, whom, "owner"),
        "member": lambda: membership.set_role(group, whom, "member"),
        "remove": lambda: _send_away(group, reader, whom),
    }
    if deed not in deeds:
        raise Http404
    if done(request, deeds[deed]) and deed == "invite":
        messages.success(request, "The invitation is on its way.")
    return redirect(f"/groups/{group.pk}#members")


def _send_away(group: Group, owner: Reader, whom: int) -> None:
    """Raises CannotArrange."""
    row = group.memberships.filter(reader=whom).exclude(reader=owner).first()
    if row is None:
        raise CannotArrange("This reader is not in the group.")
    membership.leave(group, row.reader)


@signed_in
@require_POST
def settings(request: HttpRequest, number: str) -> HttpResponse:
    """By an owner: `name`, `about` and `domain`."""
    reader = reader_of(request)
    group = membership.owned_or_404(reader, int(number))

    def change() -> None:
        group.name = membership.name_of(request.POST.get("name", ""))
        group.about = one_line(request.POST.get("about", ""), membership.ABOUT)
        domain = request.POST.get("domain", "")
        if domain != (group.domain or ""):
            group.domain = membership.domain_of(domain, reader)
        group.save()

    if done(request, change):
        messages.success(request, "It is changed.")
    return redirect("groups:group", group.pk)


@signed_in
@require_POST
def delete(request: HttpRequest, number: str) -> HttpResponse:
    """By an owner, who has typed the name: its meetings go, collections stay."""
    reader = reader_of(request)
    group = membership.owned_or_404(reader, int(number))
    if request.POST.get("name", "").strip() != group.name:
        messages.warning(request, "This is not its name, so nothing was done.")
        return redirect("groups:group", group.pk)
    if done(request, lambda: membership.end(group)):
        messages.success(request, f"The group “{group.name}” is gone.")
    return redirect("groups:mine")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """A page that asks; only its button, a POST, accepts."""
    now = timezone.now()
    found = inviting.invited(int(number), token, now)
    if found is None:
        raise Http404
    if request.method == "POST":
        reader = reader_of(request)
        if done(request, lambda: inviting.accept(found, reader, now)):
            return redirect("groups:group", found.group_id)
        return redirect("groups:mine")
    page = {
        "name": found.group.name,
        "about": found.group.about,
        "by": found.by.email,
        "members": found.group.memberships.count(),
    }
    return render(request, "groups/invitation.html", {"page": page})
