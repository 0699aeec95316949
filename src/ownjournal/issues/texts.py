"""Where the text of an issue's articles is: told before anybody clicks.

The order is that of the article page: what is free to all, then the reader's own
libraries, then the publisher. Nobody is asked anything for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ownjournal.catalogue.store import Kept
from ownjournal.pubmed import fulltext
from ownjournal.pubmed.libraries import told
from ownjournal.readers.institutions import picks
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.institutions.shown import library_views
from ownjournal.readers.models import Reader

FREE = "Free full text"
LIBRARY = "By your library"
PAID = "At the publisher, perhaps not free"
NONE = "No full text known"


@dataclass(frozen=True, slots=True)
class Way:
    """One link to the text."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """The state of an article's text and the ways to it; what card.html uses of it."""

    state: str
    ways: tuple[Way, ...]  # of that state


def texts_of(reader: Reader, kept: Mapping[int, Kept]) -> dict[int, TextLine]:
    """By PMID; an invented article has no text anywhere, and no line."""
    libraries = picks.of_reader(reader)
    lines = ((pmid, _line(each, libraries)) for pmid, each in kept.items())
    return {pmid: line for pmid, line in lines if line is not None}


def _line(kept: Kept, libraries: list[Institution]) -> TextLine | None:
    article = told(kept.article)
    if article is None:
        return None
    links = [each for each in fulltext.links(kept.article) if each.group == "text"]
    free = [Way(each.label, each.url) for each in links if each.free]
    if free:
        return TextLine(FREE, tuple(free[:1]))
    views = library_views(libraries, article)
    own = tuple(Way(each.name, each.url) for each in views if each.url)
    if own:
        return TextLine(LIBRARY, own)
    return next(_elsewhere(links), TextLine(NONE, ()))


def _elsewhere(links: list[fulltext.Link]) -> Iterator[TextLine]:
    for each in links:
        yield TextLine(PAID, (Way(each.label, each.url),))
