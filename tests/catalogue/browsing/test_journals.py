"""The archive of a journal, as a browser gets it."""

from collections.abc import Sequence
from html import unescape

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.browsing.journals import JournalPage
from ownjournal.catalogue.search_request import NO_INDEX
from ownjournal.pubmed.article import (
    ArticleDate,
    Identifiers,
    Journal,
    JournalIssue,
    PubDate,
)
from ownjournal.readers import registry
from ownjournal.search import columns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

HOME = "/journals/99000001X/journal-of-invented-medicine"
OTHER = Journal(title="Annals of Merrow", abbreviation="Ann Merrow", nlm_id="99000002")
MARCH, MAY, YEAR = PubDate(2025, 3), PubDate(2025, 5), PubDate(2025)


@pytest.fixture
def shelf(db: None, own_index: None) -> None:
    """Three of March, one of May, one of 2025 alone, one of 2021; one elsewhere."""
    dates = (MARCH, MARCH, MARCH, MAY, YEAR, PubDate(2021, 12))
    shelve(
        *(
            an_article(pmid=pmid, journal_issue=JournalIssue(date))
            for pmid, date in enumerate(dates, start=1001)
        ),
        an_article(pmid=1100, journal=OTHER, journal_issue=JournalIssue(MARCH)),
    )
    following.follow(following.index())


def page_at(client: Client, address: str) -> JournalPage:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    page: JournalPage = response.context["page"]
    return page


def pmids(page: JournalPage) -> set[int]:
    return {card.pmid for card in page.list.cards}


@pytest.mark.usefixtures("shelf")
def test_an_archive_has_years_months_and_what_no_month_is_known_of(
    client: Client,
) -> None:
    whole, year = page_at(client, HOME), page_at(client, f"{HOME}/2025")
    month = page_at(client, f"{HOME}/2025/03")
    unknown = page_at(client, f"{HOME}/2025/month-unknown")

    assert pmids(whole) == {1001, 1002, 1003, 1004, 1005, 1006}
    assert pmids(year) == {1001, 1002, 1003, 1004, 1005}
    assert pmids(month) == {1001, 1002, 1003}
    assert pmids(unknown) == {1005}
    assert year.unknown is not None
    assert (year.unknown.articles, year.unknown.address) == (
        "1 article",
        f"{HOME}/2025/month-unknown",
    )
    assert (month.period, unknown.period) == ("March 2025", "2025, month not known")


@pytest.mark.usefixtures("shelf")
def test_bars_count_each_month_and_lead_to_those_that_have_any(client: Client) -> None:
    page = page_at(client, f"{HOME}/2025/05")

    assert page.chart is not None
    assert [each.count for each in page.chart.bars] == list("003010000000")
    assert page.chart.bars[2].address == f"{HOME}/2025/03"
    assert page.chart.bars[0].address is None
    assert [each.label for each in page.chart.bars if each.chosen] == ["May 2025"]
    whole = page_at(client, HOME).chart
    assert whole is not None
    assert [(each.label, each.count) for each in whole.bars] == [
        ("2021", "1"),
        ("2022", "0"),
        ("2023", "0"),
        ("2024", "0"),
        ("2025", "5"),
    ]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("part", "earlier", "later"),
    [
        ("/2025/05", "/2025/03", None),
        ("/2025/03", "/2021/12", "/2025/05"),
        ("/2025/04", "/2025/03", "/2025/05"),
        ("/2021", None, "/2025"),
        ("/2025/month-unknown", "/2021", None),
        ("", None, None),
    ],
)
def test_one_goes_to_the_nearest_month_that_has_articles(
    client: Client, part: str, earlier: str | None, later: str | None
) -> None:
    page = page_at(client, HOME + part)

    for step, wanted in ((page.earlier, earlier), (page.later, later)):
        assert (step.address if step else None) == (HOME + wanted if wanted else None)


def test_facts_are_of_what_is_here(client: Client) -> None:
    shelve(
        an_article(pmid=1, identifiers=Identifiers(pmcid="PMC9999999")),
        *(an_article(pmid=pmid, abstract=None) for pmid in range(2, 302)),
    )
    following.follow(following.index())

    facts = {each.name: each.value for each in page_at(client, HOME).facts}

    assert facts["Abbreviation"] == "J Invent Med"
    assert facts["ISSN (linking)"] == "9999-0001"
    assert facts["Articles here"] == "301"
    assert facts["Articles here since"] == "2025"
    assert facts["With an abstract"] == facts["With free full text in PMC"] == "1 %"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/journals/99000001X", HOME),
        ("/journals/99000001x/", HOME),
        (
            "/journals/99000001X/an-old-name/2025/3?order=best",
            f"{HOME}/2025/03?order=best",
        ),
        (f"{HOME}/2025/3/", f"{HOME}/2025/03"),
        (f"{HOME}/2025/", f"{HOME}/2025"),
    ],
)
def test_an_old_address_leads_to_the_present_one(
    client: Client, wrong: str, right: str
) -> None:
    response = client.get(wrong)

    assert (response.status_code, response["Location"]) == (301, right)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/journals/00000000/nothing", 404, "No journal with the number 00000000"),
        (f"{HOME}/0", 404, "no articles of the year 0"),
        (f"{HOME}/9999", 404, "no articles of the year 9999"),
        (f"{HOME}/2025/13", 404, "no month 13"),
        (f"{HOME}/2025/00", 404, "no month 0"),
        (f"{HOME}/99999", 404, "nothing at this address"),
        (f"{HOME}/2025/03/04", 404, "nothing at this address"),
        (f"{HOME}?after=newest-99.forged", 400, "Open the list from its beginning"),
        (f"{HOME}?order=worst", 400, "newest first or best first"),
        (f"{HOME}?design=nonsense", 400, "is no value of the filter"),
    ],
)
def test_what_there_is_not_is_told(
    client: Client, address: str, status: int, told: str
) -> None:
    response = client.get(address)

    assert response.status_code == status
    assert told in response.text


@pytest.mark.usefixtures("shelf")
def test_a_month_without_articles_says_so_and_leads_on(client: Client) -> None:
    response = client.get(f"{HOME}/2025/04")

    assert "Nothing of April 2025 is here" in response.text
    assert f'href="{HOME}/2025/03"' in response.text


@pytest.mark.usefixtures("shelf")
def test_an_index_that_knows_no_months_says_that_it_is_built_anew(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(columns.NEW, "issued", columns.SCHEMA_VERSION + 1)

    assert client.get(HOME).status_code == 200
    response = client.get(f"{HOME}/2025/03")

    assert response.status_code == 503
    assert NO_INDEX in unescape(response.text)


def test_a_month_is_that_of_the_day_online_where_the_issue_has_none(
    client: Client,
) -> None:
    shelve(
        an_article(
            pmid=1,
            journal_issue=JournalIssue(YEAR),
            article_dates=(ArticleDate("Electronic", PubDate(2025, 2, 3)),),
        )
    )
    following.follow(following.index())

    assert pmids(page_at(client, f"{HOME}/2025/02")) == {1}
    assert page_at(client, f"{HOME}/2025").unknown is None


@pytest.mark.usefixtures("shelf")
def test_a_page_links_the_feeds_of_its_journal(client: Client) -> None:
    page = page_at(client, f"{HOME}/2025/03")

    for feed in (page.feed, page.feed_json):
        assert client.get(feed).status_code == 200
    links: Sequence[str] = (page.feed, page.feed_json)
    assert links == (
        "/feeds/journals/99000001X.atom",
        "/feeds/journals/99000001X.json",
    )


@pytest.mark.usefixtures("shelf")
def test_a_reader_follows_or_mutes_the_journal_where_she_is(client: Client) -> None:
    visitor = client.get(HOME).text
    client.force_login(registry.add("ada@merrow.test"))
    page = client.get(f"{HOME}/2025").text

    assert 'class="say subject"' not in visitor
    assert "99000001X" in page.partition('class="say subject"')[2]
