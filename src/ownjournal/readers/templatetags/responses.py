"""The buttons of readers beside articles, searches and issues, for slots of pages.

Each tag gives `page`, None for a visitor. A card knows nothing but its own fields,
so the request is taken from the context itself.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import strip_tags

from ownjournal.catalogue import mesh
from ownjournal.catalogue.pages import journal_name
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.naming import CannotFollow, find, is_name
from ownjournal.readers.responses.buttons import (
    ArticleButtons,
    Subject,
    article_buttons,
    article_subjects,
    journal_subjects,
    subject,
)
from ownjournal.readers.responses.state import State, state_of
from ownjournal.readers.searches.keeping import followed
from ownjournal.search.parser import parse
from ownjournal.search.query import Term

register = template.Library()

BY_TAG = {
    "mh": Interest.Kind.TOPIC,
    "majr": Interest.Kind.TOPIC,
    "ta": Interest.Kind.JOURNAL,
    "jid": Interest.Kind.JOURNAL,
    "au": Interest.Kind.AUTHOR,
}
BY_READING = {"topic": Interest.Kind.TOPIC, "journal": Interest.Kind.JOURNAL}


@register.inclusion_tag("readers/article_buttons.html", takes_context=True)
def card_buttons(context: Context) -> dict[str, Any]:
    """Of the `card` in the context."""
    card = context["card"]

    def made(state: State, back: str) -> ArticleButtons:
        return article_buttons(
            card.pmid,
            strip_tags(card.title),
            state,
            back=back,
            subjects=journal_subjects(card.journal_id, card.journal, state),
        )

    return _with(context, made)


@register.inclusion_tag("readers/article_buttons.html", takes_context=True)
def page_buttons(context: Context) -> dict[str, Any]:
    """Of the article whose ArticlePage is `page`."""
    page = context["page"]

    def made(state: State, back: str) -> ArticleButtons:
        return article_buttons(
            page.pmid,
            page.title_plain,
            state,
            back=back,
            subjects=article_subjects(page.article, journal_name(page.article), state),
            whole=True,
        )

    return _with(context, made) | {"visitor": state_of(context["request"]) is None}


@register.inclusion_tag("readers/subject_buttons.html", takes_context=True)
def search_subject(context: Context) -> dict[str, Any]:
    """What a SearchPage is about, where that is one topic, journal or author."""
    page = context["page"]

    def made(state: State, back: str) -> dict[str, Any]:
        found = None if page.chips else _asked_for(page, state)
        return {"subject": found, "back": back, "named": True}

    return _with(context, made)


@register.simple_tag(takes_context=True)
def search_kept(context: Context) -> int | None:
    """The id of the reader's own search that a SearchPage shows, if it is one."""
    user, page = context["user"], context["page"]
    if not isinstance(user, Reader):
        return None
    search = followed(user, page.parameters)
    return None if search is None else search.pk


@register.inclusion_tag("readers/subject_buttons.html", takes_context=True)
def group_subject(context: Context, key: str | None, name: str) -> dict[str, Any]:
    """The interest of a group of an issue, by its key and the name it had."""
    kind, _, value = (key or "").partition(":")

    def made(state: State, back: str) -> dict[str, Any]:
        known = kind in BY_TAG.values() or kind == Interest.Kind.WORDS
        return {
            "subject": subject(kind, value, name, state) if known else None,
            "back": back,
            "named": False,  # it stands below its name
        }

    return _with(context, made)


def _with(context: Context, made: Any) -> dict[str, Any]:
    """`page` made for the reader of the context's request; None for a visitor."""
    request: HttpRequest | None = getattr(context, "request", None)
    state = None if request is None else state_of(request)
    if request is None or state is None:
        return {"page": None}
    return {
        "page": made(state, request.get_full_path()),
        "csrf_token": get_token(request),
    }


def _asked_for(page: Any, state: State) -> Subject | None:
    query = parse(page.query).query
    if isinstance(query, Term) and query.field in BY_TAG:
        return _named(BY_TAG[query.field], query.text, state)
    if len(page.readings) == 1 and page.readings[0].text.lower() == page.query.lower():
        reading = page.readings[0]
        if reading.kind in BY_READING:
            return _named(BY_READING[reading.kind], reading.read_as, state)
    return None


def _named(kind: str, text: str, state: State) -> Subject | None:
    """The thing of a name, if there is one that is not only words."""
    if kind == Interest.Kind.AUTHOR and not is_name(_printed(text)):
        return None
    if kind == Interest.Kind.TOPIC and mesh.find(text) is None:
        return None
    try:
        found = find(kind, _printed(text) if kind == Interest.Kind.AUTHOR else text)
    except CannotFollow:
        return None
    return subject(found.kind, found.value, found.label, state)


def _printed(name: str) -> str:
    """ "quillfeather ab", as a query has it, in the form of PubMed."""
    last, _, initials = name.rpartition(" ")
    return f"{last.title() if last.islower() else last} {initials.upper()}"
