"""The name of a letter that only we can have given: its Message-ID, its token.

A mail that had to be sent twice has the same name, and is recognised as one. A
bounce that carries the name answers a letter of ours; one that does not may be
anybody's invention.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from ownjournal.readers.post.models import Letter

NAME = re.compile(r"\b([1-9][0-9]{0,17})\.([0-9a-f]{24})(?![0-9a-f])")


def token(letter: Letter) -> str:
    """ "17." and 24 hexadecimal digits; fits before the @ of an address."""
    named = f"{letter.pk} {letter.kind} {letter.key}"
    signed = salted_hmac("post letter", named, algorithm="sha256").hexdigest()
    return f"{letter.pk}.{signed[:24]}"


def message_id(letter: Letter) -> str:
    """The Message-ID with its angle brackets."""
    return f"<{letter.kind}-{token(letter)}@{host()}>"


def named_in(text: str) -> Iterator[Letter]:
    """The letters that a text names rightly; each as often as it is named."""
    for match in NAME.finditer(text):
        letter = Letter.objects.filter(pk=int(match[1])).first()
        if letter is not None and constant_time_compare(token(letter), match[0]):
            yield letter


def host() -> str:
    """The site's name for Message-ID and List-Id, which take no IPv6 address."""
    name = urlsplit(settings.SITE_URL).hostname or ""
    return name if re.fullmatch(r"[a-z0-9.-]+", name) else "localhost"
