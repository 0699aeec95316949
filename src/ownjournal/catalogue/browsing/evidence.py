"""How the articles of a list spread over the years, by what kind of study they are."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from ownjournal.catalogue.browsing.charts import Amount, Chart, stacked
from ownjournal.catalogue.browsing.lists import search_fields
from ownjournal.search.query import Query

GROUPS = {
    "Syntheses and guidelines": ("systematic-review", "meta-analysis", "guideline"),
    "Randomised trials": ("rct", "pilot-trial", "secondary-analysis"),
    "Other studies of people": (
        "non-randomised-trial",
        "diagnostic-accuracy",
        "prediction-model",
        "cohort",
        "case-control",
        "mendelian-randomisation",
        "cross-sectional",
        "observational",
        "economic",
        "qualitative",
        "case-series",
    ),
    "Case reports": ("case-report",),
    "Reviews and opinion": (
        "scoping-review",
        "review",
        "protocol",
        "editorial",
        "comment",
        "letter",
        "news",
        "notice",
    ),
    "Animals and laboratory": ("animal", "bench"),
    "Design unclear": ("unclear",),
}
"""Designs as a chart has room for them; what can be trusted most stands lowest."""

_PLACE = {
    design: place for place, designs in enumerate(GROUPS.values()) for design in designs
}
_OTHERS = len(GROUPS) - 1  # where designs of a later version go
MOST_YEARS = 80  # bars; what is older stands in the first one
TITLE = "Articles a year, by study design"


def timeline(
    name: str, counts: Mapping[tuple[int, str], int], subject: Query, today: date
) -> Chart | None:
    """The chart of `Index.designs_by_year`; None where no year is known.

    subject  what the articles were found by, for links to the search
    """
    if not counts:
        return None
    last = min(max(year for year, _ in counts), today.year + 1)
    first = max(min(year for year, _ in counts), last - MOST_YEARS + 1)
    years: dict[int, Counter[int]] = {
        year: Counter() for year in range(min(first, last), last + 1)
    }
    older = any(year < first for year, _ in counts)
    for (year, design), count in counts.items():
        shown = min(max(year, first), last)
        years[shown][_PLACE.get(design, _OTHERS)] += count
    amounts = [
        _amount(year, groups, subject, today, older=older and year == first)
        for year, groups in years.items()
    ]
    return stacked(name, TITLE, tuple(GROUPS), amounts, column="Year")


def _amount(
    year: int, groups: Mapping[int, int], subject: Query, today: date, *, older: bool
) -> Amount:
    fields = (*search_fields(subject), ("year", f"-{year}" if older else str(year)))
    return Amount(
        label=f"Until {year}" if older else str(year),
        short=str(year),
        counts=tuple(groups.get(place, 0) for place in range(len(GROUPS))),
        address=f"/search?{urlencode(fields)}",
        unfinished=year >= today.year,
    )
