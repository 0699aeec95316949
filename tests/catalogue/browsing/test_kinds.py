"""Pages of publication types and study designs."""

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.appraisal.designs import DESIGNS
from ownjournal.catalogue import following, search_filters
from ownjournal.catalogue.browsing import kinds
from ownjournal.catalogue.browsing.kinds import KindPage, levels_told
from ownjournal.catalogue.models import Descriptor
from ownjournal.pubmed.article import PublicationType
from ownjournal.readers.models import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

TRIAL = PublicationType("D016449", "Randomized Controlled Trial")


@pytest.fixture
def shelf(db: None, own_index: None) -> None:
    search_filters._types_seen.clear()
    shelve(
        an_article(pmid=1, title="Velotrine: a trial.", publication_types=(TRIAL,)),
        an_article(pmid=2, title="Velotrine and sleep: a cohort study."),
    )
    following.follow(following.index())


def page_at(client: Client, address: str) -> KindPage:
    response = client.get(address)
    assert response.status_code == 200
    page: KindPage = response.context["page"]
    return page


@pytest.mark.usefixtures("shelf")
def test_a_type_has_its_articles_years_and_feed(client: Client) -> None:
    page = page_at(client, "/types/D016449/randomized-controlled-trial")

    assert [card.pmid for card in page.list.cards] == [1]
    assert page.name == "Randomized Controlled Trial"
    assert page.chart is not None
    [bar] = page.chart.bars
    assert (bar.label, bar.count) == ("2025", "1")
    assert bar.address is not None
    assert "1 article" in client.get(bar.address).text
    assert client.get(page.feed).status_code == 200
    assert client.get(page.feed_json).status_code == 200


@pytest.mark.usefixtures("shelf")
def test_nlm_tells_what_a_type_is_where_its_file_is_loaded(client: Client) -> None:
    note = "Work about a trial with two groups, made by chance."
    Descriptor.objects.create(ui="D016449", name=TRIAL.name, scope_note=note)

    page = page_at(client, "/types/D016449/randomized-controlled-trial")

    assert page.explanation == (note,)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/types/D016449", "/types/D016449/randomized-controlled-trial"),
        (
            "/types/D016449/old?order=best",
            "/types/D016449/randomized-controlled-trial?order=best",
        ),
    ],
)
def test_an_old_name_of_a_type_leads_to_the_present_one(
    client: Client, address: str, leads_to: str
) -> None:
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (301, leads_to)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("address", ["/types/D999999", "/designs/sorcery"])
def test_a_kind_that_there_is_not_is_told(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "This list cannot be shown" in response.text


@pytest.mark.usefixtures("shelf")
def test_a_design_is_explained_with_its_levels_and_rules(client: Client) -> None:
    page = page_at(client, "/designs/cohort")

    assert [card.pmid for card in page.list.cards] == [2]
    assert page.explanation == (DESIGNS["cohort"].explanation,)
    assert page.levels == (
        "Level 3 for treatment, harm, diagnosis, prognosis and how common it is",
    )
    assert [each.name for each in page.siblings if each.here] == ["Cohort study"]
    assert len(page.siblings) == len(DESIGNS)


@pytest.mark.parametrize("code", DESIGNS)
def test_every_design_has_a_page_and_says_its_level_or_why_there_is_none(
    client: Client, code: str
) -> None:
    assert page_at(client, f"/designs/{code}").levels == levels_told(code)
    assert all(levels_told(code))


def test_a_design_without_articles_says_so(client: Client) -> None:
    assert "No article here is of this kind yet" in client.get("/designs/rct").text


@pytest.mark.usefixtures("shelf")
def test_a_design_is_narrowed_by_types_alone(client: Client) -> None:
    page = page_at(client, "/designs/rct")

    assert [each.name for each in page.list.facets] == ["type"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "address", ["/types/D016449/randomized-controlled-trial", "/designs/cohort"]
)
def test_the_chart_of_many_articles_comes_in_a_request_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(kinds, "AT_ONCE", 0)

    page = page_at(client, address)

    assert page.chart is None
    assert page.waiting is not None
    part, whole = client.get(page.waiting.part), client.get(page.waiting.whole)
    assert "Articles by year of publication" in part.text
    assert part.text.strip() in whole.text


@pytest.mark.usefixtures("shelf")
def test_a_kind_is_followed_as_a_search(client: Client) -> None:
    reader = Reader.objects.create(email="ada@merrow.test")
    client.force_login(reader)
    page = page_at(client, "/designs/cohort")

    client.post("/searches/save", {"parameters": page.parameters})

    assert "Follow this study design no longer" in client.get("/designs/cohort").text
    assert "1 article" in client.get(f"/search?{page.parameters}").text


def test_a_design_that_there_is_not_has_no_part(client: Client) -> None:
    assert client.get("/designs/nothing/beside").status_code == 404
