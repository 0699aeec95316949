"""Where sessions are kept: in rows that tell their reader, so that these can end them.

A reader's session ends 30 days after signing in (SESSION_COOKIE_AGE), and earlier when
it was not used for 14. Of a browser only its name is kept, as "Firefox on Windows"; no
address of a machine.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from ownjournal.catalogue.waiting import not_waiting
from ownjournal.readers.accounts.models import Session
from ownjournal.readers.models import Reader

READER = "_auth_user_id"  # as Django's login writes it
BROWSER, BEGAN = "browser", "began"
VISITORS = 3600  # seconds
IDLE = timedelta(days=14)
NOTED = timedelta(days=1)  # use is written down no more often than this
BROWSERS = ("Edg", "OPR", "Firefox", "FxiOS", "CriOS", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera", "FxiOS": "Firefox", "CriOS": "Chrome"}
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")


class SessionStore(DatabaseStore):
    """Django's own store, with three columns more and an end by idleness."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        if not isinstance(row, Session):
            raise TypeError("the store keeps other rows")
        if READER in data:
            row.reader_id = int(data[READER])
            row.browser = data.get(BROWSER)
            began = data.get(BEGAN)
            row.began_at = datetime.fromisoformat(began) if began else None
            row.expire_date = min(row.expire_date, _end(row))
        return row

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # not in its types
        if row is not None and row.reader_id is not None:
            with not_waiting():  # the page is worth more than its trace
                _note_use(row)
        return row


def _end(row: Session) -> datetime:
    """When a session that is used now ends, if it is used no more."""
    now = timezone.now()
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return min(now + IDLE, (row.began_at or now) + longest)


def _note_use(row: Session) -> None:
    """Put the end off, at most once a day and never past the longest."""
    end = _end(row)
    if end - row.expire_date >= NOTED:
        Session.objects.filter(pk=row.pk).update(expire_date=end)


def describe(request: HttpRequest, **_: Any) -> None:
    """At each signing in: note when and with which browser."""
    request.session.set_expiry(None)  # as long as readers' sessions last
    agent = request.META.get("HTTP_USER_AGENT", "")
    request.session[BROWSER] = browser_name(agent)
    request.session[BEGAN] = timezone.now().isoformat()


def keep_briefly(request: HttpRequest) -> None:
    """A visitor on the way in: an hour will do, and then nothing is left of it."""
    if not request.user.is_authenticated:
        request.session.set_expiry(VISITORS)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def browser_name(agent: str) -> str:
    """What a reader would call it; "A browser" where the text tells nothing."""
    browser = next((each for each in BROWSERS if f"{each}/" in agent), None)
    system = next((each for each in SYSTEMS if each in agent), None)
    system = {"Macintosh": "Mac", "CrOS": "ChromeOS"}.get(system or "", system)
    name = NAMES.get(browser, browser) if browser else "A browser"
    return f"{name} on {system}" if system else f"{name}"


def end_others(reader: Reader, kept: str | None) -> int:
    """End the reader's sessions but the one with this key; how many there were."""
    rows = Session.objects.filter(reader=reader)
    ended, _ = rows.exclude(session_key=kept).delete()
    return ended
