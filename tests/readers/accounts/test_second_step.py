import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
)
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from made.door import code_for, is_in
from ownjournal.readers import signin
from ownjournal.readers.accounts import codes
from ownjournal.readers.accounts.qr_code import squares
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.models import Letter

pytestmark = pytest.mark.django_db


def app_code(secret: str) -> str:
    """What an app with this secret shows now."""
    counter = int(time.time()) // 30
    return str(format_hotp_value(hotp_value(secret.replace(" ", ""), counter)))


@pytest.fixture
def secret(inside: Client) -> str:
    """Of Alice's app; her second step is on."""
    page = inside.get("/account/second-step").text
    shown = page.split('<code class="typed">')[1].split("<")[0]
    answer = inside.post("/account/second-step", {"code": app_code(shown)})
    assert answer["Location"] == "/account/recovery-codes"
    return str(shown)


def first_step(client: Client, alice: Reader):
    client.post("/sign-in", {"email": alice.email})
    digits = codes.digits(code_for(alice.email))
    return client.post("/sign-in/code", {"code": digits})


def test_whoever_set_up_an_app_is_asked_for_its_code(
    alice: Reader, secret: str
) -> None:
    visitor = Client()
    answer = first_step(visitor, alice)
    assert answer["Location"] == "/sign-in/second-step"
    assert not is_in(visitor)
    assert visitor.get("/account").status_code == 302

    wrong = visitor.post("/sign-in/second-step", {"code": "abcdef"})
    assert wrong.status_code == 422
    assert not is_in(visitor)

    Authenticator.objects.update(last_used_at=None)
    cache_is_of_one_process()
    visitor.post("/sign-in/second-step", {"code": app_code(secret)})
    assert is_in(visitor)


def cache_is_of_one_process() -> None:
    """allauth remembers used codes there, and the test uses one twice."""

    cache.clear()


@pytest.mark.parametrize("again", ["{}", " {}", "{}-", "{} "])
def test_a_code_of_the_app_is_good_once_however_it_is_typed(
    alice: Reader, secret: str, again: str
) -> None:
    cache_is_of_one_process()
    code = app_code(secret)
    first, second = Client(), Client()
    first_step(first, alice)
    first.post("/sign-in/second-step", {"code": code})
    cache_is_of_one_process()

    first_step(second, alice)
    second.post("/sign-in/second-step", {"code": again.format(code)})

    assert is_in(first)
    assert not is_in(second)


def test_a_password_is_no_way_around_it(
    inside: Client, alice: Reader, secret: str
) -> None:
    inside.post("/account/password", {"password": "Quillfeather & daughters"})

    visitor = Client()
    form = {"email": alice.email, "password": "Quillfeather & daughters"}
    answer = visitor.post("/sign-in/password", form)

    assert answer["Location"] == "/sign-in/second-step"
    assert not is_in(visitor)


def test_a_recovery_code_does_it_once(
    inside: Client, alice: Reader, secret: str
) -> None:
    page = inside.get("/account/recovery-codes").text
    code = page.split("<li><code>")[1].split("<")[0]

    for status in (302, 422):
        visitor = Client()
        first_step(visitor, alice)
        answer = visitor.post("/sign-in/second-step", {"code": code})
        assert answer.status_code == status
        assert is_in(visitor) == (status == 302)


def test_new_recovery_codes_end_the_old_ones(inside: Client, secret: str) -> None:
    before = inside.get("/account/recovery-codes").text.count("<li><code>")
    old = inside.get("/account/recovery-codes").text
    inside.post("/account/recovery-codes/again")

    new = inside.get("/account/recovery-codes").text
    assert new.count("<li><code>") == before == 10
    assert old.split("<li><code>")[1][:8] not in new


def test_tries_of_a_second_step_are_slowed_and_nothing_is_locked(
    alice: Reader, secret: str
) -> None:
    visitor = Client()
    first_step(visitor, alice)

    told = [
        visitor.post("/sign-in/second-step", {"code": "abcdef"}).status_code
        for _ in range(6)
    ]

    assert told[-1] == 429
    link = signin.make_link(alice, timezone.now())
    other = Client()
    other.post(link)
    assert is_in(other)  # the operator's link is for those who lost everything


def test_it_can_be_switched_off_again(
    inside: Client, alice: Reader, secret: str
) -> None:
    inside.post("/account/second-step/off")

    visitor = Client()
    first_step(visitor, alice)
    assert is_in(visitor)
    assert not Authenticator.objects.exists()
    told = [
        letters.make(each).text
        for each in Letter.objects.filter(kind="account-notice").order_by("pk")
    ]
    assert "takes a second step now" in told[0]
    assert "takes no second step any more" in told[1]


def test_secrets_are_not_kept_in_the_clear_and_go_with_the_sites_secret(
    alice: Reader, secret: str, settings: Any
) -> None:
    assert secret.replace(" ", "") not in str(list(Authenticator.objects.values()))

    settings.SECRET_KEY = "another"
    cache_is_of_one_process()
    visitor = Client()
    first_step(visitor, alice)
    answer = visitor.post("/sign-in/second-step", {"code": app_code(secret)})

    assert answer.status_code == 422


def test_without_the_first_step_there_is_no_second(client: Client) -> None:
    assert client.get("/sign-in/second-step")["Location"] == "/sign-in"


def test_a_picture_has_the_quiet_border_of_its_standard() -> None:
    path, side = squares("otpauth://totp/x")

    assert side >= 21 + 2 * 4
    assert path.startswith("M4 4h1")
    assert "M0 " not in path and "M3 " not in path


def test_a_code_of_the_app_is_good_once_for_all_processes(
    alice: Reader, secret: str
) -> None:
    for comes_in in (True, False):
        cache_is_of_one_process()
        visitor = Client()
        first_step(visitor, alice)
        visitor.post("/sign-in/second-step", {"code": app_code(secret)})
        assert is_in(visitor) == comes_in
