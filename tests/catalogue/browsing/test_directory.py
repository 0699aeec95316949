"""The directory of journals."""

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.browsing import broad_subjects, directory
from ownjournal.catalogue.browsing.broad_subjects import BROAD_SUBJECTS
from ownjournal.catalogue.browsing.directory import DirectoryPage
from ownjournal.catalogue.models import Journal as Row
from ownjournal.pubmed.article import Journal, MeshHeading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

TITLES = ("Pain", "Pain and sleep", "Annals of pain in Merrow", "Zither", "2 Minutes")
TUMOUR = MeshHeading("D009369", "Neoplasms")


@pytest.fixture
def shelf(db: None, own_index: None) -> None:
    """One article of each journal."""
    shelve(
        *(
            an_article(
                pmid=1000 + number,
                journal=Journal(
                    title=title,
                    abbreviation=f"J{number}",
                    nlm_id=f"9900{number}",
                    issn=f"9999-100{number}",
                    issn_linking=f"9999-000{number}",
                ),
            )
            for number, title in enumerate(TITLES)
        )
    )
    following.follow(following.index())


def page_at(client: Client, address: str) -> DirectoryPage:
    response = client.get(address)
    assert response.status_code == 200
    page: DirectoryPage = response.context["page"]
    return page


def names(page: DirectoryPage) -> list[str]:
    return [each.name for each in page.journals]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pain", ["Pain", "Pain and sleep", "Annals of pain in Merrow"]),
        ("pain annals", ["Annals of pain in Merrow"]),
        ("j3", ["Zither"]),
        ("J3.", ["Zither"]),
        ("9999-0003", ["Zither"]),
        ("99991003", ["Zither"]),
        ("99003", ["Zither"]),
        ("nothing of this name", []),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_journal_is_found_by_name_abbreviation_issn_or_number(
    client: Client, query: str, found: list[str]
) -> None:
    response = client.get("/journals", {"q": query})

    assert names(response.context["page"]) == found
    assert bool(found) != ("No journal with articles here fits" in response.text)


@pytest.mark.usefixtures("shelf")
def test_letters_lead_to_what_begins_so(client: Client) -> None:
    page = page_at(client, "/journals")

    assert names(page) == [
        "2 Minutes",
        "Annals of pain in Merrow",
        *TITLES[:2],
        "Zither",
    ]
    assert names(page_at(client, "/journals?letter=p")) == ["Pain", "Pain and sleep"]
    assert names(page_at(client, "/journals?letter=0-9")) == ["2 Minutes"]
    assert names(page_at(client, "/journals?letter=q")) == []
    assert page.journals[0].facts == ("J4", "ISSN 9999-0004", "1 article")


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "start", ["/journals", "/journals?q=pain", "/journals?letter=p"]
)
def test_pages_follow_each_other_though_journals_arrive_between_them(
    client: Client, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    whole = names(page_at(client, start))
    monkeypatch.setattr(directory, "A_PAGE", 1)
    seen: list[str] = []
    address: str | None = start
    while address is not None:
        page = page_at(client, address)
        seen += names(page)
        address = page.next
        arrived = Row(nlm_id="1", title="1 aaa", abbreviation="Pain", file_key=1)
        arrived.save()

    assert seen == whole


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("letter=aa", "under the letters A to Z"),
        ("subject=sorcery", "no such subject"),
        ("after=1", "Open the list from its beginning"),
        ("after=1%1fPain%1f99.x", "Open the list from its beginning"),
    ],
)
def test_what_the_directory_has_not_is_told(
    client: Client, query: str, told: str
) -> None:
    response = client.get(f"/journals?{query}")

    assert response.status_code == 400
    assert told in response.text


def test_a_journal_is_of_a_subject_when_enough_of_its_articles_are(
    client: Client,
) -> None:
    of = {name: Journal(title=name, nlm_id=name) for name in ("HALF", "TENTH", "ALL")}
    shares = {"HALF": 2, "TENTH": 10, "ALL": 1}
    articles = [
        an_article(
            pmid=1000 * place + number,
            journal=of[name],
            mesh=(TUMOUR,) if number % shares[name] == 0 else (),
        )
        for place, name in enumerate(of, start=1)
        for number in range(1, 101)
    ]
    shelve(*articles)
    following.follow(following.index())
    broad_subjects._journals_about.cache_clear()

    page = page_at(client, "/journals?subject=cancer")

    assert names(page) == ["ALL", "HALF"]
    assert page.how is not None
    assert "20%" in page.how
    assert names(page_at(client, "/journals?subject=skin")) == []


def test_an_empty_directory_says_so(client: Client) -> None:
    assert "No article of a journal has been loaded yet" in client.get("/journals").text


def test_every_subject_has_a_name_and_a_branch() -> None:
    for code, subject in BROAD_SUBJECTS.items():
        assert subject.code == code
        assert subject.headings
