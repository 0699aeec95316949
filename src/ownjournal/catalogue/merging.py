"""Which write wins: the rule that makes the catalogue a function of a set of files.

Every write carries the key of its file and the hash of its content. For one
(PMID, version) the greatest key wins, whatever the order of arrival. Files
without an NLM number share the key 0 and say nothing of their order, so among
them the greater hash wins, and a deletion beats any record.

Of a PMID's versions the highest live one is shown. A deletion takes back its
own version only; the next lower one is shown then, or a tombstone.
"""

from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct

UNNUMBERED = 0  # the key of a file without an NLM number
TAKEN_BACK = 2**63 - 1  # the hash of a deletion: greater than any record's
OUT_OF_SCOPE = 2**63 - 2  # of a record that the site does not keep


class Version(Struct, frozen=True, array_like=True):
    """One version of a PMID, as stored or as a file would have it."""

    pmid: int
    version: int
    file_key: int
    content_hash: int  # or `TAKEN_BACK`, `OUT_OF_SCOPE`
    quality: int | None = None
    significance: int | None = None
    record: bytes | None = None  # packed; None where it is not at hand
    dois: tuple[str, ...] = ()  # of a record just read; see `listings`

    @property
    def live(self) -> bool:
        return self.content_hash < OUT_OF_SCOPE


class Write(Protocol):
    """What decides between two writes of the same version."""

    @property
    def file_key(self) -> int: ...

    @property
    def content_hash(self) -> int: ...


def wins(new: Write, old: Write) -> bool:
    """Whether `new` replaces `old`, two writes of the same version.

    A numbered file met twice under one key is the same file, published anew,
    so the later meeting wins; equal content is let through as well.
    """
    if new.file_key != old.file_key:
        return new.file_key > old.file_key
    return new.file_key != UNNUMBERED or new.content_hash >= old.content_hash


def merge(stored: Iterable[Version], incoming: Iterable[Version]) -> list[Version]:
    """All versions of one PMID after the incoming writes, the shown one first."""
    known = {each.version: each for each in stored}
    for new in incoming:
        old = known.get(new.version)
        if old is None or wins(new, old):
            known[new.version] = _keeping_text(new, old)
    return sorted(known.values(), key=lambda each: (not each.live, -each.version))


def _keeping_text(new: Version, old: Version | None) -> Version:
    """A tombstone keeps the last record, so that notes under it keep their article."""
    if new.record is not None or old is None or old.record is None:
        return new
    return Version(
        new.pmid,
        new.version,
        new.file_key,
        new.content_hash,
        old.quality,
        old.significance,
        old.record,
    )
