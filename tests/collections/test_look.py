"""Collections and groups in a browser: with and without scripts, at every width."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from made.barriers import barriers
from made.valid_html import faults_of
from ownjournal.collections import arranging, curating, suggesting
from ownjournal.collections.groups import meetings, membership
from ownjournal.collections.groups.models import Meeting
from ownjournal.collections.models import Collection
from ownjournal.collections.posts import writing
from ownjournal.collections.posts.models import Editor, Post
from ownjournal.readers.models import Reader
from ownjournal.readers.responses import tagging
from ownjournal.readers.responses.saying import keep

from .conftest import FIRST, NOW, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PHONE = {"width": 360, "height": 740}
OPEN_ALL = "for (const fold of document.querySelectorAll('details')) fold.open = true"
PICTURES = os.environ.get("OWNJOURNAL_PICTURES")  # a folder, to look at them


@pytest.fixture
def filled(fevers: Collection, ada: Reader, bea: Reader) -> Collection:
    """With sections, lines, a suggestion, tags, a group and a meeting."""
    pmids = [FIRST + number for number in range(5)]
    arranging.add(fevers, pmids, NOW, by=ada)
    arranging.say(fevers, FIRST + 1, "The one to read first.", NOW, by=ada)
    trials = arranging.add_section(fevers, "Trials", NOW, by=ada)
    arranging.move(fevers, FIRST + 4, 1, NOW, by=ada, section=trials)
    curating.rename(fevers, ada, "Ada Quillfeather")
    group = membership.make(ada, "Journal club of Ward 3", NOW)
    membership.join(group, bea, NOW)
    fevers.description = "## Why\n\nWhat to read **first** of velotrine."
    fevers.visibility, fevers.group = "public", group
    fevers.save()
    cleo = Reader.objects.create_reader("cleo@elsewhere.test")
    suggesting.suggest(fevers, cleo, str(FIRST + 6), "It is missing.", NOW)
    tagging.put(keep(ada, FIRST), ["ward", "teaching"])
    day = f"{timezone.now() + timedelta(days=6):%Y-%m-%d}"
    plan = meetings.Plan(
        day, "17:30", "60", "Room 2", str(FIRST), "Was it *fair*?", "rct"
    )
    meeting = meetings.make(group, plan, NOW)
    meetings.keep_minutes(meeting, "We found it wanting.", 0)
    Editor.objects.create(reader=ada)
    writing.pick(ada, FIRST + 3, "Short and good.", NOW)
    post = writing.make(ada, "Fever in spring", NOW)
    text = f"# What we saw\n\nFever[^1].\n\npmid:{FIRST}\n\n[^1]: In Merrow."
    typed = writing.Typed("Fever in spring", text, "fever, spring", "Ada")
    writing.publish(writing.keep(post, typed, 0, ada, NOW), NOW)
    return fevers


def a_page(browser: Browser, site: str, reader: Reader, **wishes: object) -> Page:
    """A page of a browser in which the reader is signed in."""
    client = signed_in(reader)
    context = browser.new_context(**wishes)  # type: ignore[arg-type]
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": site}])
    return context.new_page()


def paths(collection: Collection) -> list[str]:
    start, meeting = f"/collections/{collection.pk}", Meeting.objects.get()
    group, post = f"/groups/{meeting.group_id}", Post.objects.get()
    own = [f"{start}{part}" for part in ("", "/history", "/edit", "/add", "/settings")]
    return [
        *("/collections", "/collections/mine", *own, f"/articles/{FIRST}", "/saved"),
        *("/groups", group, f"{group}/meetings/new"),
        f"{group}/meetings/{meeting.pk}",
        *("/posts", f"/posts/{post.pk}", "/posts/drafts", f"/posts/{post.pk}/edit"),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_are_no_barrier_and_fit(
    browser: Browser,
    live_server: object,
    filled: Collection,
    ada: Reader,
    width: int,
    scheme: str,
) -> None:
    site, size = str(live_server), {"width": width, "height": 900}
    page = a_page(browser, site, ada, viewport=size, color_scheme=scheme)
    found = []
    for path in paths(filled):
        answer = page.goto(site + path)
        assert answer is not None and answer.ok, path
        page.evaluate(OPEN_ALL)
        found += barriers(page, path)
        if PICTURES:
            name = f"{path.strip('/').replace('/', '-')}-{width}-{scheme}.png"
            page.screenshot(path=Path(PICTURES) / name, full_page=True)
    page.context.close()

    assert found == []


def test_with_scripts_an_article_moves_in_its_place(
    browser: Browser, live_server: object, filled: Collection, ada: Reader
) -> None:
    wide = {"width": 1280, "height": 1400}
    page = a_page(browser, str(live_server), ada, viewport=wide)
    page.goto(f"{live_server}/collections/{filled.pk}/edit")
    page.evaluate("window.same = true")
    row = page.locator(f"#article-{FIRST + 1}")

    row.get_by_role("button", name="Up").press("Enter")

    expect(page.locator("[data-told]")).to_have_text(
        "Velotrine in village 1: now at place 1"
    )
    expect(row.get_by_role("button", name="Up")).to_be_disabled()
    expect(row.get_by_role("button", name="Down")).to_be_focused()
    assert page.evaluate("window.same")
    row.locator(".arrange-head").drag_to(page.locator(f"#article-{FIRST + 3}"))
    expect(page.locator("[data-told]")).to_contain_text("now at place 4")
    page.context.close()

    assert filled.articles.get(pmid=FIRST + 1).position == 4
    assert filled.articles.get(pmid=FIRST).position == 1


def test_without_scripts_a_collection_is_begun_filled_and_made_public(
    browser: Browser, live_server: object, filled: Collection, ada: Reader
) -> None:
    wishes = {"viewport": PHONE, "java_script_enabled": False}
    page = a_page(browser, str(live_server), ada, **wishes)
    page.goto(f"{live_server}/collections/mine")
    page.get_by_label("Title").fill("Falls")
    page.get_by_role("button", name="Begin it").click()
    page.get_by_role("link", name="Add articles").click()
    page.get_by_label("Paste PMIDs").fill(f"{FIRST}\n10.99999/velo.2\nrubbish")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("status")).to_contain_text("2 articles added; 1 could not")
    page.get_by_role("link", name="To the collection").click()
    page.get_by_role("link", name="Arrange").click()
    page.locator(f"#article-{FIRST + 2}").get_by_role("button", name="Up").click()
    expect(page).to_have_url(re.compile(f"#article-{FIRST + 2}$"))
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Everybody").check()
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_role("heading", name="Falls")).to_be_visible()
    page.context.close()

    anybody = browser.new_page()
    anybody.goto(f"{live_server}/collections")
    anybody.get_by_role("link", name="Falls").click()
    titles = anybody.locator(".article-card h3").all_inner_texts()
    anybody.close()
    assert titles == ["Velotrine in village 2", "Velotrine in village 0"]


def test_the_pages_are_valid_html(filled: Collection, ada: Reader) -> None:
    client = signed_in(ada)
    pages = {path: client.get(path, follow=True).text for path in paths(filled)}
    for path in ("/collections", "/posts", f"/collections/{filled.pk}"):
        pages[f"{path} to a visitor"] = Client().get(path, follow=True).text

    assert faults_of(pages) == []
