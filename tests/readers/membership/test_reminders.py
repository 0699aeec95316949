"""The mail before the end of a trial: put once, sent only where it is still so."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ownjournal.readers.membership import members, reminders, trials
from ownjournal.readers.membership.joining import joined
from ownjournal.readers.membership.models import Trial
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.models import Letter

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def gives_trials(settings: Any) -> None:
    settings.MEMBERSHIP, settings.TRIAL_DAYS = "trial", 30
    settings.SITE_URL = "https://journal.test"
    settings.CONTACT_EMAIL = "library@merrow.test"


@pytest.fixture
def ada(db: None) -> Reader:
    """On trial, with three days left."""
    reader = Reader.objects.create_reader("ada@merrow.test")
    joined(reader, timezone.now() - 28 * A_DAY)
    return reader


def test_one_letter_is_put_for_three_days_before(db: None) -> None:
    reader = Reader.objects.create_reader("ada@merrow.test")
    joined(reader, datetime(2026, 11, 25, 14, tzinfo=UTC))
    joined(reader, datetime(2026, 11, 26, 14, tzinfo=UTC))

    letter = Letter.objects.get()
    assert letter.kind == "trial-ends"
    assert letter.due_at == datetime(2026, 12, 23, tzinfo=UTC)
    assert letter.reader == reader


def test_it_says_when_what_stays_and_how_to_go_on(ada: Reader) -> None:
    mail = reminders.reminder(Letter.objects.get())

    assert mail is not None
    assert mail.subject == "Your trial of Ownjournal ends soon"
    last = trials.last_day(ada.trial)
    for said in (
        f"{last:%A}, {last.day} {last:%B %Y}",
        "your notes, your reading log",
        "https://journal.test/account/membership",
        "library@merrow.test",
    ):
        assert said in mail.text
    assert max(map(len, mail.text.splitlines())) < 90


def test_no_letter_for_a_trial_of_a_few_days(db: None, settings: Any) -> None:
    settings.TRIAL_DAYS = 1
    joined(Reader.objects.create_reader("ada@merrow.test"), timezone.now())

    assert not Letter.objects.exists()


def test_a_member_is_not_reminded(ada: Reader) -> None:
    members.grant(ada, None, timezone.now())

    assert reminders.reminder(Letter.objects.get()) is None


def test_nobody_is_reminded_where_trials_are_over(ada: Reader, settings: Any) -> None:
    settings.MEMBERSHIP = "open"

    assert reminders.reminder(Letter.objects.get()) is None


def test_a_trial_made_longer_is_reminded_of_its_new_end(ada: Reader) -> None:
    old = Letter.objects.get()
    trial = Trial.objects.get()
    trials.move_end(trial, date(2099, 1, 31), timezone.now())

    assert reminders.reminder(old) is None
    assert Letter.objects.get(due_at__year=2099).due_at == datetime(
        2099, 1, 29, tzinfo=UTC
    )


def test_an_end_moved_to_the_past_is_over(ada: Reader) -> None:
    trials.move_end(Trial.objects.get(), date(2020, 1, 1), timezone.now())

    trial = Trial.objects.get()
    assert trial.ends_at == trial.began_at
    assert trial.ended_at is not None
    assert reminders.reminder(Letter.objects.get()) is None


def test_the_post_office_asks_and_makes(ada: Reader) -> None:
    assert letters.may_mail(ada)
    assert letters.make(Letter.objects.get()) is not None
    Trial.objects.update(ends_at=timezone.now())

    assert not letters.may_mail(ada)
