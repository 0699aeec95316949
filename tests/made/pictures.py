"""Files that are pictures, that claim to be, or that want to harm who opens them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

HEAD = b"\x89PNG\r\n\x1a\n"


def drawn(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """The left half dark, the right half light; it is seen which side is up."""
    image = Image.new(mode, size, 40 if mode in ("L", "P") else (40, 40, 40))
    image.paste(Image.new(mode, (size[0] // 2, size[1])), (0, 0))
    return image


def saved(image: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    """The file of a picture."""
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def png(size: tuple[int, int] = (60, 40)) -> bytes:
    return saved(drawn(size))


def frames(count: int, kind: str) -> bytes:
    """An animation."""
    images = [Image.new("RGB", (8, 8), (each % 256, 0, 0)) for each in range(count)]
    return saved(images[0], kind, save_all=True, append_images=images[1:])


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is as large as that, all of one colour."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * (1 + (width + 7) // 8)
    packer, packed = zlib.compressobj(9), b""
    for _ in range(height):
        packed += packer.compress(row)
    parts = ((b"IHDR", head), (b"IDAT", packed + packer.flush()), (b"IEND", b""))
    return HEAD + b"".join(_chunk(*part) for part in parts)


def with_chunk(file: bytes, name: bytes, data: bytes) -> bytes:
    """A PNG with one more chunk behind its head."""
    end = len(HEAD) + 25  # of IHDR
    return file[:end] + _chunk(name, data) + file[end:]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + _sum(name + data)


def _sum(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))
