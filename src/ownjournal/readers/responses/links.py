"""Links of mail that say something of an article: signed, and asking once more.

A link names the reader, the article and what to say, and nothing else. It signs
nobody in. Looking at it changes nothing, as scanners of mail look at every link.
"""

import re

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from msgspec import Struct

from ownjournal.readers.models import Reader

TOKEN = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,8})-(more|less|knew|save)")
SALT = "what a reader says of an article by mail"


class Wish(Struct, frozen=True):
    """What a link says."""

    reader: Reader
    pmid: int
    deed: str  # "more", "less", "knew" or "save"


def path_of(reader: Reader, pmid: int, deed: str) -> str:
    """The path of a link; the site's address goes before it."""
    token = _signer().sign(f"{reader.pk}-{pmid}-{deed}")
    return reverse("readers:say-by-mail", args=[token])


def wish_of(token: str) -> Wish | None:
    """What a link says; None for one that we did not make, or of a reader gone."""
    try:
        found = TOKEN.fullmatch(_signer().unsign(token))
    except BadSignature:
        return None
    if found is None:
        return None
    reader = Reader.objects.filter(pk=int(found[1]), is_active=True).first()
    return None if reader is None else Wish(reader, int(found[2]), found[3])


def _signer() -> Signer:
    return Signer(sep=".", salt=SALT)
