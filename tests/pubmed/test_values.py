"""The rules by which text becomes a value."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed import values
from ownjournal.pubmed.article import ArticleId, Identifiers, PubDate


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (None, None),
        ("", None),
        (" \n\t ", None),
        (" tea ", "tea"),
        ("tea\n        for  two", "tea for  two"),
        ("a \r\n b\tc", "a b c"),
        ("\u00a0tea\u200b", "\u00a0tea\u200b"),
    ],
)
def test_layout_is_undone_and_other_spaces_stay(raw: str, said: str | None) -> None:
    assert values.text(raw) == said


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("1998 Dec-1999 Jan", 1998),
        ("2000 Spring-Summer", 2000),
        ("Summer 1998", 1998),
        ("1975-1976", 1975),
        ("19th century", None),
        ("12345", None),
        ("0000", None),
    ],
)
def test_a_date_in_words_sorts_by_its_leading_year(printed: str, year: int) -> None:
    assert values.medline_date(f" {printed} ") == PubDate(year=year, printed=printed)


def test_a_date_in_words_without_words_is_no_date() -> None:
    assert values.medline_date("") == PubDate()


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        (("2026",), PubDate(2026)),
        (("2026", "Jan"), PubDate(2026, 1)),
        (("2026", " 03 ", "9"), PubDate(2026, 3, 9)),
        (("2026", "Sept", "30"), PubDate(2026, 9, 30)),
        (("2031", "december"), PubDate(2031, 12)),
        (("0",), PubDate(printed="0")),
        (("9999", "Jan"), PubDate(printed="9999 Jan")),
        (("2026", "13"), PubDate(2026, printed="2026 13")),
        (("2026", "13", "3"), PubDate(2026, printed="2026 13 3")),
        (("2005", "Sep", "31"), PubDate(2005, 9, printed="2005 Sep 31")),
        (("2026", "Jan", "0"), PubDate(2026, 1, printed="2026 Jan 0")),
        (("2026", None, "3"), PubDate(2026, printed="2026 3")),
        ((None, "Jan", "3"), PubDate(printed="Jan 3")),
        (("٢٠٢٦",), PubDate(printed="٢٠٢٦")),
        (("2024", "2", "29"), PubDate(2024, 2, 29)),
        (("2026", None, None, "Winter-Spring"), PubDate(2026, season="Winter-Spring")),
        ((None,), PubDate()),
    ],
)
def test_a_date_keeps_the_parts_that_are_one(parts: tuple[str], read: PubDate) -> None:
    assert values.pub_date(*parts) == read


ODD = st.one_of(st.none(), st.text(max_size=6), st.integers(-3, 3000).map(str))


@given(ODD, ODD, ODD)
def test_no_date_raises_and_every_date_can_be_sorted(
    year: str | None, month: str | None, day: str | None
) -> None:
    read = values.pub_date(year, month, day)

    first = read.first_day()
    assert first is None or date(1500, 1, 1) <= first < date(2200, 1, 1)
    lost = [each for each in map(values.text, (year, month, day)) if each]
    assert read.printed in (None, " ".join(lost))


@pytest.mark.parametrize(
    ("printed", "first"),
    [
        ("2019 Nov-Dec", date(2019, 11, 1)),
        ("2019 Fall", date(2019, 10, 1)),
        ("1998 Dec-1999 Jan", date(1998, 12, 1)),
        ("Dec 1998-Jan 1999", date(1998, 12, 1)),
        ("1998 Dec 28-1999 Jan 3", date(1998, 12, 28)),
        ("2019 Nov 31-Dec 3", date(2019, 11, 1)),
        ("2000 Sept", date(2000, 9, 1)),
        ("2000 March-April", date(2000, 3, 1)),
        ("1998-1999", date(1998, 1, 1)),
        ("1998-1999 Fall", date(1998, 1, 1)),
        ("2001 1st Half", date(2001, 1, 1)),
        ("no year, May", None),
    ],
)
def test_a_date_in_words_begins_with_the_first_month_or_season_that_it_names(
    printed: str, first: date | None
) -> None:
    read = values.medline_date(printed)

    assert read.first_day() == first
    assert (read.printed, read.month) == (printed, None)


@pytest.mark.parametrize(
    ("season", "month"),
    [("Winter", 1), ("Spring", 4), ("Summer", 7), ("Fall", 10), ("Autumn", 10)]
    + [("Winter-Spring", 1), ("Hot", 1)],
)
def test_a_season_begins_in_the_month_that_pubmed_sorts_it_by(
    season: str, month: int
) -> None:
    assert values.pub_date("2019", season=season).first_day() == date(2019, month, 1)


@given(st.text(max_size=30))
def test_no_date_in_words_raises(printed: str) -> None:
    values.medline_date(f"2019 {printed}").first_day()


@pytest.mark.parametrize(
    "written",
    [
        "0000-0002-1825-0097",
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://www.orcid.org/0000-0002-1825-0097/",
        "orcid.org/0000000218250097",
        " 0000-0002-1825-0097\n",
        "0000\u20100002\u20101825\u20100097",
    ],
)
def test_an_orcid_has_one_form(written: str) -> None:
    assert values.orcid(written) == "0000-0002-1825-0097"


@pytest.mark.parametrize(
    "written",
    ["0000-0002-1825-009", "s0000000218250097", "0000-0002-1825-0098", "", "X" * 16]
    + ["0000-0002-1825-00977", "0000-0002-1694-2330", "https://orcid.org/"],
)
def test_what_is_no_orcid_is_none(written: str) -> None:
    assert values.orcid(written) is None


@given(st.integers(0, 10**15 - 1))
def test_of_sixteen_digits_one_check_digit_is_right(number: int) -> None:
    body = f"{number:015}"

    right = [digit for digit in "0123456789X" if values.orcid(body + digit)]

    assert len(right) == 1


@pytest.mark.parametrize("raw", ["0", "-1", "1.0", "", None, "x", "1" * 10, "٣"])
def test_what_is_no_pmid_is_none(raw: str | None) -> None:
    assert values.pmid(raw) is None


def ids(*pairs: tuple[str, str, bool]) -> list[ArticleId]:
    return [ArticleId(*pair) for pair in pairs]


def test_an_id_that_is_marked_as_not_valid_stays_so() -> None:
    found = ids(("doi", "10.9/a", False), ("doi", "10.9/A", True))

    assert values.identifiers(7, found) == Identifiers(
        others=(ArticleId("doi", "10.9/a", False),)
    )


def test_what_cannot_be_a_doi_or_pmcid_leads_nothing() -> None:
    found = ids(("doi", "doi:10.9/a", True), ("pmc", "99", True), ("pmc", "PMC9", True))

    assert values.identifiers(7, found) == Identifiers(
        pmcid="PMC9", others=(ArticleId("doi", "doi:10.9/a"), ArticleId("pmc", "99"))
    )


def test_the_own_pmid_is_not_repeated_but_another_is_kept() -> None:
    found = ids(("pubmed", "7", True), ("pubmed", "8", True))

    assert values.identifiers(7, found).others == (ArticleId("pubmed", "8"),)


@given(st.lists(st.tuples(st.sampled_from(["doi", "pii", "pmc"]), st.text())))
def test_no_id_is_lost(pairs: list[tuple[str, str]]) -> None:
    found = values.identifiers(7, [ArticleId(*pair) for pair in pairs])

    kept = {found.doi, found.pmcid, found.pii} | {each.value for each in found.others}
    folded = {str(value).lower() for value in kept}
    assert all(value.lower() in folded for _, value in pairs)


def test_hours_and_minutes_are_those_of_a_clock() -> None:
    assert [values.clock(raw, 24) for raw in ("0", "23", "24", "x", None)] == [
        0,
        23,
        None,
        None,
        None,
    ]


@given(st.text())
def test_text_is_never_empty_and_never_gains_characters(raw: str) -> None:
    said = values.text(raw)

    assert said is None or (said and len(said) <= len(raw))
    assert re.sub(r"[ \t\r\n]", "", raw) == (said or "").replace(" ", "")
