"""Pages of name forms, which never say who is who."""

from urllib.parse import quote

import pytest
from django.test import Client

from made.headings import BONES, FEVER, about, load_headings, shelve_followed
from made.pages import visible
from ownjournal.catalogue.browsing import authors
from ownjournal.catalogue.browsing.authors import AuthorPage, Signed
from ownjournal.pubmed.article import Author, Markup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

ONE, OTHER = "0000-0002-1825-0097", "0000-0001-5109-3700"


def merrow(initials: str, fore_name: str | None = None, **rest: str) -> Author:
    return Author(last_name="Mérrow", initials=initials, fore_name=fore_name, **rest)


LI = Author(last_name="Li", initials="J")
GROUP = Author(group=Markup("Falls &amp; <i>Fevers</i> Group"))


@pytest.fixture
def shelf(db: None, own_index: None) -> None:
    """Three of Merrow JA, spelled twice; one each of JAB and J."""
    load_headings()
    plain = Author(last_name="Merrow", initials="JA", fore_name="J A", orcid=OTHER)
    shelve_followed(
        about(1, FEVER, authors=(merrow("JA", "Jane A", orcid=ONE), LI), year=2019),
        about(2, FEVER, authors=(merrow("JA", "Jane A", orcid=ONE), LI), year=2021),
        about(3, BONES, authors=(plain, GROUP)),
        about(4, authors=(merrow("JAB", "Jane A B"),)),
        about(5, authors=(merrow("J"),)),
    )


def page_at(client: Client, address: str) -> AuthorPage:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    page: AuthorPage = response.context["page"]
    return page


def signed_at(client: Client, address: str) -> Signed:
    signed = page_at(client, address).signed
    assert signed is not None
    return signed


@pytest.mark.usefixtures("shelf")
def test_a_name_form_has_its_own_articles_and_no_others(client: Client) -> None:
    page = page_at(client, "/authors/merrow_ja")

    assert {card.pmid for card in page.list.cards} == {1, 2, 3}
    assert page.signed is not None
    assert (page.name, page.signed.spelled) == ("Merrow JA", ("Mérrow JA",))
    assert page.subject == "author:Merrow JA"
    assert page_at(client, "/authors/merrow_jab").list.articles == "1 article"
    assert page_at(client, "/authors/merrow_j").list.articles == "1 article"


@pytest.mark.usefixtures("shelf")
def test_orcids_and_first_names_are_those_of_records_each_by_itself(
    client: Client,
) -> None:
    page = signed_at(client, "/authors/merrow_ja")
    shown = visible(client.get("/authors/merrow_ja").text)

    assert [(each.text, each.count) for each in page.orcids] == [
        (ONE, "2"),
        (OTHER, "1"),
    ]
    assert page.orcids[0].address == f"https://orcid.org/{ONE}"
    # "J A" is no first name
    assert [each.text for each in page.full_names] == ["Jane A Mérrow"]
    assert page.all_read
    assert "People may share a name" in shown
    assert "Several ORCIDs mean several people, or one who has more" in shown


@pytest.mark.usefixtures("shelf")
def test_who_signs_with_it_where_and_when(client: Client) -> None:
    page = signed_at(client, "/authors/merrow_ja")

    assert [(each.name, each.count) for each in page.together] == [
        ("Li J", "2"),
        ("Falls & Fevers Group", "1"),
    ]
    assert [each.name for each in page.journals] == ["Journal of invented medicine"]
    assert [(each.name, each.count) for each in page.topics] == [
        ("Merrow Fever", "2"),
        ("Bones of Merrow", "1"),
    ]
    assert page.timeline is not None
    assert [bar.label for bar in page.timeline.bars] == [
        str(year) for year in range(2019, 2025)
    ]


@pytest.mark.usefixtures("shelf")
def test_of_many_articles_what_they_have_comes_in_a_request_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authors, "AT_ONCE", 2)

    page = page_at(client, "/authors/merrow_ja")

    assert (page.name, page.signed) == ("Merrow JA", None)
    assert page.waiting is not None
    part, whole = client.get(page.waiting.part), client.get(page.waiting.whole)
    assert "Names on the same articles" in part.text
    assert part.text.strip() in whole.text


@pytest.mark.usefixtures("shelf")
def test_a_group_that_signs_has_a_page_too(client: Client) -> None:
    page = page_at(client, "/authors/falls_fevers_group")

    assert page.name == "Falls & Fevers Group"
    response = client.get("/authors/falls_%26_fevers_group")
    assert response.headers["Location"] == "/authors/falls_fevers_group"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "typed", ["Merrow JA", "merrow j a", "MÉRROW-JA", "merrow_ja/"]
)
def test_other_spellings_lead_to_the_one_address(client: Client, typed: str) -> None:
    response = client.get(f"/authors/{quote(typed)}")

    assert (response.status_code, response.headers["Location"]) == (
        301,
        "/authors/merrow_ja",
    )


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "typed", ["merrow_jx", "…", "<b>", "%00", "x" * 6_000, "a/b/c", "\ud7ff", "*"]
)
def test_a_name_that_nobody_has_is_told(client: Client, typed: str) -> None:
    response = client.get(f"/authors/{quote(typed)}")

    assert response.status_code == 404
    assert "No article here is signed by" in response.text
    assert len(response.content) < 20_000


def test_an_index_that_is_still_to_be_built_says_so(client: Client) -> None:
    response = client.get("/authors/merrow_ja")

    assert response.status_code == 503
    assert "when the index of this site has been built" in response.text


@pytest.mark.usefixtures("shelf")
def test_an_article_leads_to_the_pages_of_its_topics_and_names(client: Client) -> None:
    page = client.get("/articles/1").text

    assert 'href="/authors/merrow_ja"' in page
    assert 'href="/topics/D900001/merrow-fever"' in page
