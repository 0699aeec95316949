"""How long a note is, as a person counts.

Counted are the grapheme clusters of what is seen: not marks, addresses, titles and
footnotes. Spaces and line ends in a row count as one, at the ends as none, and what
has no width as none. `site/static/notes-count.js` counts by the same rule.
"""

from collections.abc import Iterable

import regex
from markdown_it.token import Token

_SPACE = regex.compile(
    "[\t\n \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)
_CLUSTER = regex.compile(r"\X")
_UNSEEN = regex.compile(r"\p{Default_Ignorable_Code_Point}+")


def length(tokens: Iterable[Token]) -> int:
    """The length of a note of these tokens."""
    return clusters(_SPACE.sub(" ", "".join(map(_seen, tokens))).strip(" "))


def clusters(text: str) -> int:
    """The grapheme clusters of a text that can be seen."""
    if text.isascii():
        return len(text)
    found = _CLUSTER.findall(text)
    return sum(not _UNSEEN.fullmatch(each) for each in found)


def _seen(token: Token) -> str:
    if token.type in ("text", "picture"):
        return token.content
    return "\n" if token.type == "break" or token.block else ""
