"""Collections beside an article: the public ones it is in, and the reader's own."""

from typing import Any

from django import template
from django.template import Context

from ownjournal.collections import addresses, seeing
from ownjournal.collections.groups.membership import groups_of
from ownjournal.readers.models import Reader

register = template.Library()

SHOWN = 6  # public collections, the last changed


@register.simple_tag
def public_collections(pmid: int) -> tuple[tuple[str, str], ...]:
    """Title and path of public ones that hold the article."""
    rows = seeing.public().filter(articles__pmid=pmid)
    return tuple((row.title, addresses.path_of(row)) for row in rows[:SHOWN])


@register.simple_tag(takes_context=True)
def own_collections(context: Context, pmid: int) -> tuple[tuple[int, str, bool], ...]:
    """Id, title and whether the article is in it, of those the reader may add to."""
    reader: Any = context.get("user")
    if not isinstance(reader, Reader):
        return ()
    rows = list(seeing.filled_by(reader))
    inside = set(
        seeing.filled_by(reader)
        .filter(articles__pmid=pmid)
        .values_list("pk", flat=True)
    )
    return tuple((row.pk, row.title, row.pk in inside) for row in rows)


@register.simple_tag(takes_context=True)
def own_groups(context: Context) -> tuple[tuple[int, str], ...]:
    """Id and name of the groups that may meet about the article."""
    reader: Any = context.get("user")
    return tuple(groups_of(reader)) if isinstance(reader, Reader) else ()
