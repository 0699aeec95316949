"""What a provider of mail reports: bounces and complaints, by anymail's webhooks.

anymail proves that the provider asks, by MAIL_WEBHOOK_SECRET and the provider's own
signature. A report counts for the letter whose token it gives back, and for no other.
"""

from typing import Any

from django.utils import timezone

from ownjournal.readers.post import returned
from ownjournal.readers.post.identity import named_in
from ownjournal.readers.post.models import Bounce
from ownjournal.readers.post.outcomes import bounce_kind

BOUNCED = {"bounced", "rejected", "failed"}
GONE = {"bounced", "invalid"}  # reasons that say there is no such mailbox


def reported(sender: Any, event: Any, esp_name: str, **_: Any) -> None:
    """Keep one event of anymail's signal `tracking`; most are of no interest."""
    if event.event_type not in BOUNCED | {"complained"}:
        return
    letter = next(named_in(str((event.metadata or {}).get("letter", ""))), None)
    if letter is None:
        return
    said = " ".join(
        str(part) for part in (event.mta_response, event.description) if part
    )
    told = said or f"{esp_name}: {event.event_type}"
    returned.record(letter, _kind(event, said), told, timezone.now())


def _kind(event: Any, said: str) -> Bounce.Kind:
    if event.event_type == "complained":
        return Bounce.Kind.COMPLAINT
    if event.reject_reason in GONE:
        return bounce_kind(550, said)
    return Bounce.Kind.SOFT
