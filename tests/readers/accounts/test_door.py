"""The log tells that somebody came in or was refused, and by what; never who."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from made.door import ask, come_in
from made.logged import Logged, logged
from ownjournal.readers import signin
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db

ADDRESS = "ada@merrow.test"
MACHINE = "192.0.2.77"
PASSWORD = "Quillfeather & daughters"


@pytest.fixture
def log() -> Iterator[Logged]:
    with logged() as made:
        yield made


def results(log: Logged) -> list[tuple[Any, ...]]:
    return log.of("sign-in", "result", "by")


def a_reader(**more: Any) -> Reader:
    reader = Reader.objects.create_reader(ADDRESS, **more)
    reader.set_password(PASSWORD)
    reader.save()
    return reader


def test_who_comes_in_by_a_code_is_an_event_and_so_is_a_wrong_code(
    client: Client, log: Logged
) -> None:
    ask(client, ADDRESS)
    client.post("/sign-in/code", {"code": "no code"})
    come_in(client, ADDRESS)

    assert results(log) == [("refused", "code"), ("in", "code")]
    path = "/sign-in/code"
    assert log.of("sign-in", "path", "level") == [(path, "info")] * 2
    assert all(each["time"] and each["request"] for each in log.events())


def test_a_password_right_and_wrong(client: Client, log: Logged) -> None:
    a_reader()
    for typed in ("not this", PASSWORD):
        form = {"email": ADDRESS, "password": typed}
        client.post("/sign-in/password", form)

    assert results(log) == [("refused", "password"), ("in", "password")]


def test_a_second_step_is_told_before_anybody_is_in(
    client: Client, log: Logged
) -> None:
    TOTP.activate(a_reader(), generate_totp_secret())
    client.post("/sign-in/password", {"email": ADDRESS, "password": PASSWORD})
    client.post("/sign-in/second-step", {"code": "000000"})

    assert results(log) == [("second step", "password"), ("refused", "app")]


def test_other_ways_in_are_told_too(client: Client, log: Logged) -> None:
    link = signin.make_link(a_reader(), timezone.now())
    client.post("/sign-in/passkey", {"credential": "{}"})
    client.post(link)
    client.post(link)
    client.post("/account/prove", {"by": "password", "password": "not this"})
    client.post("/account/prove", {"by": "password", "password": PASSWORD})

    assert results(log) == [
        ("refused", "passkey"),
        ("in", "link"),
        ("refused", "link"),
        ("not proved", "password"),
        ("proved", "password"),
    ]


def test_neither_reader_nor_address_nor_machine_is_told(log: Logged) -> None:
    reader = a_reader(pk=7_654_321)
    client = Client(REMOTE_ADDR=MACHINE, headers={"user-agent": "Lynx/9"})
    for typed in (*["not this"] * 3, PASSWORD):
        client.post("/sign-in/password", {"email": ADDRESS, "password": typed})
    come_in(Client(REMOTE_ADDR="192.0.2.78"), ADDRESS, "/sign-in")

    said = "\n".join([*log.text, *map(json.dumps, log.events())])
    assert len(results(log)) == 5
    for secret in (ADDRESS, MACHINE, "192.0.2.78", PASSWORD, "not this", "Lynx"):
        assert secret not in said
    assert str(reader.pk) not in said


def test_a_limit_that_is_reached_is_told_with_its_name_and_the_pattern_of_the_path(
    client: Client, log: Logged
) -> None:
    for _ in range(11):
        client.post("/sign-in/password", {"email": ADDRESS, "password": "x"})

    limit = "tries to come in of a client"
    assert log.of("limit reached", "path", "limit", "level") == [
        ("/sign-in/password", limit, "warning")
    ]
    told = f"limit reached (path: /sign-in/password, limit: {limit})"
    assert f"WARNING ownjournal.readers.limits: {told}" in log.text


def test_a_form_of_another_site_is_told_with_the_pattern_of_the_path(
    log: Logged,
) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.post("/sign-in/mail/a-secret-of-a-reader", {"code": "1"})
    checked.post("/sign-up", {"email": ADDRESS}, headers={"origin": "null"})

    warned = [each["event"] for each in log.events() if each["level"] == "warning"]
    assert "Forbidden (CSRF cookie not set.): /sign-in/mail/<slug:token>" in warned
    assert "Forbidden: /sign-up" in warned
    assert "a-secret-of-a-reader" not in "\n".join(log.text)
