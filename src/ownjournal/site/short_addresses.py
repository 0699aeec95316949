"""Short addresses of topics that an operator gives: `SHORT_ADDRESSES=pain=D010146`.

They stand behind all other addresses of the site, so none can take the place of a
page; one that a page has already leads there and is told at the start.
"""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.views.decorators.http import require_safe

from ownjournal.site.options import OptionError

WORD = r"[a-z0-9][a-z0-9-]{0,59}"
_GIVEN = re.compile(rf"({WORD})=(D[0-9]{{3,9}}(?:\+D[0-9]{{3,9}})?)")


def short_addresses(items: Iterable[str]) -> dict[str, str]:
    """Words and where they lead, from "pain=D010146" or "both=D010146+D003866".

    Raises OptionError for what is no such pair, and for a word given twice.
    """
    found: dict[str, str] = {}
    for item in items:
        match = _GIVEN.fullmatch(item)
        if match is None:
            raise OptionError(
                f"SHORT_ADDRESSES has {item!r}; write a word in small letters and the "
                "number of a topic, as pain=D010146."
            )
        if match[1] in found:
            raise OptionError(f"SHORT_ADDRESSES has the word {match[1]!r} twice.")
        found[match[1]] = f"/topics/{match[2]}"
    return found


@require_safe
def lead(request: HttpRequest, word: str) -> HttpResponse:
    """To the topic of a word; not for ever, as operators change their minds."""
    address = settings.SHORT_ADDRESSES.get(word)
    if address is None:
        raise Http404
    return redirect(address)


def taken() -> Iterator[str]:
    """The words that a page of the site has already."""
    for word in settings.SHORT_ADDRESSES:
        if resolve(f"/{word}").func is not lead:
            yield word
