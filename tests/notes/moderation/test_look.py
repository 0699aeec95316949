"""Ratings, marks, reports and the moderators' pages in a browser."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from made.barriers import barriers
from made.notes import a_note
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import Decision, Helpful, Report
from ownjournal.notes.ratings.rating import rate
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


@pytest.fixture
def summary(transactional_db: None, alice: Reader, article: Article) -> Note:
    return a_note(
        author=alice,
        pmid=article.pmid,
        kind="summary",
        text="## What they found\n\nFever *fades*.[^1](In a week.)\n\n" + "So. " * 200,
    )


def entered(browser: Browser, site: object, who: Reader | None, **how: Any) -> Page:
    context: BrowserContext = browser.new_context(**how)
    if who is not None:
        client = Client()
        client.force_login(who)
        session = client.cookies["session"].value
        cookie = {"name": "session", "value": session, "url": str(site)}
        context.add_cookies([cookie])
    return context.new_page()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_reader_rates_marks_and_reports_and_a_moderator_decides(
    browser: Browser,
    live_server: object,
    article: Article,
    alice: Reader,
    bob: Reader,
    mona: Reader,
    script: bool,
) -> None:
    note = a_note(author=alice, pmid=article.pmid)
    page = entered(browser, live_server, bob, java_script_enabled=script)
    page.goto(f"{live_server}/articles/{article.pmid}")
    tap(page, "Relevant to my practice", "6", script)
    tap(page, "Would change what I do", "Not sure", script)
    assert dict(bob.ratings.values_list("question", "answer")) == {
        "relevant": 6,
        "changes": 3,
    }
    page.get_by_role("button", name="Helpful").click()
    page.get_by_role("button", name="Helpful 1").wait_for()
    assert Helpful.objects.get().note_id == note.pk
    page.get_by_role("link", name="Report this note").click()
    page.get_by_label("It is wrong, or could harm a patient").check()
    page.get_by_label("In your words").fill("Ten times less.")
    page.get_by_role("button", name="Report it").click()
    page.get_by_text("Thank you. A moderator looks at the note.").wait_for()
    assert Report.objects.get().text == "Ten times less."
    page.context.close()

    page = entered(browser, live_server, mona, java_script_enabled=script)
    page.goto(f"{live_server}/moderation")
    page.get_by_role("link", name=f"Pearl {note.pk}").click()
    page.get_by_label("Why", exact=True).fill("The dose is wrong.")
    page.get_by_role("button", name="Hide it").click()
    page.get_by_text("Done, and on record.").wait_for()
    page.goto(f"{live_server}/moderation")
    page.get_by_text("No report waits.").wait_for()
    assert Decision.objects.get().why == "The dose is wrong."
    page.context.close()

    page = entered(browser, live_server, None, java_script_enabled=script)
    page.goto(f"{live_server}/articles/{article.pmid}")
    assert "Fever fades" not in page.content()
    page.context.close()


def tap(page: Page, question: str, answer: str, script: bool) -> None:
    """One tap; without a script, one more on the button."""
    group = page.get_by_role("group", name=question)
    group.get_by_role("radio", name=answer, exact=True).check()
    if script:
        page.get_by_text("Kept.").wait_for()
        page.evaluate("document.querySelector('.rating [role=status]').textContent=''")
    else:
        page.get_by_role("button", name="Rate it").click()


def test_with_a_script_one_taps_by_keyboard_and_takes_it_back(
    browser: Browser, live_server: object, article: Article, bob: Reader
) -> None:
    page = entered(browser, live_server, bob)
    page.goto(f"{live_server}/articles/{article.pmid}")
    first = page.get_by_role("group", name="New to me").get_by_role("radio").first
    first.focus()
    for key in ("Space", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    page.get_by_text("Kept.").wait_for()
    page.wait_for_load_state("networkidle")
    assert bob.ratings.get().answer == 3
    assert page.evaluate("document.activeElement.value") == "3"

    page.get_by_role("button", name="Remove my rating").click()
    page.get_by_text("Removed.").wait_for()

    assert not bob.ratings.exists()
    assert not page.evaluate("document.querySelector('.rating input:checked')")
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_are_accessible_and_fit(
    browser: Browser,
    live_server: object,
    article: Article,
    summary: Note,
    mona: Reader,
    width: int,
    scheme: Any,
) -> None:
    for number in range(3):
        other = Reader.objects.create_reader(
            f"r{number}@merrow.test", specialty="cardiology"
        )
        rate(other, article.pmid, {"relevant": 5, "new": 2, "changes": 1}, NOW)
        Helpful.objects.create(note=summary, reader=other, marked_at=NOW)
    reported = a_note(text="Wrong " * 60, hidden_at=None)
    Report.objects.create(note=reported, reason="wrong", text="No.", reported_at=NOW)
    Decision.objects.create(at=NOW, by=mona, deed="hide", note=summary.pk, why="Why.")
    page = entered(
        browser,
        live_server,
        mona,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )
    for path in (
        f"/articles/{article.pmid}",
        "/",
        "/moderation",
        "/moderation?show=record",
        f"/moderation/notes/{summary.pk}",
        f"/notes/{reported.pk}/report",
    ):
        page.goto(f"{live_server}{path}")
        assert barriers(page) == [], path
    page.context.close()
