"""What providers report, over the signal that anymail sends for its webhooks."""

from datetime import UTC, datetime

import pytest
from anymail.signals import AnymailTrackingEvent, tracking

from ownjournal.readers.models import Reader
from ownjournal.readers.post.identity import token
from ownjournal.readers.post.letters import Mail, put
from ownjournal.readers.post.message import Sendable
from ownjournal.readers.post.models import Bounce, Letter, Suppression


@pytest.fixture
def letter(alice: Reader) -> Letter:
    put("greeting", "1", reader=alice)
    return Letter.objects.get()


def report(kind: str, **fields: object) -> None:
    event = AnymailTrackingEvent(event_type=kind, timestamp=datetime.now(UTC), **fields)
    tracking.send(sender=None, event=event, esp_name="Test")


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        ("bounced", {"reject_reason": "bounced"}, "hard"),
        (
            "bounced",
            {"reject_reason": "invalid", "mta_response": "550 5.1.1 no"},
            "hard",
        ),
        ("bounced", {"reject_reason": "bounced", "mta_response": "5.2.2 full"}, "soft"),
        ("bounced", {"reject_reason": "blocked"}, "soft"),
        ("rejected", {"reject_reason": "spam"}, "soft"),
        ("complained", {"reject_reason": "spam"}, "complaint"),
    ],
)
def test_a_report_of_a_letter_counts(
    letter: Letter, kind: str, fields: dict[str, str], found: str
) -> None:
    mail = Sendable(letter, Mail("A", "B"))

    report(kind, metadata=mail.metadata, **fields)

    assert Bounce.objects.get().kind == found


@pytest.mark.parametrize("kind", ["delivered", "opened", "deferred", "unsubscribed"])
def test_other_events_are_of_no_interest(letter: Letter, kind: str) -> None:
    report(kind, metadata={"letter": token(letter)})

    assert not Bounce.objects.exists()


@pytest.mark.parametrize("metadata", [{}, None, {"letter": "1.0123"}, {"letter": 7}])
def test_a_report_without_the_letter_s_token_counts_for_nobody(
    letter: Letter, metadata: dict[str, object] | None
) -> None:
    report("bounced", metadata=metadata, recipient="alice@merrow.test")

    assert not Bounce.objects.exists()
    assert not Suppression.objects.exists()
