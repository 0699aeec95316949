"""What a reader followed when an issue was made, kept once and packed.

The snapshot holds interests as the ranking took them: topics widened, seeds
with their text. So neither a new MeSH year nor a changed seed alters what an
old issue was made from.
"""

import hashlib
from collections.abc import Sequence

import msgspec
import zstandard

from ownjournal.issues.models import InterestSnapshot
from ownjournal.ranking.interest import Interest
from ownjournal.readers.models import Reader

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[Interest, ...])


def keep(reader: Reader, interests: Sequence[Interest]) -> InterestSnapshot:
    """The row of these interests; the one there is, if they were kept before."""
    body = _encoder.encode(interests)
    snapshot, _ = InterestSnapshot.objects.get_or_create(
        reader=reader,
        digest=hashlib.sha256(body).hexdigest(),
        defaults={"body": zstandard.compress(body)},
    )
    return snapshot


def interests_of(snapshot: InterestSnapshot) -> tuple[Interest, ...]:
    """The interests in the order they were kept."""
    return _decoder.decode(zstandard.decompress(bytes(snapshot.body)))
