"""How institutions are searched: words in any order, without accents and case.

static/libraries.js searches by the same rule.
"""

import re
import unicodedata

_APART = re.compile(r"[\W_]+")
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ß": "ss",
    }
)


def searchable(*texts: str | None) -> str:
    """The words of the texts, each with a space before it: " universite de merrow"."""
    return "".join(f" {word}" for text in texts if text for word in words(text))


def words(text: str) -> list[str]:
    """The words of a name or a search, in their plainest form."""
    plain = unicodedata.normalize("NFKD", text).lower().translate(_PLAIN)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word for word in _APART.split(kept) if word]
