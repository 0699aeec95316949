"""Attack every address of the migrated site that the environment names; print JSON.

    python -m bench.matrices

Of each attack: tries, what went wrong, and of its control, on the same site made
careless, tries and how many went wrong. What an attack changes is taken back.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

import django

from bench.figures import QUICK

CARELESS = "bench.matrices.careless"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.test.utils import setup_test_environment

    from made.two_readers import a_site
    from ownjournal.catalogue import following

    setup_test_environment()
    site = a_site()
    following.follow(following.index())
    print(json.dumps({name: found(*drill) for name, drill in drills(site).items()}))


def drills(site: Any) -> dict[str, tuple[Callable[[], Iterator[str | None]], ...]]:
    """Each attack with its control; both are functions that yield tries."""
    from made import attacks
    from made.two_readers import KNOCKING, as_owner, knock

    knocking = KNOCKING[1:2] if QUICK else KNOCKING
    ways = attacks.WAYS[:1] if QUICK else attacks.WAYS
    elsewhere = attacks.ELSEWHERE[:1] if QUICK else attacks.ELSEWHERE
    asked = ("GET", *attacks.UNSAFE)
    return {
        "others": (
            lambda: chain.from_iterable(
                attacks.others(site, knock(who), *asked) for who in knocking
            ),
            lambda: attacks.others(site, knock("reader"), "GET"),
        ),
        "pages": (
            lambda: chain.from_iterable(
                attacks.pages(site, knock(who), staff=who == "moderator")
                for who in knocking
            ),
            lambda: attacks.pages(site, as_owner(site)),
        ),
        "forms": (
            lambda: chain.from_iterable(
                attacks.forms(site, as_owner(site, checked=True), way) for way in ways
            ),
            lambda: attacks.forms(site, as_owner(site), {}),
        ),
        "looks": (
            lambda: chain.from_iterable(
                attacks.looks(site, client)
                for client in (as_owner(site), knock("reader"))
            ),
            lambda: attacks.looks(site, as_owner(site)),
        ),
        "redirects": (
            lambda: chain.from_iterable(
                attacks.redirects(site, as_owner(site), to) for to in elsewhere
            ),
            lambda: attacks.redirects(site, as_owner(site), attacks.ELSEWHERE[0]),
        ),
        "caches": (
            lambda: attacks.caches(site, as_owner(site)),
            lambda: attacks.caches(site, as_owner(site)),
        ),
        "methods": (
            lambda: attacks.methods(site, as_owner(site)),
            lambda: attacks.methods(site, as_owner(site)),
        ),
        "numbers": (
            lambda: attacks.numbers(site, as_owner(site)),
            lambda: attacks.numbers(site, as_owner(site)),
        ),
    }


def found(
    attack: Callable[[], Iterator[str | None]],
    control: Callable[[], Iterator[str | None]],
) -> dict[str, Any]:
    """Tries and failures of both; what failed stands on the error output too."""
    with undone():
        tries = list(attack())
    with undone(), made_careless():
        careless_tries = list(control())
    failed = [each for each in tries if each is not None]
    for each in failed:
        print(f"  {each}", file=sys.stderr)
    return {
        "tries": len(tries),
        "failed": len(failed),
        "control": len(careless_tries),
        "noticed": sum(each is not None for each in careless_tries),
    }


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is changed meanwhile."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def made_careless() -> Iterator[None]:
    """The site with a fault of every kind that the attacks look for."""
    from django.conf import settings
    from django.test import override_settings

    from ownjournal.notes import seeing
    from ownjournal.readers import back

    own, seen = back.url_has_allowed_host_and_scheme, seeing.visible_to
    back.url_has_allowed_host_and_scheme = lambda *_, **__: True
    seeing.visible_to = lambda _: seeing.kept()
    try:
        with override_settings(MIDDLEWARE=[CARELESS, *settings.MIDDLEWARE]):
            yield
    finally:
        back.url_has_allowed_host_and_scheme, seeing.visible_to = own, seen


def careless(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Middleware that does on every page what no page may do."""
    from django.http import HttpResponse
    from django.utils import timezone

    from ownjournal.readers.models import Reader

    def middleware(request: Any) -> Any:
        if request.method == "TRACE":
            return HttpResponse("What was asked for, with its cookies.")
        if "0" * 30 in request.path:
            return HttpResponse(status=500)
        if request.method == "GET":
            Reader.objects.update(created_at=timezone.now())
        response = get_response(request)
        response.headers["Cache-Control"] = "max-age=600"
        return response

    return middleware


if __name__ == "__main__":
    main()
