"""What becomes of notes, asked on the page of who leaves."""

from typing import Any

from django import template
from django.template import Context

from ownjournal.notes.seeing import public
from ownjournal.readers.models import Reader

register = template.Library()


@register.inclusion_tag("notes/leaving.html", takes_context=True)
def leaving_notes(context: Context) -> dict[str, Any]:
    """The choice, for a reader with public notes; nothing for others."""
    user = context["user"]
    mine = public().filter(author=user) if isinstance(user, Reader) else None
    return {"count": mine.count() if mine is not None else 0}
