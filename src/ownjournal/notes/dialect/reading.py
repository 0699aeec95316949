"""What is gathered while one note is read, and the limits on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from ownjournal.notes.dialect.features import Headings

MAX_BYTES = 64 * 1024  # of the text in UTF-8
MAX_FOOTNOTES = 200
MAX_NESTED = 5  # footnotes within each other
MAX_REFERENCES = 1_000  # to footnotes
MAX_LINKS = 1_000
MAX_PICTURES = 50
MAX_DEPTH = 50  # of marks within marks
MAX_WARNINGS = 50  # later ones are not told


class TooHard(ValueError):
    """There is too much of something; the message is for the author."""


@dataclass(frozen=True, order=True)
class Warning:
    """What may not be meant as it was typed."""

    line: int  # the first is 1
    message: str


@dataclass(frozen=True)
class Definition:
    """The text of a reference footnote."""

    line: int
    paragraphs: tuple[tuple[int, str], ...]  # line and text of each


@dataclass
class Footnote:
    """A footnote that is referred to; its number is its place in the order."""

    number: int
    paragraphs: Sequence[tuple[int, str]]
    depth: int = 0  # footnotes in whose parentheses it stands, and itself
    references: int = 0
    content: list[list[Token]] = field(default_factory=list)  # by paragraph


@dataclass
class Reading:
    """One note while it is read. Lines are counted from 1."""

    headings: Headings
    line: int = 1  # of the inline text being read
    depth: int = 0  # footnotes in whose parentheses that stands
    definitions: dict[str, Definition] = field(default_factory=dict)
    footnotes: list[Footnote] = field(default_factory=list)
    by_label: dict[str, Footnote] = field(default_factory=dict)
    warnings: dict[Warning, None] = field(default_factory=dict)
    pmids: dict[int, None] = field(default_factory=dict)
    dois: dict[str, None] = field(default_factory=dict)
    pictures: dict[str, None] = field(default_factory=dict)
    remote_pictures: dict[str, None] = field(default_factory=dict)
    references: int = 0
    links: int = 0

    def warn(self, line: int, message: str) -> None:
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings[Warning(line, message)] = None

    def add_footnote(
        self, paragraphs: Sequence[tuple[int, str]], depth: int = 0
    ) -> Footnote:
        """The next footnote; raises TooHard beyond the limits."""
        if len(self.footnotes) == MAX_FOOTNOTES:
            raise TooHard(f"A note may have at most {MAX_FOOTNOTES} footnotes.")
        if depth > MAX_NESTED:
            raise TooHard(f"Footnotes may be at most {MAX_NESTED} deep in each other.")
        number = len(self.footnotes) + 1
        self.footnotes.append(Footnote(number, paragraphs, depth))
        return self.footnotes[-1]

    def refer(self, footnote: Footnote) -> int:
        """Which reference to this footnote it is, the first being 1."""
        self.references += 1
        if self.references > MAX_REFERENCES:
            raise TooHard(
                f"A note may refer to footnotes at most {MAX_REFERENCES:,} times."
            )
        footnote.references += 1
        return footnote.references

    def add_link(self, pmid: int | None, doi: str | None) -> None:
        """One more link, to an article or to a DOI perhaps."""
        self.links += 1
        if pmid is not None:
            self.pmids[pmid] = None
        if doi is not None:
            self.dois[doi] = None
        if self.links > MAX_LINKS:
            raise TooHard(f"A note may have at most {MAX_LINKS:,} links.")

    def add_picture(self, path: str) -> None:
        """One more picture of our own."""
        self.pictures[path] = None
        if len(self.pictures) > MAX_PICTURES:
            raise TooHard(f"A note may show at most {MAX_PICTURES} pictures.")
