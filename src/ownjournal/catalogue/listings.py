"""What the loaded list of retractions says of articles, put into their appraisal.

By PMID and by DOI, every valid one that a record has. An article is judged from
its own record alone; the list's word is added where it is written, in the same
transaction, so that neither a new list nor a new file can miss the other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from django.db.models import Q
from msgspec.structs import replace

from ownjournal.appraisal.integrity import Listed, listed_of
from ownjournal.appraisal.later import with_integrity
from ownjournal.catalogue import packing
from ownjournal.catalogue.merging import Version
from ownjournal.catalogue.models import Dictionary, Retraction
from ownjournal.pubmed.retraction_list import Entry, dois_of


class Listings:
    """The list, as it stands in the transaction in which this is used."""

    def __init__(self) -> None:
        self._any = Retraction.objects.exists()

    def added(self, rows: Sequence[Version]) -> list[Version]:
        """The same rows, as they were judged; those that the list names, with its word.

        Whoever made them gave them their `dois`.
        """
        if not self._any:
            return list(rows)
        said = _said(rows)
        return [
            self._with(row, listed_of(said[row.pmid])) if row.pmid in said else row
            for row in rows
        ]

    def anew(self, rows: Sequence[Version]) -> list[tuple[Version, Listed | None]]:
        """Stored rows as the list would have them now, and what it says of each."""
        read = [self._with_dois(row) for row in rows if row.record is not None]
        said = _said(read)
        words = [listed_of(said.get(row.pmid, ())) for row in read]
        return [
            (self._with(row, listed), listed)
            for row, listed in zip(read, words, strict=True)
        ]

    def _with_dois(self, row: Version) -> Version:
        article = self._content(row).article
        return replace(row, dois=dois_of(article.identifiers))

    def _with(self, row: Version, listed: Listed | None) -> Version:
        content = self._content(row)
        if content.appraisal.listed == listed:
            return row
        appraisal = with_integrity(content.article, content.appraisal, listed)
        joined = packing.join(packing.encode(content.article), appraisal)
        return replace(
            row,
            quality=appraisal.quality,
            significance=appraisal.significance,
            record=self._packer.pack(joined),
        )

    def _content(self, row: Version) -> packing.Content:
        if row.record is None:
            raise LookupError(f"PMID {row.pmid} has no record.")
        return self._unpacker.unpack(row.record)

    @cached_property
    def _dictionaries(self) -> dict[int, bytes]:
        rows = Dictionary.objects.order_by("pk")
        return {row.id: bytes(row.content) for row in rows}

    @cached_property
    def _unpacker(self) -> packing.Unpacker:
        return packing.Unpacker(self._dictionaries.__getitem__)

    @cached_property
    def _packer(self) -> packing.Packer:
        return packing.Packer(next(iter(self._dictionaries.values()), None))


def _said(rows: Iterable[Version]) -> dict[int, list[Entry]]:
    """By PMID, what the list has about these rows; of a row taken back, nothing."""
    bearers = defaultdict[str, list[int]](list)
    pmids = set()
    for row in rows:
        if row.record is not None:
            pmids.add(row.pmid)
            for doi in row.dois:
                bearers[doi].append(row.pmid)
    said = defaultdict[int, list[Entry]](list)
    for entry in _entries(pmids, bearers):
        about = {*bearers.get(entry.doi or "", ())}
        if entry.pmid in pmids:
            about.add(entry.pmid)
        for pmid in about:
            said[pmid].append(entry)
    return said


def _entries(pmids: Collection[int], dois: Collection[str]) -> Iterator[Entry]:
    """The list's entries about any of these, each once, in the list's order."""
    found = _asked(Q(pmid__in=pmids)) | _asked(Q(doi__in=dois))
    for _, entry in sorted(found.items()):
        yield entry


def _asked(which: Q) -> dict[int, Entry]:
    return {
        row.id: Entry(row.nature, row.pmid, row.doi, row.dated, row.notice, row.reasons)
        for row in Retraction.objects.filter(which)
    }
