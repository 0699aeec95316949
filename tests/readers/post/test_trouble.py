"""When nearly all mail comes back, it is us: sending stops, and nobody is marked."""

from datetime import timedelta

import pytest

from made.smtp_server import Sink
from ownjournal.readers.models import Reader
from ownjournal.readers.post import returned, trouble
from ownjournal.readers.post.letters import put
from ownjournal.readers.post.models import Bounce, Letter, Suppression
from ownjournal.readers.post.sending import send_due
from readers.post.conftest import NOW, readers

ALL = "550 5.1.1 no such user"


def send(now: object = NOW) -> dict[str, int]:
    return send_due(now, lambda: False)  # type: ignore[arg-type]


def put_for(people: list[Reader], kind: str = "greeting") -> None:
    for each in people:
        put(kind, f"{kind} {each.pk}", reader=each, due_at=NOW)


def test_when_everything_is_refused_sending_stops(
    sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    sink.all_rcpt = ALL
    put_for(readers(30))

    assert send() == {"refused": 5}  # no more than are needed to tell
    assert send() == {}
    assert send(NOW + timedelta(days=3)) == {}

    assert Letter.objects.filter(state="waiting", claimed_by=None).count() == 25
    assert Bounce.objects.count() == 5
    assert not Suppression.objects.exists()
    [problem] = trouble.problems()
    assert problem == (
        "Nearly all mail comes back: 5 of the 5 mails of one day came back. "
        "When all is right again: ownjournal send --resume"
    )
    assert "Sending has stopped" in caplog.text


def test_codes_go_out_nevertheless(sink: Sink) -> None:
    sink.all_rcpt = ALL
    people = readers(8)
    put_for(people)
    send()
    sink.all_rcpt = None
    put_for(people[:1], "code")

    assert send() == {"sent": 1}
    assert send() == {}


def test_after_the_cause_is_found_all_goes_out(sink: Sink) -> None:
    sink.all_rcpt = ALL
    put_for(readers(8))
    send()
    sink.all_rcpt = None

    assert trouble.resume(NOW) == 5
    assert trouble.resume(NOW) == 0

    assert send() == {"sent": 8}
    assert trouble.problems() == ()
    assert not Bounce.objects.exists()


def test_dead_mailboxes_among_many_stop_nothing(sink: Sink) -> None:
    people = readers(20)
    for each in people[:3]:
        sink.rcpt[each.email] = ALL
    put_for(people)

    assert send() == {"refused": 3, "sent": 17}
    assert trouble.problems() == ()
    assert Suppression.objects.count() == 3


def test_four_readers_without_a_mailbox_are_no_reason_to_stop(sink: Sink) -> None:
    sink.all_rcpt = ALL
    put_for(readers(4))

    assert send() == {"refused": 4}
    assert trouble.problems() == ()


def test_bounces_that_come_by_mail_count_as_well(sink: Sink) -> None:
    put_for(readers(10))
    send()
    letters = list(Letter.objects.order_by("pk"))

    for each in letters[:8]:
        returned.record(each, Bounce.Kind.HARD, ALL, NOW + timedelta(hours=1))
    assert not trouble.halted()
    assert Suppression.objects.count() == 8
    returned.record(letters[8], Bounce.Kind.HARD, ALL, NOW + timedelta(hours=1))

    assert trouble.halted()
    assert not Suppression.objects.exists()


def test_complaints_stay_when_sending_stops(sink: Sink) -> None:
    put_for(readers(6))
    send()
    first, *others = Letter.objects.order_by("pk")
    returned.record(first, Bounce.Kind.COMPLAINT, "spam", NOW)

    for each in others:
        returned.record(each, Bounce.Kind.HARD, ALL, NOW)

    assert trouble.halted()
    assert Suppression.objects.get().reader == first.reader


def test_what_came_back_yesterday_does_not_count_today(sink: Sink) -> None:
    put_for(readers(5))
    send()
    for each in Letter.objects.all()[:4]:
        returned.record(each, Bounce.Kind.HARD, ALL, NOW + timedelta(hours=25))

    last = Letter.objects.last()
    assert last is not None
    returned.record(last, Bounce.Kind.HARD, ALL, NOW + timedelta(hours=25))

    assert not trouble.halted()


def test_a_refused_letter_of_no_reader_keeps_nothing(sink: Sink) -> None:
    """Nothing would erase it with a reader, and it is never sent again."""
    sink.rcpt["old@merrow.test"] = "550 no such mailbox old@merrow.test"
    put("greeting", "1", address="old@merrow.test", details={"new": "new@merrow.test"})

    assert send() == {"refused": 1}

    letter = Letter.objects.get()
    assert (letter.details, letter.problem, letter.address) == ({}, None, None)
