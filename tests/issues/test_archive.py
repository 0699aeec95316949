from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import following
from ownjournal.issues.archive import Wanted, found, read
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import IssueArticle
from ownjournal.readers import registry
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.saying import keep, say

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def issues(alice: Reader) -> Reader:
    """Two issues of Alice's, a week apart."""
    compile_issue(alice, now=NOW)
    shelve(*trials(99_201_000, 30), at=NOW)
    compile_issue(alice, now=NOW + WEEK)
    return alice


def pmids(reader: Reader, **wanted: object) -> list[int]:
    page = found(reader, Wanted(**wanted), None)  # type: ignore[arg-type]
    return [line.pmid for line in page.lines]


def shown(**of: object) -> set[int]:
    return set(IssueArticle.objects.filter(**of).values_list("pmid", flat=True))


def test_words_are_found_in_titles_and_reasons(issues: Reader) -> None:
    expected = shown(title__icontains="fever")

    assert set(pmids(issues, words="FEVER adults")) >= expected
    assert pmids(issues, words="nothing like this") == []
    assert set(pmids(issues)) == shown()


def test_the_index_finds_what_only_the_record_says(
    issues: Reader, own_index: None
) -> None:
    following.follow(following.index())
    article = next(iter(shown(title__icontains="fever")))

    assert pmids(issues, words=f"10.99999/trial.{article}[aid]") == [article]


def test_days_are_those_of_the_reader_s_clock(issues: Reader) -> None:
    Reader.objects.update(time_zone="Pacific/Honolulu")  # where it was the 29th
    issues.refresh_from_db()

    assert set(pmids(issues, after=date(2026, 11, 29), before=date(2026, 11, 29))) == (
        shown(issue__number=1)
    )
    assert pmids(issues, after=date(2026, 12, 7)) == []
    assert set(pmids(issues, after=date(2026, 12, 6))) == shown(issue__number=2)
    assert set(pmids(issues, before=date.max)) == shown()


def test_what_was_saved_and_said_is_found_with_its_day(issues: Reader) -> None:
    saved, liked, *_ = sorted(shown())
    keep(issues, saved, at=datetime(2026, 12, 1, 9, tzinfo=UTC))
    say(issues, liked, "more", at=datetime(2026, 12, 2, 9, tzinfo=UTC))

    [line] = found(issues, Wanted(which="saved"), None).lines
    assert (line.pmid, line.deeds) == (saved, ("Saved on 1 December 2026",))
    assert pmids(issues, which="rated") == [liked]
    assert pmids(issues, which="opened") == []


def test_another_reader_s_issues_are_not_looked_at(issues: Reader) -> None:
    bob = registry.add("bob@merrow.test")

    assert pmids(bob, words="fever") == []


def test_odd_parameters_look_for_nothing(client: Client, issues: Reader) -> None:
    client.force_login(issues)
    for address in (
        "/issues?which=%00&from=2026-13-45&to=x&page=-1",
        "/issues?q=%22%5B&page=999",
        f"/issues?q={'a' * 5000}&from=0001-01-01&to=9999-12-31",
    ):
        assert client.get(address).status_code == 200


def test_a_search_in_the_archive_shows_what_was_seen_and_when(
    client: Client, issues: Reader
) -> None:
    client.force_login(issues)

    page = client.get("/issues?q=fever&from=2026-12-01").content.decode()

    assert "Issue 2" in page
    assert "Monday, 7 December 2026" in page
    assert 'value="fever"' in page
    assert "in my issues" in page


def test_the_address_of_a_search_keeps_what_was_asked() -> None:
    wanted = Wanted("fever", "saved", date(2026, 1, 2), None)

    assert read(QueryDict(wanted.parameters())) == wanted


def test_a_pause_is_told_and_ended(client: Client, issues: Reader) -> None:
    client.force_login(issues)
    today = timezone.now().date()
    until = today + timedelta(days=30)

    page = client.post("/issues/pause", {"until": until.isoformat()}, follow=True)

    issues.refresh_from_db()
    assert issues.paused_until == until
    assert issues.next_issue_at is not None
    assert issues.next_issue_at.date() >= until
    assert b"Your issues are paused." in page.content
    page = client.post("/issues/pause", follow=True)
    issues.refresh_from_db()
    assert issues.next_issue_at is not None
    assert issues.next_issue_at.date() <= today + timedelta(days=7)
    assert b"Your issues are paused." not in page.content


@pytest.mark.parametrize("until", ["2020-01-01", "9999-12-31", "tomorrow"])
def test_a_pause_until_no_such_day_is_refused(
    client: Client, issues: Reader, until: str
) -> None:
    client.force_login(issues)

    page = client.post("/issues/pause", {"until": until}, follow=True)

    issues.refresh_from_db()
    assert issues.paused_until is None
    assert b"Please choose a day" in page.content
