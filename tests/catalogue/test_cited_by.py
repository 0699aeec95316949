"""The list of articles that cite one."""

from pathlib import Path

import pytest
from django.test import Client

from made.articles import an_article
from made.pages import visible
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.searching import A_PAGE
from ownjournal.pubmed.article import (
    Article,
    ArticleId,
    JournalIssue,
    Markup,
    PubDate,
    Reference,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

LIST = "/articles/77/cited-by"


def keep(*articles: Article) -> None:
    shelve(*articles)
    following.follow(following.index())


def citing(year: int) -> Article:
    return an_article(
        pmid=year,
        title=Markup(f"Of {year}."),
        journal_issue=JournalIssue(PubDate(year)),
        references=(Reference(ids=(ArticleId("pubmed", "77"),)),),
    )


def test_pages_follow_each_other_newest_first(client: Client) -> None:
    keep(an_article(pmid=77), *map(citing, range(1990, 1990 + A_PAGE + 2)))

    first, second = client.get(LIST).text, client.get(f"{LIST}?page=2").text

    assert f"{A_PAGE + 2} articles here cite it" in visible(first)
    assert "Page 1 of 2" in first
    assert f'rel="next" href="{LIST}?page=2"' in first
    assert f'rel="prev" href="{LIST}"' in second
    assert first.index("Of 2011") < first.index("Of 2010")
    assert visible(second).count("Of 19") == 2
    assert 'href="/search?q=77%5Bcites%5D"' in first


def test_one_article_or_none(client: Client) -> None:
    keep(an_article(pmid=77), citing(1999))

    assert "1 article here cites it" in visible(client.get(LIST).text)
    empty = visible(client.get("/articles/1999/cited-by").text)
    assert "0 articles here cite it" in empty
    assert "There is no article on this page" in empty


@pytest.mark.parametrize(
    "page", ["0", "-1", "x", "٣", "501", "9" * 4000, "00001" + "9" * 5000, ""]
)
def test_a_page_that_is_none_is_told(client: Client, page: str) -> None:
    keep(an_article(pmid=77))

    response = client.get(LIST, {"page": page})

    assert response.status_code == 422
    assert "Pages are numbered" in response.text


def test_what_cites_it_no_longer_is_left_out(client: Client) -> None:
    keep(an_article(pmid=77), citing(1999))
    shelve(an_article(pmid=1999, title=Markup("Of 1999.")))

    assert "Of 1999" not in client.get(LIST).text


def test_an_article_that_is_not_here_has_its_own_answer(client: Client) -> None:
    response = client.get(LIST)

    assert (response.status_code, response["Location"]) == (302, "/articles/77")


def test_without_a_usable_index_it_says_so(client: Client, tmp_path: Path) -> None:
    keep(an_article(pmid=77))
    (tmp_path / "index" / "live").write_text("lost")

    assert client.get(LIST).status_code == 503
