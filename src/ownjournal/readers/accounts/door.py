"""What the log tells of the door: that somebody came in or was refused, and by what.

Never who: no reader, address, browser or machine. Whoever wants to know where they
are signed in sees it at /account.
"""

import logging
from typing import Literal

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

Result = Literal["in", "second step", "refused", "proved", "not proved"]
"""In; right so far, and asked for more; not in. Proofs: of who is in already."""

NAMES = {"totp": "app", "webauthn": "passkey", "recovery_codes": "recovery code"}

log = logging.getLogger("ownjournal.door")


def tell(result: Result, by: str) -> None:
    """One event; `by` names factors as "password, app", and nothing that was typed."""
    log.info("sign-in", extra={"fields": {"result": result, "by": by}})


def tell_shown(
    request: HttpRequest, reader: AbstractBaseUser | None, result: Result
) -> None:
    """The same, by all that this session has seen the reader show."""
    records = get_authentication_records(request, reader)
    kinds = (str(each.get("type") or each["method"]) for each in records)
    tell(result, ", ".join(dict.fromkeys(NAMES.get(kind, kind) for kind in kinds)))
