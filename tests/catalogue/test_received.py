"""What came in last, whatever its date of publication."""

import pytest

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following, received, store
from ownjournal.catalogue.received import count_since, newest
from ownjournal.pubmed.article import JournalIssue, PubDate
from ownjournal.search.query import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
VELOTRINE = Term("velotrine")


def follow() -> None:
    following.follow(following.index())


def test_the_last_received_come_first_and_then_the_last_published() -> None:
    shelve(an_article(pmid=1), an_article(pmid=2))
    shelve(an_article(pmid=3, journal_issue=JournalIssue(PubDate(1999))))
    shelve(an_article(pmid=4, title="Marrowleaf.", abstract="Nothing."))
    follow()

    assert newest(VELOTRINE, 10) == [3, 2, 1]
    assert newest(VELOTRINE, 1) == [3]


def test_an_article_that_only_changed_is_not_new() -> None:
    first = shelve(an_article(pmid=1)).revision
    shelve(an_article(pmid=1, title="Velotrine, corrected."), an_article(pmid=2))
    follow()

    assert count_since(VELOTRINE, first, store.revision()) == 1


def test_new_is_counted_between_revisions() -> None:
    revisions = [shelve(an_article(pmid=pmid)).revision for pmid in (1, 2, 3)]
    follow()

    assert count_since(VELOTRINE, 0, revisions[2]) == 3
    assert count_since(VELOTRINE, revisions[0], revisions[1]) == 1
    assert count_since(VELOTRINE, revisions[2], revisions[2]) == 0


def test_an_article_taken_back_is_not_counted() -> None:
    shelve(an_article(pmid=1), an_article(pmid=2))
    shelve(taken_back=[2])
    follow()

    assert count_since(VELOTRINE, 0, store.revision()) == 1


def test_what_lies_below_the_newest_is_found_by_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(received, "MOST", 2)
    monkeypatch.setattr(received, "AT_ONCE", 1)
    for pmid in (1, 2, 3, 4):
        shelve(an_article(pmid=pmid))
    follow()

    assert len(received.received(0, store.revision())) == 2
    assert newest(VELOTRINE, 10) == [4, 3, 2, 1]
    assert count_since(VELOTRINE, 0, store.revision()) == 2
