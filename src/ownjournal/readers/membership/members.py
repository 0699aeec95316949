"""Members: made by an operator, or by the reader with an invitation's code.

A code holds 80 random bits and is shown once; the database keeps its hash.
"""

import hashlib
import re
import secrets
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from ownjournal.readers.membership import changes, domains
from ownjournal.readers.membership.changes import Where
from ownjournal.readers.membership.models import Invitation, Member
from ownjournal.readers.membership.standing import Kind, Standing, standing
from ownjournal.readers.models import Reader

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's, none like another
LENGTH = 16
LOOK_ALIKES = str.maketrans("OIL", "011")


class NoInvitation(ValueError):
    """A code that cannot be used; the message is a sentence for its writer."""


def invite(
    *,
    uses: int = 1,
    until_on: date | None = None,
    members_until_on: date | None = None,
    note: str | None = None,
) -> tuple[Invitation, str]:
    """A new invitation, by a command, and its code, which cannot be shown again."""
    code = new_code()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            code_hash=code_hash(code),
            note=note,
            uses=uses,
            until_on=until_on,
            members_until_on=members_until_on,
        )
        last = f" until {until_on}" if until_on else ""
        said = f"{invitation}: made, {uses} use{'' if uses == 1 else 's'}{last}."
        changes.note(Where.COMMAND, said)
    return invitation, code


def admits(address: str, code: str | None) -> bool:
    """Whether somebody with this address or code may join by invitation."""
    if domains.covering(address):
        return True
    return code is not None and _open(code, datetime.now(UTC)).exists()


def use(reader: Reader, code: str, now: datetime) -> Member:
    """Make the reader a member by a code; of its uses one is gone then.

    Raises NoInvitation, in the same words for a wrong code and one that is used up.
    """
    with transaction.atomic():
        invitation = _open(code, now).first()
        if invitation is None:
            raise NoInvitation("This code does not work, or does so no longer.")
        until_on = invitation.members_until_on
        if not _is_gain(standing(reader, now), until_on):
            raise NoInvitation("You are a member already; the code was not used.")
        if not _open(code, now).update(used=F("used") + 1):
            raise NoInvitation("This code does not work, or does so no longer.")
        changes.note(Where.READER, f"Used {invitation}.", by=reader, reader=reader)
        return _member(reader, now, until_on, invitation)


def _is_gain(now: Standing, until_on: date | None) -> bool:
    """Whether a membership to that day (None: for good) is more than there is."""
    if now.kind != Kind.MEMBER or now.is_over:
        return True
    return now.until_on is not None and (until_on is None or until_on > now.until_on)


def grant(reader: Reader, until_on: date | None, now: datetime) -> Member:
    """Make the reader a member by a command, or change until when."""
    last = f"until {until_on}" if until_on else "for good"
    with transaction.atomic():
        changes.note(Where.COMMAND, f"Made a member, {last}.", reader=reader)
        return _member(reader, now, until_on, None)


def _member(
    reader: Reader, now: datetime, until_on: date | None, invitation: Invitation | None
) -> Member:
    columns = {"until_on": until_on, "invitation": invitation}
    member, _ = Member.objects.update_or_create(
        reader=reader, defaults=columns, create_defaults={**columns, "since_at": now}
    )
    return member


def _open(code: str, now: datetime) -> QuerySet[Invitation]:
    """The invitation of a code, where it can still be used."""
    in_time = Q(until_on=None) | Q(until_on__gte=now.astimezone(UTC).date())
    return Invitation.objects.filter(
        in_time, code_hash=code_hash(code), used__lt=F("uses")
    )


def new_code() -> str:
    """Four groups of four, as in 7Q4M-X2KD-90TB-HF3W."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(re.findall("....", letters))


def code_hash(code: str) -> str:
    """Capitals, blanks, hyphens and letters that look alike make no difference."""
    plain = re.sub(r"[\s-]", "", code).upper().translate(LOOK_ALIKES)
    return hashlib.sha256(plain.encode()).hexdigest()
