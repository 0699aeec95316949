"""The values and the page of the rules in a browser: opened, printed, by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from made.barriers import barriers
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import following

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

TRIAL = 99_200_001
PATHS = ["/appraisal", f"/articles/{TRIAL}", "/search?q=fever"]
OPEN_ALL = "for (const fold of document.querySelectorAll('details')) fold.open = true"


@pytest.fixture
def site(live_server: object) -> str:
    """The address of a site with a few trials."""
    shelve(*trials(99_200_000, 12))
    following.follow(following.index())
    return str(live_server)


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page on which no script of the site runs."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_explanations_are_no_barrier_and_fit_when_all_are_open(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    found = []
    for path in PATHS:
        page.goto(site + path)
        page.evaluate(OPEN_ALL)
        found += barriers(page, path)
    page.close()

    assert found == []


@pytest.mark.parametrize("path", PATHS[1:])
def test_what_made_a_value_is_one_key_away_without_a_script(
    scriptless: Page, site: str, path: str
) -> None:
    scriptless.goto(site + path)
    summary = scriptless.locator("details.value > summary").first
    sum_told = scriptless.locator("details.value > .sum").first
    expect(sum_told).to_be_hidden()

    summary.focus()
    scriptless.keyboard.press("Enter")

    expect(sum_told).to_be_visible()
    assert "Design: Randomised controlled trial" in sum_told.inner_text()


def test_the_link_of_a_value_leads_to_what_it_means(
    scriptless: Page, site: str
) -> None:
    scriptless.goto(f"{site}/articles/{TRIAL}")
    scriptless.get_by_text("Significance", exact=True).click()

    scriptless.get_by_role("link", name="What significance means").click()

    expect(scriptless).to_have_url(f"{site}/appraisal#significance")
    expect(scriptless.locator("#significance")).to_be_visible()


def test_print_explains_an_article_and_not_a_list(browser: Browser, site: str) -> None:
    page = browser.new_page()
    for path, explained in ((PATHS[1], True), (PATHS[2], False)):
        page.goto(site + path)
        page.emulate_media(media="print")

        told = page.get_by_text("High begins at").first
        expect(told, path).to_be_visible(visible=explained)
        expect(page.get_by_text("Quality", exact=True).first).to_be_visible()
    page.close()
