"""The dates that an index keeps of an article."""

from datetime import date

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import (
    Article,
    ArticleDate,
    HistoryDate,
    JournalIssue,
    PubDate,
)
from ownjournal.search.document import Document, document


def made(article: Article) -> Document:
    return document(article, judge(article))


def test_newest_goes_by_publication_but_never_after_pubmed_had_it() -> None:
    """A journal's issue is often dated months ahead."""
    ahead = an_article(
        journal_issue=JournalIssue(PubDate(2026, 12)),
        history=(HistoryDate("entrez", PubDate(2026, 6, 4)),),
    )
    online = an_article(
        article_dates=(ArticleDate("Electronic", PubDate(2019, 3, 5)),),
        journal_issue=JournalIssue(PubDate(2019)),
        history=(HistoryDate("entrez", PubDate(2019, 3, 7)),),
    )

    assert made(ahead).sorted_on == date(2026, 6, 4)
    assert made(ahead).published_on == (date(2026, 12, 1),)
    assert made(online).sorted_on == date(2019, 3, 5)
    assert made(online).published_on == (date(2019, 3, 5), date(2019, 1, 1))


def test_a_date_in_words_is_searched_and_sorted_by_its_first_month() -> None:
    """PubMed has "2019 Nov-Dec" under November."""

    def dated(issue: PubDate) -> tuple[date, ...]:
        kept = made(an_article(journal_issue=JournalIssue(issue), history=()))
        assert kept.published_on == (kept.sorted_on,)
        return (*kept.published_on, dict(kept.dated)["ppdat"])

    assert set(dated(PubDate(2019, printed="2019 Nov-Dec"))) == {date(2019, 11, 1)}
    assert set(dated(PubDate(2019, season="Summer"))) == {date(2019, 7, 1)}


def test_an_article_without_any_date_has_none() -> None:
    article = an_article(journal_issue=None, article_dates=(), history=())

    assert (made(article).sorted_on, made(article).published_on) == (None, ())


def test_every_kind_of_date_is_kept_by_its_field() -> None:
    article = an_article(
        article_dates=(ArticleDate("Electronic", PubDate(2025, 1, 9)),),
        journal_issue=JournalIssue(PubDate(2025, 3)),
        publication_model="Print-Electronic",
        completed_on=PubDate(2025, 6, 1),
        revised_on=PubDate(2025, 6, 2),
        history=(
            HistoryDate("pubmed", PubDate(2025, 1, 12)),
            HistoryDate("entrez", PubDate(2025, 1, 11)),
            HistoryDate("medline", PubDate(2025, 5, 30)),
            HistoryDate("received", PubDate(2024)),
        ),
    )

    assert dict(made(article).dated) == {
        "ppdat": date(2025, 3, 1),
        "epdat": date(2025, 1, 9),
        "edat": date(2025, 1, 12),
        "crdt": date(2025, 1, 11),
        "mhda": date(2025, 5, 30),
        "dcom": date(2025, 6, 1),
        "lr": date(2025, 6, 2),
    }


def test_the_issue_of_a_journal_that_is_not_printed_is_dated_electronically() -> None:
    issue = JournalIssue(PubDate(2025, 3))
    online = ArticleDate("Electronic", PubDate(2025, 1, 9))

    def dated(model: str | None, *days: ArticleDate) -> dict[str, date]:
        article = an_article(
            publication_model=model,
            article_dates=days,
            journal_issue=issue,
            history=(),
            completed_on=None,
            revised_on=None,
        )
        return dict(made(article).dated)

    assert dated("Electronic") == {"epdat": date(2025, 3, 1)}
    assert dated("Electronic-eCollection", online) == {"epdat": date(2025, 1, 9)}
    assert dated(None) == {"ppdat": date(2025, 3, 1)}


def issued(printed: PubDate | None, *online: PubDate) -> list[str]:
    """The codes of an article in an issue of this date, online on these days."""
    issue = JournalIssue(date=printed) if printed is not None else None
    days = tuple(ArticleDate("Electronic", day) for day in online)
    return [
        each
        for each in made(an_article(journal_issue=issue, article_dates=days)).codes
        if each.startswith("issued:")
    ]


def test_an_archive_has_an_article_under_the_month_of_its_issue() -> None:
    may = ["issued:2024", "issued:2024_05"]

    assert issued(PubDate(2024, 5), PubDate(2024, 2, 3)) == may
    assert issued(PubDate(2024, 5, 9)) == may


def test_no_month_is_invented_where_none_is_known() -> None:
    """The online day of another year says nothing of the issue."""
    unknown = ["issued:2019", "issued:2019_00"]

    assert issued(PubDate(2019)) == unknown
    assert issued(PubDate(2019, season="Winter")) == unknown
    assert issued(PubDate(2019), PubDate(2018, 12, 20)) == unknown
    assert issued(PubDate(2019), PubDate(2019, 2, 3))[1] == "issued:2019_02"
    assert issued(PubDate(printed="Soon")) == issued(None) == []
