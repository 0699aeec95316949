"""The buttons beside articles, searches and issues, and what they do."""

import re

import pytest
from django.test import Client

from made.articles import an_article
from made.pages import page_of
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.pubmed.article import Author
from ownjournal.readers.interests import follow
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.muting import mute, mutes_of
from ownjournal.readers.responses.saying import keep, say

from .conftest import FEVER, FIRST

SAY = f"/articles/{FIRST}/say"

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def page(client: Client, alice: Reader) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def indexed(shelf: object) -> None:
    following.index.cache_clear()
    following.follow(following.index())


def pressed(html: str, pmid: int = FIRST) -> list[str]:
    """The names of the pressed buttons of an article."""
    form = re.search(rf'<form class="say" id="say-{pmid}".*?</form>', html, re.S)
    assert form is not None, "no buttons"
    found = re.findall(r'aria-pressed="true">(?:\s*)([^<]+)', form[0])
    return [name.strip() for name in found]


def test_what_is_said_shows_on_the_page_and_is_taken_back(
    page: Client, alice: Reader
) -> None:
    back = f"/articles/{FIRST}"
    for deed in ("more", "save", "read"):
        answer = page.post(SAY, {"do": deed, "back": back})
        assert (answer.status_code, answer["Location"]) == (302, f"{back}#say-{FIRST}")

    assert pressed(page.get(back).text) == ["Save", "More like this"]

    for deed in ("unsay", "unsave"):
        page.post(SAY, {"do": deed, "back": back})
    assert pressed(page.get(back).text) == []
    assert not alice.responses.exists()


def test_a_double_click_without_a_script_says_it_once(
    page: Client, alice: Reader
) -> None:
    for _ in range(2):
        page.post(SAY, {"do": "less"})

    assert [each.kind for each in alice.responses.all()] == ["less"]


@pytest.mark.parametrize(
    "pmid", ["0", "1", "01", "9999999999", "-1", "1e5", "١٢", "1.2"]
)
def test_a_pmid_that_is_none_is_not_found(
    page: Client, alice: Reader, pmid: str
) -> None:
    for deed in ("more", "save"):
        assert page.post(f"/articles/{pmid}/say", {"do": deed}).status_code == 404
    assert not alice.responses.exists()


@pytest.mark.parametrize("deed", ["", "MORE", "delete", "more\x00", "__class__"])
def test_a_deed_that_there_is_not_is_not_found(page: Client, deed: str) -> None:
    assert page.post(SAY, {"do": deed}).status_code == 404


def test_looking_says_nothing(page: Client, alice: Reader) -> None:
    for path in (SAY, "/follow", "/interests/forget"):
        assert page.get(path, {"do": "more", "follow": "words:x"}).status_code == 405
    assert not alice.responses.exists()
    assert not alice.interests.exists()


def test_without_the_secret_of_the_form_nothing_is_done(alice: Reader) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    assert client.post(SAY, {"do": "more"}).status_code == 403
    assert client.post("/follow", {"follow": "words:x"}).status_code == 403


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.test/",
        "//elsewhere.test/",
        "/\\elsewhere.test/",
        "///elsewhere.test",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "\t//elsewhere.test",
        "",
        "/" + "x" * 2_000,
        "articles",
    ],
)
def test_a_form_never_leads_off_the_site(page: Client, back: str) -> None:
    answer = page.post(SAY, {"do": "more", "back": back})

    assert answer["Location"] == f"/articles/{FIRST}#say-{FIRST}"


def test_a_form_leads_back_to_where_it_stood(page: Client) -> None:
    back = "/search?q=fever&page=2#old"

    answer = page.post(SAY, {"do": "more", "back": back})

    assert answer["Location"] == f"/search?q=fever&page=2#say-{FIRST}"


def test_for_the_script_the_buttons_alone_come_back(page: Client) -> None:
    answer = page.post(
        SAY, {"do": "knew", "back": "/search?q=x"}, headers={"X-In-Place": "card"}
    )

    assert answer.status_code == 200
    assert pressed(answer.text) == ["Already knew"]
    assert "<html" not in answer.text
    assert 'name="back" value="/search?q=x"' in answer.text
    assert "csrfmiddlewaretoken" in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_a_visitor_is_shown_how_to_join_and_says_nothing(client: Client) -> None:
    html = client.get(f"/articles/{FIRST}").text

    assert 'class="say"' not in html
    assert "Sign in or join" in html
    assert client.post(SAY, {"do": "more"})["Location"] == "/sign-in"
    assert client.post("/follow", {"follow": "words:x"})["Location"] == "/sign-in"


def test_every_card_of_a_list_has_its_buttons(
    page: Client, alice: Reader, indexed: None
) -> None:
    say(alice, FIRST, "more")
    keep(alice, FIRST + 2)

    html = page.get("/search", {"q": "fever"}).text

    assert html.count('<form class="say" id="say-') == 3
    assert pressed(html) == ["More like this"]
    assert pressed(html, FIRST + 2) == ["Save"]
    assert "Follow<span" in html  # the journal of a card


def test_a_visitor_s_list_has_none(client: Client, indexed: None) -> None:
    assert 'class="say"' not in client.get("/search", {"q": "fever"}).text


def test_an_article_offers_its_journal_main_topics_and_authors(
    page: Client, alice: Reader
) -> None:
    follow(alice, "journal", "99000001X")
    authors = (
        Author(last_name="Quillfeather", initials="AB"),
        Author(group="The Fever Group"),
        Author(last_name="Mononym"),
        *(Author(last_name=f"Okonfold{'x' * n}", initials="T") for n in range(20)),
    )
    html = page_of(page, an_article(pmid=99_300_100, mesh=(FEVER,), authors=authors))

    codes = re.findall(r'name="(?:un)?follow" value="([^"]+)"', html)
    assert codes[:3] == ["journal:99000001X", "topic:D005334", "author:Quillfeather AB"]
    assert codes[-1] == f"author:Okonfold{'x' * 19} T"
    assert len(codes) == 9
    assert not {"author:The Fever Group", "author:Mononym"} & set(codes)
    assert 'name="unfollow" value="journal:99000001X" aria-pressed="true"' in html


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("topic:D005334", "Fever"),
        ("journal:99000001X", "Journal of invented medicine"),
        ("author:Quillfeather AB", "Quillfeather AB"),
        ("words:a: b", "a: b"),
    ],
)
def test_a_thing_is_followed_muted_and_left(
    page: Client, alice: Reader, code: str, label: str
) -> None:
    page.post("/follow", {"follow": code})
    assert [each.label for each in alice.interests.all()] == [label]

    page.post("/follow", {"mute": code})
    assert not alice.interests.exists()
    assert [each.label for each in mutes_of(alice)] == [label]

    page.post("/follow", {"unmute": code})
    page.post("/follow", {"follow": code})
    page.post("/follow", {"unfollow": code})
    assert not alice.interests.exists()
    assert mutes_of(alice) == ()


def test_what_cannot_be_followed_is_said_where_one_was(page: Client) -> None:
    answer = page.post(
        "/follow", {"follow": "journal:nowhere", "back": "/interests"}, follow=True
    )

    assert answer.redirect_chain == [("/interests", 302)]
    assert "No article of a journal “nowhere” is here" in answer.text


@pytest.mark.parametrize("data", [{}, {"follow": "fever"}, {"do": "follow"}])
def test_a_wish_without_a_thing_is_not_found(page: Client, data: dict) -> None:
    assert page.post("/follow", data).status_code == 404


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ('"Fever"[mh]', "topic:D005334"),
        ("99000001X[ta]", "journal:99000001X"),
        ("quillfeather ab[au]", "author:Quillfeather AB"),
        ('"quillfeather ab"[au]', "author:Quillfeather AB"),
        ("fever", "topic:D005334"),  # which it is read as
    ],
)
def test_a_search_of_one_thing_offers_it(
    page: Client, indexed: None, query: str, code: str
) -> None:
    html = page.get("/search", {"q": query}).text

    form = re.search(r'<form class="say subject".*?</form>', html, re.S)
    assert form is not None
    assert f'name="follow" value="{code}"' in form[0]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ('"Fever"[mh]', "/topics/D005334/fever"),
        ("99000001X[ta]", "/journals/99000001X/journal-of-invented-medicine"),
        ("quillfeather ab[au]", "/authors/quillfeather_ab"),
        ("fever", "/topics/D005334/fever"),
        ("village", None),
    ],
)
def test_a_search_of_one_thing_leads_everybody_to_its_page(
    indexed: None, query: str, address: str | None
) -> None:
    html = Client().get("/search", {"q": query}).text

    found = re.search(r'The page of this \w+: <a href="([^"]+)"', html)
    assert (found and found[1]) == address


@pytest.mark.parametrize("query", ["village", "fever AND gout", "nobody[au]", ""])
def test_a_search_of_anything_else_does_not(
    page: Client, indexed: None, query: str
) -> None:
    assert "say subject" not in page.get("/search", {"q": query}).text


def test_a_hostile_title_stays_text_beside_the_buttons(page: Client) -> None:
    title = 'A "quoted" &lt;script&gt; <i>title</i>'
    html = page_of(page, an_article(pmid=99_300_101, title=title))

    [label] = re.findall(r'aria-label="Your answer to: ([^"]*)"', html)
    assert label == "A &quot;quoted&quot; &lt;script&gt; title"


def test_a_reader_of_many_answers_is_asked_of_single_articles(
    page: Client, alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ownjournal.readers.responses.state.READ_AT_ONCE", 1)
    for pmid in (FIRST, FIRST + 1):  # the second is the newest
        say(alice, pmid, "more")
        keep(alice, pmid)

    html = page.get(f"/articles/{FIRST}").text

    assert pressed(html) == ["Save", "More like this"]


def test_the_page_of_interests_shows_mutes_and_what_was_learnt(
    page: Client, alice: Reader
) -> None:
    follow(alice, "topic", "fever")
    mute(alice, "words", "asthma")
    say(alice, FIRST, "more")
    say(alice, FIRST + 2, "less")

    html = " ".join(page.get("/interests").text.split())

    assert 'name="unmute" value="words:asthma"' in html
    assert "1 wanted, 1 not wanted" in html
    assert "Words that count most: " in html
    assert "All that you said of articles" in html

    page.post("/interests/forget", {"key": "topic:D005334"})
    assert not alice.responses.exists()
    assert "Words that count most" not in page.get("/interests").text


def test_a_thing_typed_can_be_muted_instead(page: Client, alice: Reader) -> None:
    page.post("/interests", {"kind": "words", "text": "asthma", "do": "mute"})

    assert [each.value for each in mutes_of(alice)] == ["asthma"]
    assert not alice.interests.exists()


def test_all_that_was_said_is_listed_and_taken_back(
    page: Client, alice: Reader, bob: Reader
) -> None:
    say(bob, FIRST + 1, "more")
    say(alice, FIRST, "knew")
    shelve(taken_back=[FIRST])

    html = page.get("/interests/said").text

    assert f"PMID {FIRST}" in html
    assert "Already knew" in html
    assert "Gout" not in html
    page.post(SAY, {"do": "unsay", "back": "/interests/said"})
    assert not alice.responses.exists()
    assert bob.responses.count() == 1


def test_what_is_said_saved_and_read_stands_in_the_log(
    page: Client, alice: Reader
) -> None:
    for deed in ("save", "more", "read", "read"):
        page.post(SAY, {"do": deed})

    deeds = alice.log.values_list("pmid", "deed")
    assert set(deeds) == {(FIRST, "saved"), (FIRST, "rated"), (FIRST, "read")}
    assert deeds.count() == 3


def test_what_the_log_has_as_read_is_read_among_the_saved(
    page: Client, alice: Reader
) -> None:
    keep(alice, FIRST)

    page.post(f"/log/read/{FIRST}")

    assert alice.saved.get().read_at is not None


def test_a_search_is_followed_and_left_where_it_stands(
    page: Client, alice: Reader, indexed: None
) -> None:
    back = "/search?q=fever&order=newest"
    wish = {"parameters": "q=fever&order=newest", "back": back}

    answer = page.post("/searches/save", wish)
    assert answer["Location"] == back
    html = page.get(back).text
    assert "Follow this search no longer" in html
    assert "Follow this search<" in page.get("/search?q=fever").text

    [path] = re.findall(r'action="(/searches/\d+/remove)"', html)
    assert page.post(path, {"back": back})["Location"] == back
    assert not alice.searches.exists()
    assert (
        page.post("/searches/save", wish | {"back": "//x.test"})["Location"]
        == "/searches"
    )
