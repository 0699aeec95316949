"""PMID 28706741, fact by fact: a year alone, a day online, an article number.

Its record gives 2017 and no month, and the one who signs third works at a place
of his own. What it is called and says is read from the file, and not kept here.
"""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client

from catalogue.truth.head_expected import every, json_ld
from catalogue.truth.page_reading import Page
from catalogue.truth.test_pages import DATES
from made.shelf import shelve
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.pubmed.exports.formats import FORMATS
from ownjournal.pubmed.files import open_xml
from ownjournal.pubmed.records import read_records
from pubmed import independent
from pubmed.independent import Said

pytestmark = pytest.mark.django_db

FILE = "pubmed/sample_article/28706741.xml"
PLACE = "Neural Plast. 2017;2017:9724371. doi: 10.1155/2017/9724371. Epub 2017 Jun 19."


@pytest.fixture
def article(shared_data: Path) -> Article:
    with open_xml(shared_data / FILE) as file:
        [found] = read_records(file)
    assert isinstance(found, Article)
    return found


@pytest.fixture
def said(shared_data: Path) -> Said:
    [found] = independent.records(shared_data / FILE)
    return found


@pytest.fixture
def page(article: Article, client: Client) -> Page:
    shelve(article)
    return Page(client.get("/articles/28706741").text)


def written(article: Article, code: str) -> str:
    return "".join(FORMATS[code].write([Exported(article)]))


def test_it_was_published_in_2017_and_online_on_19_june(page: Page) -> None:
    assert page.kicker == ("Neural Plast", "2017", "online 19 June 2017")
    assert page.machine_date == "2017"


def test_no_other_month_or_day_is_on_its_page(page: Page) -> None:
    found = {date[0] for each in DATES for date in each.finditer(page.everything)}

    assert found <= {"19 June 2017", "2017 Jun 19", "2017-06-19", "2017/06/19"}


def test_its_journal_and_its_year_are_links(page: Page) -> None:
    [_, when] = [unquote(each.get("href")) for each in page.at("p.kicker a")]

    assert "2017" in when
    assert "2017/" not in when


def test_its_title_is_whole(page: Page, said: Said) -> None:
    assert f"{page.title}." == said.title


def test_five_people_signed_it_in_this_order(page: Page) -> None:
    assert [name for name, _, _, _ in page.authors] == [
        "Jiyao Sheng",
        "Shui Liu",
        "Yicun Wang",
        "Ranji Cui",
        "Xuewen Zhang",
    ]


def test_the_third_has_a_place_of_his_own(page: Page) -> None:
    places = [affiliations for _, _, affiliations, _ in page.authors]

    assert len(places[2]) == 2
    assert places[2][1] == "University of Alabama at Birmingham"
    assert {places[number] for number in (0, 1, 3, 4)} == {places[2][:1]}


def test_it_stands_in_its_journal_by_an_article_number(page: Page) -> None:
    assert page.source == PLACE


def test_it_is_a_review(page: Page) -> None:
    assert page.types == ("Review",)


def test_its_abstract_is_whole_and_its_licence_beside_it(
    page: Page, said: Said
) -> None:
    assert said.abstract is not None
    assert page.abstract == said.abstract.sections
    assert page.copyright == said.abstract.copyright
    assert page.copyright is not None
    assert page.copyright.startswith("Copyright © 2017 Jiyao Sheng et al.")
    assert "CC BY 4.0" in page.copyright


def test_its_numbers_are_its_own(page: Page) -> None:
    assert page.facts["PMID"] == ("28706741",)
    assert page.facts["PMCID"] == ("PMC5494581",)
    assert page.facts["DOI"] == ("10.1155/2017/9724371",)


def test_it_can_be_read_for_nothing_and_at_its_publishers(page: Page) -> None:
    links = page.addresses_outside_references

    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC5494581/" in links
    assert "https://doi.org/10.1155/2017/9724371" in links


def test_programs_are_told_the_same(page: Page) -> None:
    assert every(page, "publication_date") == ("2017",)
    assert every(page, "online_date") == ("2017/06/19",)
    assert every(page, "firstpage") == ("9724371",)
    assert every(page, "lastpage") == ()
    assert every(page, "doi") == ("10.1155/2017/9724371",)
    assert every(page, "pmid") == ("28706741",)
    places = every(page, "author_institution")
    assert places.count("University of Alabama at Birmingham") == 1
    assert json_ld(page)["datePublished"] == "2017"


def test_its_plain_text_has_all_of_it(page: Page, said: Said, client: Client) -> None:
    text = " ".join(client.get("/articles/28706741.txt").text.split())

    assert said.title is not None and said.title in text
    assert PLACE in text
    assert "PMCID: PMC5494581" in text
    assert said.abstract is not None
    assert all(words in text for _, words in said.abstract.sections)
    assert said.abstract.copyright is not None
    assert said.abstract.copyright in text


def test_its_exports_have_the_year_alone_and_the_article_number(
    article: Article,
) -> None:
    [item] = json.loads(written(article, "csl-json"))

    assert item["issued"] == {"date-parts": [[2017]]}
    assert item["available-date"] == {"date-parts": [[2017, 6, 19]]}
    assert item["page"] == item["number"] == "9724371"
    ris = written(article, "ris").split("\r\n")
    assert {"PY  - 2017", "DA  - 2017///", "C7  - 9724371"} < set(ris)
    assert "C2  - PMC5494581" in ris
    bibtex = written(article, "bibtex")
    assert "year = {2017}" in bibtex
    assert "month" not in bibtex
    nbib = written(article, "nbib").split("\r\n")
    assert {"DP  - 2017", "DEP - 20170619", "PG  - 9724371"} < set(nbib)
    assert "2017,2017,2017,,9724371" in written(article, "csv")
