"""Pages of a publication type and of a study design: what a badge leads to."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from ownjournal.appraisal.designs import DESIGNS, Design
from ownjournal.appraisal.levels import LEVELS, NO_LEVEL, QUESTIONS
from ownjournal.catalogue.browsing.addresses import design_address
from ownjournal.catalogue.browsing.charts import Amount, Chart, bars
from ownjournal.catalogue.browsing.lists import (
    ListAsked,
    ListPage,
    list_page,
    search_fields,
)
from ownjournal.catalogue.browsing.remembered import Remembered
from ownjournal.catalogue.browsing.waiting import AT_ONCE, Waiting
from ownjournal.catalogue.models import Descriptor
from ownjournal.catalogue.search_facets import FIRST_YEAR, LAST_YEAR
from ownjournal.catalogue.search_filters import KINDS, Filter
from ownjournal.search.query import Query, Term

NO_OTHERS = "It has no level of evidence."


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another design, to go to."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class KindPage:
    """Everything catalogue/kind.html may use."""

    kind: str  # "Study design", "Publication type"
    name: str
    explanation: tuple[str, ...]  # sentences in our words, or NLM's scope note
    whose: str  # who says that an article is of it
    rules: str | None  # address of how it is recognised
    levels: tuple[str, ...]  # "Level 2 for treatment and harm"
    chart: Chart | None
    waiting: Waiting | None  # where the chart comes from, if it takes long
    siblings: tuple[Sibling, ...]
    parameters: str  # of the search for the same, which can be followed
    feed: str
    feed_json: str
    list: ListPage


def type_name(ui: str) -> str | None:
    """The name of a publication type; None for one that no article here has."""
    name = KINDS["type"].labels([ui])[ui]
    return None if name == ui else name


def type_page(ui: str, name: str, asked: ListAsked, *, whole: bool) -> KindPage:
    """Everything of a publication type. Raises IndexUnusable.

    whole  with a chart that takes long
    """
    note = Descriptor.objects.filter(ui=ui).values_list("scope_note", flat=True).first()
    query = of_type(ui)
    waits = _waits(query, whole=whole)
    return KindPage(
        kind="Publication type",
        name=name,
        explanation=(note,) if note else (),
        whose=(
            "NLM gives an article its publication types, mostly when it is indexed: "
            "weeks or months after it came out. Narrower types are included."
        ),
        rules=None,
        levels=(),
        chart=None if waits else years_of(query),
        waiting=Waiting.at(asked, f"/types/{ui}/beside") if waits else None,
        siblings=(),
        parameters=urlencode(search_fields(query)),
        feed=_feed(query, "/search.atom"),
        feed_json=_feed(query, "/search/feed.json"),
        list=list_page(asked, query),
    )


def design_page(design: Design, asked: ListAsked, *, whole: bool) -> KindPage:
    """Everything that reads as a design. Raises IndexUnusable.

    whole  with a chart that takes long
    """
    query = of_design(design)
    waits = _waits(query, whole=whole)
    return KindPage(
        kind="Study design",
        name=design.name,
        explanation=(design.explanation,),
        whose=(
            "We read the design from title, abstract and publication types by rules "
            "that anybody can look up; what is doubtful says “perhaps”."
        ),
        rules="/appraisal#design",
        levels=levels_told(design.code),
        chart=None if waits else years_of(query),
        waiting=Waiting.at(asked, f"/designs/{design.code}/beside") if waits else None,
        siblings=_siblings(design),
        parameters=urlencode(search_fields(query)),
        feed=_feed(query, "/search.atom"),
        feed_json=_feed(query, "/search/feed.json"),
        list=list_page(asked, query, ("type",)),
    )


def of_type(ui: str) -> Query:
    """What finds the articles of a publication type."""
    return Term(ui, "pt")


def of_design(design: Design) -> Query:
    """What finds the articles of a design."""
    return Term(design.code, "design")


def _waits(query: Query, *, whole: bool) -> bool:
    """Whether the page stands before its chart does."""
    return not whole and Remembered().total(query) > AT_ONCE


def levels_told(code: str) -> tuple[str, ...]:
    """Which level the design is for which question, the best first."""
    asked = defaultdict[int, list[str]](list)
    for question, designs in LEVELS.items():
        if code in designs:
            asked[designs[code]].append(QUESTIONS[question])
    if not asked:
        return (NO_LEVEL.get(code, NO_OTHERS),)
    return tuple(
        f"Level {level} for {_listed(questions)}"
        for level, questions in sorted(asked.items())
    )


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _siblings(design: Design) -> tuple[Sibling, ...]:
    ordered = sorted(DESIGNS.values(), key=lambda each: each.rank)
    return tuple(
        Sibling(each.name, design_address(each.code), each == design)
        for each in ordered
    )


def years_of(query: Query) -> Chart | None:
    """Articles by year of publication, each bar a search."""
    counts = {
        int(year): count
        for year, count in Remembered().facets(query, ["year"])["year"]
        if FIRST_YEAR <= int(year) <= LAST_YEAR
    }
    if not counts:
        return None
    amounts = [
        Amount(
            str(year),
            str(year),
            (counts.get(year, 0),),
            address=_search(query, year) if year in counts else None,
        )
        for year in range(min(counts), max(counts) + 1)
    ]
    return bars("years", "Articles by year of publication", amounts, column="Year")


def _search(query: Query, year: int) -> str:
    fields = search_fields(query, (Filter("year", str(year)),))
    return f"/search?{urlencode(fields)}"


def _feed(query: Query, path: str) -> str:
    return f"{path}?{urlencode({'q': str(query)})}"
