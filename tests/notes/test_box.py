"""The box in a browser: with and without scripts, at every width, for everybody."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from made.barriers import barriers
from made.door import code_for
from made.notes import AT, a_note
from ownjournal.notes.models import Draft, Note, Signature
from ownjournal.pubmed.article import Article
from ownjournal.readers.accounts import codes
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"width": 360, "height": 740}
SUMMARY = """## Why it matters

**Fever** is common[^1](In *villages*, see pmid:99400001.), 10<sup>9</sup> a year.

1. one
2. two

## Bottom line

_Wait._"""


@pytest.fixture
def written(alice: Reader, article: Article) -> Note:
    """Two notes of Alice's under the article, and a draft."""
    Signature.objects.create(
        reader=alice, name="Alice Merrow", role="Nurse", role_verified_at=AT
    )
    pearl = a_note(author=alice, pmid=article.pmid, edited_at=AT, edits=1)
    pearl.versions.create(
        number=0, kind="pearl", text="Before.", dialect=1, replaced_at=AT
    )
    a_note(author=alice, pmid=article.pmid, kind="summary", text=SUMMARY)
    Draft.objects.create(
        reader=alice, pmid=article.pmid, kind="pearl", text="Half a", saved_at=AT
    )
    return pearl


def a_page(
    browser: Browser, site: str, reader: Reader | None, **wishes: object
) -> Page:
    """A page of a browser in which the reader is signed in; None is a visitor."""
    context = browser.new_context(**wishes)  # type: ignore[arg-type]
    if reader is not None:
        client = Client()
        client.force_login(reader)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": site}])
    return context.new_page()


def come_in(page: Page, site: str, address: str) -> None:
    """From the page that asks to sign in, by a code, to wherever that leads."""
    page.locator("main input[name=email]").first.fill(address)
    page.get_by_role("button", name="Send me a code").or_(
        page.locator("main form button[type=submit]")
    ).first.click()
    page.wait_for_url("**/sign-in/code")
    page.locator("input[name=code]").fill(codes.digits(code_for(address)))
    page.locator("main form button[type=submit]").first.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_notes_are_no_barrier_and_fit(
    browser: Browser,
    live_server: object,
    alice: Reader,
    written: Note,
    width: int,
    scheme: str,
) -> None:
    site = str(live_server)
    page = a_page(
        browser,
        site,
        alice,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    number = written.pk
    found = []
    for path in (
        f"/articles/{written.pmid}",
        f"/articles/{written.pmid}/notes",
        f"/notes/{number}",
        f"/notes/{number}/history",
        f"/notes/{number}/edit",
        "/notes",
        "/notes/newest",
        "/account/signature",
    ):
        answer = page.goto(site + path)
        assert answer is not None and answer.ok, path
        page.evaluate(
            "for (const each of document.querySelectorAll('details')) each.open = true"
        )
        found += barriers(page, path)
    page.context.close()

    assert found == []


def test_with_scripts_a_visitor_writes_comes_in_and_posts(
    browser: Browser, live_server: object, alice: Reader, article: Article
) -> None:
    site = str(live_server)
    page = a_page(browser, site, None, viewport=PHONE)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{site}/articles/{article.pmid}")
    box = page.locator("#note-box")
    text = box.locator("#note-text")
    expect(box.locator(".note-counted")).to_have_text("300 characters remaining")

    text.fill("a\u0301" * 301)
    expect(box.locator(".note-counted")).to_have_text("\u22121 character remaining")
    expect(box.locator(".note-counted")).to_have_css("border-bottom-width", "0px")
    box.get_by_label("Comment").check()
    expect(box.locator(".note-counted")).to_have_text("1,699 characters remaining")
    spoken = box.locator("[role=status].hidden").first
    expect(spoken).to_have_text("1,699 characters remaining")

    text.fill("**Fever** fades[^x].")
    box.get_by_role("button", name="Preview").press("Enter")
    preview = page.locator("[data-preview]")
    expect(preview.locator("strong").first).to_be_visible()
    expect(preview).to_contain_text("Line 1")
    expect(preview).to_be_focused()

    page.wait_for_timeout(600)  # the draft is kept in the browser by now
    page.goto(f"{site}/articles/{article.pmid}")
    expect(text).to_have_value("**Fever** fades[^x].")
    expect(box.get_by_label("Comment")).to_be_checked()

    box.get_by_role("button", name="Post").click()
    page.wait_for_url("**/sign-in")
    expect(page.locator(".messages")).to_contain_text("What you wrote is kept.")
    come_in(page, site, alice.email)
    page.wait_for_url(f"**/articles/{article.pmid}/notes#note-box")
    expect(text).to_have_value("**Fever** fades[^x].")
    expect(box.get_by_label("Only me")).to_be_checked()
    box.get_by_role("button", name="Post").click()
    page.wait_for_url("**#note-*")
    note = Note.objects.get()
    assert (note.kind, note.visibility) == ("comment", "private")
    expect(page.locator(f"#note-{note.pk}")).to_contain_text("Fever fades")
    expect(text).to_have_value("")
    page.reload()
    expect(text).to_have_value("")
    assert not Draft.objects.exists()
    assert faults == []
    page.context.close()


def test_without_scripts_a_visitor_writes_comes_in_and_posts(
    browser: Browser, live_server: object, alice: Reader, article: Article
) -> None:
    site = str(live_server)
    page = a_page(browser, site, None, viewport=PHONE, java_script_enabled=False)
    page.goto(f"{site}/articles/{article.pmid}")
    text = page.locator("#note-text")
    page.get_by_role("radio", name="Comment").check()
    text.fill("\n**Fever** fades.\n")

    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview").first).to_be_visible()
    expect(page.locator("#note-new strong").first).to_be_visible()
    expect(text).to_have_value("\n**Fever** fades.\n")

    page.locator(".note-hints > summary").click()
    expect(page.get_by_text("Superscript")).to_be_visible()
    page.get_by_role("button", name="Post").click()
    come_in(page, site, alice.email)
    expect(text).to_have_value("\n**Fever** fades.\n")
    page.get_by_role("radio", name="Everybody").check()
    page.get_by_role("button", name="Post").click()
    expect(page.locator("#name-problem")).to_be_visible()
    page.get_by_label("How you sign").fill("Alice Merrow")
    page.get_by_role("button", name="Post").click()
    note = Note.objects.get()
    assert note.text == "\r\n**Fever** fades.\r\n"
    mine = page.locator(f"#note-{note.pk}")

    mine.get_by_role("link", name="Edit").click()
    text.fill("It fades by itself.")
    page.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("It fades by itself.")
    expect(mine).to_contain_text("edited")
    mine.get_by_role("button", name="Delete").click()
    expect(mine).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(mine).to_contain_text("It fades by itself.")
    page.context.close()


def test_who_is_signed_out_while_writing_loses_nothing(
    browser: Browser, live_server: object, alice: Reader, article: Article
) -> None:
    site = str(live_server)
    page = a_page(browser, site, alice, viewport=PHONE)
    page.goto(f"{site}/articles/{article.pmid}")
    text = page.locator("#note-text")
    page.context.clear_cookies()

    text.press_sequentially("Much work.")
    expect(page.locator(".note-kept")).to_contain_text("You were signed out.")
    text.press_sequentially(" And more.")
    page.get_by_role("button", name="Post").click()
    page.wait_for_url("**/sign-in")
    come_in(page, site, alice.email)
    page.wait_for_url("**/notes#note-box")

    expect(text).to_have_value("Much work. And more.")
    assert [each.text for each in Draft.objects.all()] == ["Much work. And more."]
    page.context.close()


def test_drafts_hints_and_the_frame_are_where_they_were_left(
    browser: Browser, live_server: object, alice: Reader, article: Article
) -> None:
    site = str(live_server)
    page = a_page(browser, site, alice, viewport=PHONE)
    page.goto(f"{site}/articles/{article.pmid}")
    text = page.locator("#note-text")
    summary = page.locator(".note-hints > summary")

    summary.press("Enter")
    expect(page.locator(".note-features")).to_be_visible()
    expect(summary).to_have_accessible_name("hide… how to format a note")
    page.get_by_role("button", name="Start a summary").press("Enter")
    expect(text).to_be_focused()
    page.keyboard.type("Because fever is common.")
    expect(page.locator(".note-kept")).to_have_text("Draft kept")
    page.close()

    page = a_page(browser, site, alice, viewport=PHONE)  # another browser of hers
    page.goto(f"{site}/articles/{article.pmid}")
    text = page.locator("#note-text")
    expect(text).to_have_value(Draft.objects.get().text.replace("\r\n", "\n"))
    assert "matters\nBecause fever is common." in text.input_value()
    expect(page.get_by_role("radio", name="Summary")).to_be_checked()
    page.locator(".note-hints > summary").press("Enter")
    page.reload()
    expect(page.locator(".note-features")).to_be_visible()
    page.get_by_role("button", name="Throw the draft away").click()
    page.wait_for_load_state()
    expect(text).to_have_value("")
    assert not Draft.objects.exists()
    page.context.close()
