"""What reading a file can end in besides an article, and what was counted.

A record that cannot be kept is set aside with its XML (`Rejected`); the rest of
the file is read on. `Counts` holds the proof that nothing was lost on the way:
every record element that was met is an article, a book, a deletion or a
rejected record.
"""

from collections import Counter
from dataclasses import dataclass, field

from msgspec import Struct

UNKNOWN_KINDS = 1_000  # distinct names; a hostile file could invent a million
OTHERS = "(others)"


class Rejected(Struct, frozen=True):
    """A record that is set aside: `reason` is a sentence, `raw` its own XML."""

    reason: str
    raw: bytes
    pmid: int | None = None


@dataclass(slots=True)
class Counts:
    """What was met while reading; one object may count many files.

    `unknown` counts what the DTDs of 2018 to 2025 do not name, as
    "Article/NewThing" for an element, "Author@NewFlag" for an attribute and
    "CommentsCorrections@RefType=NewKind" for a value.
    """

    seen: int = 0  # record elements, and each PMID of a DeleteCitation
    articles: int = 0
    books: int = 0
    deletions: int = 0
    rejected: int = 0
    bad_orcids: int = 0  # dropped: no ORCID, or a wrong check digit
    unknown: Counter[str] = field(default_factory=Counter)

    def balanced(self) -> bool:
        """Whether every record that was met is accounted for."""
        return self.seen == (
            self.articles + self.books + self.deletions + self.rejected
        )

    def met_unknown(self, name: str) -> None:
        """Count something unknown; very many different names count as one."""
        if name not in self.unknown and len(self.unknown) >= UNKNOWN_KINDS:
            name = OTHERS
        self.unknown[name] += 1


class NotKept(Exception):
    """Raised by a reader where a record must be set aside."""

    def __init__(self, reason: str, pmid: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pmid = pmid
