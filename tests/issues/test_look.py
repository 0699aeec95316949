"""A reader's pages and mail in a real browser: no barrier, nothing cut off."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from made.barriers import barriers
from made.mails import mail_of
from made.shelf import shelve
from made.trials import trials
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import Issue
from ownjournal.pubmed.article import Correction
from ownjournal.readers import signin
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
PATHS = ["/issues/1", "/issues/2", "/issues", "/interests"]
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


@pytest.fixture
def issue(transactional_db: None, alice: Reader) -> Issue:
    """The second of two: with a notice of something in the first, and a gap."""
    first = compile_issue(alice, now=NOW)
    assert first is not None
    shown = {row.pmid for row in first.articles.all()[:1]}
    retraction = Correction("RetractionIn", "J Invent Med. 2026", pmid=99_300_001)
    shelve(
        *(
            replace(each, corrections=(retraction,))
            for each in trials(99_200_000, 60)
            if each.pmid in shown
        ),
        *trials(99_201_000, 40),
        at=NOW,
    )
    second = compile_issue(alice, now=NOW + timedelta(days=7))
    assert second is not None
    Issue.objects.update(missing_files=["pubmed26n1298.xml.gz"])
    return Issue.objects.get(number=2)


def come_in(page: Page, site: str, reader: Reader) -> None:
    page.goto(site + signin.make_link(reader, timezone.now()))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def test_the_button_of_a_link_leads_to_the_newest_issue(
    browser: Browser, live_server: object, issue: Issue
) -> None:
    page = browser.new_page(java_script_enabled=False)

    come_in(page, str(live_server), issue.reader)

    expect(page).to_have_url(re.compile("/issues/2$"))
    expect(page.get_by_role("heading", name="Issue 2")).to_be_visible()
    page.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_reader_s_pages_have_no_barrier_and_load_nothing_from_elsewhere(
    browser: Browser, live_server: object, issue: Issue, width: int, scheme: str
) -> None:
    site = str(live_server)
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    come_in(page, site, issue.reader)
    found = []
    for path in PATHS:
        page.goto(site + path)
        found += [f"{path}: {fault}" for fault in barriers(page)]

    assert found == []
    assert [url for url in asked if not url.startswith(site)] == []
    page.close()


def test_interests_are_changed_without_javascript_or_a_mouse(
    browser: Browser, live_server: object, issue: Issue
) -> None:
    site = str(live_server)
    page = browser.new_page(java_script_enabled=False)
    come_in(page, site, issue.reader)
    page.goto(site + "/interests")

    page.get_by_role("radio", name="Words").focus()
    page.keyboard.press("Space")
    page.get_by_label("What to follow").focus()
    page.keyboard.type("gout")
    page.keyboard.press("Enter")

    expect(page.get_by_text("You now follow gout.")).to_be_visible()
    page.get_by_role("button", name="Remove gout").press("Enter")
    expect(page.get_by_text("You no longer follow gout.")).to_be_visible()
    page.close()


def test_a_printed_issue_has_its_articles_and_nothing_to_press(
    browser: Browser, live_server: object, issue: Issue
) -> None:
    page = browser.new_page()
    come_in(page, str(live_server), issue.reader)
    page.emulate_media(media="print")

    expect(page.get_by_text("You have reached the end of this issue.")).to_be_visible()
    cards = page.locator(".article-card")
    expect(cards.locator("visible=true")).to_have_count(cards.count())
    pressed = page.locator("button, input:not([type=hidden]), nav a")
    expect(pressed.locator("visible=true")).to_have_count(0)
    page.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_mail_is_read_at_any_width_in_light_and_dark(
    browser: Browser, issue: Issue, width: int, scheme: str
) -> None:
    body = mail_of(issue).get_body(("html",))
    assert body is not None
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.set_content(str(body.get_content()))

    assert asked == []
    # a mail has no landmarks: it is a part of the program that shows it
    landmarks = ("region ", "landmark-one-main ")
    assert [each for each in barriers(page) if not each.startswith(landmarks)] == []
    page.close()
