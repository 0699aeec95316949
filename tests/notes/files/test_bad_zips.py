"""A zip may be anything: what is used is told, and what is not, with its reason."""

import io
import struct
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from made.note_files import note_file, zipped
from made.pictures import png
from ownjournal.notes.files import opening
from ownjournal.notes.files.bringing_back import Outcome, bring_back
from ownjournal.notes.files.opening import NoZip
from ownjournal.notes.models import Note
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.on_sqlite_alone,
]
NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
GOOD = "notes/good.md"


def back(reader: Reader, data: bytes) -> Outcome:
    return bring_back(reader, io.BytesIO(data), NOW)


def test_a_file_written_by_hand_needs_a_kind_and_an_article(alice: Reader) -> None:
    outcome = back(alice, zipped({GOOD: note_file("Fever.\n")}))

    [used] = outcome.used
    note = Note.objects.get()
    assert (used.note, note.text, note.created_at) == (note, "Fever.\n", NOW)
    assert (note.kind, note.pmid, note.visibility) == ("pearl", 99_400_001, "private")
    assert note.review_on.year == 2028


def test_a_file_with_the_line_ends_of_windows_is_read(alice: Reader) -> None:
    file = note_file("Fever.\r\nCough.", visibility="public").replace("\n", "\r\n")
    back(alice, zipped({GOOD: file.replace("\r\r", "\r")}))

    assert Note.objects.get().text == "Fever.\r\nCough."


LEFT = {
    "../../evil.md": (note_file(), "It is none of the files of notes."),
    "/notes/x.md": (note_file(), "It is none of the files of notes."),
    "notes/../x.md": (note_file(), "It is none of the files of notes."),
    "notes\\..\\x.md": (note_file(), "It is none of the files of notes."),
    "notes/a/b.md": (note_file(), "It is none of the files of notes."),
    "notes/x.exe": (b"MZ", "It is none of the files of notes."),
    "notes/x.zip": (zipped({GOOD: note_file()}), "It is none of the files of notes."),
    "notes/pictures/../../x.png": (png(), "It is none of the files of notes."),
    "notes/pictures/x.svg": (b"<svg>", "It is none of the files of notes."),
    f"notes/pictures/{'a' * 40}.png": (png(), "No note that was brought shows it."),
    "notes/history/x.0.md": (note_file(), "Its note is not there."),
    "notes/1.md": ("", "It does not begin with lines"),
    "notes/2.md": ("Fever.", "It does not begin with lines"),
    "notes/3.md": ("---\nkind: pearl\n", "It does not begin with lines"),
    "notes/4.md": (b"\xff\xfe---", "It is no text in UTF-8."),
    "notes/5.md": (note_file(article=None), "It names no article"),
    "notes/6.md": (note_file(collection=3), "It names no article"),
    "notes/7.md": (note_file(article="two"), "“article” is no number."),
    "notes/8.md": (note_file(article="9" * 19), "“article” is a number that cannot be"),
    "notes/9.md": (note_file(article=0), "“article” is a number that cannot be"),
    "notes/10.md": (note_file(kind="poem"), "“kind” must be one of"),
    "notes/11.md": (note_file(kind=None), "“kind” must be one of"),
    "notes/12.md": (note_file(licence="mine"), "“licence” must be one of"),
    "notes/13.md": (note_file(written="yesterday"), "“written” is no moment"),
    "notes/14.md": (note_file(written="0001-01-01T00:00:00+14:00"), "“written”"),
    "notes/15.md": (note_file(written="1800-01-01"), "“written” is too long ago."),
    "notes/16.md": (note_file(review_by="2026-02-30"), "“review by” is no day"),
    "notes/17.md": (note_file(review_by="9999-01-01"), "“review by” is too far away."),
    "notes/18.md": (note_file(dialect=99), "“dialect” is a number that cannot be"),
    "notes/19.md": (note_file("x" * 301), "This is 1 character too long"),
    "notes/20.md": (note_file(" \n"), "There is nothing to read in it yet."),
    "notes/21.md": (note_file("a\0b"), "Its text has signs that no text has."),
    "notes/22.md": (note_file("x" * 200_000), "It has more than 128 KB."),
    "notes/23.md": (note_file(**{"Kind of": 1}), "“Kind of: 1” above its text"),
    "notes/24.md": (note_file(title='"open'), "The value of “title”"),
    "notes/25.md": (
        note_file(**{"conflict of interest": '"a\\nb"'}),
        "“conflict of interest” is no line",
    ),
    "notes/26.md": (note_file(article=None, collection=5), "Its collection is not"),
    "notes/27.md": (
        note_file(**{f"a{'b' * n}": n for n in range(50)}),
        "It has too many lines above its text.",
    ),
}


@pytest.mark.parametrize("name", LEFT)
def test_a_file_that_is_no_note_is_told_and_the_others_are_used(
    alice: Reader, name: str, tmp_path: Path
) -> None:
    content, reason = LEFT[name]
    before = set(tmp_path.parent.rglob("*"))

    outcome = back(alice, zipped({name: content, GOOD: note_file()}))

    [left] = outcome.left
    assert left.name == name
    assert left.reason.startswith(reason)
    assert [used.name for used in outcome.used] == [GOOD]
    assert set(tmp_path.parent.rglob("*")) == before


def test_an_earlier_text_that_is_none_keeps_its_note_out(alice: Reader) -> None:
    files = {GOOD: note_file(), "notes/history/good.0.md": "rubbish"}
    outcome = back(alice, zipped(files))

    assert [left.name for left in outcome.left] == [GOOD]
    assert not Note.objects.exists()


def test_a_picture_that_is_none_is_told_and_its_note_is_kept(alice: Reader) -> None:
    name = f"{'a' * 40}.png"
    text = f"Look: ![a plot](/media/{name})"
    files = {GOOD: note_file(text), f"notes/pictures/{name}": b"<svg onload=alert(1)>"}
    outcome = back(alice, zipped(files))

    [left] = outcome.left
    assert left.reason.startswith("This is an SVG")
    assert Note.objects.get().text == text


def whole(data: bytes) -> None:
    with pytest.raises(NoZip):
        opening.Opened(io.BytesIO(data))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"PK\x05\x06",
        b"PK\x05\x06" + bytes(18) + b"x",
        b"rubbish" * 1_000,
        zipped({GOOD: note_file()})[:-30],
        b"PK\x05\x06" + b"\xff" * 18,
    ],
)
def test_what_is_no_zip_is_told(data: bytes) -> None:
    if data == b"PK\x05\x06" + bytes(18) + b"x":
        assert list(opening.Opened(io.BytesIO(data)).notes()) == []
        return
    whole(data)


def test_a_zip_of_too_many_files_is_not_even_listed() -> None:
    listing = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 2**31, 0, 0)
    whole(listing)


def test_a_zip_of_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_FILES", 3)
    whole(zipped({f"notes/{n}.md": "" for n in range(4)}))


def test_a_large_zip_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST", 100)
    whole(zipped({GOOD: note_file()}))


def test_a_bomb_is_unpacked_no_further_than_a_note_may_be(alice: Reader) -> None:
    bomb = zipped({GOOD: bytes(300_000_000)})
    assert len(bomb) < 400_000

    tracemalloc.start()
    try:
        [left] = back(alice, bomb).left
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert left.reason == "It has more than 128 KB."
    assert most < 20_000_000


def test_many_notes_are_read_to_a_sum(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "ALL_TEXT", 150)
    files = {f"notes/{n}.md": note_file(f"Fever {n}.") for n in range(4)}
    outcome = back(alice, zipped(files))

    assert (len(outcome.used), len(outcome.left)) == (3, 1)
    assert outcome.left[0].reason.startswith("The notes before it")


def changed(data: bytes, at: int, value: int) -> bytes:
    """With one field of the first file's two heads set."""
    central = data.rfind(b"PK\x01\x02")
    made = bytearray(data)
    struct.pack_into("<H", made, at, value)
    struct.pack_into("<H", made, central + at + 2, value)
    return bytes(made)


@pytest.mark.parametrize(("at", "value"), [(6, 1), (8, 99), (8, 12)])
def test_what_is_locked_or_packed_strangely_is_told(
    alice: Reader, at: int, value: int
) -> None:
    outcome = back(alice, changed(zipped({GOOD: note_file()}), at, value))

    [left] = outcome.left
    assert left.reason.startswith("It is damaged, locked")


def test_a_file_without_a_name_is_told_and_the_others_are_used(alice: Reader) -> None:
    """zipfile cuts names at a NUL."""
    data = zipped({"Q": "a", GOOD: note_file("Fever.\n")})

    outcome = back(alice, data.replace(b"Q", b"\0"))

    assert [each.name for each in outcome.left] == [""]
    assert len(outcome.used) == 1


def test_two_files_of_one_name_are_one_note(alice: Reader) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([(GOOD, note_file("One.")), (GOOD, note_file("Two."))])

    assert len(back(alice, data).used) == 1
