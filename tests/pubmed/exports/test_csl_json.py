"""CSL-JSON: what styles, pandoc and Zotero read."""

import json

from made.articles import an_article
from ownjournal.pubmed.article import JournalIssue, Pagination, PubDate
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
