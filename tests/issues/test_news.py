"""News of articles that a reader was shown: of a list, or of a notice alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from made.articles import an_article
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import following, retractions
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import Issue
from ownjournal.issues.pages import NEWS
from ownjournal.pubmed.article import Article, Correction, Markup, PublicationType
from ownjournal.pubmed.retraction_list import Entry
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)

RETRACTION = PublicationType("D016440", "Retraction Notice")

pytestmark = pytest.mark.usefixtures("own_index")


def load(*entries: Entry) -> None:
    retractions.load(entries, "list.csv", now=NOW, shrunk=True)


def told(issue: Issue | None) -> Sequence[tuple[int, str, str]]:
    assert issue is not None
    return list(issue.notices.values_list("pmid", "integrity", "reason"))


def test_what_was_listed_is_never_chosen_and_what_was_shown_is_told(
    alice: Reader,
) -> None:
    first = compile_issue(alice, now=NOW)
    assert first is not None
    shown = first.articles.all()[0].pmid
    load(Entry("retracted", shown, None))

    [[pmid, integrity, reason]] = told(compile_issue(alice, now=NOW + WEEK))

    assert (pmid, integrity) == (shown, "retracted")
    assert reason == "Retraction Watch lists it as retracted."
    bob = Reader.objects.create(email="bob@merrow.test")
    other = compile_issue(bob, now=NOW)
    assert other is not None
    assert shown not in other.articles.values_list("pmid", flat=True)


def test_a_reinstatement_is_told_once_and_a_new_retraction_again(
    alice: Reader,
) -> None:
    first = compile_issue(alice, now=NOW)
    assert first is not None
    shown = first.articles.all()[0].pmid
    load(Entry("retracted", shown, None, "2026-01-01"))
    compile_issue(alice, now=NOW + WEEK)
    load(
        Entry("retracted", shown, None, "2026-01-01"),
        Entry("reinstated", shown, None, "2026-02-01"),
    )

    [[pmid, integrity, _]] = told(compile_issue(alice, now=NOW + 2 * WEEK))

    assert (pmid, integrity) == (shown, "cleared")
    assert NEWS[integrity] == "Cleared"
    assert compile_issue(alice, now=NOW + 3 * WEEK) is None
    load(Entry("retracted", shown, None, "2026-03-01"))
    again = compile_issue(alice, now=NOW + 4 * WEEK)
    assert [each[1] for each in told(again)] == ["retracted"]


def test_a_correction_that_is_no_longer_listed_is_no_news(alice: Reader) -> None:
    first = compile_issue(alice, now=NOW)
    assert first is not None
    load(Entry("corrected", first.articles.all()[0].pmid, None))
    compile_issue(alice, now=NOW + WEEK)
    load()

    assert compile_issue(alice, now=NOW + 2 * WEEK) is None


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
