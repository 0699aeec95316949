"""Whole files are taken, others are refused with a code and a sentence."""

import gzip
import hashlib
import io
import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed.files import (
    NLM_LIMITS,
    Limits,
    check,
    file_key,
    find,
    in_order,
    md5_of,
    open_xml,
    published_md5,
)
from ownjournal.pubmed.refusal import FileRefused

NAME = "pubmed26n1334.xml.gz"
NOISE = random.Random(26)
XML = (
    b"<PubmedArticleSet>"
    + b"".join(
        b"<PubmedArticle><PMID>%d</PMID></PubmedArticle>\n" % NOISE.randrange(10**9)
        for _ in range(20_000)
    )
    + b"</PubmedArticleSet>"
)
WHOLE = gzip.compress(XML, 6)
NOT_FOUND = b"<!DOCTYPE HTML PUBLIC>\n<html><head><title>404 Not Found</title></head>"


def a_file(folder: Path, content: bytes, name: str = NAME) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path: Path, limits: Limits = NLM_LIMITS) -> FileRefused:
    """Why the file is refused, which must be the same by both ways to read it."""
    with pytest.raises(FileRefused) as checked:
        check(path, limits=limits)
    with pytest.raises(FileRefused) as read, open_xml(path, limits=limits) as file:
        while file.read(1000):
            pass
    assert read.value.code == checked.value.code
    assert read.value.message == checked.value.message
    assert path.name in checked.value.message
    return checked.value


def read(path: Path) -> bytes:
    with open_xml(path) as file:
        return file.read()


def a_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pubmed26n1334.xml", XML[:1000])
    return packed.getvalue()


def test_a_whole_file_is_read_to_its_last_byte(tmp_path: Path) -> None:
    path = a_file(tmp_path, WHOLE)

    checked = check(path)

    assert read(path) == XML
    assert (checked.name, checked.key) == (NAME, 26_001_334)
    assert (checked.size, checked.unpacked) == (len(WHOLE), len(XML))
    assert checked.md5 == hashlib.md5(WHOLE).hexdigest()
    assert not checked.verified
    assert checked.warnings == ()


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """I01: gzip reads it as no bytes and no error."""
    assert refusal(a_file(tmp_path, b"")).code == "EMPTY"


def test_a_gzip_file_of_nothing_is_refused(tmp_path: Path) -> None:
    """I01, packed."""
    assert refusal(a_file(tmp_path, gzip.compress(b""))).code == "EMPTY"


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    """I02."""
    assert refusal(a_file(tmp_path, WHOLE[: len(WHOLE) // 2])).code == "GZ_TRUNCATED"


@pytest.mark.parametrize("missing", [1, 4, 7, 8, 9])
def test_a_file_without_its_last_bytes_is_refused(tmp_path: Path, missing: int) -> None:
    """I03: the last eight are CRC and length, which some readers do without."""
    assert refusal(a_file(tmp_path, WHOLE[:-missing])).code == "GZ_TRUNCATED"


def test_a_changed_bit_is_refused(tmp_path: Path) -> None:
    """I04."""
    damaged = bytearray(WHOLE)
    damaged[len(damaged) // 2] ^= 0x10

    assert refusal(a_file(tmp_path, bytes(damaged))).code == "GZ_CRC"


@pytest.mark.parametrize("place", [-8, -1])
def test_a_wrong_crc_or_length_is_refused(tmp_path: Path, place: int) -> None:
    """I04, in the last eight bytes: the CRC first, then the length."""
    damaged = bytearray(WHOLE)
    damaged[place] ^= 1

    assert refusal(a_file(tmp_path, bytes(damaged))).code == "GZ_CRC"


def test_no_changed_bit_gets_through(tmp_path: Path) -> None:
    """I04, 300 places. The ten bytes of the header say nothing about the text."""
    for _ in range(300):
        damaged = bytearray(WHOLE)
        damaged[NOISE.randrange(10, len(WHOLE))] ^= 1 << NOISE.randrange(8)
        path = a_file(tmp_path, bytes(damaged))
        with pytest.raises(FileRefused):
            check(path)


@pytest.mark.parametrize(
    "garbage", [b"garbage", b"\x1f", b"\x1f\x00", b"\0" * 512 + b"x"]
)
def test_garbage_behind_the_end_is_refused(tmp_path: Path, garbage: bytes) -> None:
    """I05."""
    assert refusal(a_file(tmp_path, WHOLE + garbage)).code == "GZ_TRAILING"


def test_zero_bytes_behind_the_end_are_taken_with_a_warning(tmp_path: Path) -> None:
    """I06."""
    path = a_file(tmp_path, WHOLE + bytes(512))

    assert read(path) == XML
    assert check(path).warnings == (f"{NAME} has 512 zero bytes at its end.",)


@pytest.mark.parametrize("between", [b"", bytes(512)])
def test_a_document_in_two_members_is_one(tmp_path: Path, between: bytes) -> None:
    """I07."""
    half = len(XML) // 2
    path = a_file(
        tmp_path, gzip.compress(XML[:half]) + between + gzip.compress(XML[half:])
    )

    assert read(path) == XML
    assert check(path).unpacked == len(XML)


def test_members_may_meet_anywhere_in_a_block(tmp_path: Path) -> None:
    """I07: a member of every length, so that some magic number lies across two."""
    noise = NOISE.randbytes(262_144)
    for length in range(262_144 - 60, 262_144, 1):
        member = gzip.compress(noise[:length], 0)
        path = a_file(tmp_path, member + gzip.compress(b"<end/>"))

        assert read(path) == noise[:length] + b"<end/>"


def test_a_cut_second_member_is_refused(tmp_path: Path) -> None:
    """I02 and I07."""
    assert refusal(a_file(tmp_path, WHOLE + WHOLE[:-1])).code == "GZ_TRUNCATED"


@pytest.mark.parametrize(
    "page", [NOT_FOUND, b"\xef\xbb\xbf\n <HTML>", b"<?xml version='1.0'?><html>"]
)
def test_a_web_page_is_called_one(tmp_path: Path, page: bytes) -> None:
    """I08."""
    refused = refusal(a_file(tmp_path, page))

    assert refused.code == "NOT_GZIP"
    assert "looks like a web page" in refused.message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (a_zip(), "is a zip archive"),
        (b"\xfd7zXZ\x00\x00\x04", "is an xz file"),
        (b"BZh91AY&SY", "is a bzip2 file"),
        (b"\x28\xb5\x2f\xfd\x04", "is a zstandard file"),
        (XML, "unpacked already"),
        (b"\0\0\0\0", "begins with other bytes"),
    ],
)
def test_what_is_no_gzip_file_is_named(
    tmp_path: Path, content: bytes, what: str
) -> None:
    """I09."""
    refused = refusal(a_file(tmp_path, content))

    assert refused.code == "NOT_GZIP"
    assert what in refused.message


def test_a_bomb_is_refused_at_a_hundred_to_one(tmp_path: Path) -> None:
    """I10, with 64 MB of spaces: memory stays small and most is never unpacked."""
    path = a_file(tmp_path, gzip.compress(b" " * 64_000_000))
    tracemalloc.start()

    assert refusal(path).code == "RATIO"

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_bomb_is_refused_before_it_has_filled_the_disk(tmp_path: Path) -> None:
    """I10: what was read of it stays under the limit."""
    path = a_file(tmp_path, WHOLE)
    total = 0

    with (
        pytest.raises(FileRefused, match="500,000 bytes"),
        open_xml(path, limits=Limits(unpacked=500_000)) as file,
    ):
        while block := file.read(1000):
            total += len(block)

    assert total <= 500_000


def test_a_file_over_the_limit_is_refused_unopened(tmp_path: Path) -> None:
    refused = refusal(a_file(tmp_path, WHOLE), Limits(packed=len(WHOLE) - 1))

    assert refused.code == "SIZE"


def test_a_refusal_is_for_ever(tmp_path: Path) -> None:
    """Who overhears the first must not take the next read for the end."""
    with open_xml(a_file(tmp_path, WHOLE[:-1])) as file:
        for _ in range(2):
            with pytest.raises(FileRefused):
                while file.read(100_000):
                    pass


def test_another_md5_is_refused(tmp_path: Path) -> None:
    """I11."""
    with pytest.raises(FileRefused) as refused:
        check(a_file(tmp_path, WHOLE), md5="0" * 32)

    assert refused.value.code == "MD5"


def test_the_sum_is_looked_at_before_anything_is_unpacked(tmp_path: Path) -> None:
    """I11: a cut download is told as one, whatever else is wrong."""
    with pytest.raises(FileRefused) as refused:
        check(a_file(tmp_path, WHOLE[:-1]), md5=hashlib.md5(WHOLE).hexdigest())

    assert refused.value.code == "MD5"


def test_a_web_page_is_told_before_its_sum_is(tmp_path: Path) -> None:
    """I08 and I11: under the name that the file is to have."""
    path = a_file(tmp_path, NOT_FOUND, f"{NAME}.part")

    with pytest.raises(FileRefused, match=f"^{NAME} is not a gzip") as refused:
        check(path, name=NAME, md5="0" * 32, unpack=False)

    assert refused.value.code == "NOT_GZIP"


def test_a_published_sum_makes_a_file_verified(tmp_path: Path) -> None:
    path = a_file(tmp_path, WHOLE)

    assert check(path, md5=md5_of(path).upper()).verified


def test_the_checksum_file_beside_it_is_asked(tmp_path: Path) -> None:
    """I11, from a folder."""
    path = a_file(tmp_path, WHOLE)
    sidecar = f"MD5({NAME})= {md5_of(path)}\n"
    a_file(tmp_path, sidecar.encode(), f"{NAME}.md5")
    assert check(path).verified

    path.write_bytes(WHOLE[:-1])
    with pytest.raises(FileRefused) as refused:
        check(path)
    assert refused.value.code == "MD5"


def test_no_checksum_file_beside_it_is_no_matter(tmp_path: Path) -> None:
    """I12: it matters for downloads only."""
    assert not check(a_file(tmp_path, WHOLE)).verified


def test_a_web_page_as_checksum_file_is_none(tmp_path: Path) -> None:
    """I12: with status 200, as NLM's server has done."""
    path = a_file(tmp_path, WHOLE)
    a_file(tmp_path, NOT_FOUND, f"{NAME}.md5")

    checked = check(path)

    assert not checked.verified
    assert checked.warnings == (f"The checksum file of {NAME} looks like a web page.",)


def test_a_checksum_file_of_another_file_is_refused(tmp_path: Path) -> None:
    """I13."""
    path = a_file(tmp_path, WHOLE)
    sidecar = f"MD5(pubmed26n1335.xml.gz)= {md5_of(path)}\n"
    a_file(tmp_path, sidecar.encode(), f"{NAME}.md5")

    with pytest.raises(FileRefused) as refused:
        check(path)

    assert refused.value.code == "MD5_NAME"
    assert "pubmed26n1335.xml.gz" in refused.value.message


def test_unpacking_can_be_left_to_the_reader(tmp_path: Path) -> None:
    checked = check(a_file(tmp_path, WHOLE[:-1]), unpack=False)

    assert checked.unpacked is None


def test_plain_xml_is_read_as_it_is(tmp_path: Path) -> None:
    path = a_file(tmp_path, XML, "pubmed26n1334.xml")

    assert read(path) == XML
    assert check(path).key == 26_001_334


def test_a_gzip_file_may_be_named_xml(tmp_path: Path) -> None:
    assert read(a_file(tmp_path, WHOLE, "pubmed26n1334.xml")) == XML


def test_a_web_page_named_xml_is_refused(tmp_path: Path) -> None:
    assert refusal(a_file(tmp_path, NOT_FOUND, "answer.xml")).code == "XML"


def test_lines_can_be_read(tmp_path: Path) -> None:
    """What is opened is a whole file object, not a thing with one method."""
    with open_xml(a_file(tmp_path, WHOLE)) as file:
        assert b"".join(file) == XML


FORMS = [
    "MD5({name})= {md5}",
    "MD5 ({name}) = {md5}",
    "{md5}  {name}",
    "{md5} *{name}",
    "{md5}  ./{name}",
    "{md5}  -",
    "{md5}",
]


@given(
    form=st.sampled_from(FORMS),
    content=st.binary(),
    number=st.integers(1, 9999),
    upper=st.booleans(),
    end=st.sampled_from(["", "\n", "\r\n"]),
)
def test_every_form_of_checksum_file_is_read(
    form: str, content: bytes, number: int, upper: bool, end: str
) -> None:
    name = f"pubmed26n{number:04}.xml.gz"
    md5 = hashlib.md5(content).hexdigest()
    text = form.format(name=name, md5=md5.upper() if upper else md5) + end

    assert published_md5(text.encode(), name) == md5


def test_a_list_of_sums_gives_the_right_one() -> None:
    text = "".join(f"{number:032x}  pubmed26n{number:04}.xml.gz\n" for number in (1, 2))

    assert published_md5(text.encode(), "pubmed26n0002.xml.gz") == f"{2:032x}"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n",
        NOT_FOUND,
        b"MD5(x)= 12",
        b"0" * 31,
        b"\xff" * 40,
        b"0" * 32 + b"\nhm",
    ],
)
def test_what_is_no_checksum_file_is_refused(text: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        published_md5(text, NAME)

    assert refused.value.code == "MD5_SIDECAR"


@given(st.binary())
def test_no_bytes_break_the_reading_of_a_checksum_file(text: bytes) -> None:
    try:
        assert len(published_md5(text, NAME)) == 32
    except FileRefused as refused:
        assert refused.code in {"MD5_SIDECAR", "MD5_NAME"}


@given(st.integers(0, 99), st.integers(0, 9999), st.sampled_from([".xml", ".xml.gz"]))
def test_a_key_tells_year_and_number(year: int, number: int, end: str) -> None:
    key = file_key(f"pubmed{year:02}n{number:04}{end}")

    assert divmod(key, 1_000_000) == (year, number)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("pubmed26n1334.xml.gz", 26_001_334),
        ("medline16n0906.xml.gz", 16_000_906),
        ("pubmed26n10001.xml.gz", 26_010_001),
        ("pubmed21n1016_excerpt.xml.gz", 0),
        ("pubmed26n1334.xml.gz.md5", 0),
        ("pubmed26n1334.xml.gz.part", 0),
        ("xpubmed26n1334.xml.gz", 0),
        ("pubmed26n1334.xml.gz\n", 0),
        ("pubmed٢٦n١٣٣٤.xml.gz", 0),
        ("pubmed26n1334999.xml.gz", 0),
        ("demo.xml", 0),
        ("", 0),
    ],
)
def test_only_a_name_of_nlm_has_a_key(name: str, key: int) -> None:
    assert file_key(name) == key


def test_files_stand_in_nlms_order() -> None:
    """By year, then number: as text, 10001 would come before 9999."""
    names = [
        "demo.xml",
        "pubmed25n1400.xml.gz",
        "pubmed26n9999.xml.gz",
        "pubmed26n10001.xml.gz",
    ]
    mixed = [Path(name) for name in reversed(names)]

    assert [path.name for path in in_order(mixed)] == names


def test_a_folder_is_searched_to_its_ground(tmp_path: Path) -> None:
    below = tmp_path / "updates" / "2026"
    below.mkdir(parents=True)
    second = a_file(below, WHOLE, "pubmed26n1335.xml.gz")
    first = a_file(tmp_path, XML, "pubmed26n1334.xml")
    for other in ("pubmed26n1335.xml.gz.md5", "pubmed26n1336.xml.gz.part", "README"):
        a_file(below, b"-", other)

    assert find([tmp_path, second]) == [first, second]


def test_a_file_named_by_hand_may_have_any_name(tmp_path: Path) -> None:
    answer = a_file(tmp_path, XML, "pubmed_result.txt")

    assert find([answer]) == [answer]


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        find([tmp_path / "nowhere"])


def test_the_real_files_are_whole(shared_data: Path) -> None:
    """Each with its published sum; the books and singles have none."""
    checked = [check(path) for path in find([shared_data / "pubmed" / "updates"])]

    assert len(checked) == 8
    assert all(each.verified and not each.warnings for each in checked)
    assert max(each.key for each in checked) == 26_001_335
