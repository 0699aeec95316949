"""Journals, types, designs and the front page in a browser."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from made.articles import an_article
from made.barriers import barriers
from made.notes import a_note
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.pubmed.article import (
    Journal,
    JournalIssue,
    MeshHeading,
    PubDate,
    PublicationType,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
JOURNAL = "/journals/99000001X/journal-of-invented-medicine"
PLACES = [
    "/",
    JOURNAL,
    f"{JOURNAL}/2024",
    f"{JOURNAL}/2024/03?design=rct&order=best",
    f"{JOURNAL}/2024/02",
    f"{JOURNAL}/2024/13",
    "/journals",
    "/journals?q=nothing",
    "/journals?subject=cancer",
    "/designs/cohort",
    "/types/D016449/randomized-controlled-trial",
]
WIDTHS = [360, 1280]
TRIAL = PublicationType("D016449", "Randomized Controlled Trial")
HUMANS = MeshHeading("D006801", "Humans")


@pytest.fixture
def site(live_server: object) -> str:
    """Sixty articles in two years of a journal, one of another, and a pearl."""
    shelve(
        *(
            an_article(
                pmid=1000 + number,
                title=f"Velotrine for asthma {number}: "
                + ("a randomised trial." if number % 3 else "a cohort study."),
                publication_types=(TRIAL,) if number % 3 else (),
                mesh=(HUMANS,),
                journal_issue=JournalIssue(
                    PubDate(2023 + number % 2, None if number % 7 == 0 else 3)
                ),
            )
            for number in range(60)
        ),
        an_article(
            pmid=2000,
            journal=Journal(title="Annals of Merrow", nlm_id="99000002"),
            mesh=(MeshHeading("D009369", "Neoplasms"),),
        ),
        at=datetime.now(UTC),
    )
    following.follow(following.index())
    a_note(pmid=1001, text="Count **the ribs** before you tap the chest.")
    return str(live_server)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_a_reader_wanders_from_an_article_to_its_month_and_on(
    page: Page, site: str
) -> None:
    """By keyboard: from the date on an article to other months and pages."""
    page.goto(f"{site}/articles/1001")
    page.locator(".kicker time a").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}{JOURNAL}/2024/03")
    expect(page.get_by_role("heading", level=1)).to_contain_text("March 2024")

    page.get_by_role("link", name="Next").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Previous")).to_be_visible()
    first = page.locator(".article-card h3 a").first.text_content()
    page.get_by_role("link", name="Best first").click()
    expect(page.get_by_text("Best first: by quality and significance")).to_be_visible()
    assert page.locator(".article-card h3 a").first.text_content() != first

    page.locator(".chart-numbers summary").focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(13)
    page.get_by_role("link", name="2024", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="whose month is not known").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("month not known")


def test_a_badge_leads_to_all_of_its_kind_and_filters_narrow_it(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/articles/1001")
    page.locator(".reading .badge.design").click()
    expect(page).to_have_url(f"{site}/designs/rct")
    page.get_by_role("link", name="type Randomized Controlled Trial").or_(
        page.locator(".values a").first
    ).first.click()
    expect(page.get_by_role("link", name="Take off all")).to_be_visible()


def test_a_journal_is_found_by_a_part_of_its_name(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("navigation", name="Site").get_by_role(
        "link", name="Journals"
    ).click()
    page.get_by_label("Name, abbreviation or ISSN").fill("merrow")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Annals of Merrow").click()
    expect(page).to_have_url(f"{site}/journals/99000002/annals-of-merrow")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_fits(
    browser: Browser, site: str, width: int, scheme: Any
) -> None:
    """No page is wider than the screen, and axe finds nothing."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    folder = os.environ.get("SCREENSHOTS")
    for number, place in enumerate(PLACES):
        page.goto(site + place)
        found = barriers(page, place)
        if folder:
            name = f"{number}-{width}-{scheme}.png"
            page.screenshot(path=str(Path(folder) / name), full_page=True)
        assert found == []
    context.close()
