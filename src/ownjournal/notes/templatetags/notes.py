"""Notes in the slots of other pages."""

from typing import Any

from django import template
from django.template import Context

from ownjournal.notes.listing import notes_view
from ownjournal.notes.seeing import visible_to
from ownjournal.notes.subjects import Subject, collection, reader_or_none

register = template.Library()


@register.inclusion_tag("notes/notes.html", takes_context=True)
def article_notes(context: Context) -> dict[str, Any]:
    """Notes and box of the article whose ArticlePage is `page`."""
    page, reader = context["page"], reader_or_none(context["request"])
    address = f"/articles/{page.pmid}"
    subject = Subject(page.pmid, None, address, page.title_plain)
    return _shown(context, {"page": notes_view(subject, reader)})


@register.inclusion_tag("notes/notes.html", takes_context=True)
def collection_notes(context: Context, number: int) -> dict[str, Any]:
    """Notes and box of a collection, for the page of it; nothing where none may be."""
    reader = reader_or_none(context["request"])
    subject = collection(number, reader)
    view = notes_view(subject, reader) if subject is not None else None
    return _shown(context, {"page": view})


@register.inclusion_tag("notes/kept_notes.html", takes_context=True)
def kept_notes(context: Context) -> dict[str, Any]:
    """Where notes on an article still stand that NLM took back: `page` is GonePage."""
    pmid = context["page"].pmid
    reader = reader_or_none(context["request"])
    there = visible_to(reader).filter(pmid=pmid).exists()
    return {"address": f"/articles/{pmid}/notes" if there else None}


def _shown(context: Context, own: dict[str, Any]) -> dict[str, Any]:
    """With what the parts of others need: who looks, and at which page."""
    return {**own, "request": context["request"], "user": context["user"]}
