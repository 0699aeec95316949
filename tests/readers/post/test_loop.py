"""Several senders at once, and the one that works beside everything else."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from made.smtp_server import Sink
from ownjournal.readers.forgetting import LETTERS_KEPT, forget
from ownjournal.readers.models import Reader
from ownjournal.readers.post import claims
from ownjournal.readers.post.letters import MAKERS, Mail, put
from ownjournal.readers.post.loop import mail_leaves, send_all
from ownjournal.readers.post.models import Letter
from readers.post.conftest import greeting, readers

pytestmark = pytest.mark.django_db(transaction=True)


def until(happened: Callable[[], bool]) -> None:
    """Wait for something that happens in another thread; for half a minute at most."""
    ends = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_a_code_leaves_while_others_work(sink: Sink) -> None:
    stopping = threading.Event()
    with mail_leaves(stopping):
        put("code", "1", address="new@merrow.test")
        until(lambda: len(sink.taken) == 1)
        put("code", "2", address="newer@merrow.test")
        until(lambda: len(sink.taken) == 2)

    put("code", "3", address="late@merrow.test")
    assert sink.to() == ["new@merrow.test", "newer@merrow.test"]
    assert threading.active_count() < 10


def test_told_to_stop_it_finishes_the_letter_in_hand(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping, in_hand = threading.Event(), threading.Event()

    def slow(letter: Letter) -> Mail | None:
        in_hand.set()
        stopping.wait(30)
        return greeting(letter)

    monkeypatch.setitem(MAKERS, "greeting", slow)
    for each in readers(5):
        put("greeting", str(each.pk), reader=each)
    with mail_leaves(stopping):
        assert in_hand.wait(30)
        stopping.set()

    assert len(sink.taken) == 1
    states = Counter(Letter.objects.values_list("state", "claimed_by"))
    assert states == {("sent", None): 1, ("waiting", None): 4}


def test_a_fault_of_one_look_is_not_the_end(
    sink: Sink, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    right = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "no.such.backend.EmailBackend"
    with mail_leaves(threading.Event()):
        put("code", "1", address="new@merrow.test")
        until(lambda: "Mail could not be sent" in caplog.text)
        settings.EMAIL_BACKEND = right
        # what the look had claimed is free when its claim runs out
        Letter.objects.update(claimed_until=timezone.now())
        until(lambda: len(sink.taken) == 1)


def test_no_letter_is_sent_by_two(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "BATCH", 7)
    people = readers(120)
    for each in people:
        put("greeting", str(each.pk), reader=each)
    begin = threading.Barrier(4)
    totals: list[Counter[str]] = []

    def work() -> None:
        begin.wait(30)
        totals.append(send_all(lambda: False))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert sum(totals, Counter()) == {"sent": 120}
    assert sorted(sink.to()) == sorted(each.email for each in people)
    assert Letter.objects.filter(state="sent", tries=1, doubtful=False).count() == 120


def test_letters_to_strangers_are_forgotten(alice: Reader) -> None:
    now = timezone.now()
    for key, at in (("old", now - LETTERS_KEPT * 2), ("new", now)):
        put("code", key, address="new@merrow.test")
        Letter.objects.filter(key=key).update(state="sent", settled_at=at, address=None)
    put("greeting", "old", reader=alice)
    Letter.objects.filter(kind="greeting").update(
        state="sent", settled_at=now - LETTERS_KEPT * 2
    )

    assert forget(now) == 1
    assert set(Letter.objects.values_list("key", flat=True)) == {"new", "old"}
