"""Who may moderate, who may not publish, and which notes somebody reported."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ownjournal.notes.moderation.models import Ban, Moderator, Report
from ownjournal.readers.models import Reader


def may_moderate(user: object) -> bool:
    """Operators, and readers whom an operator made moderators; banned they rest."""
    if not isinstance(user, Reader) or not user.is_active:
        return False
    if user.is_operator:
        return True
    return Moderator.objects.filter(reader=user).exists() and may_publish(user)


def may_publish(reader: Reader) -> bool:
    """Whether a note of this reader may be anything but private."""
    return not Ban.objects.filter(reader=reader).exists()


def banned() -> "QuerySet[Any, Any]":
    """The ids of readers who may not publish, for a subquery.

    What they published is shown to nobody else for as long as they are banned:
    `notes.exclude(author__in=banned())`.
    """
    return Ban.objects.order_by().values("reader")


def reported() -> Exists:
    """Of a note in a query: whether a report waits for a moderator."""
    return Exists(Report.objects.filter(note=OuterRef("pk"), settled_at=None))
