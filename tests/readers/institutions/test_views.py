"""Libraries' pages as they are without a script, and what the script asks for."""

import json

import pytest
from django.test import Client

from made.articles import PLAIN_ARTICLE, an_article
from made.institutions import an_institution
from made.pages import page_of
from made.shelf import shelve
from ownjournal.pubmed.article import Article
from ownjournal.readers.institutions import picks
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db

PMID = 31_000_007
ARTICLE = an_article(pmid=PMID)
FULL_TEXT = f"/articles/{PMID}/full-text"
LINK = "https://p.test/login?url=https://doi.org/10.99999/jim.2025.0001"


@pytest.fixture
def ada(client: Client) -> Reader:
    reader = Reader.objects.create_reader("ada@merrow.test")
    client.force_login(reader)
    return reader


def a_proxy(name: str = "Merrow Hospital") -> Institution:
    return an_institution(name, kind="proxy", template="https://p.test/login?url=$@")


def shown(client: Client, address: str, article: Article = ARTICLE) -> str:
    shelve(article)
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_the_article_page_carries_what_links_tell_once(client: Client) -> None:
    page = page_of(client, ARTICLE)

    assert page.count("rft_id=info%3Apmid%2F31000007") == 1
    assert f'href="{FULL_TEXT}" data-choose>Add institutional full text…' in page
    assert "data-mine" not in page


def test_an_invented_article_has_no_libraries(client: Client) -> None:
    page = page_of(client, PLAIN_ARTICLE)

    assert "data-libraries" not in page
    assert "libraries.js" not in page


def test_a_readers_libraries_stand_on_the_page_in_their_order(
    client: Client, ada: Reader
) -> None:
    pmc = an_institution("PMC way", kind="template", template="https://t.test/{pmcid}")
    picks.put(ada, [pmc.pk, a_proxy().pk])

    page = page_of(client, ARTICLE)

    link = f'<a class="button quiet" href="{LINK}" rel="noopener noreferrer">'
    reason = "PMC way: This link needs a PMCID, which the article does not have."
    assert page.index(reason) < page.index(f"{link}Merrow Hospital</a>")
    assert 'data-mine="/libraries/mine"' in page


def test_all_ways_stand_in_order_with_their_reasons(client: Client) -> None:
    row = a_proxy()

    page = shown(client, f"{FULL_TEXT}?library={row.pk}")

    order = ["Publisher", "Merrow Hospital", "LibKey", "PubMed"]
    places = [page.index(f">{name}</a>") for name in order]
    assert places == sorted(places)
    assert f'href="{LINK}"' in page
    assert "may ask you to sign in" in page
    assert "who may ask for a subscription" in page


def test_libraries_are_found_added_and_left_out_by_address(client: Client) -> None:
    one, two = a_proxy(), an_institution("Université de Merrow")

    found = shown(client, f"{FULL_TEXT}?library={one.pk}&q=MERROW")
    chosen = client.get(f"{FULL_TEXT}?library={one.pk}&library={two.pk}").text

    assert f'href="{FULL_TEXT}?library={one.pk}&amp;library={two.pk}"' in found
    assert found.count("Merrow Hospital</a>") == 1
    assert f'<input type="hidden" name="library" value="{one.pk}">' in found
    assert chosen.index("Merrow Hospital</a>") < chosen.index(
        "Université de Merrow</a>"
    )
    assert f'href="{FULL_TEXT}?library={two.pk}">Leave it out' in chosen
    assert client.cookies == {}


def test_a_dead_library_says_since_when(client: Client) -> None:
    row = a_proxy()
    Institution.objects.update(problem="Gone.", checked_at="2026-11-03T05:00Z")

    page = shown(client, f"{FULL_TEXT}?library={row.pk}")

    assert "It did not answer on 3 November 2026." in page


@pytest.mark.parametrize(
    "query",
    [
        "library=x",
        "library=-1",
        "library=%D9%A1",
        "library=99999999999999999999",
        "library=" + "&library=7" * 500,
        "q=%00",
        "q=" + "a" * 5000,
        "q=%25_%27%22%3Cscript%3E",
    ],
)
def test_a_bad_address_shows_the_page(client: Client, query: str) -> None:
    an_institution("Proposed", state="proposed")

    page = shown(client, f"{FULL_TEXT}?{query}")

    assert "Full text" in page
    assert "<script>" not in page


def test_a_proposed_library_cannot_be_chosen(client: Client) -> None:
    row = an_institution("Trap", state="proposed")

    assert "Trap" not in shown(client, f"{FULL_TEXT}?library={row.pk}&q=trap")


def test_nobody_adds_what_another_proposed_or_learns_its_name(
    client: Client, ada: Reader
) -> None:
    row = an_institution("Trap", state="proposed")

    answer = client.post(f"/libraries/{row.pk}", {"do": "add"})

    assert answer.status_code == 404
    assert "Trap" not in client.get("/libraries").text
    assert picks.of_reader(ada) == []


def test_the_full_text_of_what_is_not_there(client: Client) -> None:
    shelve(taken_back=[PMID])

    assert client.get(FULL_TEXT).status_code == 410
    assert client.get("/articles/17/full-text").status_code == 404
    assert client.post(FULL_TEXT).status_code == 405


def test_an_invented_article_has_no_text(client: Client) -> None:
    page = shown(client, f"/articles/{PLAIN_ARTICLE.pmid}/full-text", PLAIN_ARTICLE)

    assert "no text of it anywhere" in page


def test_a_reader_adds_moves_and_removes(client: Client, ada: Reader) -> None:
    one, two = a_proxy(), an_institution("Other")

    for row, do in ((one, "add"), (two, "add"), (two, "up")):
        answer = client.post(f"/libraries/{row.pk}", {"do": do})
        assert answer["Location"] == "/libraries"
    assert picks.of_reader(ada) == [two, one]
    page = client.get("/libraries").text
    assert page.index("Other comes earlier now.") < page.index('value="remove"')

    client.post(f"/libraries/{two.pk}", {"do": "remove"})
    client.post(f"/libraries/{two.pk}", {"do": "up"})
    assert picks.of_reader(ada) == [one, two]
    client.post(f"/libraries/{one.pk}", {"do": "up"})
    assert picks.of_reader(ada) == [one, two]


def test_a_search_in_the_settings_leaves_out_what_one_has(
    client: Client, ada: Reader
) -> None:
    one = a_proxy("Merrow A")
    two = a_proxy("Merrow B")
    picks.put(ada, [one.pk])

    page = client.get("/libraries?q=merrow").text

    assert f'action="/libraries/{two.pk}"' in page
    assert page.count(f'action="/libraries/{one.pk}"') == 1


def test_changing_needs_an_account_and_our_own_form(client: Client) -> None:
    row = a_proxy()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Reader.objects.create_reader("bob@merrow.test"))

    assert client.post(f"/libraries/{row.pk}", {"do": "add"})["Location"] == "/sign-in"
    assert strict.post(f"/libraries/{row.pk}", {"do": "add"}).status_code == 403
    assert strict.post("/libraries/mine", {"library": [row.pk]}).status_code == 403
    assert client.get("/libraries/mine").status_code == 403


@pytest.mark.parametrize("number", [999, 10**30])
def test_a_library_that_is_not_there_is_not_found(
    client: Client, ada: Reader, number: int
) -> None:
    assert client.post(f"/libraries/{number}", {"do": "add"}).status_code == 404
    assert client.get(f"/libraries/{number}/report").status_code == 404


def test_the_script_reads_and_writes_the_list(client: Client, ada: Reader) -> None:
    one, two = a_proxy(), an_institution("Other")

    written = client.post("/libraries/mine", {"library": [two.pk, one.pk, "x"]})

    expected = {
        "id": one.pk,
        "name": "Merrow Hospital",
        "kind": "proxy",
        "template": "https://p.test/login?url=$@",
    }
    assert written.json() == client.get("/libraries/mine").json()
    assert written.json()["libraries"][1] == expected
    assert picks.of_reader(ada) == [two, one]
    assert "no-store" in written["Cache-Control"]


def test_the_registry_is_sent_whole_and_once(client: Client) -> None:
    row = an_institution("</script><b>Merrow", other_names="UM", country=None)
    an_institution("Proposed", state="proposed")

    answer = client.get("/libraries.json")
    again = client.get("/libraries.json", headers={"if-none-match": answer["ETag"]})

    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["institutions"] == [
        [row.pk, row.name, None, "openurl", row.template, "UM", None]
    ]
    assert (again.status_code, again.content) == (304, b"")
    an_institution("New")
    new = client.get("/libraries.json", headers={"if-none-match": answer["ETag"]})
    assert new.status_code == 200
    assert len(json.loads(new.content)["institutions"]) == 2
