"""The whole practice profile in a browser, with and without its script."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from made.barriers import WIDER, barriers
from made.practice_walk import Walk
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import following
from ownjournal.issues import ready
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

FIRST = 31_000_000
SEEDS = f"{FIRST}, PMID: {FIRST + 1}\nhttps://pubmed.ncbi.nlm.nih.gov/{FIRST + 2}/"


@pytest.fixture
def open_page(
    browser: Browser, live_server: object, client: Any
) -> Iterator[Callable[..., Page]]:
    """Makes the first page of a new reader, in a browser of its own."""
    ready.ready.cache_clear()
    shelve(*trials(FIRST, 60))
    following.follow(following.index())
    client.force_login(Reader.objects.create_reader("alice@merrow.test"))
    cookie = client.cookies["session"].value
    contexts = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(timezone_id="Europe/Madrid", **options)
        context.add_cookies(
            [{"name": "session", "value": cookie, "url": str(live_server)}]
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server}/welcome")
        return page

    yield opened
    for context in contexts:
        context.close()


def alice() -> Reader:
    return Reader.objects.get(email="alice@merrow.test")


def test_from_signing_in_to_the_first_issue(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    walk = Walk(page)
    walk.looked = lambda step: faults.extend(accessible(page, step))

    walk.all_steps("Cardiology", SEEDS)

    assert faults == []
    expect(page.get_by_role("heading", level=1)).to_have_text("Issue 1")
    reader = alice()
    assert reader.specialty == "cardiology"
    assert reader.time_zone == "Europe/Madrid"  # the browser's
    assert reader.interests.filter(kind="topic").count() == 7
    assert reader.interests.filter(kind="seed").count() == 3
    assert reader.responses.count() == 10
    assert reader.profiled_at is not None
    assert reader.issues.get().articles.count() == 12
    assert len(walk.seconds) == 8


def accessible(page: Page, step: str) -> list[str]:
    """What is wrong with a page, in light and dark, wide and narrow."""
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        faults += barriers(page, f"{step}, {scheme}")
    page.set_viewport_size({"width": 360, "height": 800})
    if page.evaluate(WIDER):
        faults.append(f"{step}: wider than a phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    return faults


def test_it_works_without_a_script(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)

    Walk(page).all_steps("Neurology", SEEDS)

    assert alice().time_zone == "UTC"  # nobody told another
    assert alice().issues.count() == 1


def test_it_works_by_keyboard(open_page: Callable[..., Page]) -> None:
    """Enter in the field looks for a topic, and on the button goes on."""
    page = open_page()
    page.goto(page.url.replace("/practice", "/practice/topics"))

    page.get_by_label("Look for a topic").focus()
    page.keyboard.type("fever")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=fever**")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/follows")


def test_leaving_all_of_it_out_is_one_press(open_page: Callable[..., Page]) -> None:
    page = open_page()

    page.get_by_role("button", name="Leave all of this out").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("My practice")
    assert alice().profiled_at is not None
