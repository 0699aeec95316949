"""What a reader followed when an issue was made, kept once and packed.

The snapshot holds interests as the ranking took them: topics widened, seeds
with their text, what was said with the weight it had. So neither a new MeSH year
nor a changed seed, nor what the reader says later, alters what an old issue was
made from.
"""

import hashlib

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


def keep(reader: Reader, wishes: Wishes) -> InterestSnapshot:
    """The row of these wishes; the one there is, if they were kept before."""
    body = _encoder.encode(wishes)
    snapshot, _ = InterestSnapshot.objects.get_or_create(
        reader=reader,
        digest=hashlib.sha256(body).hexdigest(),
        defaults={"body": zstandard.compress(body)},
    )
    return snapshot


def wishes_of(snapshot: InterestSnapshot) -> Wishes:
    """The wishes, interests in the order they were kept."""
    kept = _decoder.decode(zstandard.decompress(bytes(snapshot.body)))
    return kept if isinstance(kept, Wishes) else Wishes(kept)
