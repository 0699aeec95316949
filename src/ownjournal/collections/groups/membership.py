"""Who is in a group: come in, leave, roles, and what becomes of a group without owners.

A group comes into being with its owner. Others come in by an invitation, or by
themselves where the group has a domain and their address, which is a confirmed one, is
in it. Where the last owner goes, the member of longest standing is owner; where nobody
is left, the group is gone. Who is in a group changes one by one: see `lock`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from ownjournal.collections.arranging import CannotArrange, lock, one_line
from ownjournal.collections.groups.models import Group, Membership
from ownjournal.readers.address import BadAddress, canonical
from ownjournal.readers.models import Reader

MOST_GROUPS = 50  # of one reader
MOST_MEMBERS = 1_000  # of one group
NAME, ABOUT = 120, 500  # characters
OWNER, MEMBER = Membership.Role.OWNER, Membership.Role.MEMBER
FOR_ALL = frozenset(
    {
        *("aol.com", "fastmail.com", "free.fr", "gmail.com"),
        *("gmx.at", "gmx.ch", "gmx.de", "gmx.net"),
        *("googlemail.com", "hotmail.com", "icloud.com", "laposte.net"),
        *("libero.it", "live.com", "mac.com", "mail.com"),
        *("mail.ru", "me.com", "msn.com", "naver.com"),
        *("orange.fr", "outlook.com", "pm.me", "proton.me"),
        *("protonmail.com", "qq.com", "t-online.de", "tutanota.com"),
        *("web.de", "wp.pl", "yahoo.com", "yandex.ru"),
        *("163.com",),
    }
)
"""Domains where anybody can have an address: they say nothing of a department."""


def groups_of(reader: Reader) -> Sequence[tuple[int, str]]:
    """Id and name of the reader's groups, by name."""
    rows = Group.objects.filter(memberships__reader=reader)
    return list(rows.values_list("pk", "name"))


def seen_or_404(reader: Reader, number: int) -> Group:
    """A group for its members; to others it is not there. Raises Http404."""
    found = Group.objects.filter(memberships__reader=reader, pk=number).first()
    if found is None:
        raise Http404
    return found


def owned_or_404(reader: Reader, number: int) -> Group:
    """A group for its owners. Raises Http404."""
    group = seen_or_404(reader, number)
    if not is_owner(group, reader):
        raise Http404
    return group


def is_in(group: Group, reader: Reader) -> bool:
    """Whether the reader is one of its members."""
    return group.memberships.filter(reader=reader).exists()


def is_owner(group: Group, reader: Reader) -> bool:
    """Whether the reader is one of its owners."""
    return group.memberships.filter(reader=reader, role=OWNER).exists()


@transaction.atomic
def make(reader: Reader, text: str, at: datetime) -> Group:
    """A new group that the reader owns. Raises CannotArrange."""
    name = name_of(text)
    if reader.group_memberships.count() >= MOST_GROUPS:
        raise CannotArrange(f"You are in {MOST_GROUPS} groups, the most we allow.")
    group = Group.objects.create(name=name, time_zone=reader.time_zone, created_at=at)
    Membership.objects.create(group=group, reader=reader, role=OWNER, joined_at=at)
    return group


def name_of(text: str) -> str:
    """A name as typed, on one line. Raises CannotArrange."""
    name = one_line(text, NAME)
    if name is None:
        raise CannotArrange("Please give the group a name.")
    return name


def domain_of(text: str, owner: Reader) -> str | None:
    """A domain as typed; the owner must have an address in it. Raises CannotArrange."""
    typed = text.strip().removeprefix("@")
    if not typed:
        return None
    try:
        domain = canonical(f"name@{typed}").removeprefix("name@")
    except BadAddress as problem:
        raise CannotArrange(f"{problem} A domain is as in hospital.org.") from None
    if domain in FOR_ALL:
        raise CannotArrange(f"Anybody can have an address at {domain}.")
    if _domain(owner) != domain and not owner.is_operator:
        raise CannotArrange("Only the domain of your own address can be let in.")
    return domain


def open_to(reader: Reader) -> QuerySet[Group]:
    """Groups that the reader may come into by the domain of her address."""
    rows = Group.objects.filter(domain=_domain(reader))
    return rows.exclude(memberships__reader=reader)


@transaction.atomic
def join(group: Group, reader: Reader, at: datetime) -> None:
    """Come in as a member; again changes nothing. Raises CannotArrange."""
    lock(group)
    if is_in(group, reader):
        return
    if group.memberships.count() >= MOST_MEMBERS:
        raise CannotArrange(f"A group has at most {MOST_MEMBERS:,} members.")
    Membership.objects.create(group=group, reader=reader, role=MEMBER, joined_at=at)


@transaction.atomic
def leave(group: Group, reader: Reader) -> None:
    """Go, or be sent away; the group gets an owner, or goes too.

    Raises CannotArrange where it is gone.
    """
    lock(group)
    group.memberships.filter(reader=reader).delete()
    if group.memberships.filter(role=OWNER).exists():
        return
    oldest = group.memberships.first()
    if oldest is None:
        group.delete()
    else:
        oldest.role = OWNER
        oldest.save(update_fields=["role"])


@transaction.atomic
def set_role(group: Group, reader_id: int, role: str) -> None:
    """Make a member an owner, or the other way round. Raises CannotArrange."""
    if role not in Membership.Role.values:
        raise CannotArrange("A member is an owner or not.")
    lock(group)
    owners = group.memberships.filter(role=OWNER)
    if role == MEMBER and not owners.exclude(reader=reader_id).exists():
        raise CannotArrange("A group needs an owner: make somebody else one first.")
    group.memberships.filter(reader=reader_id).update(role=role)


def see_off(reader: Reader, keeps_notes: bool) -> None:
    """Within the erasure: leave every group, as one does by hand."""
    mine = Membership.objects.filter(reader=reader).values("group")
    for group in Group.objects.select_for_update().filter(pk__in=mine).order_by("pk"):
        leave(group, reader)


@transaction.atomic
def end(group: Group) -> None:
    """Delete it: its meetings go, collections stay. Raises CannotArrange."""
    lock(group)
    group.delete()


def _domain(reader: Reader) -> str:
    return reader.email.rpartition("@")[2]
