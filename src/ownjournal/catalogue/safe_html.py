"""The one place where an article's text becomes HTML for a page.

`pubmed.markup` writes the HTML; nh3 then lets a few inline tags without
attributes through and nothing else, so a fault there is still no script here.
"""

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.markup import html

TAGS = {"i", "b", "em", "strong", "sup", "sub", "u"}


def safe(text: Markup) -> SafeString:
    """HTML of a title, a section or another text with NLM's inline markup.

    For the content of an element. An attribute takes `pubmed.markup.plain`.
    """
    if "<" not in text and "&" not in text:
        return SafeString(escape(text))
    cleaned = nh3.clean(
        html(text), tags=TAGS, attributes={"*": set()}, url_schemes=set()
    )
    return mark_safe(cleaned)
