"""News of what a list of retractions says of articles that a reader was shown."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from ownjournal.catalogue import retractions
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import Issue
from ownjournal.issues.pages import NEWS
from ownjournal.pubmed.retraction_list import Entry
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)

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
