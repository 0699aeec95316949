"""Ticking articles in a list, in a real browser, with and without JavaScript."""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from made.articles import an_article
from made.barriers import barriers
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.searching import A_PAGE

FOUND = A_PAGE + 5
SEARCH = "/search?q=velotrine&order=newest"
pytestmark = pytest.mark.usefixtures("own_index")
of_browser = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def fill() -> None:
    shelve(
        *(
            an_article(pmid=2000 + n, title=f"Velotrine for fever {n}.")
            for n in range(FOUND)
        )
    )
    following.follow(following.index())


@pytest.fixture
def site(live_server: object) -> str:
    fill()
    return str(live_server)


def box(page: Page, number: int) -> Any:
    return page.get_by_role(
        "checkbox", name=f"Velotrine for fever {number}", exact=True
    )


def downloaded(page: Page) -> list[int]:
    """The PMIDs of the table that the form gives."""
    if not page.get_by_label("Format").is_visible():
        page.locator(".selection summary").click()
    page.get_by_label("Format").select_option(label="Table (CSV)")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    return [int(row["pmid"]) for row in csv.DictReader(text.splitlines())]


@pytest.mark.django_db
def test_the_form_says_how_many_there_are(client: Client) -> None:
    fill()

    first = " ".join(client.get(SEARCH).text.split())
    one = " ".join(client.get("/search", {"q": "2003[pmid]"}).text.split())

    assert f"All {A_PAGE} on this page" in first
    assert f"All {FOUND} articles found" in first
    assert "The article found" in one
    assert "on this page</span></label>" not in one


@pytest.mark.django_db
def test_a_long_query_is_not_told_again_in_the_name_of_the_list(
    client: Client,
) -> None:
    fill()
    query = "velotrine OR " + "marrowleaf " * 200

    page = client.get("/search", {"q": query})
    other = client.get("/search", {"q": "velotrine"})

    names = [each.context["page"].selection.list_name for each in (page, other)]
    assert [len(name) for name in names] == [16, 16]
    assert len(set(names)) == 2


class TestInABrowser:
    pytestmark = of_browser

    def test_a_selection_survives_paging_and_is_sent_whole(
        self, browser: Browser, site: str
    ) -> None:
        context = browser.new_context()
        page = context.new_page()
        page.goto(site + SEARCH)
        box(page, 24).check()
        box(page, 7).check()
        expect(page.get_by_role("status")).to_have_text("2 selected")
        page.get_by_role("link", name="Next").click()
        expect(page.get_by_role("status")).to_have_text("2 selected")
        box(page, 1).check()

        assert sorted(downloaded(page)) == [2001, 2007, 2024]

        page.go_back()
        expect(box(page, 24)).to_be_checked()
        expect(box(page, 8)).not_to_be_checked()
        expect(page.get_by_role("status")).to_have_text("3 selected")
        context.close()

    def test_a_page_is_ticked_at_once_and_all_is_cleared_at_once(
        self, browser: Browser, site: str
    ) -> None:
        context = browser.new_context()
        page = context.new_page()
        page.goto(site + SEARCH + "&page=2")
        page.get_by_role("button", name="Select all on this page").click()
        expect(page.get_by_role("status")).to_have_text("5 selected")
        assert sorted(downloaded(page)) == list(range(2000, 2005))

        page.get_by_role("button", name="Clear").click()

        expect(page.get_by_role("status")).to_have_text("")
        expect(page.get_by_role("button", name="Clear")).to_be_hidden()
        expect(page.locator("input:checked[name=pmid]")).to_have_count(0)
        assert page.evaluate("sessionStorage.length") == 0
        context.close()

    def test_another_list_has_a_selection_of_its_own(
        self, browser: Browser, site: str
    ) -> None:
        context = browser.new_context()
        page = context.new_page()
        page.goto(site + SEARCH)
        box(page, 24).check()

        page.goto(site + "/search?q=fever&order=newest")

        expect(box(page, 24)).not_to_be_checked()
        context.close()

    def test_without_javascript_ticks_the_page_and_the_whole_can_be_had(
        self, browser: Browser, site: str
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(site + SEARCH)
        expect(page.get_by_role("button", name="Select all")).to_have_count(0)
        page.get_by_role("link", name="Download").click()
        box(page, 24).check()
        box(page, 9).check()

        assert downloaded(page) == [2024, 2009]
        page.get_by_label(f"All {A_PAGE} on this page").check()
        assert len(downloaded(page)) == A_PAGE
        page.get_by_label(f"All {FOUND} articles found").check()
        assert len(downloaded(page)) == FOUND
        box(page, 24).uncheck()
        box(page, 9).uncheck()
        page.get_by_label("Those ticked").check()
        page.get_by_role("button", name="Download").click()
        expect(page.get_by_text("No article is ticked.")).to_be_visible()
        context.close()

    def test_a_browser_that_keeps_nothing_still_ticks(
        self, browser: Browser, site: str
    ) -> None:
        context = browser.new_context()
        context.add_init_script(
            "Object.defineProperty(window, 'sessionStorage',"
            " {get() { throw new DOMException('no', 'SecurityError'); }});"
        )
        page = context.new_page()
        page.goto(site + SEARCH)
        box(page, 24).check()

        expect(page.get_by_role("status")).to_have_text("1 selected")
        assert downloaded(page) == [2024]
        context.close()

    @pytest.mark.parametrize("width", [360, 1280])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_the_open_form_has_no_barrier(
        self, browser: Browser, site: str, width: int, scheme: Any
    ) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        page = context.new_page()
        page.goto(site + SEARCH)
        box(page, 24).check()
        page.locator(".selection summary").click()

        assert barriers(page) == []
        context.close()
