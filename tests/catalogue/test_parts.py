"""Similar articles in a browser: they come when the reader nears them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Request, expect

from made.articles import an_article
from made.barriers import barriers
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.similar import AT_FIRST
from ownjournal.pubmed.article import ArticleId, Correction, Markup, Reference

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

FIRST, LAST = 31_000_001, 31_000_009
ADDRESS = f"/articles/{FIRST}"
LISTS = [ADDRESS, f"{ADDRESS}/similar", f"{ADDRESS}/cited-by", "/doi/10.9/none"]


@pytest.fixture
def site(live_server: object, settings: Any, tmp_path: Path) -> Iterator[str]:
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "a secret for tests"
    following.index.cache_clear()
    references = (Reference(ids=(ArticleId("pubmed", str(FIRST)),)),)
    shelve(
        *(
            an_article(
                pmid=pmid,
                title=Markup(f"Velotrine for <i>podagra</i> of elbow number {pmid}."),
                references=references if pmid > FIRST else (),
            )
            for pmid in range(FIRST, LAST)
        ),
        an_article(
            pmid=LAST,
            title=Markup("Podagra again."),
            corrections=(Correction("CommentOn", pmid=FIRST),),
        ),
        at=datetime.now(UTC),
    )
    following.follow(following.index())
    yield str(live_server)
    following.index.cache_clear()


def test_they_come_in_a_request_of_their_own_when_they_are_near(
    browser: Browser, site: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.removeprefix(site))

    page.on("request", note)
    page.goto(site + ADDRESS)
    page.locator("[data-load]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-load] ol.related")

    assert asked.count(f"{ADDRESS}/similar/part") == 1
    expect(page.locator("[data-load] > ol > li")).to_have_count(AT_FIRST)
    expect(page.locator("[data-load] details li").first).to_be_hidden()
    assert page.get_attribute("[data-load]", "aria-busy") is None
    page.close()


@pytest.mark.parametrize("works", [False, True])
def test_without_the_script_or_the_index_a_link_is_in_their_place(
    browser: Browser, site: str, settings: Any, works: bool
) -> None:
    if works:
        (settings.DATA_DIR / "index" / "live").write_text("lost")
    context = browser.new_context(java_script_enabled=works)
    page = context.new_page()
    page.goto(site + ADDRESS)
    page.locator("[data-load]").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")

    link = page.locator("[data-load] a")

    assert link.get_attribute("href") == f"{ADDRESS}/similar"
    assert link.inner_text() == "Show articles like this one"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_lists_have_no_barrier_and_fit(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    found = []
    for address in LISTS:
        page.goto(site + address)
        if address == ADDRESS:
            page.locator("[data-load]").scroll_into_view_if_needed()
            page.wait_for_selector("[data-load] ol.related")
        found += barriers(page, address)
    page.close()

    assert found == []
