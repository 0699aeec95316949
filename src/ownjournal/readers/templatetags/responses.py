"""The buttons of readers beside articles, searches and issues, for slots of pages.

Each tag gives `page`, None for a visitor. A card knows nothing but its own fields,
so the request is taken from the context itself.
"""

from collections.abc import Callable
from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import strip_tags

from ownjournal.catalogue import mesh
from ownjournal.catalogue.browsing.addresses import (
    author_address,
    journal_address,
    topic_address,
)
from ownjournal.catalogue.pages import journal_name
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.naming import CannotFollow, Found, find, is_name
from ownjournal.readers.responses.buttons import (
    ArticleButtons,
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
    "au:noexp": Interest.Kind.AUTHOR,
}
BY_READING = {"topic": Interest.Kind.TOPIC, "journal": Interest.Kind.JOURNAL}
ADDRESSES: dict[str, tuple[str, Callable[[Found], str]]] = {
    Interest.Kind.TOPIC: ("topic", lambda at: topic_address(at.value, at.label)),
    Interest.Kind.JOURNAL: ("journal", lambda at: journal_address(at.value, at.label)),
    Interest.Kind.AUTHOR: ("name", lambda at: author_address(at.value)),
}


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


@register.inclusion_tag("readers/search_subject.html", takes_context=True)
def search_subject(context: Context) -> dict[str, Any]:
    """What a SearchPage is about, where that is one topic, journal or author.

    `about` is its page, for visitors too.
    """
    page = context["page"]
    found = None if page.chips else _asked_for(page)

    def made(state: State, back: str) -> dict[str, Any]:
        about = found and subject(found.kind, found.value, found.label, state)
        return {"subject": about, "back": back, "named": True}

    about = _page_of(found) if found is not None and page.found else None
    return _with(context, made) | {"about": about}


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


def _page_of(found: Found) -> dict[str, str] | None:
    """Kind, name and address of the page of a topic, a journal or a name."""
    if found.kind not in ADDRESSES:
        return None
    called, address = ADDRESSES[found.kind]
    return {"kind": called, "name": found.label, "address": address(found)}


def _asked_for(page: Any) -> Found | None:
    query = parse(page.query).query
    if isinstance(query, Term) and query.field in BY_TAG:
        return _named(BY_TAG[query.field], query.text)
    if len(page.readings) == 1 and page.readings[0].text.lower() == page.query.lower():
        reading = page.readings[0]
        if reading.kind in BY_READING:
            return _named(BY_READING[reading.kind], reading.read_as)
    return None


def _named(kind: str, text: str) -> Found | None:
    """The thing of a name, if there is one that is not only words."""
    if kind == Interest.Kind.AUTHOR and not is_name(_printed(text)):
        return None
    if kind == Interest.Kind.TOPIC and mesh.find(text) is None:
        return None
    try:
        return find(kind, _printed(text) if kind == Interest.Kind.AUTHOR else text)
    except CannotFollow:
        return None


def _printed(name: str) -> str:
    """ "quillfeather ab", as a query has it, in the form of PubMed."""
    last, _, initials = name.rpartition(" ")
    return f"{last.title() if last.islower() else last} {initials.upper()}"
