"""Copying a citation in a real browser: what is on the clipboard, and what is said."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from made.articles import an_article
from made.barriers import barriers
from made.shelf import shelve
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.styles.style import cite

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

PMID = 31_000_007
PAGE = f"/articles/{PMID}"
MENU = "Cite, or take it to a reference manager"
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const html = await (await item.getType('text/html')).text();
  const text = await (await item.getType('text/plain')).text();
  return {html, text};
}"""


@pytest.fixture
def article() -> Article:
    return an_article(pmid=PMID, title="Fever &amp; <i>falls</i> in H<sub>2</sub>O.")


@pytest.fixture
def site(live_server: object, article: Article) -> str:
    shelve(article)
    return str(live_server)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may use the clipboard."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-cited]")).to_have_text(words)


def test_one_click_copies_the_usual_style_and_says_so(
    page: Page, site: str, article: Article
) -> None:
    page.goto(site + PAGE)

    page.get_by_role("button", name="Copy citation").click()

    said(page, "Copied in Vancouver style")
    copied = page.evaluate(CLIPBOARD)
    told = cite(article, "vancouver")
    assert copied["text"] == told.text
    assert "<i>falls</i> in H<sub>2</sub>O" in copied["html"]


def test_what_is_said_is_said_to_everybody(page: Page, site: str) -> None:
    page.goto(site + PAGE)

    assert page.locator("[data-cited]").get_attribute("role") == "status"


def test_a_default_is_kept_for_the_next_visit(
    page: Page, site: str, article: Article
) -> None:
    page.goto(site + PAGE)
    page.get_by_text(MENU).click()
    page.get_by_role("button", name=re.compile("AMA.*My default")).click()
    said(page, "AMA is your default style now")

    page.goto(site + PAGE)
    page.get_by_role("button", name="Copy citation").click()

    said(page, "Copied in AMA style")
    assert page.evaluate(CLIPBOARD)["text"] == cite(article, "ama").text
    page.get_by_text(MENU).click()
    pressed = page.get_by_role("button", pressed=True)
    assert "AMA" in (pressed.text_content() or "")
    expect(pressed).to_have_count(1)


def test_any_style_can_be_the_default(page: Page, site: str, article: Article) -> None:
    page.goto(f"{site}{PAGE}/cite?q=the+lancet")
    page.get_by_role("link", name="The Lancet", exact=True).click()
    page.get_by_role("button", name=re.compile("The Lancet.*My default")).click()
    said(page, "The Lancet is your default style now")

    page.goto(site + PAGE)
    page.get_by_role("button", name="Copy citation").click()

    said(page, "Copied in The Lancet style")
    copied = page.evaluate(CLIPBOARD)
    assert copied["text"] == cite(article, "the-lancet").text
    assert "<b>7</b>" in copied["html"]


def test_a_style_that_fails_is_said_and_nothing_is_copied(
    page: Page, site: str
) -> None:
    page.goto(site + PAGE)
    page.evaluate(
        """localStorage.setItem('citation-style',
            JSON.stringify({style: 'gone-style', short: 'Gone'}))"""
    )
    page.reload()

    page.get_by_role("button", name="Copy citation").click()

    said(page, "The citation in Gone style could not be copied.")


@pytest.mark.parametrize("kept", ["", "{", "null", "[1]", '{"style": 7}'])
def test_what_storage_holds_may_be_anything(page: Page, site: str, kept: str) -> None:
    page.goto(site + PAGE)
    page.evaluate("kept => localStorage.setItem('citation-style', kept)", kept)
    page.reload()

    page.get_by_role("button", name="Copy citation").click()

    said(page, "Copied in Vancouver style")


def test_numbers_alone_can_be_copied(page: Page, site: str, article: Article) -> None:
    page.goto(site + PAGE)
    page.get_by_text(MENU).click()

    page.get_by_role("button", name="Copy PMID").click()
    said(page, f"Copied: {PMID}")
    page.get_by_role("button", name="Copy DOI").click()
    said(page, f"Copied: {article.identifiers.doi}")
    assert page.evaluate("navigator.clipboard.readText()") == article.identifiers.doi


def test_without_https_the_old_command_copies_both_forms(
    page: Page, site: str, article: Article
) -> None:
    page.add_init_script(
        "window.ClipboardItem = undefined; Object.defineProperty("
        "navigator, 'clipboard', {value: undefined});"
    )
    page.goto(site + PAGE)

    page.get_by_role("button", name="Copy citation").click()

    said(page, "Copied in Vancouver style")
    other = page.context.new_page()
    other.goto(site + "/appraisal")
    copied = other.evaluate(CLIPBOARD)
    assert copied["text"] == cite(article, "vancouver").text
    assert "<i>falls</i>" in copied["html"]


def test_where_nothing_can_be_copied_the_citation_is_selected(
    page: Page, site: str, article: Article
) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false;"
    )
    page.goto(site + PAGE)

    page.get_by_role("button", name="Copy citation").click()

    said(page, "The citation is selected; copy it with your keyboard.")
    selected = page.evaluate("getSelection().toString()").strip()
    assert selected == cite(article, "vancouver").text


def test_the_keyboard_does_it_all(page: Page, site: str) -> None:
    page.goto(site + PAGE)
    page.get_by_text(MENU).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    said(page, "Copied in Vancouver style")


def test_without_a_script_citations_can_be_read_and_styles_found(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PAGE)
    page.get_by_text(MENU).click()
    expect(page.locator(".citation")).to_have_count(4)
    expect(page.locator(".citing button:visible")).to_have_count(0)

    page.get_by_role("link", name="Any style by name").click()
    page.get_by_label("Name of a style or journal").fill("bmj open")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="BMJ Open", exact=True).click()

    expect(page).to_have_url(f"{site}{PAGE}/cite?style=bmj-open")
    expect(page.locator(".citation")).to_have_count(5)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_barrier(browser: Browser, site: str, scheme: str) -> None:
    found = []
    for width in (360, 1280):
        page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        for path in (
            PAGE,
            f"{PAGE}/cite?q=lancet",
            f"{PAGE}/cite?style=nope",
            "/styles",
        ):
            page.goto(site + path)
            if path == PAGE:
                page.get_by_text(MENU).click()
            found += barriers(page, f"{path} {width}")
        page.close()

    assert found == []
