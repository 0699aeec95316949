"""COinS: an OpenURL in an empty span, by which reference managers read a list.

They stand on lists and issues only. An article's own page is read by its meta
tags, and a span on it would make one article look like a list. Where a program
knows unAPI too, it prefers that, since it gets whole records there.

Source: COinS, 2006, https://www.niso.org/schemas/docs; the pairs are those of
`pubmed.openurl`.
"""

from ownjournal.pubmed import openurl
from ownjournal.pubmed.article import Article


def span_title(article: Article) -> str:
    """The value of the span's title; a template escapes it as any other text."""
    return openurl.encoded(openurl.context(article))
