"""The search page in a browser: filters in place, back and forth, at any width."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from made.articles import an_article
from made.barriers import barriers
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.pubmed.article import JournalIssue, MeshHeading, PubDate
from ownjournal.readers import registry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
SEARCH = "/search?q=velotrine"
PLACES = [
    SEARCH,
    f"{SEARCH}&design=cohort&year=2010-2020",
    f"{SEARCH}&group=evidence",
    f"{SEARCH}+marrowleaf+)&year=1950&map=off",
    "/api/v1/",
]
WIDTHS = [360, 768, 1280]


@pytest.fixture
def site(live_server: object) -> str:
    """Thirty cohorts, a year each, and a trial."""
    shelve(
        an_article(pmid=1001, title="Velotrine for fever: a randomised trial."),
        *(
            an_article(
                pmid=2000 + year,
                title=f"Velotrine and sleep {year}: a cohort study.",
                mesh=(MeshHeading("D000328", "Adult"), MeshHeading("D1", "Velotrine")),
                journal_issue=JournalIssue(PubDate(year)),
            )
            for year in range(1995, 2025)
        ),
    )
    following.follow(following.index())
    return str(live_server)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    yield page
    context.close()


def loads(page: Page) -> int:
    """How many whole pages this tab has loaded since `mark`."""
    return 0 if page.evaluate("window.marked === true") else 1


def mark(page: Page) -> None:
    page.evaluate("window.marked = true")


def total(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_filter_changes_the_list_in_place_and_back_takes_it_off(
    page: Page, site: str
) -> None:
    page.goto(site + SEARCH)
    mark(page)

    page.get_by_role("link", name="Randomised controlled trial").click()

    total(page, "1 article")
    expect(page).to_have_url(f"{site}{SEARCH}&design=rct")
    assert "velotrine" in page.title()
    expect(page.locator(".filters a[aria-current]")).to_be_focused()
    expect(page.locator("#kept input[name=design]")).to_have_count(1)

    page.go_back()
    total(page, "31 articles")
    expect(page).to_have_url(site + SEARCH)
    page.go_forward()
    total(page, "1 article")
    page.get_by_role("link", name="Take off: Study design").click()
    total(page, "31 articles")
    assert loads(page) == 0


def test_orders_and_pages_change_it_too(page: Page, site: str) -> None:
    page.goto(site + SEARCH)
    mark(page)

    page.get_by_role("link", name="Newest first").click()
    expect(page.locator("[aria-current]", has_text="Newest")).to_be_visible()
    page.get_by_role("link", name="Next").click()

    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.evaluate("scrollY") == 0
    assert loads(page) == 0


def test_years_are_set_by_a_bar_and_by_a_form(page: Page, site: str) -> None:
    page.goto(site + SEARCH)
    mark(page)

    page.get_by_label("First year").fill("2010")
    page.get_by_role("button", name="Set years").click()
    total(page, "16 articles")
    expect(page).to_have_url(f"{site}{SEARCH}&from=2010")

    page.locator("svg.years a .slot").first.click()
    total(page, "1 article")
    assert loads(page) == 0


def test_what_a_reader_has_opened_stays_open(page: Page, site: str) -> None:
    page.goto(site + SEARCH)
    page.locator("details[data-keep=age] > summary").click()

    page.get_by_role("link", name="Adult: 19 to 44").click()

    total(page, "30 articles")
    expect(page.locator("details[data-keep=age]")).to_have_attribute("open", "")


def test_ticks_outlast_a_filter_and_are_downloaded(page: Page, site: str) -> None:
    page.goto(site + SEARCH + "&order=newest")
    page.get_by_role("checkbox", name="Velotrine and sleep 2024").check()

    page.get_by_role("link", name="Randomised controlled trial").click()
    total(page, "1 article")
    expect(page.get_by_role("status")).to_have_text("1 selected")
    page.get_by_role("checkbox", name="Velotrine for fever").check()

    expect(page.get_by_role("status")).to_have_text("2 selected")
    page.locator(".selection summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert "articles-2" in download.value.suggested_filename


def test_without_scripts_every_link_leads_where_it_says(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + SEARCH)

    page.get_by_role("link", name="Randomised controlled trial").click()

    total(page, "1 article")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_is_no_barrier_and_nothing_is_cut_off(
    browser: Browser, site: str, width: int, scheme: Any
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    for place in PLACES:
        page.goto(site + place)
        for fold in page.locator("details").all():
            fold.evaluate("each => each.open = true")
        assert barriers(page, place) == []
    assert errors == []
    context.close()


def test_filters_are_folded_on_a_phone_and_in_sight_on_a_desk(
    browser: Browser, site: str
) -> None:
    for width, seen in ((360, False), (1280, True)):
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(site + SEARCH)
        link = page.get_by_role("link", name="Randomised controlled trial")
        expect(link).to_be_visible(visible=seen)
        if not seen:
            page.get_by_text("Filters", exact=True).first.click()
            expect(link).to_be_visible()
        context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_s_searches_have_no_barrier(
    browser: Browser, site: str, client: Client, width: int
) -> None:
    alice = registry.add("alice@merrow.test")
    client.force_login(alice)
    client.post("/searches/save", {"parameters": "q=velotrine&design=rct"})
    search = alice.searches.get()
    client.post(f"/searches/{search.pk}/open-feed")
    client.post("/searches/history", {"keep": "yes"})
    client.get("/search?q=velotrine")
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies(
        [{"name": "session", "value": client.cookies["session"].value, "url": site}]
    )
    page = context.new_page()
    page.goto(f"{site}/searches")
    page.locator("main details summary").click()

    expect(page.get_by_role("heading", name="Past searches")).to_be_visible()
    assert barriers(page) == []
    context.close()
