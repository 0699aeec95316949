"""CSL-JSON: what styles, pandoc and Zotero read."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from made.articles import an_article
from made.hostile_articles import hostile_articles
from ownjournal.pubmed.article import (
    Article,
    ArticleDate,
    Author,
    Book,
    JournalIssue,
    Markup,
    Pagination,
    PubDate,
    PublicationType,
)
from ownjournal.pubmed.exports import csl_json
from ownjournal.pubmed.exports.exported import Exported


def test_an_article_number_stands_where_pages_do_and_as_a_number() -> None:
    """As PMID 28706741, `Neural Plast. 2017;2017:9724371`."""
    item = csl_json.item(
        an_article(
            journal_issue=JournalIssue(PubDate(2017), volume="2017"),
            pagination=Pagination("9724371"),
        )
    )

    assert item["issued"] == {"date-parts": [[2017]]}
    assert (item["volume"], item["page"], item["number"]) == (
        "2017",
        "9724371",
        "9724371",
    )
    assert "issue" not in item


def test_no_article_is_an_empty_array() -> None:
    assert json.loads("".join(csl_json.write([]))) == []


def test_two_articles_are_an_array_of_two() -> None:
    exported = [Exported(an_article(pmid=pmid)) for pmid in (1, 2)]

    ids = [each["id"] for each in json.loads("".join(csl_json.write(exported)))]

    assert ids == ["pmid:1", "pmid:2"]


STRINGS = (
    "id type citation-key language abstract chapter-number collection-title"
    " container-title container-title-short DOI edition genre ISBN ISSN issue keyword"
    " medium note number original-title page page-first PMCID PMID publisher"
    " publisher-place status title volume volume-title"
)
SCHEMA: dict[str, type] = {
    **dict.fromkeys(STRINGS.split(), str),
    **dict.fromkeys(("author", "container-author", "editor"), list),
    **dict.fromkeys(("issued", "available-date", "custom"), dict),
}
"""The properties of csl-data.json 1.0.2 that we use; it allows no others."""
TYPES = {"article", "article-journal", "book", "chapter", "dataset", "report"}
NAME = {"family", "given", "suffix", "literal"}
DATE = {"date-parts", "season", "literal"}


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(hostile_articles)
def test_an_item_keeps_to_the_schema(article: Article) -> None:
    item = csl_json.exported_item(Exported(article, address="https://j.example/1"))

    assert item.keys() <= SCHEMA.keys()
    assert all(isinstance(value, SCHEMA[name]) for name, value in item.items())
    assert item["type"] in TYPES
    people = [*item.get("author", ()), *item.get("editor", ())]
    assert all({*name} <= NAME and all(name.values()) for name in people)
    for name in ("issued", "available-date"):
        date = item.get(name, {})
        assert date.keys() <= DATE
        assert all(1 <= len(end) <= 3 for end in date.get("date-parts", ()))


def test_people_are_persons_or_groups_without_those_withdrawn() -> None:
    item = csl_json.item(
        an_article(
            authors=(
                Author("Quillfeather", "Ada B", "AB", "Jr"),
                Author("Okonfold", None, "T"),
                Author("Gone", valid=False),
                Author(group=Markup("Merrow <i>Tea</i> Group.")),
            ),
            editors=(Author("Editrix", "Una", "U"),),
        )
    )

    assert item["author"] == [
        {"family": "Quillfeather", "given": "Ada B", "suffix": "Jr"},
        {"family": "Okonfold", "given": "T"},
        {"literal": "Merrow Tea Group"},
    ]
    assert item["editor"] == [{"family": "Editrix", "given": "Una"}]


def test_a_date_is_numbers_a_season_or_words() -> None:
    def dated(date: PubDate) -> object:
        return csl_json.item(an_article(journal_issue=JournalIssue(date)))["issued"]

    assert dated(PubDate(2025, 3, 9)) == {"date-parts": [[2025, 3, 9]]}
    assert dated(PubDate(2025, season="Fall")) == {"date-parts": [[2025]], "season": 3}
    assert dated(PubDate(2025, season="Winter-Spring")) == {
        "date-parts": [[2025]],
        "season": "Winter-Spring",
    }
    assert dated(PubDate(2019, printed="2019 Jan-Feb")) == {
        "date-parts": [[2019, 1], [2019, 2]]
    }
    assert dated(PubDate(1987, printed="1987 1st Quart")) == {
        "literal": "1987 1st Quart"
    }


def test_the_day_online_stands_beside_the_date_that_counts() -> None:
    online = (ArticleDate("Electronic", PubDate(2017, 6, 19)),)

    both = csl_json.item(an_article(article_dates=online))
    alone = csl_json.item(an_article(article_dates=online, journal_issue=None))

    assert both["issued"] == {"date-parts": [[2025, 3]]}
    assert both["available-date"] == {"date-parts": [[2017, 6, 19]]}
    assert alone["issued"] == both["available-date"]
    assert "available-date" not in alone


def test_a_title_is_rich_text_and_a_foreign_one_stands_beside_it() -> None:
    item = csl_json.item(
        an_article(
            title=Markup("[CO<sub>2</sub> &lt; 5 in <i><u>Teaus</u></i>]."),
            vernacular_title=Markup("Le thé."),
            languages=("fre", "eng"),
        )
    )

    assert item["title"] == "[CO<sub>2</sub> < 5 in <i>Teaus</i>]"
    assert item["original-title"] == "Le thé"
    assert item["language"] == "fr"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "article-journal"),
        (
            {"publication_types": (PublicationType("D000076942", "Preprint"),)},
            "article",
        ),
        ({"publication_types": (PublicationType("D064886", "Dataset"),)}, "dataset"),
        (
            {
                "publication_types": (
                    PublicationType("D064886", "Dataset"),
                    PublicationType("D016428", "Journal Article"),
                )
            },
            "article-journal",
        ),
        ({"book": Book(title=Markup("Tea"))}, "chapter"),
        ({"book": Book(title=Markup("Tea")), "title": None}, "book"),
        ({"book": Book(report_number="7"), "title": None}, "report"),
    ],
)
def test_an_item_has_its_kind(changes: dict[str, Any], kind: str) -> None:
    assert csl_json.item(an_article(**changes))["type"] == kind


def test_the_status_says_what_is_not_final() -> None:
    retracted = PublicationType("D016441", "Retracted Publication")

    def status(**changes: Any) -> str | None:
        found: str | None = csl_json.item(an_article(**changes)).get("status")
        return found

    assert status() is None
    assert status(publication_status="aheadofprint") == "advance online publication"
    assert status(publication_types=(retracted,)) == "retracted"
