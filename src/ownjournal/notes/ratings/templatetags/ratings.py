"""The ratings below an article: {% article_rating pmid %}."""

from typing import Any

from django import template
from django.template import Context

from ownjournal.notes.ratings.shown import rating_page
from ownjournal.readers.models import Reader

register = template.Library()


@register.inclusion_tag("ratings/rating.html", takes_context=True)
def article_rating(context: Context, pmid: int) -> dict[str, Any]:
    """Of one article, for who looks at it."""
    user = context.get("user")
    reader = user if isinstance(user, Reader) else None
    return {
        "page": rating_page(pmid, reader),
        "csrf_token": context.get("csrf_token"),
    }
