"""Lists of articles, read page by page while others arrive."""

import gc
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, RequestFactory

from made.articles import an_article
from made.notes import a_note
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.browsing import lists
from ownjournal.catalogue.browsing.lists import (
    A_PAGE,
    ListPage,
    list_page,
    read_list,
)
from ownjournal.catalogue.search_request import BadRequest, read_request
from ownjournal.pubmed.article import HistoryDate, JournalIssue, PubDate
from ownjournal.search.facets import Count
from ownjournal.search.query import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

PATH = "/journals/99000001X/journal-of-invented-medicine"
SUBJECT = Term("99000001X", "jid")
TRIAL = "Velotrine for fever: a randomised controlled trial."
COHORT = "Velotrine and sleep: a cohort study."


def put(*pmids: int, title: str = TRIAL, year: int = 2025) -> None:
    """Articles of the journal, each of a day of its own."""
    shelve(
        *(
            an_article(
                pmid=pmid,
                title=title,
                journal_issue=JournalIssue(PubDate(year, 1 + pmid % 12, 1 + pmid % 27)),
                history=(HistoryDate("entrez", PubDate(2026, 1, 1)),),
            )
            for pmid in pmids
        )
    )
    following.follow(following.index())


def page_at(address: str = PATH) -> ListPage:
    asked = read_list(RequestFactory().get(address))
    return list_page(asked, SUBJECT)


def pmids(page: ListPage) -> list[int]:
    return [card.pmid for card in page.cards]


@pytest.mark.parametrize("order", ["newest", "best"])
def test_no_article_comes_twice_though_others_arrive_between_pages(order: str) -> None:
    put(*range(1000, 1050))
    put(*range(1050, 1070), title=COHORT)
    seen: list[int] = []
    address: str | None = f"{PATH}?order={order}"
    for arrived in range(2000, 2100, 10):
        if address is None:
            break
        page = page_at(address)
        seen += pmids(page)
        address = page.next
        put(*range(arrived, arrived + 10), year=2026 if arrived % 20 else 2024)

    assert address is None
    assert len(seen) == len(set(seen))
    assert set(range(1000, 1070)) <= set(seen)


def test_going_back_leads_to_the_pages_before_and_to_the_first_in_the_end() -> None:
    put(*range(1000, 1000 + 2 * A_PAGE + 5))
    first = page_at()
    assert first.next is not None
    second = page_at(first.next)
    assert second.next is not None
    third = page_at(second.next)
    assert (first.previous, first.first, third.next) == (None, None, None)
    assert len(pmids(third)) == 5

    assert third.previous is not None
    assert second.previous is not None
    back = page_at(third.previous)
    assert pmids(back) == pmids(second)
    assert back.first == PATH
    assert pmids(page_at(second.previous)) == pmids(first)
    assert page_at(second.previous).previous is None


def test_filters_of_a_kind_widen_and_both_kinds_are_counted() -> None:
    put(*range(1000, 1003))
    put(*range(1010, 1015), title=COHORT)
    put(1020, title="Velotrine: a systematic review.")

    both = page_at(f"{PATH}?design=rct&design=cohort")

    assert both.total == "8"
    assert sorted(chip.label for chip in both.chips) == [
        "Cohort study",
        "Randomised controlled trial",
    ]
    [designs] = [each for each in both.facets if each.name == "design"]
    counts = {value.label: value.count for value in designs.values}
    assert counts["Systematic review"] == "1"
    assert both.unfiltered == PATH
    assert page_at(f"{PATH}?design=rct&design=case-report&type=D016449").total == "0"


def test_a_list_is_a_search_too_with_its_filters() -> None:
    put(1001)
    page = page_at(f"{PATH}?design=rct&order=best")

    asked = read_request(
        RequestFactory().get(page.search).GET,
    )

    assert asked.query == "99000001X[jid]"
    assert [each.value for each in asked.filters] == ["rct"]
    assert page.selection is not None
    assert ("q", "99000001X[jid]") in page.selection.fields


@pytest.mark.parametrize(
    "change",
    [
        lambda place: place[:-1] + ("a" if place[-1] != "a" else "b"),
        lambda place: re.sub(
            r"[0-9]", lambda digit: str(9 - int(digit[0])), place, count=1
        ),
        lambda place: place.replace("newest", "best"),
        lambda place: "newest-1",
        lambda place: "",
        lambda place: "newest-1.é\x00",
        lambda place: "9" * 400,
    ],
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_place_that_was_changed_is_refused(change: object, name: str) -> None:
    put(*range(1000, 1050))
    address = page_at().next
    assert address is not None
    [place] = parse_qs(urlsplit(address).query)["after"]
    changed = change(place)  # type: ignore[operator]

    with pytest.raises(BadRequest, match="from its beginning"):
        read_list(RequestFactory().get(PATH, {name: changed}))
    assert read_list(RequestFactory().get(PATH, {"after": place})).after is not None


def test_a_place_is_of_one_order_and_there_is_one_at_most() -> None:
    put(*range(1000, 1050))
    address = page_at().next
    assert address is not None
    place = parse_qs(urlsplit(address).query)["after"][0]

    for parameters in (
        {"after": place, "order": "best"},
        dict.fromkeys(("after", "before"), place),
    ):
        with pytest.raises(BadRequest, match="from its beginning"):
            read_list(RequestFactory().get(PATH, parameters))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("order=worst", "newest first or best first"),
        ("design=nonsense", "design"),
        ("type=%00", "type"),
    ],
)
def test_what_a_list_has_not_is_told(query: str, told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        read_list(RequestFactory().get(f"{PATH}?{query}"))


def test_a_page_behind_the_last_article_leads_back_to_the_beginning() -> None:
    """As when all that stood there was taken back meanwhile."""
    put(*range(1000, 1021))
    address = page_at().next
    assert address is not None
    asked = read_list(RequestFactory().get(address))

    page = list_page(replace(asked, after=1), SUBJECT)

    assert page.cards == ()
    assert page.found
    assert page.first == PATH


def test_the_usual_order_of_a_list_is_not_in_its_address() -> None:
    asked = read_list(RequestFactory().get(PATH), usual="best")

    assert asked.order == "best"
    assert asked.address() == PATH
    assert asked.address(order="newest") == f"{PATH}?order=newest"
    assert lists.BEST.startswith("Best first")


def test_those_with_notes_are_a_search_with_the_same_filters() -> None:
    put(1000, 1001)
    a_note(pmid=1001)
    page = page_at(f"{PATH}?design=rct")

    found = Client().get(page.noted)

    assert [card.pmid for card in found.context["page"].cards] == [1001]
    assert "design=rct" in page.noted


def test_counts_that_are_remembered_follow_the_index() -> None:
    put(*range(1000, 1003))
    assert page_at().total == page_at().total == "3"

    put(*range(1010, 1012), title=COHORT)
    page = page_at()

    assert page.total == "5"
    [designs] = [each for each in page.facets if each.name == "design"]
    assert {value.label: value.count for value in designs.values} == {
        "Randomised controlled trial": "3",
        "Cohort study": "2",
    }


@pytest.mark.slow
def test_counts_of_an_older_index_are_not_kept() -> None:
    kept = []
    for number in range(4):
        put(1000, title=f"{TRIAL} {number}")
        page_at()
        gc.collect()
        kept.append(sum(type(each) is Count for each in gc.get_objects()))

    assert kept[0] > 0
    assert kept[3] == kept[1]
