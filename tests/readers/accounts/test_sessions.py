"""When a reader's session ends: by idleness, and in any case."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from made.clock import Clock
from made.door import come_in
from ownjournal.readers.accounts.models import Session

pytestmark = pytest.mark.django_db

ADDRESS = "ada@merrow.test"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    yield Clock(monkeypatch)


def is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def after(clock: Clock, **time: float) -> None:
    clock.move_to(clock.now() + timedelta(**time))


def test_a_session_that_is_not_used_for_14_days_is_over(
    client: Client, clock: Clock
) -> None:
    come_in(client, ADDRESS)
    after(clock, days=13, hours=23)
    assert is_in(client)

    after(clock, days=14, hours=1)

    assert not is_in(client)


def test_a_session_that_is_used_is_over_after_30_days(
    client: Client, clock: Clock
) -> None:
    """Also where the session was written anew, as a proof does."""
    come_in(client, ADDRESS)
    for _ in range(3):
        after(clock, days=9, hours=23)
        assert is_in(client)
        client.get("/account/password")  # asks for a proof, and remembers for what

    after(clock, hours=4)

    assert not is_in(client)


def test_use_is_written_down_once_a_day_and_looking_writes_nothing_else(
    client: Client, clock: Clock
) -> None:
    come_in(client, ADDRESS)
    first = Session.objects.get().expire_date

    def written() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert is_in(client)
        return sum(each["sql"].startswith("UPDATE") for each in queries)

    after(clock, hours=23)
    assert written() == 0
    assert Session.objects.get().expire_date == first
    after(clock, hours=2)
    assert written() == 1
    assert written() == 0
    assert Session.objects.get().expire_date - first > timedelta(days=1)


def test_a_visitors_hour_is_not_put_off(client: Client, clock: Clock) -> None:
    client.post("/sign-up", {"email": ADDRESS})
    after(clock, minutes=50)
    client.get("/sign-in/code")
    after(clock, minutes=20)

    assert client.get("/sign-in/code").status_code == 302
