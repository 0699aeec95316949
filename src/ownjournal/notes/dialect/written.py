"""A note that was read, and what can be made of it."""

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

from ownjournal.notes.dialect import plaintext, rendering
from ownjournal.notes.dialect.counting import length
from ownjournal.notes.dialect.features import DIALECT, Headings
from ownjournal.notes.dialect.parsing import parsed
from ownjournal.notes.dialect.reading import Footnote, Warning

_PREFIX = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Written:
    """A note as its author meant it. Its HTML, mail and plain text agree."""

    length: int  # in grapheme clusters, as a person counts; see `counting`
    warnings: tuple[Warning, ...]  # by line
    pmids: tuple[int, ...]  # linked to, in the order of appearance, each once
    dois: tuple[str, ...]
    pictures: tuple[str, ...]  # paths below /media/ of what is shown
    remote_pictures: tuple[str, ...]  # addresses of what is only linked to
    footnotes: int  # how many are shown
    _tokens: tuple[Token, ...] = field(repr=False, compare=False)
    _footnotes: tuple[Footnote, ...] = field(repr=False, compare=False)

    @property
    def empty(self) -> bool:
        """Whether nothing of it can be seen."""
        return not (self.length or self.pictures or self.footnotes)

    def html(self, prefix: str, *, heading: int = 3) -> str:
        """For a page: sanitised.

        prefix   what its ids begin with, once on a page: "note-12"
        heading  the level that `##` is shown as, 2 to 6
        """
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"no prefix of ids: {prefix!r}")
        return rendering.page_html(self._tokens, self._footnotes, prefix, heading)

    def mail_html(self, site: str | None = None) -> str:
        """For a mail: no ids, no pictures, the host of each link beside it.

        site  "https://journal.example", which then has the articles; else PubMed
        """
        return rendering.mail_html(self._tokens, self._footnotes, site)

    def plain(self) -> str:
        """Plain text, the footnotes numbered at the end."""
        return plaintext.plain(self._tokens, self._footnotes)


def read(text: str, *, headings: Headings = "none", dialect: int = DIALECT) -> Written:
    """Read a note as typed: any text is one.

    Raises TooHard, whose message is for the author, where there is too much of
    something; ValueError for a dialect that there is not.
    """
    if dialect != DIALECT:
        raise ValueError(f"dialect {dialect} of notes is not known")
    tokens, reading = parsed(text, headings)
    return Written(
        length=length(tokens),
        warnings=tuple(sorted(reading.warnings)),
        pmids=tuple(reading.pmids),
        dois=tuple(reading.dois),
        pictures=tuple(reading.pictures),
        remote_pictures=tuple(reading.remote_pictures),
        footnotes=len(reading.footnotes),
        _tokens=tuple(tokens),
        _footnotes=tuple(reading.footnotes),
    )
