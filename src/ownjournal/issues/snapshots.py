"""What a reader followed when an issue was made, kept once and packed.

The snapshot holds interests as the ranking took them: topics widened, seeds
with their text, what was said with the weight it had. So neither a new MeSH year
nor a changed seed, nor what the reader says later, alters what an old issue was
made from.
"""

import hashlib
from collections.abc import Collection, Sequence

import msgspec
import zstandard

from ownjournal.issues.models import InterestSnapshot
from ownjournal.ranking.interest import Interest
from ownjournal.readers.interests import Wishes
from ownjournal.readers.models import Reader

_encoder = msgspec.msgpack.Encoder(order="deterministic")
# before readers could say anything of articles, a snapshot held interests alone
_decoder: msgspec.msgpack.Decoder[Wishes | tuple[Interest, ...]]
_decoder = msgspec.msgpack.Decoder(Wishes | tuple[Interest, ...])


def keep_all(several: Sequence[tuple[Reader, Wishes]]) -> list[InterestSnapshot]:
    """Their rows in this order; those there are, where the same were kept before."""
    wanted = []
    for reader, wishes in several:
        body = _encoder.encode(wishes)
        wanted.append(((reader.pk, hashlib.sha256(body).hexdigest()), body))
    new = dict(wanted)
    kept = _kept(new)
    InterestSnapshot.objects.bulk_create(
        (
            InterestSnapshot(reader_id=pk, digest=digest, body=zstandard.compress(body))
            for (pk, digest), body in new.items()
            if (pk, digest) not in kept
        ),
        ignore_conflicts=True,  # another may keep the same meanwhile
    )
    kept = _kept(new) if len(kept) < len(new) else kept
    return [kept[key] for key, _ in wanted]


def _kept(keys: Collection[tuple[int, str]]) -> dict[tuple[int, str], InterestSnapshot]:
    rows = InterestSnapshot.objects.filter(
        reader__in={pk for pk, _ in keys}, digest__in={digest for _, digest in keys}
    )
    return {(row.reader_id, row.digest): row for row in rows.defer("body")}


def wishes_of(snapshot: InterestSnapshot) -> Wishes:
    """The wishes, interests in the order they were kept."""
    kept = _decoder.decode(zstandard.decompress(bytes(snapshot.body)))
    return kept if isinstance(kept, Wishes) else Wishes(kept)
