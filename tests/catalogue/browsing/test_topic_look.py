"""Topics, pairs of them and names in a browser: by keyboard, on a phone, in print."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from made.barriers import barriers
from made.headings import (
    BONES,
    FALLS,
    FEVER,
    QUARTAN,
    VELOTRINE,
    about,
    load_headings,
    shelve_followed,
)
from made.valid_html import faults_of
from ownjournal.pubmed.article import PublicationType

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_index"),
]
TRIAL = (PublicationType("D016449", "Randomized Controlled Trial"),)
PAGES = {
    "topic": f"/topics/{FEVER}/merrow-fever",
    "whole": f"/topics/{FEVER}/merrow-fever?whole=1",
    "alone": f"/topics/{FEVER}/merrow-fever/alone",
    "pair": f"/topics/{FEVER}+{FALLS}",
    "strangers": f"/topics/{VELOTRINE}+{BONES}",
    "topics": "/topics",
    "category": "/topics?under=C",
    "found": "/topics?q=merrow",
    "author": "/authors/quillfeather_ab",
}
WIDTHS = (360, 1280)
WAITING = ".waiting:not([data-loaded])"
OPEN_ALL = "for (const fold of document.querySelectorAll('details')) fold.open = true"


@pytest.fixture
def shelf(transactional_db: None, own_index: None) -> None:
    load_headings()
    shelve_followed(
        about(1, FEVER, FALLS, VELOTRINE, year=1988, publication_types=TRIAL),
        *(about(pmid, FEVER, FALLS, VELOTRINE, year=2020) for pmid in range(2, 5)),
        *(about(pmid, FEVER, BONES, year=2026) for pmid in range(10, 18)),
        *(about(pmid, FALLS, BONES, QUARTAN) for pmid in range(20, 26)),
        *(about(pmid) for pmid in range(30, 60)),
    )


@pytest.mark.usefixtures("shelf")
def test_pages_are_valid_html(client: Client) -> None:
    pages = {name: client.get(address).text for name, address in PAGES.items()}

    assert not faults_of(pages)


@pytest.mark.usefixtures("shelf")
def test_pages_fit_every_screen_and_can_be_read_by_everybody(
    browser: Browser, live_server: str
) -> None:
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            page = browser.new_page(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,  # type: ignore[arg-type]
            )
            for name, address in PAGES.items():
                page.goto(f"{live_server}{address}")
                expect(page.locator(WAITING)).to_have_count(0)
                page.evaluate(OPEN_ALL)
                assert barriers(page, f"{name}, {width}, {scheme}") == []
            page.close()


@pytest.mark.usefixtures("shelf")
def test_a_second_topic_is_found_by_keyboard(
    browser: Browser, live_server: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server}{PAGES['topic']}")

    page.get_by_label("Together with another topic").focus()
    page.keyboard.type("accidental falls in merrow")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{live_server}{PAGES['pair']}")
    picture = page.get_by_role("img", name="Merrow Fever and Accidental Falls")
    expect(picture).to_be_visible()
    assert "Bones of Merrow" in _description(page)


@pytest.mark.usefixtures("shelf")
def test_the_numbers_of_a_chart_are_reached_by_keyboard(
    browser: Browser, live_server: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server}{PAGES['topic']}")

    page.get_by_role("link", name="How the evidence grew").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The numbers").focus()
    page.keyboard.press("Enter")

    table = page.get_by_role("region", name="Articles a year, by study design")
    row = table.get_by_role("row", name="1988")
    expect(row).to_be_visible()
    row.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 article")


@pytest.mark.usefixtures("shelf")
def test_in_print_the_picture_stays_and_nothing_to_press_does(
    browser: Browser, live_server: str
) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")

    page.goto(f"{live_server}{PAGES['pair']}")
    expect(page.locator(".graph-picture")).to_be_visible()
    expect(page.locator(".chart-bars")).to_be_visible()
    page.emulate_media(media="screen")
    page.goto(f"{live_server}{PAGES['topic']}")
    expect(page.locator(WAITING)).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".second-topic")).to_be_hidden()
    expect(page.locator(".chart-bars")).to_be_visible()


def _description(page: Page) -> str:
    told = page.locator("#graph-told").text_content()
    assert told is not None
    return told
