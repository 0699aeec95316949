"""What earlier issues showed, as the ranking knows it again."""

from collections.abc import Iterable

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


def of_reader(reader: Reader, *, before: int | None) -> tuple[Trace, ...]:
    """Of all that the reader's issues showed, or those before a number; by PMID."""
    return tuple(sorted(_stored(reader, before), key=lambda each: each.pmid))


def _stored(reader: Reader, before: int | None) -> Iterable[Trace]:
    rows = IssueArticle.objects.filter(issue__reader=reader)
    if before is not None:
        rows = rows.filter(issue__number__lt=before)
    for pmid, trace in rows.values_list("pmid", "trace").iterator():
        yield _decoder.decode(trace) if trace else Trace(pmid, (("pmid", str(pmid)),))
