"""What readers say, in a browser: with and without scripts, at every width."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from made.barriers import barriers
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import following
from ownjournal.issues.compile import compile_issue
from ownjournal.readers import registry
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.muting import mute
from ownjournal.readers.responses.saying import keep, say

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

TRIAL = 99_200_001
PHONE = {"width": 360, "height": 740}
PATHS = [
    f"/articles/{TRIAL}",
    "/search?q=fever",
    "/issues/1",
    "/saved",
    "/interests",
    "/interests/said",
]
OPEN_ALL = "for (const fold of document.querySelectorAll('details')) fold.open = true"


@pytest.fixture
def alice(db: None) -> Reader:
    """She has an issue, and has said something of two articles."""
    shelve(*trials(99_200_000, 24))
    following.follow(following.index())
    reader = registry.add("alice@merrow.test", words=["fever", "asthma"])
    compile_issue(reader, now=timezone.now())
    say(reader, TRIAL + 1, "more")
    keep(reader, TRIAL + 2)
    mute(reader, "words", "gout")
    return reader


def a_page(browser: Browser, site: str, reader: Reader, **wishes: object) -> Page:
    """A page of a browser in which the reader is signed in."""
    client = Client()
    client.force_login(reader)
    context = browser.new_context(**wishes)  # type: ignore[arg-type]
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": site}])
    return context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_buttons_are_no_barrier_and_fit(
    browser: Browser, live_server: object, alice: Reader, width: int, scheme: str
) -> None:
    site = str(live_server)
    page = a_page(
        browser,
        site,
        alice,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    found = []
    for path in PATHS:
        answer = page.goto(site + path)
        assert answer is not None and answer.ok, path
        page.evaluate(OPEN_ALL)
        found += barriers(page, path)
    page.context.close()

    assert found == []


def test_with_scripts_an_article_changes_in_place(
    browser: Browser, live_server: object, alice: Reader
) -> None:
    site = str(live_server)
    page = a_page(browser, site, alice, viewport=PHONE)
    page.goto(f"{site}/search?q=fever")
    form = page.locator("form.say").first
    pmid = int((form.get_attribute("id") or "").removeprefix("say-"))
    more = form.get_by_role("button", name="More like this")
    page.evaluate("window.same = true")

    more.dblclick()  # one wish, not two

    expect(more).to_have_attribute("aria-pressed", "true")
    expect(more).to_be_focused()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("button", name="Read")).to_be_visible()
    assert page.evaluate("window.same")
    assert alice.responses.get(pmid=pmid).kind == "more"

    form.get_by_text("Follow or mute").click()
    form.get_by_role("button", name="Mute").click()
    expect(form.get_by_role("button", name="Mute")).to_have_attribute(
        "aria-pressed", "true"
    )
    more.press("Enter")
    expect(more).to_have_attribute("aria-pressed", "false")
    assert not alice.responses.filter(pmid=pmid).exists()
    page.context.close()


def test_without_scripts_one_comes_back_to_the_same_article(
    browser: Browser, live_server: object, alice: Reader
) -> None:
    site = str(live_server)
    page = a_page(browser, site, alice, viewport=PHONE, java_script_enabled=False)
    page.goto(f"{site}/search?q=fever")
    form = page.locator("form.say").last
    name = form.get_attribute("id")

    form.get_by_role("button", name="Less like this").click()

    expect(page).to_have_url(f"{site}/search?q=fever#{name}")
    expect(form).to_be_in_viewport()
    less = form.get_by_role("button", name="Less like this")
    expect(less).to_have_attribute("aria-pressed", "true")
    form.locator("summary").click()
    form.get_by_role("button", name="Follow").click()
    expect(page.locator(".messages")).to_contain_text("You now follow")
    page.context.close()


def test_whoever_was_signed_out_meanwhile_is_shown_how_to_come_in(
    browser: Browser, live_server: object, alice: Reader
) -> None:
    site = str(live_server)
    page = a_page(browser, site, alice)
    page.goto(f"{site}/articles/{TRIAL}")
    page.context.clear_cookies()

    page.get_by_role("button", name="Save").click()

    page.wait_for_load_state()
    assert not alice.saved.filter(pmid=TRIAL).exists()
    expect(page.get_by_role("link", name="Sign in or join")).to_be_visible()
    page.context.close()
