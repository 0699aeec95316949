"""Invitations into a group: a mail with a link, or a line on the page of groups."""

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from ownjournal.collections.addresses import whole
from ownjournal.collections.arranging import CannotArrange, lock
from ownjournal.collections.curating import allowed_address
from ownjournal.collections.groups import membership
from ownjournal.collections.groups.models import Group, GroupInvitation
from ownjournal.collections.invitations import (
    USED,
    of_letter,
    open_one,
    send,
    use_up,
)
from ownjournal.readers.models import Reader
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

WAITING = 200  # invitations of one group


def invite(group: Group, by: Reader, address: str, at: datetime) -> None:
    """Mail a link to an address, whoever has it. Raises CannotArrange."""
    if group.invitations.count() >= WAITING:
        raise CannotArrange(f"{WAITING} people are invited, the most we allow.")
    to = allowed_address(by, address, at)
    send(group.invitations, "group-invitation", by, to, at)


def path_of(invitation: GroupInvitation) -> str:
    """The path of its page."""
    return f"/groups/invitations/{invitation.pk}-{invitation.token()}"


def mail(letter: Letter) -> Mail | None:
    """The invitation's mail; None where it was taken back or is over."""
    rows = GroupInvitation.objects.select_related("group", "by")
    invitation = of_letter(rows, letter)
    if invitation is None:
        return None
    name = invitation.group.name
    context = {
        "name": name,
        "by": invitation.by.email,
        "address": whole(path_of(invitation)),
    }
    return Mail(
        subject=f"{invitation.by.email} asks you into the group “{name}”",
        text=render_to_string("groups/mail/invitation.txt", context),
    )


def invited(number: int, token: str, at: datetime) -> GroupInvitation | None:
    """The invitation of a link, while it can be used."""
    rows = GroupInvitation.objects.select_related("group", "by")
    return open_one(rows, number, token, at)


@transaction.atomic
def accept(invitation: GroupInvitation, reader: Reader, at: datetime) -> Group:
    """Come in; the invitation is used up. Raises CannotArrange."""
    group = invitation.group
    lock(group)
    served = use_up(invitation)
    if not served and not membership.is_in(group, reader):
        raise CannotArrange(USED)
    membership.join(group, reader, at)
    return group
