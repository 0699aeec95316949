"""Every page in a browser: no error, no other host, no barrier, nothing cut off."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from made.articles import an_article
from made.barriers import barriers
from made.page_articles import ODD, hostile_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.pubmed.article import (
    Article,
    Author,
    Correction,
    DataBank,
    Keyword,
    Markup,
    MeshHeading,
    OtherAbstract,
    PublicationType,
    Reference,
    Section,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

RICH = 31_000_007  # real numbers lead outside, those of examples do not
RETRACTED = 99_000_008
GONE = 31_000_500
PLAIN = "plain-language-summary"
PATHS = [
    "/",
    "/appraisal",
    f"/articles/{RICH}",
    f"/articles/{RETRACTED}",
    f"/articles/{GONE}",
    *(f"/articles/{each.pmid}" for each in ODD[2:7]),
    "/search?q=velotrine",
    "/search?q=velotrine%20)",
    "/search",
    "/nowhere",
    "/sign-in",
    "/sign-up",
    "/sign-in/password",
]
WIDTHS = [360, 768, 1280]


@pytest.fixture
def site(live_server: object) -> str:
    """The address of a site with a few articles."""
    now = datetime.now(UTC)
    shelve(rich_article(), retracted_article(), *ODD[2:7], at=now)
    shelve(an_article(pmid=GONE), at=now)
    shelve(taken_back=[GONE], at=now)
    following.follow(following.index())
    return str(live_server)


def rich_article() -> Article:
    return an_article(
        pmid=RICH,
        title="Velotrine or placebo for <i>fever</i>: a randomised controlled trial.",
        authors=tuple(
            Author(
                last_name=f"Quillfeather{number}",
                fore_name="Ada",
                initials="A",
                orcid="0000-0002-1825-0097" if number < 2 else None,
                affiliations=(Markup(f"Ward {number}, Lower Merrow Hospital."),),
            )
            for number in range(14)
        ),
        publication_types=(PublicationType("D016449", "Randomized Controlled Trial"),),
        abstract={
            "BACKGROUND": "Fever after a fall is common in Lower Merrow. NCT00000077.",
            "METHODS": "We randomly assigned 840 adults to velotrine or placebo.",
            "RESULTS": "Fever ended after 2.1 days (95% CI 1.8 to 2.4).",
            "CONCLUSIONS": "Velotrine shortens fever after a fall.",
        },
        other_abstracts=(
            OtherAbstract(PLAIN, "eng", (Section(Markup("The medicine helps.")),)),
            OtherAbstract(
                "Publisher", "spa", (Section(Markup("La fiebre termina antes.")),)
            ),
        ),
        mesh=(
            MeshHeading("D006801", "Humans"),
            MeshHeading("D005334", "Fever", major=True),
        ),
        keywords=(Keyword(Markup("fever"), "NOTNLM"),),
        data_banks=(DataBank("ClinicalTrials.gov", ("NCT00000077",)),),
        references=(Reference(Markup("Fever and falls. 1999;1:1-" + "9" * 120)),),
    )


def retracted_article() -> Article:
    return an_article(
        pmid=RETRACTED,
        title="Velotrine for " + "hyperthermoregulatory" * 5 + ".",
        corrections=(Correction("RetractionIn", "J Invent Med. 2026", RICH),),
    )


class Watched:
    """A page, and what it did that it should not."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.faults: list[str] = []
        here = urlsplit(site).netloc
        page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        page.on(
            "console",
            lambda message: (
                self.faults.append(f"console {message.text}")
                if message.type in {"error", "warning"}
                and "404 (Not Found)" not in message.text
                and "410 (Gone)" not in message.text
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                self.faults.append(f"asked {request.url}")
                if urlsplit(request.url).netloc != here
                else None
            ),
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_error_a_barrier_or_another_host(
    browser: Browser, site: str, scheme: str
) -> None:
    found = []
    for width in WIDTHS:
        page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        watched = Watched(page, site)
        for path in PATHS:
            page.goto(site + path)
            found += barriers(page, f"{path} {width}")
        found += watched.faults
        page.close()

    assert found == []


def test_everything_that_can_be_pressed_is_large_enough(
    browser: Browser, site: str
) -> None:
    """24 px each way (WCAG 2.2, 2.5.8), links within a text aside.

    A box within its label is as large as that.
    """
    page = browser.new_page(viewport={"width": 360, "height": 900})
    for path in PATHS:
        page.goto(site + path)
        small = page.evaluate(
            """[...document.querySelectorAll(`button, input, summary,
                .terms a, .masthead a, .actions a, .orders a`)]
              .filter(each => each.checkVisibility())
              .map(each => each.closest('label') ?? each)
              .map(each => [each.outerHTML, each.getBoundingClientRect()])
              .filter(([html, box]) => box.height < 24 || box.width < 24)
              .map(([html, box]) => html.slice(0, 120))"""
        )
        assert small == [], path
    page.close()


def test_no_column_of_text_is_squeezed_on_a_phone(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 900})
    for path in PATHS:
        page.goto(site + path)
        narrow = page.evaluate(
            """[...document.querySelectorAll('main :is(p, dd, h1, h3):not(.hidden)')]
              .filter(each => each.checkVisibility())
              .filter(each => getComputedStyle(each).display === 'block')
              .filter(each => each.getBoundingClientRect().width < 140)
              .map(each => each.outerHTML.slice(0, 120))"""
        )
        assert narrow == [], path
    page.close()


def test_no_text_of_a_record_turns_ours_around(browser: Browser, site: str) -> None:
    """Every text of the record begins an override of direction and never ends it."""
    shelve(hostile_article())
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/articles/{hostile_article().pmid}")

    seen = page.evaluate(
        """() => {
          for (const fold of document.querySelectorAll('details')) fold.open = true;
          const words = document.createTreeWalker(
            document.querySelector('main'), NodeFilter.SHOW_TEXT);
          const seen = {all: 0, turned: []};
          const range = document.createRange();
          const place = (node, at) => {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return range.getBoundingClientRect();
          };
          while (words.nextNode()) {
            const node = words.currentNode;
            const word = /[A-Za-z]{3,}/.exec(node.data);
            if (!word || node.data.includes('\u202e')) continue;
            if (node.parentElement.closest('.citation')) continue;  // all its own
            const first = place(node, word.index);
            const last = place(node, word.index + word[0].length - 1);
            if (!first.width || first.top !== last.top) continue;
            seen.all += 1;
            if (first.left > last.left) seen.turned.push(node.data.trim());
          }
          return seen;
        }"""
    )

    assert seen["turned"] == []
    assert seen["all"] > 40
    page.close()


def test_copy_as_text_copies_what_the_link_beside_it_shows(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/articles/{RICH}")

    page.get_by_role("button", name="Copy as text").click()

    page.get_by_role("status").get_by_text("Text copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("link", name="Plain text").click()
    assert copied.strip() == page.inner_text("body").strip()
    context.close()


def test_where_text_cannot_be_copied_it_is_shown(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.add_init_script("ClipboardItem = undefined")
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    page.goto(f"{site}/articles/{RICH}")

    page.get_by_role("button", name="Copy as text").click()

    page.wait_for_url(f"{site}/articles/{RICH}.txt")
    page.close()


def test_other_abstracts_stand_behind_tabs_that_the_keyboard_turns(
    browser: Browser, site: str
) -> None:
    """Without a script; and all of them are printed, each under its name."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/articles/{RICH}")
    own = page.get_by_text("Fever ended after 2.1 days")
    other = page.get_by_text("La fiebre termina antes.")
    expect(own).to_be_visible()
    expect(other).to_be_hidden()

    page.get_by_role("radio", name="Abstract").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("The medicine helps.")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(other).to_be_visible()
    expect(own).to_be_hidden()

    page.emulate_media(media="print")
    expect(own).to_be_visible()
    expect(other).to_be_visible()
    expect(page.get_by_text("Abstract in Spanish")).to_be_visible()
    context.close()


def test_without_a_script_everything_still_works(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)

    page.get_by_role("searchbox").fill("velotrine fever")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Velotrine or placebo").click()

    expect(page).to_have_url(f"{site}/articles/{RICH}")
    expect(page.get_by_role("button", name="Copy citation")).to_have_count(0)
    page.get_by_text("14 affiliations").click()
    expect(page.get_by_text("Ward 13, Lower Merrow Hospital.")).to_be_visible()
    context.close()


def test_a_form_of_our_own_is_taken_from_a_real_browser(
    browser: Browser, site: str
) -> None:
    """Browsers send Origin and Referer by the site's own Referrer-Policy."""
    page = browser.new_page()
    page.goto(site)

    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Join").click()

    expect(page).to_have_url(f"{site}/sign-in/code")
    page.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/articles/{RICH}")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    inside = page.evaluate(
        "document.querySelector('main').contains(document.activeElement)"
    )
    expect(page).to_have_url(re.compile("#main$"))
    assert inside
    page.close()


def test_print_shows_what_was_folded_and_nothing_to_press(
    browser: Browser, site: str
) -> None:
    page = browser.new_page()
    page.goto(f"{site}/articles/{RICH}")
    page.emulate_media(media="print")

    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy citation")).to_be_hidden()
    expect(page.get_by_role("heading", name="Similar articles")).to_be_hidden()
    expect(page.get_by_text("Ward 13, Lower Merrow Hospital.")).to_be_visible()
    page.close()
