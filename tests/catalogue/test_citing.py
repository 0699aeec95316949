"""An article in any style: as a page, as text, as JSON; styles by name."""

import json

import pytest
from django.test import Client

from made.articles import an_article
from made.pages import page_of, visible
from made.shelf import shelve
from ownjournal.catalogue.citing_page import citing_view
from ownjournal.pubmed.article import Article, Author, Correction, Markup
from ownjournal.pubmed.styles import pandoc
from ownjournal.pubmed.styles.style import MAIN_STYLES, cite

PMID = 31_000_007
HOSTILE = "</p><script>alert(1)</script> & 'quotes' \"double\""

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    """A real number, in the catalogue."""
    made = an_article(pmid=PMID, title="Fever and <i>falls</i> in H<sub>2</sub>O.")
    shelve(made)
    return made


def test_the_article_page_has_the_four_styles_and_every_file(client: Client) -> None:
    page = page_of(client, an_article(pmid=PMID))

    for style in MAIN_STYLES:
        assert cite(an_article(pmid=PMID), style.id).html in page
    for extension in ("ris", "bib", "nbib", "json", "csv", "txt"):
        assert f'href="/articles/{PMID}.{extension}"' in page
    assert f'href="/articles/{PMID}/cite#other"' in page


def test_no_program_runs_for_the_article_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "_run", None)

    assert "Quillfeather AB" in page_of(client, an_article(pmid=PMID))
    assert citing_view(an_article()).others


def test_the_language_of_an_article_is_told(client: Client) -> None:
    german = an_article(pmid=PMID, title="[Falls].", languages=("ger",))

    assert "Article in German." in visible(page_of(client, german))


def test_the_page_of_citations_works_without_a_script(
    client: Client, article: Article
) -> None:
    response = client.get(f"/articles/{PMID}/cite")

    assert response.status_code == 200
    assert response.text.count('class="citation"') == 4
    assert "Fever and <i>falls</i> in H<sub>2</sub>O. " in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert 'name="q"' in response.text


def test_a_style_is_looked_for_by_name(client: Client, article: Article) -> None:
    page = client.get(f"/articles/{PMID}/cite", {"q": "the lancet"}).text

    assert f'href="/articles/{PMID}/cite?style=the-lancet"' in page
    assert "No style has this name" not in page


def test_a_search_that_finds_nothing_says_so(client: Client, article: Article) -> None:
    page = client.get(f"/articles/{PMID}/cite", {"q": "zzzz <b>"}).text

    assert "No style has this name." in page
    assert "<b>" not in page


def test_the_chosen_style_is_shown(client: Client, article: Article) -> None:
    page = client.get(f"/articles/{PMID}/cite", {"style": "the-lancet"}).text

    assert "The Lancet" in page
    assert "<i>J Invent Med</i> 2025; <b>7</b>" in page


@pytest.mark.parametrize("style", ["no-such-style", "../apa", "<script>", "a\0b", " "])
def test_an_unknown_style_is_not_found_and_the_page_says_so(
    client: Client, article: Article, style: str
) -> None:
    response = client.get(f"/articles/{PMID}/cite", {"style": style})

    assert response.status_code == 404
    assert "There is no citation style" in response.text
    assert "<script>alert" not in response.text
    assert "Quillfeather AB" in response.text


def test_what_is_asked_for_is_not_repeated_without_end(
    client: Client, article: Article
) -> None:
    long = "x" * 5000

    for asked in ({"style": long}, {"q": long}):
        assert "x" * 101 not in client.get(f"/articles/{PMID}/cite", asked).text


def test_a_citation_as_text_and_as_json(client: Client, article: Article) -> None:
    text = client.get(f"/articles/{PMID}/citation.txt", {"style": "ama"})
    answer = client.get(f"/articles/{PMID}/citation.json", {"style": "ama"})

    told = cite(article, "ama")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text.text == told.text + "\n"
    assert answer.json() == {
        "style": "ama",
        "name": "AMA, 11th edition",
        "short": "AMA",
        "text": told.text,
        "html": told.html,
    }


def test_the_usual_style_is_vancouver(client: Client, article: Article) -> None:
    text = client.get(f"/articles/{PMID}/citation.txt").text

    assert text == cite(article, "vancouver").text + "\n"


def test_an_alias_is_answered_as_the_style_it_stands_for(
    client: Client, article: Article
) -> None:
    address = f"/articles/{PMID}/citation.json?style=american-medical-association"

    assert client.get(address).json()["style"] == "ama"


@pytest.mark.parametrize("ending", ["citation.txt", "citation.json"])
def test_an_unknown_style_is_a_short_404_for_programs(
    client: Client, article: Article, ending: str
) -> None:
    response = client.get(f"/articles/{PMID}/{ending}?style=nope")

    assert response.status_code == 404
    assert "There is no citation style “nope” here." in _words(response.text)
    assert "<html" not in response.text


def _words(text: str) -> str:
    return json.loads(text)["problem"] if text.startswith("{") else text


@pytest.mark.parametrize("ending", ["cite", "citation.txt", "citation.json"])
@pytest.mark.parametrize("fault", [pandoc.TooSlow, pandoc.NoAnswer])
def test_a_slow_or_failing_style_is_to_be_tried_again(
    client: Client,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
    fault: type[Exception],
) -> None:
    def fail(*given: object) -> bytes:
        raise fault

    monkeypatch.setattr(pandoc, "_run", fail)
    response = client.get(f"/articles/{PMID}/{ending}?style=cell")

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "style" in response.text


@pytest.mark.parametrize("ending", ["cite", "citation.txt", "citation.json"])
def test_what_is_no_article_has_no_citation(client: Client, ending: str) -> None:
    shelve(an_article(pmid=PMID))
    shelve(taken_back=[PMID])

    assert client.get(f"/articles/{PMID}/{ending}").status_code == 410
    assert client.get(f"/articles/31000009/{ending}").status_code == 404
    for path in (f"/articles/0/{ending}", f"/articles/12a/{ending}"):
        assert client.get(path).status_code == 404


def test_citations_are_only_read(client: Client, article: Article) -> None:
    assert client.post(f"/articles/{PMID}/cite").status_code == 405


def test_a_retraction_is_seen_in_what_is_copied(client: Client) -> None:
    link = Correction("RetractionIn", "J Invent Med. 2026 Jan;8(1):1.", None)
    shelve(an_article(pmid=PMID, corrections=(link,)))

    for style in (*(each.id for each in MAIN_STYLES), "the-lancet"):
        text = client.get(f"/articles/{PMID}/citation.txt?style={style}").text
        assert "retract" in text.lower(), style


def test_hostile_text_stays_text(client: Client) -> None:
    hostile = an_article(
        pmid=PMID,
        title=HOSTILE,
        authors=(Author(last_name="<img src=x>", initials="J\r\nX-Evil: 1"),),
    )
    shelve(hostile)

    for style in (*(each.id for each in MAIN_STYLES), "the-lancet", "nature"):
        page = client.get(f"/articles/{PMID}/cite?style={style}").text
        assert "<script>alert" not in page
        assert "<img src" not in page
        told = client.get(f"/articles/{PMID}/citation.json?style={style}").json()
        assert "<script" not in told["html"]
        assert "\n" not in told["text"]


def test_five_thousand_authors_are_cited(client: Client) -> None:
    people = tuple(Author(f"Bog{n}", "A", "A") for n in range(5000))
    shelve(an_article(pmid=PMID, authors=people))

    assert "Bog4999 A." in client.get(f"/articles/{PMID}/citation.txt?style=nlm").text
    assert "et al." in client.get(f"/articles/{PMID}/citation.txt?style=ama").text
    assert client.get(f"/articles/{PMID}/cite").status_code == 200


def test_styles_are_listed_as_a_page_and_as_json(client: Client) -> None:
    page = client.get("/styles", {"q": "bmj open"}).text
    listed = client.get("/styles.json", {"q": "bmj open"}).json()["styles"]

    assert "BMJ Open" in page
    assert listed[0] == {"id": "bmj-open", "name": "BMJ Open"}
    assert len(client.get("/styles.json?q=journal").json()["styles"]) == 50


def test_the_list_begins_with_the_main_styles(client: Client) -> None:
    listed = client.get("/styles.json").json()["styles"]

    assert [each["id"] for each in listed] == [each.id for each in MAIN_STYLES]


def test_without_the_packages_only_the_four_are_offered(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "program", lambda: None)

    page = client.get(f"/articles/{PMID}/cite").text
    assert page.count('class="citation"') == 4
    assert "Find styles" not in page
    assert "Any style by name" not in client.get(f"/articles/{PMID}").text
    assert client.get(f"/articles/{PMID}/cite?style=cell").status_code == 404


def test_an_untitled_article_is_cited(client: Client) -> None:
    shelve(an_article(pmid=PMID, title=None, vernacular_title=Markup("Torf")))

    assert "Torf" in client.get(f"/articles/{PMID}/cite").text
