"""A result grouped by type of evidence: the best few of each, and their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ownjournal.catalogue import relations, semantic_order
from ownjournal.catalogue.following import index
from ownjournal.catalogue.pages import Card, cards
from ownjournal.catalogue.search_filters import Filter
from ownjournal.catalogue.search_reading import Understood
from ownjournal.catalogue.search_request import Asked
from ownjournal.catalogue.semantic_order import Found
from ownjournal.catalogue.store import Kept
from ownjournal.search.facets import FACETS, MOST
from ownjournal.search.index import Hits
from ownjournal.search.query import And, Or

A_FEW = 4  # articles of a group

GROUPS = {
    "Guidelines": ("guideline",),
    "Systematic reviews and meta-analyses": ("systematic-review", "meta-analysis"),
    "Trials": ("rct", "pilot-trial", "secondary-analysis", "non-randomised-trial"),
    "Diagnostic accuracy and prediction": ("diagnostic-accuracy", "prediction-model"),
    "Observational studies": (
        "cohort",
        "case-control",
        "mendelian-randomisation",
        "cross-sectional",
        "observational",
    ),
    "Economic and qualitative studies": ("economic", "qualitative"),
    "Case reports and case series": ("case-series", "case-report"),
    "Other reviews": ("scoping-review", "review"),
    "Design unclear": ("unclear",),
    "Animal and laboratory studies": ("animal", "bench"),
    "Protocols, opinion and news": (
        "protocol",
        "editorial",
        "comment",
        "letter",
        "news",
        "notice",
    ),
}
"""Designs that answer a question in the same way, in the order of the page; each
design is in one group.
"""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The best few of a group."""

    name: str
    cards: tuple[Card, ...]
    all: str | None  # "All 34"; None where they are all here
    address: str  # of the whole group
    by_meaning: bool  # whether its order goes by more than words


def group_views(asked: Asked, read: Understood) -> tuple[GroupView, ...]:
    """The groups that have any article. Raises IndexUnusable."""
    if read.query is None:
        return ()
    counted = index().facets(read.query, ["design"], limit=MOST)["design"]
    articles = {each.value: each.articles for each in counted}
    groups = {
        name: _best(asked, read, [code for code in codes if code in articles])
        for name, codes in GROUPS.items()
    }
    pmids = [hit.pmid for found in groups.values() for hit in found.hits.hits]
    kept = relations.get_many(pmids)
    return tuple(
        _view(asked, name, articles, found, kept)
        for name, found in groups.items()
        if found.hits.hits
    )


def _best(asked: Asked, read: Understood, designs: Sequence[str]) -> Found:
    """The first few with these designs, as the list of the whole group has them."""
    if read.query is None or not designs:
        return Found(Hits(0, ()), by_meaning=False)
    parts = tuple(FACETS["design"].query(code) for code in designs)
    group = parts[0] if len(parts) == 1 else Or(parts)
    query = And((read.query, group))
    return semantic_order.search(asked.query, query, limit=A_FEW, order=asked.order)


def _view(
    asked: Asked,
    name: str,
    articles: Mapping[str, int],
    found: Found,
    kept: Mapping[int, Kept],
) -> GroupView:
    shown = [kept[hit.pmid] for hit in found.hits.hits if hit.pmid in kept]
    designs = [code for code in GROUPS[name] if code in articles]
    total = sum(articles[code] for code in designs)
    filters = asked.without_kind("design")
    filters += tuple(Filter("design", code) for code in designs)
    return GroupView(
        name=name,
        cards=cards(shown, coins=True),
        all=f"All {total:,}" if total > len(shown) else None,
        address=asked.address(filters=filters, grouped=False),
        by_meaning=found.by_meaning,
    )
