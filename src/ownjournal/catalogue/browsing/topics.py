"""Topics: /topics, /topics/UI/slug and the same with /alone; see topic_page.py.

A topic is a MeSH descriptor with all narrower ones. Its name leads to it too:
/topics/fever answers with where the topic is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ownjournal.catalogue import mesh, mesh_tree
from ownjournal.catalogue.browsing.addresses import (
    pair_address,
    topic_address,
    type_address,
)
from ownjournal.catalogue.browsing.company import TICKED, headings_of_all
from ownjournal.catalogue.browsing.lists import refused
from ownjournal.catalogue.browsing.topic_page import (
    Link,
    company_of,
    link_of,
    topic_page,
)
from ownjournal.catalogue.browsing.views import listing
from ownjournal.catalogue.browsing.waiting import answer, is_whole
from ownjournal.catalogue.models import Descriptor
from ownjournal.catalogue.search_request import NO_INDEX
from ownjournal.search.index import IndexUnusable

UI = re.compile(r"D[0-9]{3,9}")
_OTHER_UI = re.compile(r"[CQ][0-9]{3,9}")
_PUBLICATION_TYPE = 2  # NLM's DescriptorClass
LONGEST = 200  # characters of a name that is looked for
FOUND = 40  # topics of a search by name
COMMONEST = 60  # topics on the page without a search

NO_HEADING = "MeSH as it is known here has no heading {}."
NO_DESCRIPTOR = (
    "{} is a subheading or a substance of MeSH. Pages of topics are for its headings, "
    "whose numbers begin with D; the search finds articles with the others."
)
NO_NAME = (
    "No topic has the number or the name “{}”. A topic is a heading of MeSH, and can "
    "be found by a part of any of its names."
)


FIND = ("Find a topic by name", "/topics")


class NoTopic(Exception):
    """Nothing here is the topic that was asked for; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """Everything catalogue/topics.html may use."""

    text: str  # as typed; "" where nothing was
    found: tuple[Link, ...]  # by name
    partner: Link | None  # the topic that another one is looked for beside
    partner_ui: str  # "" without one
    categories: tuple[Link, ...]  # of the tree; () without NLM's file
    category: str | None  # the one that is open
    topics: tuple[Link, ...]  # of it, or those of most articles


@require_safe
def show(
    request: HttpRequest, ui: str, slug: str | None = None, alone: str = ""
) -> HttpResponse:
    """A topic; with `alone` only articles with this very heading."""
    try:
        ui, name = topic_of(ui)
    except NoTopic as problem:
        return no_topic(request, problem)
    if Descriptor.objects.filter(ui=ui, kind=_PUBLICATION_TYPE).exists():
        return redirect(type_address(ui, name), permanent=True)
    return listing(
        request,
        topic_address(ui, name) + ("/alone" if alone else ""),
        "catalogue/topic.html",
        lambda asked: topic_page(
            ui, name, asked, alone=bool(alone), whole=is_whole(request)
        ),
    )


@require_safe
def beside(request: HttpRequest, ui: str, alone: str = "") -> HttpResponse:
    """What stands beside a topic, for its page to load."""
    if mesh.name(ui) is None:
        return HttpResponse(status=404)
    return answer(
        request,
        "catalogue/topic_beside.html",
        lambda: {"company": company_of(ui, alone=bool(alone))},
    )


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All topics: by name with `q`, by category with `under`.

    With `with` the name is of a second topic, and leads to the page of both.
    """
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    partner = request.GET.get("with", "").upper()
    name = mesh.name(partner) if UI.fullmatch(partner) else None
    exact = mesh.find(text) if text else None
    if exact is not None and name is not None and exact[0] != partner:
        return redirect(pair_address(partner, exact[0]))
    try:
        page = _directory(text, partner if name else "", name, request)
    except IndexUnusable:
        return refused(request, NO_INDEX, status=503)
    return render(request, "catalogue/topics.html", {"page": page})


def topic_of(given: str) -> tuple[str, str]:
    """UI and name of the topic with this UI or name. Raises NoTopic."""
    shown = given[:LONGEST]
    if UI.fullmatch(given.upper()):
        name = mesh.name(given.upper())
        if name is None:
            raise NoTopic(NO_HEADING.format(given.upper()))
        return given.upper(), name
    if _OTHER_UI.fullmatch(given.upper()):
        raise NoTopic(NO_DESCRIPTOR.format(given.upper()))
    for text in (given, given.replace("-", " ")):
        found = mesh.find(text) if len(given) <= LONGEST else None
        if found is not None:
            return found
    raise NoTopic(NO_NAME.format(shown))


def no_topic(request: HttpRequest, problem: NoTopic) -> HttpResponse:
    """The page that says why there is none."""
    return refused(request, str(problem), status=404, way=FIND)


def _directory(
    text: str, partner: str, partner_name: str | None, request: HttpRequest
) -> DirectoryPage:
    tops = mesh_tree.branch("")
    letter = request.GET.get("under", "").upper()
    here = mesh_tree.branch(letter) if letter in mesh_tree.CATEGORIES else None
    found = _by_name(text) if text else ()
    return DirectoryPage(
        text=text,
        found=tuple(_found(node, partner) for node in found if node.ui != partner),
        partner=partner_name
        and Link(partner_name, topic_address(partner, partner_name))
        or None,
        partner_ui=partner,
        categories=() if tops is None else tuple(map(link_of, tops.below)),
        category=here.here.name if here is not None and here.here else None,
        topics=() if text else _topics(here),
    )


def _by_name(text: str) -> Sequence[mesh_tree.Node]:
    """Topics that may be meant; those whose own name begins so come first."""
    found = mesh_tree.suggest(text, FOUND)
    begun = text.lower()
    return sorted(found, key=lambda node: not node.name.lower().startswith(begun))


def _found(node: mesh_tree.Node, partner: str) -> Link:
    if partner:
        return Link(node.name, pair_address(partner, node.ui))
    return link_of(node)


def _topics(here: mesh_tree.Branch | None) -> tuple[Link, ...]:
    """Those of a category; else the headings of most articles, by name."""
    if here is not None:
        return tuple(map(link_of, here.below))
    counts, _ = headings_of_all()
    commonest = [ui for ui in counts if ui not in TICKED][:COMMONEST]
    names = mesh.names(commonest)
    nodes = sorted(names.items(), key=lambda each: each[1])
    return tuple(link_of(mesh_tree.Node(*each)) for each in nodes)
