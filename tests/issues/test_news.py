"""News of what was shown, also where only the notice tells it."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from made.articles import an_article
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import following
from ownjournal.issues.compile import compile_issue
from ownjournal.pubmed.article import Article, Correction, Markup, PublicationType
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)
pytestmark = pytest.mark.usefixtures("own_index")
RETRACTION = PublicationType("D016440", "Retraction Notice")


def a_notice(of: int) -> Article:
    return an_article(
        pmid=99_300_001,
        title=Markup("Retraction notice."),
        abstract=None,
        publication_types=(RETRACTION,),
        corrections=(Correction("RetractionOf", "J Invent Med. 2026", pmid=of),),
    )


def shown_first(reader: Reader) -> int:
    issue = compile_issue(reader, now=NOW)
    assert issue is not None
    return issue.articles.get(position=1).pmid


def test_a_retraction_that_only_its_notice_tells_is_news_once(alice: Reader) -> None:
    pmid = shown_first(alice)
    shelve(a_notice(pmid), at=NOW)
    following.follow(following.index())

    second = compile_issue(alice, now=NOW + WEEK)

    assert second is not None
    [news] = second.notices.all()
    assert (news.pmid, news.integrity, news.shown_in) == (pmid, "retracted", 1)
    assert "PMID 99300001" in news.reason
    shelve(*trials(99_201_000, 20), at=NOW + WEEK)
    following.follow(following.index())
    third = compile_issue(alice, now=NOW + 2 * WEEK)
    assert third is not None
    assert not third.notices.exists()


def test_a_notice_that_the_index_saw_late_is_told_by_the_issue_after(
    alice: Reader,
) -> None:
    pmid = shown_first(alice)
    following.follow(following.index())
    shelve(a_notice(pmid), at=NOW)
    second = compile_issue(alice, now=NOW + WEEK)
    following.follow(following.index())
    shelve(*trials(99_201_000, 20), at=NOW + WEEK)

    third = compile_issue(alice, now=NOW + 2 * WEEK)

    assert second is None or not second.notices.exists()
    assert third is not None
    assert [each.pmid for each in third.notices.all()] == [pmid]


def test_a_state_that_grows_worse_is_told_again(alice: Reader) -> None:
    pmid = shown_first(alice)
    [article] = [each for each in trials(99_200_000, 60) if each.pmid == pmid]
    told = []
    for week, kind in enumerate(("ExpressionOfConcernIn", "RetractionIn"), start=1):
        link = Correction(kind, "J Invent Med. 2026", pmid=99_300_001)
        shelve(replace(article, corrections=(link,)), at=NOW)
        issue = compile_issue(alice, now=NOW + week * WEEK)
        assert issue is not None
        told += [each.integrity for each in issue.notices.all()]

    assert told == ["concern", "retracted"]


def test_what_was_not_shown_is_no_news(alice: Reader) -> None:
    issue = compile_issue(alice, now=NOW)
    assert issue is not None
    shown = {row.pmid for row in issue.articles.all()}
    others = set(range(99_200_000, 99_200_060)) - shown
    shelve(a_notice(min(others)), taken_back=[max(others)], at=NOW)
    following.follow(following.index())

    second = compile_issue(alice, now=NOW + WEEK)

    assert second is None or not second.notices.exists()
