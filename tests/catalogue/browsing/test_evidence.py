"""The chart of the evidence: every design has its place, every article its year."""

from datetime import date

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.catalogue.browsing.evidence import GROUPS, MOST_YEARS, timeline
from ownjournal.search.query import Term

TODAY = date(2026, 6, 1)
FEVER = Term("D005334", "mh")


def bars(counts: dict[tuple[int, str], int]) -> list[tuple[str, str, bool]]:
    chart = timeline("evidence", counts, FEVER, TODAY)
    assert chart is not None
    return [(bar.label, bar.count, bar.unfinished) for bar in chart.bars]


def test_every_design_has_one_place() -> None:
    placed = [design for group in GROUPS.values() for design in group]

    assert sorted(placed) == sorted(DESIGNS)


def test_years_without_articles_are_there_and_this_one_is_not_over() -> None:
    counts = {(2024, "rct"): 2, (2026, "cohort"): 1, (2024, "cohort"): 3}

    assert bars(counts) == [
        ("2024", "5", False),
        ("2025", "0", False),
        ("2026", "1", True),
    ]


def test_what_is_older_than_there_is_room_for_stands_in_the_first_bar() -> None:
    counts = {(1781, "letter"): 1, (1900, "letter"): 2, (2025, "rct"): 7}
    first = 2025 - MOST_YEARS + 1

    shown = bars(counts)

    assert len(shown) == MOST_YEARS
    assert shown[0] == (f"Until {first}", "3", False)
    assert shown[-1] == ("2025", "7", False)


def test_a_year_that_is_a_slip_of_the_pen_makes_no_wide_chart() -> None:
    assert bars({(2999, "rct"): 1, (2026, "rct"): 2}) == [
        ("2026", "2", True),
        ("2027", "1", True),
    ]


def test_a_bar_leads_to_its_articles_and_a_later_design_is_unclear() -> None:
    chart = timeline("evidence", {(2020, "oracle"): 1}, FEVER, TODAY)

    assert chart is not None
    assert chart.bars[0].address is not None
    assert "year=2020" in chart.bars[0].address
    assert [kind.name for kind in chart.kinds] == ["Design unclear"]
    assert timeline("evidence", {}, FEVER, TODAY) is None
