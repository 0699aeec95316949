"""The mail that says in good time that a trial ends.

It is put when the trial begins, for three days before the end. Its key holds that
end: where the end was moved, the letter of the old one comes to nothing.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ownjournal.readers.membership.models import Trial
from ownjournal.readers.membership.standing import Kind, standing
from ownjournal.readers.post import letters
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

KIND = "trial-ends"
BEFORE = timedelta(days=3)


def plan(trial: Trial, now: datetime) -> None:
    """Put the letter, where there is that much time left."""
    due_at = trial.ends_at - BEFORE
    if due_at > now:
        letters.put(KIND, _key(trial), reader=trial.reader, due_at=due_at)


def reminder(letter: Letter) -> Mail | None:
    """None where the end was moved, has passed, or the reader is a member now."""
    trial = Trial.objects.filter(reader=letter.reader_id).first()
    now = timezone.now()
    if trial is None or _key(trial) != letter.key or settings.MEMBERSHIP == "open":
        return None
    found = standing(trial.reader, now)
    if found.kind != Kind.TRIAL or found.is_over:
        return None
    context = {
        "site_name": settings.SITE_NAME,
        "last_day": found.until_on,
        "address": settings.SITE_URL + reverse("readers:membership"),
        "contact": settings.CONTACT_EMAIL,
    }
    text = render_to_string("membership/mail/trial-ends.txt", context)
    return Mail(subject=f"Your trial of {settings.SITE_NAME} ends soon", text=text)


def _key(trial: Trial) -> str:
    return f"{trial.reader_id} {trial.ends_at:%Y-%m-%dT%H:%M}"
