"""The compact form in which an article and its appraisal are kept.

MessagePack arrays, compressed by zstd with a dictionary trained on the first
large file. A packed record names its dictionary by id, so records packed
before and after a new training live side by side. Unpacking gives back an
Article equal to the one packed.
"""

import hashlib
from collections.abc import Callable, Sequence

import msgspec
import zstandard
from msgspec import Struct

from ownjournal.appraisal.judge import RULES_VERSION
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import Article

LEVEL = 3  # measured: level 6 is 10 % smaller for three times the time
DICTIONARY_SIZE = 112_640  # bytes; larger ones gained nothing
ENOUGH_SAMPLES = 2_000
_ARRAY_OF_TWO = b"\x92"  # MessagePack
NO_DICTIONARY = 0  # the id that zstd gives a frame without one


class Content(Struct, frozen=True, array_like=True):
    """What one packed record holds."""

    article: Article
    appraisal: Appraisal


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Content)


class Packer:
    """Packs records with one dictionary, or with none while there is none."""

    def __init__(self, dictionary: bytes | None) -> None:
        trained = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compress = zstandard.ZstdCompressor(
            level=LEVEL, dict_data=trained, write_content_size=True
        ).compress

    def pack(self, joined: bytes) -> bytes:
        """Compress what `join` gave."""
        return self._compress(joined)


def encode(article: Article) -> bytes:
    """The uncompressed article; equal articles have equal bytes."""
    return _encoder.encode(article)


def join(encoded_article: bytes, appraisal: Appraisal) -> bytes:
    """The uncompressed `Content`: an array of two, the article not encoded again."""
    return _ARRAY_OF_TWO + encoded_article + _encoder.encode(appraisal)


def content_hash(
    encoded_article: bytes,
    rules_version: int = RULES_VERSION,
    *,
    model: str | None = None,
) -> int:
    """63 bits by which equal content is known and unnumbered files are ordered.

    Rules and model of the appraisal are part of it: an article judged by others is
    other content, so that `ownjournal ingest --again` judges anew.
    """
    judged = rules_version.to_bytes(2) + (model or "").encode()[-8:]
    digest = hashlib.blake2b(encoded_article, digest_size=8, person=judged).digest()
    return int.from_bytes(digest) >> 1


class Unpacker:
    """Unpacks records, looking each dictionary up once."""

    def __init__(self, find_dictionary: Callable[[int], bytes]) -> None:
        """`find_dictionary` gives the content of a dictionary by its id."""
        self._find = find_dictionary
        self._decompressors = {NO_DICTIONARY: zstandard.ZstdDecompressor()}

    def unpack(self, packed: bytes) -> Content:
        """Raises KeyError when the dictionary is missing, ZstdError on damage."""
        dictionary_id = zstandard.get_frame_parameters(packed).dict_id
        decompressor = self._decompressors.get(dictionary_id)
        if decompressor is None:
            content = zstandard.ZstdCompressionDict(self._find(dictionary_id))
            decompressor = zstandard.ZstdDecompressor(dict_data=content)
            self._decompressors[dictionary_id] = decompressor
        return _decoder.decode(decompressor.decompress(packed))


def train(samples: Sequence[bytes]) -> tuple[int, bytes]:
    """A dictionary's id and content, from at least `ENOUGH_SAMPLES` encoded records."""
    trained = zstandard.train_dictionary(DICTIONARY_SIZE, list(samples), level=LEVEL)
    return trained.dict_id(), trained.as_bytes()
