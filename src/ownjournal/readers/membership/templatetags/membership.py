"""The line on each page of a reader whose trial or membership is over."""

from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

from ownjournal.readers.membership.standing import may_receive, standing
from ownjournal.readers.membership.words import told
from ownjournal.readers.models import Reader

register = template.Library()


@register.inclusion_tag("membership/notice.html", takes_context=True)
def membership_notice(context: dict[str, Any]) -> dict[str, str | None]:
    """Nothing for visitors, and where nobody needs to be a member."""
    reader = context.get("user")
    if settings.MEMBERSHIP == "open" or not isinstance(reader, Reader):
        return {"told": None}
    now = timezone.now()
    return {"told": None if may_receive(reader, now) else told(standing(reader, now))}
