from msgspec.structs import replace

from made.articles import an_article
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import store
from ownjournal.issues.pools import Pools, Window, fresh, received
from ownjournal.pubmed.article import (
    Article,
    HistoryDate,
    JournalIssue,
    PubDate,
)


def entered(article: Article, year: int, month: int = 6) -> Article:
    step = HistoryDate("entrez", PubDate(year, month, 15))
    return replace(article, history=(step,))


def fresh_pmids() -> list[int]:
    came_in = list(received(Window(0, store.revision())))
    return sorted(each.pmid for each in fresh(came_in))


def test_an_old_article_that_nlm_changed_is_no_news(db: None) -> None:
    new = [entered(each, 2026) for each in trials(99_200_000, 4)]
    old = entered(an_article(pmid=99_100_009), 2015)
    shelve(*new, old)

    assert fresh_pmids() == [each.pmid for each in new]


def test_a_year_is_counted_from_the_newest(db: None) -> None:
    shelve(
        entered(an_article(pmid=99_100_001), 2019, 7),
        entered(an_article(pmid=99_100_002), 2020, 6),
        entered(an_article(pmid=99_100_003), 2019, 5),
    )

    assert fresh_pmids() == [99_100_001, 99_100_002]


def test_of_a_collection_of_old_articles_all_count(db: None) -> None:
    shelve(
        *(
            entered(each, 2010 + count)
            for count, each in enumerate(trials(99_200_000, 8))
        )
    )

    assert len(fresh_pmids()) == 8


def test_where_no_entry_is_told_the_printed_date_counts(db: None) -> None:
    new = entered(an_article(pmid=99_100_001), 2026)
    printed = an_article(pmid=99_100_002, journal_issue=JournalIssue(PubDate(2026, 3)))
    old = an_article(pmid=99_100_003, journal_issue=JournalIssue(PubDate(2020, 3)))
    shelve(new, printed, old)

    assert fresh_pmids() == [99_100_001, 99_100_002]


def test_what_tells_no_day_is_not_called_old(db: None) -> None:
    new = entered(an_article(pmid=99_100_001), 2026)
    undated = an_article(
        pmid=99_100_002, journal_issue=JournalIssue(PubDate(printed="in press"))
    )
    shelve(new, undated, an_article(pmid=99_100_003, journal_issue=None))

    assert fresh_pmids() == [99_100_001, 99_100_002, 99_100_003]


def test_a_window_is_read_once_and_the_last_two_are_kept(db: None) -> None:
    for count in range(3):
        shelve(an_article(pmid=99_100_001 + count))
    pools = Pools()
    first = pools.of(Window(0, 1))

    assert pools.of(Window(0, 1)) is first
    pools.of(Window(1, 2))
    assert pools.of(Window(0, 1)) is first
    pools.of(Window(2, 3))
    pools.of(Window(1, 2))
    assert pools.of(Window(0, 1)) is not first
    assert pools.of(Window(0, 1)).digest == first.digest


def test_what_came_in_is_read_newest_first_and_as_it_is_now(db: None) -> None:
    shelve(*trials(99_200_000, 3))
    shelve(*trials(99_201_000, 2))
    shelve(an_article(pmid=99_200_001, title="Changed."), taken_back=[99_200_002])

    read = [each.candidate for each in received(Window(0, 2))]

    assert [each.pmid for each in read] == [
        99_201_001,
        99_201_000,
        99_200_001,
        99_200_000,
    ]
    assert read[2].title == "Changed."
    assert [each.candidate.pmid for each in received(Window(1, 2))] == [
        99_201_001,
        99_201_000,
    ]
