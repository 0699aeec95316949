"""What is erased in time: invitations that nobody used."""

from datetime import datetime

from ownjournal.collections.groups.models import GroupInvitation
from ownjournal.collections.invitations import forget_old
from ownjournal.collections.models import CuratorInvitation


def forget(now: datetime) -> None:
    """Erase what is over, and the addresses with it."""
    forget_old(CuratorInvitation.objects.all(), now)
    forget_old(GroupInvitation.objects.all(), now)
