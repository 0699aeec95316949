"""What stands between two topics: the contract of its page, worked out in the index.

Topics that stand out on articles about both are compared with all other articles
(`chance.lift`). Bridges stand out among the articles about one and among those about
the other, each time without those about both, and are on no article about both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from ownjournal.catalogue import mesh, mesh_tree, relations
from ownjournal.catalogue.browsing.addresses import topic_address
from ownjournal.catalogue.browsing.chance import Lift, bridging, lift
from ownjournal.catalogue.browsing.charts import Chart, articles
from ownjournal.catalogue.browsing.company import (
    TICKED,
    Lifts,
    Related,
    designs_by_year,
    headings_of_all,
    interval,
    lifts_of,
    related,
    standing_out_of,
    times,
    told,
)
from ownjournal.catalogue.browsing.evidence import GROUPS, timeline
from ownjournal.catalogue.browsing.graphs import Between, Graph, Hub, graph
from ownjournal.catalogue.browsing.lists import ListAsked, ListPage, list_page
from ownjournal.catalogue.browsing.remembered import State, of_one_state, state
from ownjournal.catalogue.browsing.topic_page import subject_of
from ownjournal.catalogue.following import index
from ownjournal.catalogue.mesh_tree import Node
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.search_reading import as_asked
from ownjournal.search.query import And, Not, Or, Query, Term
from ownjournal.search.subjects import MOST

STANDING_OUT = 15  # topics of the table
DRAWN, DRAWN_BRIDGES = 6, 4  # of the picture; more bridges where nothing else is
BRIDGES = 12
CARRIERS = 5  # reviews and trials
_CARRY = ("Syntheses and guidelines", "Randomised trials")


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the two."""

    ui: str
    name: str
    address: str
    articles: str  # "1,234 articles"


@dataclass(frozen=True, slots=True)
class Bridge:
    """A topic that stands out with each of the two, and on no article about both."""

    name: str
    address: str
    left: str  # "12 times"
    left_interval: str  # "9.8 to 15"
    right: str
    right_interval: str


@dataclass(frozen=True, slots=True)
class PairPage:
    """Everything catalogue/pair.html may use."""

    left: Topic
    right: Topic
    articles: str  # about both: "412 articles"
    found: bool
    nested: bool  # one of them is narrower than the other
    expected: str  # articles about both if chance alone brought them together
    ratio: str | None  # how many times as many there are; None where there are none
    interval: str | None
    graph: Graph
    timeline: Chart | None
    carriers: tuple[Card, ...]  # reviews and trials, the best first
    standing_out: tuple[Related, ...]
    bridges: tuple[Bridge, ...]
    list: ListPage
    first: bool  # whether this is the beginning of the list


@dataclass(frozen=True, slots=True)
class Counted:
    """All that is counted for a pair, the same for every reader."""

    left: int  # articles about it
    right: int
    both: int
    everything: int
    joint: Lifts  # headings that stand out on articles about both
    bridges: tuple[str, ...]
    on_left: Mapping[str, Lift]  # of all these, on articles about the left topic alone
    on_right: Mapping[str, Lift]


def pair_page(left: Node, right: Node, asked: ListAsked) -> PairPage:
    """The page of two descriptors that are not the same. Raises IndexUnusable."""
    subject = And((subject_of(left.ui), subject_of(right.ui)))
    query = as_asked(subject)
    counted = _counted(state(), left.ui, right.ui)
    found = _lift_of_both(counted)
    names = _names_of(counted.bridges)
    standing = related(counted.joint)
    return PairPage(
        left=_topic(left, counted.left),
        right=_topic(right, counted.right),
        articles=articles(counted.both),
        found=counted.both > 0,
        nested=counted.both in (counted.left, counted.right) and counted.both > 0,
        expected=told(counted.left * counted.right / max(counted.everything, 1)),
        ratio=None if found is None else times(found),
        interval=None if found is None else interval(found),
        graph=_picture(left, right, counted, standing, names),
        timeline=timeline(
            "growth", designs_by_year(query), subject, timezone.now().date()
        ),
        carriers=_carriers(query),
        standing_out=standing,
        bridges=tuple(_bridge(ui, names, counted) for ui in names),
        list=list_page(asked, subject),
        first=asked.first,
    )


def _names_of(uis: Sequence[str]) -> Mapping[str, str]:
    """In the same order; without those that have none."""
    known = mesh.names(uis)
    return {ui: known[ui] for ui in uis if ui in known}


def _lift_of_both(counted: Counted) -> Lift | None:
    """How much more often the right topic is on articles about the left one."""
    others = counted.everything - counted.left
    if not counted.both or not counted.left or others < 1:
        return None
    without = min(max(counted.right - counted.both, 0), others)
    return lift(min(counted.both, counted.left), counted.left, without, others)


@of_one_state(256)
def _counted(now: State, left: str, right: str) -> Counted:
    one, other = as_asked(subject_of(left)), as_asked(subject_of(right))
    both = And((one, other))
    kin = frozenset().union(*map(_line, (left, right)))
    on_left, on_right = lifts_of(Not(one, other)), lifts_of(Not(other, one))
    joint = standing_out_of(both, kin, STANDING_OUT)
    found = bridging(on_left, on_right, _all_headings(both))
    bridges = [ui for ui in found if ui not in kin | TICKED][:BRIDGES]
    shown = {ui for ui, _ in joint}.union(bridges)
    return Counted(
        left=now[0].count(one),
        right=now[0].count(other),
        both=now[0].count(both),
        everything=headings_of_all()[1],
        joint=joint,
        bridges=tuple(bridges),
        on_left={ui: each for ui, each in on_left.items() if ui in shown},
        on_right={ui: each for ui, each in on_right.items() if ui in shown},
    )


def _line(ui: str) -> frozenset[str]:
    """A topic, all broader and all narrower ones: what is no news beside it."""
    return mesh.narrower(ui) | mesh_tree.broader(ui)


def _all_headings(query: Query) -> Mapping[str, int]:
    """All headings of what a query finds, so that none is missed for a bridge."""
    return dict(index().leading(query, "heading", limit=MOST))


def _topic(node: Node, count: int) -> Topic:
    address = topic_address(node.ui, node.name)
    return Topic(node.ui, node.name, address, articles(count))


def _bridge(ui: str, names: Mapping[str, str], counted: Counted) -> Bridge:
    left, right = counted.on_left[ui], counted.on_right[ui]
    return Bridge(
        name=names[ui],
        address=topic_address(ui, names[ui]),
        left=times(left),
        left_interval=interval(left),
        right=times(right),
        right_interval=interval(right),
    )


def _picture(
    left: Node,
    right: Node,
    counted: Counted,
    standing: tuple[Related, ...],
    names: Mapping[str, str],
) -> Graph:
    """The first of the topics that stand out, and of the bridges."""
    shown = standing[:DRAWN]
    room = DRAWN_BRIDGES if shown else DRAWN + DRAWN_BRIDGES
    joint = [
        _between(
            each.ui, each.name, f"{each.name}: on {each.count} about both", counted
        )
        for each in shown
    ]
    bridges = [
        _between(ui, name, f"{name}: on no article about both", counted, bridge=True)
        for ui, name in [*names.items()][:room]
    ]
    return graph(
        f"{left.name} and {right.name}, and what stands between them",
        Hub(left.name, counted.left, topic_address(left.ui, left.name)),
        Hub(right.name, counted.right, topic_address(right.ui, right.name)),
        [*joint, *bridges],
    )


def _between(
    ui: str, name: str, said: str, counted: Counted, *, bridge: bool = False
) -> Between:
    left, right = counted.on_left.get(ui), counted.on_right.get(ui)
    return Between(
        name=name,
        said=said,
        left=left.ratio if left is not None else 0,
        right=right.ratio if right is not None else 0,
        address=topic_address(ui, name),
        bridge=bridge,
    )


def _carriers(query: Query) -> tuple[Card, ...]:
    """The best of the reviews and trials about both."""
    designs = [Term(each, "design") for group in _CARRY for each in GROUPS[group]]
    narrowed = And((query, Or(tuple(designs))))
    places = index().listed(narrowed, limit=CARRIERS, order="best")
    kept = relations.get_many([each.pmid for each in places])
    return cards(kept[at.pmid] for at in places if at.pmid in kept)
