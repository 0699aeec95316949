"""Letters over a real connection to a server that takes them or does not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from made.smtp_server import Sink
from ownjournal.readers.models import Reader
from ownjournal.readers.post import claims, sent_log, trouble
from ownjournal.readers.post.letters import MAKERS, put
from ownjournal.readers.post.models import Bounce, Letter, Suppression, Trouble
from ownjournal.readers.post.sending import send_due
from readers.post.conftest import NOW, greeting, readers

LATER = NOW + timedelta(hours=12)
UNTIL_CRASH_IS_SEEN = claims.CLAIM + timedelta(seconds=1)


def send(now: datetime = NOW) -> dict[str, int]:
    return send_due(now, lambda: False)


def put_for(people: list[Reader], kind: str = "greeting") -> None:
    for each in people:
        put(kind, f"{kind} {each.pk}", reader=each, due_at=NOW)


def test_letters_leave_over_one_connection_and_are_settled(
    sink: Sink, alice: Reader
) -> None:
    put("code", "1", address="new@merrow.test", details={"word": "2718"}, due_at=NOW)
    put_for([alice, *readers(20)])

    assert send() == {"sent": 1}  # what somebody waits for goes first and alone
    assert send() == {"sent": 21}

    assert sink.to()[:2] == ["new@merrow.test", alice.email]
    assert sink.connections == 2
    for letter in Letter.objects.all():
        assert (letter.state, letter.settled_at) == ("sent", NOW)
        assert (letter.details, letter.address) == ({}, None)
        assert (letter.claimed_by, letter.claimed_until) == (None, None)
    assert send() == {}
    assert len(sink.taken) == 22


def test_a_letter_waits_for_its_time(sink: Sink, alice: Reader) -> None:
    put("greeting", "1", reader=alice, due_at=LATER)

    assert send(LATER - timedelta(seconds=1)) == {}
    assert send(LATER) == {"sent": 1}


def test_what_nobody_wants_any_more_is_dropped(sink: Sink, alice: Reader) -> None:
    put("greeting", "1", reader=alice, details={"unwanted": True}, due_at=NOW)

    assert send() == {"dropped": 1}
    assert Letter.objects.get().state == "dropped"
    assert sink.taken == []


def test_only_what_is_urgent_goes_to_a_reader_whom_mail_does_not_reach(
    sink: Sink, alice: Reader
) -> None:
    Suppression.objects.create(reader=alice, reason="hard", said="", since_at=NOW)
    put_for([alice], "greeting")
    put_for([alice], "code")

    assert send() == {"sent": 1}
    assert send() == {"dropped": 1}
    assert Letter.objects.get(state="sent").kind == "code"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 no such user", "hard"),
        ("550 no such user here", "hard"),
        ("550 5.7.1 blocked by policy", "soft"),
        ("552 5.2.2 mailbox full", "soft"),
        ("553 5.1.3 bad address", "hard"),
    ],
)
@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_a_refusal_is_one_bounce_and_no_retry(
    sink: Sink, alice: Reader, answer: str, kind: str, step: str
) -> None:
    getattr(sink, step)[alice.email] = answer
    put_for([alice, *readers(2)])

    assert send() == {"sent": 2, "refused": 1}
    assert send(LATER) == {}

    [bounce] = Bounce.objects.all()
    assert bounce.letter.state == "refused"
    assert (bounce.kind, bounce.said) == (kind, answer)
    assert Suppression.objects.filter(reader=alice).exists() == (kind == "hard")


def test_what_is_not_taken_now_goes_later_and_later(sink: Sink, alice: Reader) -> None:
    sink.rcpt[alice.email] = "451 4.7.1 greylisted"
    put_for([alice])
    now, waits = NOW, []
    for _ in range(11):
        assert send(now) == {"later": 1}
        due_at = Letter.objects.get().due_at
        waits.append((due_at - now).total_seconds() / 60)
        now = due_at

    assert waits[:4] == [5, 15, 45, 135]
    assert max(waits) == 360
    assert send(now) == {"refused": 1}
    assert Bounce.objects.get().kind == "soft"
    assert now - NOW > timedelta(days=1.5)


def test_a_letter_in_doubt_goes_out_once_more_under_its_name(
    sink: Sink, alice: Reader
) -> None:
    sink.lose_after = 5
    put_for([alice])

    assert send() == {"doubtful": 1}
    assert send() == {}  # not at once
    assert send(LATER) == {"sent": 1}  # in doubt again: it is left at that
    assert send(LATER + timedelta(days=2)) == {}

    assert sink.to() == [alice.email] * 2
    assert len({each.message()["Message-ID"] for each in sink.taken}) == 1
    letter = Letter.objects.get()
    assert (letter.doubtful, letter.tries) == (True, 2)
    assert letter.problem is not None
    assert "closed" in letter.problem


def test_a_connection_lost_leaves_the_others_for_the_next(sink: Sink) -> None:
    sink.lose_before = 1
    put_for(readers(3))

    assert send() == {"doubtful": 1, "sent": 2}
    assert send(LATER) == {"sent": 1}
    assert len(sink.taken) == 3


def test_a_server_that_hangs_is_given_up(
    sink: Sink, alice: Reader, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    sink.hangs = True
    put_for([alice])

    assert send() == {"doubtful": 1}


def test_a_server_may_end_a_connection_after_a_few_mails(sink: Sink) -> None:
    sink.a_connection = 3
    put_for(readers(10))

    assert send() == {"sent": 10}
    assert sink.connections == 4


def test_a_server_that_is_not_there_loses_nothing(
    settings: Any, sink: Sink, alice: Reader
) -> None:
    port, settings.EMAIL_PORT = sink.port, 1  # nobody listens there
    put_for([alice, *readers(2)])

    assert send() == {"trouble": 1}
    [problem] = trouble.problems()
    assert "ConnectionRefusedError" in problem
    settings.EMAIL_PORT = port
    assert send() == {}  # it waits
    assert send(NOW + timedelta(seconds=31)) == {"sent": 3}
    assert trouble.problems() == ()
    assert Letter.objects.filter(state="sent", doubtful=False, tries=1).count() == 3


def test_a_failing_server_is_asked_less_and_less_often(alice: Reader) -> None:
    waits = []
    for _ in range(8):
        trouble.server_fails("no answer", NOW)
        again_at = Trouble.objects.get().again_at
        assert again_at is not None
        waits.append((again_at - NOW).total_seconds())

    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_a_sender_that_the_server_does_not_know_is_our_fault(sink: Sink) -> None:
    sink.sender = "550 5.7.1 you may not send from here"
    put_for(readers(3))

    assert send() == {"trouble": 1}
    assert not Bounce.objects.exists()
    assert Letter.objects.filter(state="waiting", tries=0).count() == 3


def test_a_letter_that_cannot_be_made_does_not_hold_up_the_others(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(letter: Letter) -> None:
        raise LookupError("its issue is gone")

    monkeypatch.setitem(MAKERS, "torn", torn)
    one, other = readers(2)
    put("torn", "1", reader=one, due_at=NOW)
    put("greeting", "1", reader=other, due_at=NOW)

    assert send() == {"later": 1, "sent": 1}
    letter = Letter.objects.get(kind="torn")
    assert letter.problem == "LookupError: its issue is gone"
    assert (letter.state, letter.tries) == ("waiting", 1)


def test_the_letter_in_hand_is_finished_and_the_rest_given_back(sink: Sink) -> None:
    put_for(readers(5))

    assert send_due(NOW, lambda: len(sink.taken) == 2) == {"sent": 2}

    assert Letter.objects.filter(claimed_by=None).count() == 5
    assert send() == {"sent": 3}
    assert len(sink.taken) == 5


def test_a_worker_killed_while_sending_leaves_one_in_doubt(
    sink: Sink, alice: Reader
) -> None:
    """Its claim runs out; what it had only taken goes out as if never touched."""
    put_for([alice, *readers(2)])
    first, *_ = claims.claim(NOW)
    Letter.objects.filter(pk=first.pk).update(state="sending", tries=1)

    assert send() == {}
    assert send(NOW + UNTIL_CRASH_IS_SEEN) == {"sent": 3}

    assert Letter.objects.filter(doubtful=True).get() == first
    assert sorted(sink.to()) == sorted(each.to() for each in Letter.objects.all())


def test_a_letter_on_which_every_worker_dies_is_left_alone_in_the_end(
    sink: Sink, alice: Reader
) -> None:
    put_for([alice])
    Letter.objects.update(state="sending", tries=5)

    assert send() == {"sent": 1}
    assert sink.taken == []


def test_a_lost_claim_sends_nothing(sink: Sink, alice: Reader) -> None:
    """Another worker took the row, as the claim of this one had run out."""
    put_for([alice])

    def slow(letter: Letter) -> Any:
        assert claims.claim(NOW + UNTIL_CRASH_IS_SEEN) == [letter]
        return made(letter)

    made = greeting
    MAKERS["greeting"] = slow
    assert send() == {}
    assert sink.taken == []


def test_what_left_before_a_backup_was_put_back_does_not_leave_again(
    sink: Sink, alice: Reader
) -> None:
    put_for([alice, *readers(2)])
    assert send() == {"sent": 3}
    sent_log.of_place.cache_clear()  # another process

    Letter.objects.all().delete()
    put_for(list(Reader.objects.all()))
    assert send() == {"sent": 3}
    assert len(sink.taken) == 3

    Letter.objects.all().delete()
    put_for(list(Reader.objects.all()))
    sent_log.of_place.cache_clear()
    assert send(NOW + timedelta(days=9)) == {"sent": 3}
    assert len(sink.taken) == 6


def test_what_another_process_has_noted_is_read_from_where_reading_ended(
    sink: Sink, alice: Reader, settings: Any
) -> None:
    put_for([alice, *readers(2)])
    assert send() == {"sent": 3}
    [path] = (settings.DATA_DIR / "sent").iterdir()
    first, second, third = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first)
    sent_log.of_place.cache_clear()
    here = sent_log.sent_log()
    assert here.follow(NOW)

    path.write_bytes(first + second + third[:5])
    assert here.follow(NOW)
    path.write_bytes(b"?" * len(first + second) + third)  # what was read is not again
    assert here.follow(NOW)

    Letter.objects.all().delete()
    put_for(list(Reader.objects.all()))
    assert [here.has(letter) for letter in Letter.objects.all()] == [True] * 3


def test_what_left_long_ago_is_forgotten_in_memory_too(
    sink: Sink, alice: Reader
) -> None:
    for day in range(12):
        now = NOW + timedelta(days=day)
        put("greeting", f"day {day}", reader=alice, due_at=now)
        send(now)

    here = sent_log.sent_log()
    assert here.follow(NOW + timedelta(days=11))

    assert len(here._known) == 9  # eight days and today


def test_the_notes_of_what_left_name_nobody(
    sink: Sink, alice: Reader, settings: Any
) -> None:
    put_for([alice])
    send()

    [path] = (settings.DATA_DIR / "sent").iterdir()
    assert path.name == "2026-11-30.log"
    assert len(path.read_text()) == 33
    assert "alice" not in path.read_text()
