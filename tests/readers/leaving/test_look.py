"""Leaving in a browser: no barrier, nothing cut off, and no script needed."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from made.barriers import barriers
from ownjournal.readers import registry, signin
from ownjournal.readers.leaving.models import Farewell

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


def come_in(page: Page, site: str) -> None:
    reader = registry.add("alice@merrow.test", words=["fever"])
    page.goto(site + signin.make_link(reader, timezone.now()))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_are_accessible_and_fit(
    browser: Browser,
    live_server: object,
    transactional_db: None,
    width: int,
    scheme: str,
) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    come_in(page, str(live_server))
    page.goto(f"{live_server}/account/export")
    assert barriers(page) == []
    page.get_by_role("button", name="Make an export").click()
    expect(page.get_by_role("link", name="Download the export")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("main").get_by_role("link", name="Erase my account").click()
    page.get_by_label("Type your address").fill("bob@merrow.test")
    page.get_by_role("button", name="Erase everything").click()
    assert barriers(page) == []
    context.close()


def test_without_scripts_a_reader_takes_all_along_and_leaves(
    browser: Browser, live_server: object, transactional_db: None
) -> None:
    page = browser.new_page(java_script_enabled=False)
    come_in(page, str(live_server))
    page.get_by_role("link", name="My account").click()
    page.get_by_role("link", name="Take it all along").click()
    page.get_by_role("button", name="Make an export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the export").click()
    assert download.value.suggested_filename == "ownjournal-export.zip"

    page.get_by_role("main").get_by_role("link", name="Erase my account").click()
    page.get_by_label("Type your address").fill("alice@merrow.test")
    page.get_by_role("button", name="Erase everything").click()

    expect(page.get_by_role("heading", name="Good-bye")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert Farewell.objects.count() == 1
