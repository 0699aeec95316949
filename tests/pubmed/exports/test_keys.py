"""Citation keys."""

import pytest

from made.articles import an_article
from ownjournal.pubmed.article import Author, JournalIssue, Markup, PubDate
from ownjournal.pubmed.exports.keys import key


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (Author("Sheng", "J"), "sheng2017_28706741"),
        (Author("Łódź-Ærø"), "lodzaero2017_28706741"),
        (
            Author(group=Markup("Merrow <i>Tea</i> Group")),
            "merrowteagroup2017_28706741",
        ),
        (Author("茶"), "2017_28706741"),
        (Author("}{, \\"), "2017_28706741"),
    ],
)
def test_a_key_is_name_year_and_pmid(author: Author, expected: str) -> None:
    article = an_article(
        pmid=28_706_741, authors=(author,), journal_issue=JournalIssue(PubDate(2017))
    )

    assert key(article) == expected


def test_a_key_needs_neither_name_nor_date() -> None:
    article = an_article(pmid=5, authors=(), journal_issue=None)

    assert key(article) == "5"
