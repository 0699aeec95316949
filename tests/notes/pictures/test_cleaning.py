"""What is kept of a file is a picture made anew; everything else is refused."""

import io
import random
import subprocess
import sys
import zipfile
import zlib

import pytest
from PIL import Image, ImageCms

from made.pictures import bomb, drawn, frames, png, saved, with_chunk
from ownjournal.notes.pictures import apart, cleaning
from ownjournal.notes.pictures.cleaning import (
    DAMAGED,
    EMPTY,
    HIDES,
    MOVES,
    NO_PICTURE,
    TOO_LARGE,
    TOO_MANY_PIXELS,
    Refused,
    clean,
)

CANARY = "Canary Street 5"
PHOTO = saved(drawn((600, 400)), "JPEG")
ZIP = io.BytesIO()
with zipfile.ZipFile(ZIP, "w") as archive:
    archive.writestr("a.txt", "a" * 100)

REFUSED = {
    "N14 nothing": (b"", EMPTY),
    "5 MB and a byte": (b"\xff\xd8\xff" + bytes(cleaning.LARGEST), TOO_LARGE),
    "N13 an SVG": (b"<?xml version='1.0'?>\n<svg onload='alert(1)'>", "This is an SVG"),
    "N13 HTML named .png": (
        b" <!doctype html><script>alert(1)</script>",
        "This is a page",
    ),
    "N13 a PDF": (b"%PDF-1.7\n", "This is a PDF"),
    "a GIF": (saved(drawn(), "GIF"), "This is a GIF"),
    "a TIFF": (saved(drawn(), "TIFF"), "This is a TIFF"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0", "Save it as JPEG"),
    "noise": (random.Random(1).randbytes(100_000), NO_PICTURE),
    "words": (b"What an article means at the bedside.", NO_PICTURE),
    "N14 30,000 by 30,000": (bomb(30_000, 30_000), TOO_MANY_PIXELS),
    "10,000 by 10,000": (bomb(10_000, 10_000), TOO_MANY_PIXELS),
    "40 megapixels and one row": (bomb(8_000, 5_001), TOO_MANY_PIXELS),
    "N14 a cut JPEG": (PHOTO[: len(PHOTO) // 2], DAMAGED),
    "a cut PNG": (png((900, 900))[:900], DAMAGED),
    "a cut WebP": (saved(drawn((600, 400)), "WEBP")[:200], DAMAGED),
    "a head alone": (PHOTO[:3], DAMAGED),
    "N14 1,000 frames of PNG": (frames(1_000, "PNG"), MOVES),
    "N14 1,000 frames of WebP": (frames(1_000, "WEBP"), MOVES),
    "N13 PNG and HTML": (png() + b"<html><script>alert(1)</script>", HIDES),
    "PNG with HTML in a chunk": (
        with_chunk(png(), b"tEXt", b"Comment\0<SCRIPT>alert(1)</SCRIPT>"),
        HIDES,
    ),
    "JPEG and PHP": (PHOTO + b"<?php system($_GET['c']); ?>", HIDES),
    "PNG and ZIP": (png() + ZIP.getvalue(), HIDES),
    "PNG and PDF": (png() + b"\n%PDF-1.4\n", HIDES),
    "a text chunk that unpacks to 64 MB": (
        with_chunk(png(), b"zTXt", b"a\0\0" + zlib.compress(bytes(64_000_000))),
        DAMAGED,
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_honest_picture_is_refused_with_the_reason(what: str) -> None:
    data, reason = REFUSED[what]

    with pytest.raises(Refused, match=reason.replace(".", "[.]")):
        clean(data)


MEASURED = f"""
import sys, time
from {cleaning.__name__} import main
try:
    main()
finally:
    status = open("/proc/self/status").read()
    most = status.split("VmHWM:")[1].split()[0]
    print(time.process_time(), most, file=sys.stderr)
"""


def in_a_child(data: bytes) -> tuple[int, bytes, float, int]:
    """Exit status, output, seconds of the processor, and kB at the most."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=data, capture_output=True, check=False
    )
    seconds, kilobytes = done.stderr.split()
    return done.returncode, done.stdout, float(seconds), int(kilobytes)


@pytest.mark.parametrize("what", REFUSED)
def test_refusing_takes_less_than_a_second_and_300_mb(what: str) -> None:
    data, reason = REFUSED[what]
    status, told, seconds, kilobytes = in_a_child(data)

    assert (status, told.decode().startswith(reason)) == (cleaning.REFUSED, True)
    assert seconds < 1.0
    assert kilobytes < 300_000


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_keeps_its_kind_and_its_size(kind: str) -> None:
    cleaned = clean(saved(drawn(), kind))

    assert (cleaned.width, cleaned.height) == (60, 40)
    image = Image.open(io.BytesIO(cleaned.data))
    assert (image.format, image.size) == (kind, (60, 40))
    assert cleaned.kind == cleaning.KINDS[kind]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_nothing_of_the_file_is_kept_but_what_one_sees(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = CANARY  # ImageDescription
    exif.get_ifd(0x8825)[29] = CANARY  # GPSDateStamp
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    how = {"exif": exif, "icc_profile": profile, "xmp": f"<x>{CANARY}</x>".encode()}
    if kind == "JPEG":
        how["comment"] = CANARY
    data = saved(drawn(), kind, **how)
    if kind == "PNG":
        data = with_chunk(data, b"tEXt", f"Author\0{CANARY}".encode())
    assert CANARY.encode() in data

    kept = clean(data + CANARY.encode()).data

    assert CANARY.encode() not in kept
    image = Image.open(io.BytesIO(kept))
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                 "progressive", "progression", "loop", "background",
                                 "timestamp", "duration"}  # fmt: skip
    assert dict(image.getexif()) == {}


def test_a_photo_held_upright_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    cleaned = clean(saved(drawn((60, 40)), "JPEG", exif=exif, quality=95))

    image = Image.open(io.BytesIO(cleaned.data)).convert("L")
    assert image.size == (40, 60)
    assert image.getpixel((20, 5)) < 20 < image.getpixel((20, 55))


def test_colours_are_as_the_profile_meant_them_once_it_is_gone() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ")
    red = Image.new("RGB", (30, 20), (255, 0, 0))
    data = saved(red, "PNG", icc_profile=swapped.replace(b"----", b"gXYZ"))

    image = Image.open(io.BytesIO(clean(data).data))
    assert image.getpixel((5, 5)) == pytest.approx((0, 255, 0), abs=3)


def test_a_profile_that_is_rubbish_says_nothing() -> None:
    assert (
        clean(saved(drawn(), "PNG", icc_profile=b"rubbish")).data == clean(png()).data
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixel_is_shown(mode: str) -> None:
    image = Image.new(mode, (30, 20))
    if mode == "PA":
        image = Image.new("P", (30, 20))
        image.info["transparency"] = 0

    assert clean(saved(image)).width == 30


def test_an_x_ray_of_16_bits_keeps_its_greys() -> None:
    cleaned = clean(saved(Image.new("I;16", (30, 20), 0x8000)))

    assert Image.open(io.BytesIO(cleaned.data)).getpixel((5, 5)) == 128


def test_four_colours_of_print_become_three() -> None:
    cleaned = clean(saved(Image.new("CMYK", (30, 20), (0, 255, 255, 0)), "JPEG"))

    image = Image.open(io.BytesIO(cleaned.data))
    assert image.mode == "RGB"


def test_what_is_larger_than_a_page_is_made_smaller() -> None:
    cleaned = clean(saved(Image.new("L", (7_000, 5_000)), "JPEG"))

    assert (cleaned.width, cleaned.height) == (3_000, 2_143)


def test_40_megapixels_exactly_are_taken_with_little_memory() -> None:
    status, made, _, kilobytes = in_a_child(bomb(8_000, 5_000))

    assert (status, made.split(b"\n")[0]) == (0, b"png 3000 1875")
    assert kilobytes < 300_000


def test_a_picture_made_here_is_made_again_without_loss_of_size() -> None:
    once = clean(PHOTO)

    assert clean(once.data)[:3] == once[:3]


def test_in_a_process_of_its_own_it_is_the_same() -> None:
    assert apart.clean(png()) == clean(png())
    with pytest.raises(Refused, match="PDF"):
        apart.clean(b"%PDF-1.4")
    with pytest.raises(Refused, match="5 MB"):
        apart.clean(bytes(cleaning.LARGEST + 1))


def test_a_decoder_that_crashes_or_hangs_harms_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "LONGEST_SECONDS", 0.01)
    with pytest.raises(Refused, match="damaged"):
        apart.clean(png())
    monkeypatch.setattr(apart, "LONGEST_SECONDS", 30)
    monkeypatch.setattr(cleaning, "__name__", "ownjournal.no_such_module")
    with pytest.raises(Refused, match="damaged"):
        apart.clean(png())
