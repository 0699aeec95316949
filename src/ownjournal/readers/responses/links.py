"""Links of mail that say something of an article: signed, and asking once more.

A link names the reader, the article and what to say, or that this is to be asked,
and nothing else. It signs
nobody in. Looking at it changes nothing, as scanners of mail look at every link.
"""

import re

from django.core.signing import BadSignature, Signer
from msgspec import Struct

from ownjournal.readers.models import Reader

TOKEN = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,8})-(more|less|knew|save|any)")
SALT = "what a reader says of an article by mail"


class Wish(Struct, frozen=True):
    """What a link says."""

    reader: Reader
    pmid: int
    deed: str  # "more", "less", "knew", "save", or "any": whatever the page is told


def path_of(reader_id: int, pmid: int, deed: str = "any") -> str:
    """The path of a link, `deed` as of Wish; the site's address goes before it."""
    # not by `reverse`, which would take a tenth of the time that a mail takes
    return f"/say/{_signer().sign(f'{reader_id}-{pmid}-{deed}')}"


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
