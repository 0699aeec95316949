"""The one place where an article's text becomes HTML for a page.

`pubmed.markup` writes the HTML; nh3 then lets a few inline tags without
attributes through and nothing else, so a fault there is still no script here.
"""

import re
from collections.abc import Iterable, Mapping

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.markup import html

TAGS = {"i", "b", "em", "strong", "sup", "sub", "u"}


def safe(text: Markup, links: Mapping[str, str] | None = None) -> SafeString:
    """HTML of a title, a section or another text with NLM's inline markup.

    For the content of an element. An attribute takes `pubmed.markup.plain`.

    links  {word in capitals: address}: where such a word stands, it is a link,
           and is not changed. Words are of letters, digits, "-" and spaces
    """
    if "<" not in text and "&" not in text:
        cleaned = SafeString(escape(text))
    else:
        cleaned = mark_safe(
            nh3.clean(html(text), tags=TAGS, attributes={"*": set()}, url_schemes=set())
        )
    return _linked(cleaned, links) if links else cleaned


def text(plain: str, *, bold: bool = False) -> SafeString:
    """Plain text, escaped."""
    return format_html("<b>{}</b>", plain) if bold else SafeString(escape(plain))


def link(address: str | None, text: str) -> SafeString:
    """A link, or the text alone where it leads nowhere; text is escaped."""
    if address is None:
        return SafeString(escape(text))
    return format_html('<a href="{}">{}</a>', address, text)


def row(parts: Iterable[SafeString], between: str) -> SafeString:
    """Parts beside each other; `between` is escaped."""
    return SafeString(escape(between).join(parts))


def _linked(cleaned: SafeString, links: Mapping[str, str]) -> SafeString:
    """Words are looked for in what is safe already, and stay what they were."""
    words = "|".join(map(re.escape, sorted(links, key=len, reverse=True)))
    return mark_safe(
        re.sub(
            rf"(?<![\w&#])(?:{words})(?!\w)",
            lambda word: format_html(
                '<a href="{}">{}</a>', links[word[0].upper()], mark_safe(word[0])
            ),
            cleaned,
            flags=re.IGNORECASE | re.ASCII,
        )
    )
