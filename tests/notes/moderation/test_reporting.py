"""Reports and helpful marks: who may, how often, and what comes of it."""

from datetime import UTC, datetime

import pytest

from made.notes import a_note
from ownjournal.notes.models import Note
from ownjournal.notes.moderation import marks
from ownjournal.notes.moderation.models import Helpful, Report
from ownjournal.notes.moderation.reporting import (
    MOST_OPEN,
    CannotReport,
    report,
    reportable,
)
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.models import Letter

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_moderators_are_called_once_for_what_waits(
    pearl: Note, bob: Reader, mona: Reader, olga: Reader
) -> None:
    report(pearl, bob, "wrong", "It is ten times less.", NOW)
    report(pearl, None, "other", "See above.", NOW)

    called = Letter.objects.filter(kind="note-reported")
    assert {letter.reader for letter in called} == {mona, olga}
    mail = letters.make(called[0])
    assert mail is not None
    assert "could harm a patient" in mail.text
    assert "/moderation" in mail.text
    Report.objects.update(settled_at=NOW)
    assert letters.make(called[0]) is None


def test_a_second_report_takes_the_place_of_the_first(pearl: Note, bob: Reader) -> None:
    report(pearl, bob, "wrong", "", NOW)
    report(pearl, bob, "other", "Rather this.", NOW)

    [row] = Report.objects.all()
    assert (row.reason, row.text) == ("other", "Rather this.")
    row.settled_at = NOW
    row.save()
    report(pearl, bob, "wrong", "", NOW)
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("reason", "text"),
    [("", "x"), ("nonsense", "x"), ("other", " \x00"), ("wrong", "x" * 1_001)],
)
def test_a_report_that_says_nothing_or_too_much_is_refused(
    pearl: Note, bob: Reader, reason: str, text: str
) -> None:
    with pytest.raises(CannotReport):
        report(pearl, bob, reason, text, NOW)
    assert not Report.objects.exists()


def test_a_crowd_of_reports_is_kept_up_to_a_number(pearl: Note) -> None:
    for _ in range(MOST_OPEN + 3):
        report(pearl, None, "rude", "", NOW)

    assert Report.objects.count() == MOST_OPEN


def test_only_public_notes_of_others_are_reported_or_marked(
    pearl: Note, alice: Reader, bob: Reader
) -> None:
    private = a_note(author=alice, visibility="private")
    hidden = a_note(author=alice, hidden_at=NOW)
    gone = a_note(author=alice, deleted_at=NOW)

    for note in (private, hidden, gone):
        assert reportable(note.pk, bob) is None
        with pytest.raises(marks.CannotMark):
            marks.mark(bob, note.pk, NOW)
    assert reportable(pearl.pk, alice) is None
    with pytest.raises(marks.CannotMark, match="for others to say"):
        marks.mark(alice, pearl.pk, NOW)
    assert reportable(pearl.pk, bob) == reportable(pearl.pk, None) == pearl
    assert not Helpful.objects.exists()


def test_a_mark_is_one_and_is_taken_back(pearl: Note, bob: Reader) -> None:
    marks.mark(bob, pearl.pk, NOW)
    marks.mark(bob, pearl.pk, NOW)
    assert Helpful.objects.count() == 1

    pearl.visibility = "private"
    pearl.save()
    marks.unmark(bob, pearl.pk)
    marks.unmark(bob, pearl.pk)
    assert not Helpful.objects.exists()
