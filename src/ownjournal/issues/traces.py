"""What earlier issues showed, as the ranking knows it again."""

from collections.abc import Sequence

import msgspec

from ownjournal.issues.models import IssueArticle
from ownjournal.ranking.duplicates import Trace, trace_of
from ownjournal.ranking.pool import Pool
from ownjournal.readers.models import Reader

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Trace)


def packed(pmid: int, pool: Pool) -> bytes:
    """The trace of an article of a pool in its stored form."""
    return _encoder.encode(trace_of(pool.candidates[pool.row_of[pmid]], pool))


def of_reader(reader: Reader, *, before: int) -> tuple[Trace, ...]:
    """Of all that the reader's issues before a number showed; by PMID."""
    rows = IssueArticle.objects.filter(issue__reader=reader, issue__number__lt=before)
    found = (_trace(*row) for row in rows.values_list("pmid", "trace").iterator())
    return tuple(sorted(found, key=lambda each: each.pmid))


def of_readers(reader_ids: Sequence[int]) -> dict[int, tuple[Trace, ...]]:
    """Of all that their issues showed, by reader's id; each by PMID."""
    rows = IssueArticle.objects.filter(issue__reader__in=reader_ids)
    found: dict[int, list[Trace]] = {}
    facts = rows.values_list("issue__reader_id", "pmid", "trace")
    for reader_id, pmid, trace in facts.iterator():
        found.setdefault(reader_id, []).append(_trace(pmid, trace))
    return {
        reader_id: tuple(sorted(some, key=lambda each: each.pmid))
        for reader_id, some in found.items()
    }


def _trace(pmid: int, stored: bytes | memoryview | None) -> Trace:
    return _decoder.decode(stored) if stored else Trace(pmid, (("pmid", str(pmid)),))
