"""What an invented article says, before it has a journal and a place in it."""

from dataclasses import dataclass, field

from ownjournal.pubmed.article import Markup


@dataclass(slots=True)
class Draft:
    """The words of one article.

    Pieces are sentences by their part in an abstract ("aim", "result" …);
    `layouts` puts them under labels or runs them together. None: no abstract.
    """

    title: Markup
    pieces: dict[str, str] | None
    layout: str
    types: tuple[str, ...] = ()  # publication types, by name
    headings: tuple[str, ...] = ()  # keys of tables.HEADINGS
    qualifiers: tuple[str, ...] = ()  # of the condition's heading, by name
    registration: str | None = None
    drugs: tuple[str, ...] = ()
    keywords: list[str] = field(default_factory=list)
    human: bool = True
    plain: str | None = None  # a summary in plain words
