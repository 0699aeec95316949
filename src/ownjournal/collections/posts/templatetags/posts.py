"""What editors can do on other pages."""

from django import template

from ownjournal.collections.posts.models import Pick
from ownjournal.collections.posts.writing import is_editor

register = template.Library()


@register.filter
def may_pick(user: object) -> bool:
    """Whether this reader may pick articles."""
    return is_editor(user)


@register.simple_tag
def picked(pmid: int) -> str | None:
    """The line of a pick that waits; None where the article is not picked."""
    row = Pick.objects.filter(post=None, pmid=pmid).first()
    return None if row is None else row.line or ""
