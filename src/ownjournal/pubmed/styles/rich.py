"""Parts of a citation with their markup, put together.

All text here is `Markup` of <i>, <b>, <sup>, <sub> and <u>: what comes as plain
text is escaped first, what comes as NLM's markup is made balanced first.
"""

from collections.abc import Iterable

from msgspec import Struct

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.markup import html, plain

ENDS = (".", "?", "!")


class Formatted(Struct, frozen=True):
    """A citation, on one line: as text, and with the markup its style asks for."""

    text: str
    html: Markup


def formatted(parts: Markup) -> Formatted:
    """The citation told both ways."""
    whole = Markup(" ".join(parts.split()))
    return Formatted(plain(whole), whole)


def escaped(text: str) -> Markup:
    """Plain text as markup, on one line."""
    line = " ".join(text.split())
    return Markup(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def tidied(text: Markup) -> Markup:
    """NLM's markup with formulas written out, tags balanced, on one line."""
    return Markup(" ".join(html(text).split()))


def italic(text: Markup) -> Markup:
    return Markup(f"<i>{text}</i>")


def joined(*parts: str | None, by: str = "") -> Markup:
    """What is there, as it is."""
    return Markup(by.join(part for part in parts if part))


def stopped(text: Markup) -> Markup:
    """With one end: a full stop, unless it has an end of its own."""
    return text if plain(text).endswith(ENDS) else Markup(f"{text}.")


def sentences(parts: Iterable[Markup | None]) -> Markup:
    """What is there, each with one end."""
    return Markup(" ".join(stopped(part) for part in parts if part))
