"""Libraries in a browser: chosen, kept, linked, with nobody told."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
)

from made.articles import an_article
from made.barriers import barriers
from made.institutions import an_institution
from made.shelf import shelve
from ownjournal.pubmed.libraries import Told, told, way
from ownjournal.readers.institutions import picks
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

TABLE = Path(__file__).parents[1] / "pubmed" / "data" / "libraries.json"
SHARED = json.loads(TABLE.read_text())
PMID = 31_000_007
ARTICLE = an_article(pmid=PMID, title="Tea “or” <i>velotrine</i> & fever: 50 %.")
ADD = "Add institutional full text…"
SEARCH = "Name or country of your institution"


@pytest.fixture
def site(live_server: object) -> str:
    """A site with one article and a few libraries."""
    shelve(ARTICLE)
    an_institution("Université de Göteborg", template="https://g.test/openurl?vid=A:B")
    an_institution(
        "Merrow Hospital", kind="proxy", template="https://p.test/login?url=$@"
    )
    an_institution("Merrow PMC", kind="template", template="https://t.test/{pmcid}")
    return str(live_server)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The article's page in a browser of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(f"{site}/articles/{PMID}")
    yield opened
    context.close()


def by_way_of(name: str) -> str | None:
    row = Institution.objects.get(name=name)
    article = told(ARTICLE)
    assert article is not None
    return way(row.kind, row.template, article).url


def choose(page: Page, query: str, name: str) -> None:
    page.get_by_label(SEARCH).fill(query)
    page.get_by_role("button", name=f"Add {name}").click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(
        f"{name} is added."
    )


def ways(page: Page) -> list[str | None]:
    links = page.locator(".libraries .ways a")
    return [link.get_attribute("href") for link in links.all()]


def told_of_libraries(asked: list[Request]) -> list[str]:
    """What was asked for; the page and its own parts tell nothing of libraries."""
    assert not any(each.post_data for each in asked)
    urls = [urlsplit(each.url) for each in asked]
    own = (f"/articles/{PMID}", "/static/")
    assert not any(url.query for url in urls if url.path.startswith("/articles/"))
    return [url.path for url in urls if not url.path.startswith(own)]


def signed_in(context: BrowserContext, site: str, client: Any) -> Reader:
    reader = Reader.objects.create_reader("ada@merrow.test")
    client.force_login(reader)
    cookie = client.cookies["session"].value
    context.add_cookies([{"name": "session", "value": cookie, "url": site}])
    return reader


def test_the_script_makes_the_links_of_the_shared_table(page: Page) -> None:
    """The other half of tests/pubmed/test_libraries.py."""
    articles = {}
    for name, made in SHARED["articles"].items():
        pairs = tuple((key, value) for key, value in made["pairs"])
        articles[name] = {
            "openurl": Told(pairs).openurl,
            **({"pmcid": made["pmcid"]} if made["pmcid"] else {}),
        }
    for case in SHARED["links"]:
        assert page.evaluate(
            "([kind, template]) => libraries.isTemplate(kind, template)",
            [case["kind"], case["template"]],
        )
        assert page.evaluate(
            "([kind, template, article]) => libraries.way(kind, template, article)",
            [case["kind"], case["template"], articles[case["article"]]],
        ) == {"url": case["url"], "reason": case["reason"]}


def test_the_script_refuses_what_the_server_refuses(page: Page) -> None:
    for kind, template in SHARED["refused"]:
        assert not page.evaluate(
            "([kind, template]) => libraries.isTemplate(kind, template)",
            [kind, template],
        ), template


def test_words_are_the_same_as_the_servers(page: Page) -> None:
    for text in ("Université de Göteborg", "St. Mary's", "Łódź Straße Æ İst", "北京 ﬁ"):
        assert page.evaluate("wordsOf", text) == picks.words(text)


def test_a_visitor_chooses_libraries_and_nobody_is_told(page: Page) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))

    page.get_by_role("link", name=ADD).click()
    choose(page, "goteb universite", "Université de Göteborg")
    choose(page, "merrow hosp", "Merrow Hospital")
    page.get_by_role("button", name="Up Merrow Hospital").click()
    page.get_by_role("button", name="Done").click()

    expected = [by_way_of("Merrow Hospital"), by_way_of("Université de Göteborg")]
    assert ways(page) == expected
    assert told_of_libraries(asked) == ["/libraries.json"]
    asked.clear()
    page.reload()
    assert ways(page) == expected
    assert told_of_libraries(asked) == []
    assert (
        page.locator(".libraries .ways a").first.get_attribute("rel")
        == "noopener noreferrer"
    )
    cookies = page.context.cookies()
    assert not [each for each in cookies if "libr" in each["name"]]


def test_a_library_is_removed_and_one_without_a_link_says_why(page: Page) -> None:
    page.get_by_role("link", name=ADD).click()
    choose(page, "pmc", "Merrow PMC")
    choose(page, "goteborg", "Université de Göteborg")
    expect(page.locator(".libraries .ways .meta")).to_have_text(
        "Merrow PMC: This link needs a PMCID, which the article does not have."
    )

    page.get_by_role("button", name="Remove Merrow PMC").click()

    expect(page.locator(".libraries .ways li")).to_have_count(1)
    expect(page.get_by_role("button", name="Remove Université")).to_be_focused()


def test_a_site_without_libraries_says_so(page: Page) -> None:
    Institution.objects.all().delete()
    status = page.get_by_role("dialog").get_by_role("status")
    page.get_by_role("link", name=ADD).click()

    expect(status).to_have_text("This site lists no library yet. Propose yours below.")
    page.get_by_label(SEARCH).fill("goteborg")
    expect(status).to_have_text("This site lists no library yet. Propose yours below.")


def test_it_all_works_by_keyboard(page: Page) -> None:
    opener = page.get_by_role("link", name=ADD)
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Your libraries")
    expect(dialog).to_be_visible()
    expect(page.get_by_label(SEARCH)).to_be_focused()
    expect(dialog.get_by_role("status")).to_have_text("")

    page.keyboard.type("hospital")
    expect(dialog.get_by_role("status")).to_have_text("1 found.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label(SEARCH)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Remove Merrow Hospital")).to_be_focused()
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    assert ways(page) == [by_way_of("Merrow Hospital")]


def test_what_lies_in_storage_is_not_trusted(page: Page) -> None:
    good = {"id": 1, "name": "Good", "kind": "openurl", "template": "https://a.test/"}
    bad = [
        None,
        7,
        {**good, "template": "javascript:alert(1)"},
        {**good, "template": "https://eve@a.test/"},
        {**good, "kind": "__proto__"},
        {**good, "id": "1"},
        {**good, "name": {}},
    ]
    for content in (json.dumps([*bad, {**good, "name": "<b>G"}]), "[", '{"a":1}'):
        page.evaluate(
            "content => localStorage.setItem('ownjournal.libraries', content)", content
        )
        page.reload()
        expect(page.locator(".libraries .ways li")).to_have_count(content.count("<b>G"))
    page.evaluate(
        "content => localStorage.setItem('ownjournal.libraries', content)",
        json.dumps([*bad, {**good, "name": "<b>G"}]),
    )
    page.reload()
    expect(page.locator(".libraries .ways a")).to_have_text("<b>G")


def test_a_mended_link_is_mended_in_the_browser_too(page: Page) -> None:
    page.get_by_role("link", name=ADD).click()
    choose(page, "hospital", "Merrow Hospital")
    row = Institution.objects.get(name="Merrow Hospital")
    row.template, row.problem = "https://new.test/login?url=$@", None
    row.save()
    Institution.objects.filter(pk=row.pk).update(
        changed_at=row.created_at.replace(year=2099)
    )

    page.reload()
    page.get_by_role("link", name=ADD).click()

    expect(page.locator(".libraries .ways a")).to_have_attribute(
        "href", by_way_of("Merrow Hospital") or ""
    )


def test_after_signing_in_both_lists_are_one(
    page: Page, site: str, client: Any
) -> None:
    page.get_by_role("link", name=ADD).click()
    choose(page, "hospital", "Merrow Hospital")
    reader = signed_in(page.context, site, client)
    picks.put(reader, [Institution.objects.get(name__startswith="Univ").pk])

    page.reload()

    names = ["Université de Göteborg", "Merrow Hospital"]
    expect(page.locator(".libraries .ways a")).to_have_text(names)
    assert [each.name for each in picks.of_reader(reader)] == names
    assert page.evaluate("localStorage.getItem('ownjournal.libraries')") is None


def test_a_reader_changes_the_list_of_the_account(
    page: Page, site: str, client: Any
) -> None:
    reader = signed_in(page.context, site, client)
    page.reload()

    page.get_by_role("link", name=ADD).click()
    choose(page, "hospital", "Merrow Hospital")

    assert [each.name for each in picks.of_reader(reader)] == ["Merrow Hospital"]
    assert page.evaluate("localStorage.getItem('ownjournal.libraries')") is None
    page.reload()
    assert ways(page) == [by_way_of("Merrow Hospital")]


def test_a_change_that_cannot_be_saved_is_taken_back(
    page: Page, site: str, client: Any
) -> None:
    signed_in(page.context, site, client)
    page.reload()
    page.get_by_role("link", name=ADD).click()
    page.get_by_label(SEARCH).fill("hospital")
    page.route("**/libraries/mine", lambda route: route.abort())

    page.get_by_role("button", name="Add Merrow Hospital").click()

    status = page.get_by_role("dialog").get_by_role("status")
    expect(status).to_have_text("This could not be saved.")
    expect(page.locator(".libraries .ways li")).to_have_count(0)


def test_without_a_script_pages_do_the_same(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/articles/{PMID}")

    page.get_by_role("link", name=ADD).click()
    page.get_by_label(SEARCH).fill("hospital")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Merrow Hospital").click()
    page.get_by_label(SEARCH).fill("goteborg")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Université de Göteborg").click()

    ids = "&".join(
        f"library={Institution.objects.get(name=name).pk}"
        for name in ("Merrow Hospital", "Université de Göteborg")
    )
    expect(page).to_have_url(f"{site}/articles/{PMID}/full-text?{ids}")
    for name in ("Merrow Hospital", "Université de Göteborg"):
        link = page.get_by_role("link", name=name, exact=True)
        assert link.get_attribute("href") == by_way_of(name)
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_a_barrier_or_too_wide(
    browser: Browser, site: str, client: Any, scheme: str
) -> None:
    found = []
    for width in (360, 1280):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        page = context.new_page()
        page.on("console", told_to(found))
        page.goto(f"{site}/articles/{PMID}")
        page.get_by_role("link", name=ADD).click()
        choose(page, "goteborg", "Université de Göteborg")
        page.get_by_label(SEARCH).fill("merrow")
        found += barriers(page, f"dialog {width}")
        for path in (
            f"/articles/{PMID}/full-text?library=1&q=merrow",
            "/libraries",
            "/libraries/propose",
            f"/libraries/{Institution.objects.all()[0].pk}/report",
        ):
            page.goto(site + path)
            found += barriers(page, f"{path} {width}")
        context.close()

    assert found == []


def told_to(found: list[str]) -> Callable[[ConsoleMessage], None]:
    return lambda message: found.append(message.text)
