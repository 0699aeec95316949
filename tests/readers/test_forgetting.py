"""What has run out goes, and nothing else does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ownjournal.readers.accounts.models import MailedCode, Session
from ownjournal.readers.forgetting import forget
from ownjournal.readers.models import Attempts, Reader, SignInLink

pytestmark = pytest.mark.django_db

NOW = timezone.now()
AGES = {"old": timedelta(days=2), "young": timedelta(hours=1)}


def one_of_each(age: timedelta, name: str) -> None:
    then = NOW - age
    reader = Reader.objects.create_reader(f"{name}@example.org")
    MailedCode.objects.create(
        purpose="sign-in",
        address=f"{name}@example.org",
        asked_at=then,
        expires_at=then,
    )
    SignInLink.objects.create(
        token_hash=name, reader=reader, made_at=then, expires_at=then
    )
    Attempts.objects.create(key=name, began_at=then, count=1)
    ends = NOW - age if name == "old" else NOW + age
    Session.objects.create(session_key=name, session_data="", expire_date=ends)


def test_codes_links_tries_and_sessions_go_a_day_after_their_time() -> None:
    for name, age in AGES.items():
        one_of_each(age, name)

    assert forget(NOW) == 4

    assert MailedCode.objects.get().address == "young@example.org"
    assert SignInLink.objects.get().token_hash == "young"
    assert Attempts.objects.get().key == "young"
    assert Session.objects.get().session_key == "young"


def test_again_nothing_is_left_to_forget() -> None:
    one_of_each(AGES["old"], "old")
    forget(NOW)

    assert forget(NOW) == 0
