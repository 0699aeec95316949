"""Reading: an article as the rules look at it, prepared once."""

from msgspec import Struct

from ownjournal.appraisal.passage import Passage, passage
from ownjournal.pubmed.article import Article, Markup
from ownjournal.pubmed.markup import plain

_LOOK_ALIKES = (
    ("\u2010", "-"),  # the hyphen of "meta‐analysis" in half of all journals
    ("\u2011", "-"),
    ("\u2013", "-"),
    ("\u00a0", " "),
    ("\u2009", " "),
    ("\u202f", " "),
)


NOTHING = passage("")


class Reading(Struct, frozen=True):
    """Text in lower case and plain, and codes to look up."""

    title: Passage  # empty where there is none
    abstract: Passage  # the sections joined by spaces; empty where there is none
    types: dict[str, str]  # publication types: UI → name
    mesh: frozenset[str]  # descriptor UIs
    article: Article


def reading(article: Article) -> Reading:
    """Prepare an article for the rules."""
    sections = article.abstract.sections if article.abstract else ()
    text = " ".join([each.text for each in sections])
    return Reading(
        title=read_text(article.title) if article.title else NOTHING,
        abstract=read_text(text) if text else NOTHING,
        types={each.ui: each.name for each in article.publication_types if each.ui},
        mesh=frozenset([each.ui for each in article.mesh if each.ui]),
        article=article,
    )


def read_text(text: str) -> Passage:
    """Marked-up text plain, in lower case, with one kind of hyphen and of space."""
    read = plain(Markup(text)).lower()
    if not read.isascii():
        for odd, usual in _LOOK_ALIKES:
            read = read.replace(odd, usual)
    return passage(read)
