"""What the page of a topic shows: its contract, worked out from MeSH and the index."""

from dataclasses import dataclass

from django.utils import timezone

from ownjournal.catalogue import mesh, mesh_tree
from ownjournal.catalogue.browsing.addresses import topic_address
from ownjournal.catalogue.browsing.charts import Chart
from ownjournal.catalogue.browsing.company import (
    TICKED,
    Beside,
    Related,
    designs_by_year,
    leading_authors,
    leading_journals,
    related,
    standing_out_of,
)
from ownjournal.catalogue.browsing.evidence import timeline
from ownjournal.catalogue.browsing.lists import ListAsked, ListPage, list_page
from ownjournal.catalogue.browsing.remembered import Remembered
from ownjournal.catalogue.browsing.waiting import Waiting
from ownjournal.catalogue.mesh_tree import CATEGORIES, Node
from ownjournal.catalogue.models import Descriptor, Term
from ownjournal.catalogue.search_reading import as_asked
from ownjournal.search.index import ListOrder
from ownjournal.search.query import Query
from ownjournal.search.query import Term as Asked

BESIDE = 8  # journals and authors
RELATED = 12  # topics
TABS: dict[ListOrder, str] = {"newest": "Latest", "best": "Best"}
TERMS = 8  # entry terms in sight; the others are folded


@dataclass(frozen=True, slots=True)
class Link:
    """A topic or a category, and its page."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Place:
    """What MeSH says of a topic; nothing without NLM's file."""

    scope_note: str | None
    terms: tuple[str, ...]  # other names
    more_terms: tuple[str, ...]
    above: tuple[Link, ...]  # next broader
    below: tuple[Link, ...]  # next narrower


@dataclass(frozen=True, slots=True)
class Company:
    """Who and what stands beside a topic."""

    timeline: Chart | None
    journals: tuple[Beside, ...]
    authors: tuple[Beside, ...]
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class TopicPage:
    """Everything catalogue/topic.html may use."""

    ui: str
    name: str
    address: str  # of the topic with the narrower ones
    place: Place
    alone: bool  # only articles with this very heading
    narrower: int  # topics below it
    alone_address: str
    head: bool  # neither behind the beginning nor what is ticked: not the list alone
    company: Company | None  # where the page is asked for with everything
    waiting: Waiting | None  # else where it comes from
    list: ListPage
    subject: str  # what can be followed: "topic:D005334"
    feed: str | None  # addresses; None for the heading alone
    feed_json: str | None


def topic_page(
    ui: str, name: str, asked: ListAsked, *, alone: bool, whole: bool
) -> TopicPage:
    """The page of a descriptor. Raises IndexUnusable.

    alone  without the narrower ones
    whole  with who and what stands beside it, which takes counting
    """
    subject = subject_of(ui, alone=alone)
    address = topic_address(ui, name)
    head = asked.first and ui not in TICKED
    found = head and Remembered().total(subject) > 0
    return TopicPage(
        ui=ui,
        name=name,
        address=address,
        place=place_of(ui, name),
        alone=alone,
        narrower=len(mesh.narrower(ui)) - 1,
        alone_address=f"{address}/alone",
        head=head,
        company=company_of(ui, alone=alone) if found and whole else None,
        waiting=Waiting.at(asked, f"/topics/{ui}/beside" + ("/alone" if alone else ""))
        if found and not whole
        else None,
        list=list_page(asked, subject, orders=TABS),
        subject=f"topic:{ui}",
        feed=None if alone else f"/feeds/topics/{ui}.atom",
        feed_json=None if alone else f"/feeds/topics/{ui}.json",
    )


def company_of(ui: str, *, alone: bool) -> Company:
    """Who and what stands beside a topic that is not of its own line in the tree."""
    subject, today = subject_of(ui, alone=alone), timezone.now().date()
    query, line = as_asked(subject), mesh.narrower(ui) | mesh_tree.broader(ui)
    return Company(
        timeline=timeline("evidence", designs_by_year(query), subject, today),
        journals=leading_journals(query, BESIDE),
        authors=leading_authors(query, BESIDE),
        related=related(standing_out_of(query, line, RELATED)),
    )


def subject_of(ui: str, *, alone: bool = False) -> Query:
    """What finds the articles of a topic."""
    return Asked(ui, "mh:noexp" if alone else "mh")


def place_of(ui: str, name: str) -> Place:
    """Names and neighbours of a descriptor."""
    branch = mesh_tree.branch(ui)
    row = Descriptor.objects.filter(ui=ui).first()
    terms = Term.objects.filter(descriptor_id=ui).exclude(text=name).order_by("folded")
    texts = list(terms.values_list("text", flat=True))
    # "neoplasm, nasopharyngeal" is for lists by letter
    names = [text for text in texts if ", " not in text][:TERMS]
    return Place(
        scope_note=None if row is None else row.scope_note,
        terms=tuple(names),
        more_terms=tuple(text for text in texts if text not in names),
        above=() if branch is None else _links(branch.above),
        below=() if branch is None else _links(branch.below),
    )


def link_of(node: Node) -> Link:
    """The page of a descriptor or of a category."""
    if node.ui in CATEGORIES:
        return Link(node.name, f"/topics?under={node.ui}")
    return Link(node.name, topic_address(node.ui, node.name))


def _links(nodes: tuple[Node, ...]) -> tuple[Link, ...]:
    return tuple(map(link_of, nodes))
