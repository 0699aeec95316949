"""How often one may knock.

A limit delays and never locks: no wrong password or code changes an account, and
every way in has a count of its own. What is counted by address is counted alike
whether or not anybody reads here with it.
"""

from functools import partial

from allauth.core.internal.cryptokit import normalize_user_code
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ownjournal.readers.accounts.client import client_of
from ownjournal.readers.limits import Limit, give_back, take
from ownjournal.readers.models import Reader
from ownjournal.readers.waiting import must_wait

MINUTES, HOURS, DAY = 60, 3600, 86_400  # seconds

MAILS_OF_CLIENT = Limit("codes asked for by a client", 30, 5 * MINUTES)
MAILS_IN_ALL = Limit("codes asked for in all", 1000, 5 * MINUTES)
MAILS_TO_ADDRESS = Limit("codes mailed to an address", 3, 6 * HOURS)
NEW_ADDRESSES = Limit("new addresses of a reader", 2, DAY)

TRIES_OF_CLIENT = Limit("tries to come in of a client", 10, 5 * MINUTES)
TRIES_OF_ADDRESS = Limit("tries to come in with an address", 10, 5 * MINUTES)
TRIES_IN_ALL = Limit("tries to come in, in all", 1000, 5 * MINUTES)
USES_OF_CODE = Limit("uses of a code of an app", 1, 2 * MINUTES)
SECOND_STEPS = (
    Limit("second steps in minutes", 5, 5 * MINUTES),
    Limit("second steps in an hour", 20, HOURS),
    Limit("second steps in a day", 50, DAY),
)
_counted = partial(must_wait, template="accounts/wait.html")


def may_mail(request: HttpRequest, address: str) -> HttpResponse | None:
    """Count one mail with a code; the page that asks to wait, or None."""
    client = client_of(request)
    return _counted(
        request,
        "Many codes were asked for just now.",
        (MAILS_OF_CLIENT, client),
        (MAILS_IN_ALL, ""),
    ) or _counted(
        request,
        "Three mails went to this address lately. Look for the newest, in spam too.",
        (MAILS_TO_ADDRESS, address),
    )


def may_try(request: HttpRequest, address: str | None) -> HttpResponse | None:
    """Count one try of a password, a code, or (None) a passkey; None when it may be."""
    return _counted(request, "Those were many tries.", *_tries(request, address))


def was_right(request: HttpRequest, address: str | None) -> None:
    """Take the try off the count: many rightful readers may come by one network."""
    for limit, key in _tries(request, address):
        give_back(limit, key)


def is_second_use(reader: Reader, code: str) -> bool:
    """Whether this code of an app was typed before while it could be valid.

    However it was typed: "123 456" and "123456-" are taken for 123456 too.
    """
    digits = normalize_user_code(code)
    return take(USES_OF_CODE, f"{reader.pk} {digits}", timezone.now()) is not None


def _tries(request: HttpRequest, address: str | None) -> list[tuple[Limit, str]]:
    tries = [(TRIES_OF_CLIENT, client_of(request)), (TRIES_IN_ALL, "")]
    if address is not None:
        tries.append((TRIES_OF_ADDRESS, address))
    return tries


def may_step(request: HttpRequest, reader: Reader) -> HttpResponse | None:
    """Count one try of a reader's second step."""
    tries = [(limit, str(reader.pk)) for limit in SECOND_STEPS]
    return _counted(request, "Those were many tries.", *tries)


def may_take_address(request: HttpRequest, reader: Reader) -> HttpResponse | None:
    """Count one wish for another address."""
    why = "The address was to be changed twice within a day."
    return _counted(request, why, (NEW_ADDRESSES, str(reader.pk)))
