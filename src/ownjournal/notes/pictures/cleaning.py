"""Make a picture anew from the bytes of a file that may be anything.

What comes out was written here from pixels alone: no byte of the file is in it, so
no place, no camera, no comment and nothing hidden behind the picture. It is turned
the right way up, its colours are those of a screen, and it is no larger than a
page can use. What cannot be judged from its head is never unpacked.

Run as a program it does this in a process of its own with little memory and time,
for a fault in a decoder must not be one of the site: see `apart`.
"""

import io
import re
import resource
import sys
import warnings
import zipfile
from typing import Any, NamedTuple

from PIL import Image, ImageCms, ImageOps

LARGEST = 5 * 1024 * 1024  # bytes, of the file and of what is kept
MOST_PIXELS = 40_000_000
LONGEST_EDGE = 3_000  # pixels, of what is kept
BOX = (LONGEST_EDGE, LONGEST_EDGE)
MEMORY = 1024**3  # bytes of addresses, of which a third is used at most
SECONDS = 10  # of the processor
REFUSED = 3  # exit status

KINDS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
HOW: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 88, "progressive": True, "optimize": True},
    "png": {"format": "PNG", "compress_level": 6},
    "webp": {"format": "WEBP", "quality": 88},
}

EMPTY = "The file is empty."
TOO_LARGE = "The file has more than 5 MB. Make it smaller, and try again."
TOO_MANY_PIXELS = "The picture has more than 40 megapixels. Make it smaller."
DAMAGED = "The picture is damaged or cut off."
MOVES = "The picture moves. Only still ones can be shown."
HIDES = "Beside the picture the file holds a page or a program."
NO_PICTURE = "This is no picture. JPEG, PNG and WebP can be shown."
OTHERS = (
    (rb"%PDF-", "This is a PDF. Take a picture of the part you mean."),
    (rb"GIF8", "This is a GIF. JPEG, PNG and WebP can be shown."),
    (rb"....ftyp(heic|heix|mif1|msf1|avif)", "Save it as JPEG: HEIC cannot be shown."),
    (rb"(II\*\0|MM\0\*)", "This is a TIFF. JPEG, PNG and WebP can be shown."),
    (rb"(?is).{,1000}<svg\b", "This is an SVG, which can hold programs. Use PNG."),
    (rb"(?i)\s*<", "This is a page, not a picture."),
)
_PAGE = re.compile(
    rb"<script\b|<!doctype|<html\b|<iframe\b|<svg[\s>]|<\?php|%PDF-1", re.IGNORECASE
)


class Refused(ValueError):
    """A file that is not taken; `str` is the reason, for whoever brought it."""


class Cleaned(NamedTuple):
    """A picture as it may be kept."""

    kind: str  # how the name of its file ends: a key of HOW
    width: int  # pixels
    height: int
    data: bytes


def clean(data: bytes) -> Cleaned:
    """The picture in a file, made anew. Raises Refused."""
    if not data:
        raise Refused(EMPTY)
    if len(data) > LARGEST:
        raise Refused(TOO_LARGE)
    image = _opened(data)
    kind = KINDS[image.format or ""]
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused(MOVES)
    if _PAGE.search(data) or zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused(HIDES)
    try:
        image = _as_shown(image)
        out = io.BytesIO()
        image.save(out, **HOW[kind])
    except Exception as fault:  # decoders raise whatever they like
        raise Refused(DAMAGED) from fault
    if out.tell() > LARGEST:
        raise Refused(TOO_LARGE)
    return Cleaned(kind, *image.size, out.getvalue())


def _opened(data: bytes) -> Image.Image:
    """The head alone is read. Raises Refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    except Image.DecompressionBombError as bomb:
        raise Refused(TOO_MANY_PIXELS) from bomb
    except Exception as fault:
        raise Refused(_what_it_is(data)) from fault
    if image.width * image.height > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)
    return image


def _what_it_is(data: bytes) -> str:
    for sign, told in OTHERS:
        if re.match(sign, data, re.DOTALL):
            return told
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        return DAMAGED
    return NO_PICTURE


def _as_shown(image: Image.Image) -> Image.Image:
    """Pixels alone: small enough, the right way up, in the colours of a screen."""
    image.draft(None, BOX)  # a JPEG is then unpacked no larger than needed
    image = _of_bytes(image)
    image.thumbnail(BOX)
    image = _of_a_screen(ImageOps.exif_transpose(image))
    image.info = {}
    return image


def _of_bytes(image: Image.Image) -> Image.Image:
    """With a byte for each channel of each pixel, and no palette."""
    if image.mode.startswith("I"):  # 16 bits of grey, as of an X-ray
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _of_a_screen(image: Image.Image) -> Image.Image:
    """In sRGB, as the profile that said otherwise goes with the rest."""
    profile = image.info.get("icc_profile")
    wanted = "RGB" if image.mode == "CMYK" else image.mode
    if profile and wanted != "L":
        return _by_profile(image, profile, wanted)
    return image.convert(wanted)


def _by_profile(image: Image.Image, profile: bytes, wanted: str) -> Image.Image:
    try:
        turned = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=wanted,
        )
    except (ImageCms.PyCMSError, OSError):  # a profile that does not fit says nothing
        turned = None
    return turned or image.convert(wanted)


def main() -> None:
    """A file on standard input; on standard output the picture, or the reason."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    out = sys.stdout.buffer
    try:
        kind, width, height, data = clean(sys.stdin.buffer.read(LARGEST + 1))
    except Refused as reason:
        out.write(str(reason).encode())
        sys.exit(REFUSED)
    out.write(f"{kind} {width} {height}\n".encode() + data)


if __name__ == "__main__":
    main()
