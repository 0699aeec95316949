"""Joining by a code from the mail: a trial begins, an invitation lets in."""

from typing import Any

import pytest
from django.utils import timezone

from made.together import together
from ownjournal.readers.accounts import codes
from ownjournal.readers.accounts.joining import join, may_join
from ownjournal.readers.accounts.models import MailedCode
from ownjournal.readers.membership import members
from ownjournal.readers.membership.models import (
    Invitation,
    MemberDomain,
    TakenTrial,
    Trial,
)
from ownjournal.readers.membership.standing import Kind, standing
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter

SIGN_UP = MailedCode.Purpose.SIGN_UP


@pytest.fixture(autouse=True)
def gives_trials(settings: Any) -> None:
    settings.MEMBERSHIP, settings.TRIAL_DAYS = "trial", 30
    settings.SIGN_UP = "open"


def asked(address: str, invitation: str | None = None) -> MailedCode:
    return codes.ask(SIGN_UP, address, timezone.now(), invitation=invitation)


def test_a_trial_begins_when_the_code_is_typed_and_not_before(db: None) -> None:
    row = asked("ada@merrow.test")
    assert not TakenTrial.objects.exists()

    reader = join(row)

    assert reader is not None
    assert standing(reader, timezone.now()).kind == Kind.TRIAL
    assert not standing(reader, timezone.now()).is_over


@pytest.mark.django_db(transaction=True)
def test_fifty_confirmations_at_once_are_one_reader_with_one_trial() -> None:
    waiting = [asked("ada@merrow.test") for _ in range(50)]

    found = together(lambda: join(waiting.pop()), workers=50)

    assert {each.pk for each in found if each} == {Reader.objects.get().pk}
    assert Trial.objects.count() == TakenTrial.objects.count() == 1
    assert Letter.objects.filter(kind="trial-ends").count() == 1
    assert Trial.objects.get().ended_at is None


def test_an_invitation_lets_in_and_makes_a_member(db: None, settings: Any) -> None:
    settings.SIGN_UP = "invitation"
    invitation, code = members.invite()

    assert join(asked("eve@merrow.test")) is None
    assert join(asked("eve@merrow.test", "AAAA-AAAA-AAAA-AAAA")) is None
    reader = join(asked("ada@merrow.test", code))

    assert reader is not None
    assert standing(reader, timezone.now()).way == "by an invitation"
    assert not may_join(asked("eve@merrow.test", code))
    assert Invitation.objects.get(pk=invitation.pk).used == 1


def test_a_domain_lets_in_without_a_code(db: None, settings: Any) -> None:
    settings.SIGN_UP = "invitation"
    MemberDomain.objects.create(domain="merrow.test")

    reader = join(asked("ada@merrow.test"))

    assert reader is not None
    assert standing(reader, timezone.now()).kind == Kind.MEMBER
