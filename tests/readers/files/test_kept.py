"""What is promised of kept files holds in a folder and in a bucket."""

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile, File

from made.bucket import Store
from ownjournal.readers.files import bucket
from ownjournal.readers.files.folder import FolderFiles
from ownjournal.readers.files.kept import KeptFiles, files
from ownjournal.site.files_url import files_storage


@pytest.fixture(params=["a folder", "a bucket", "a folder of a bucket"])
def kept(request: pytest.FixtureRequest, settings: Any) -> KeptFiles:
    url = None
    if request.param != "a folder":
        empty: Store = request.getfixturevalue("empty")
        url = empty.url() + ("&folder=a/b" if "of" in request.param[8:] else "")
    settings.STORAGES = {**settings.STORAGES, "default": files_storage(url)}
    return files()


def names(kept: KeptFiles, folder: str) -> list[str]:
    return [each.name for each in kept.listed(folder)]


def test_what_is_put_can_be_got_listed_and_deleted(kept: KeptFiles) -> None:
    kept.put("media/ab/x.png", b"one")
    kept.save("media/cd/y.png", ContentFile(b"second"))
    kept.put("media2/z.png", b"")

    assert kept.get("media/ab/x.png") == b"one"
    found = list(kept.listed("media"))
    assert [(each.name, each.size) for each in found] == [
        ("media/ab/x.png", 3),
        ("media/cd/y.png", 6),
    ]
    assert abs(found[0].modified_at - datetime.now(UTC)) < timedelta(hours=1)
    kept.delete("media/ab/x.png")
    kept.delete("media/ab/x.png")
    assert names(kept, "media") == ["media/cd/y.png"]
    assert not kept.exists("media/ab/x.png")


def test_what_is_put_again_takes_the_place_of_the_first(kept: KeptFiles) -> None:
    kept.put("media/ab/x.png", b"one")
    kept.put("media/ab/x.png", b"two")

    assert kept.get("media/ab/x.png") == b"two"
    assert names(kept, "media") == ["media/ab/x.png"]


def test_what_is_not_there_is_not_found(kept: KeptFiles) -> None:
    with pytest.raises(FileNotFoundError):
        kept.get("media/ab/x.png")
    assert names(kept, "media") == []


def test_nothing_is_kept_outside_of_it(kept: KeptFiles) -> None:
    for name in ("../x", "media/../../x", "/etc/x"):
        with pytest.raises(SuspiciousOperation):
            kept.put(name, b"x")


def test_lines_are_added_by_many_and_lost_by_none(
    kept: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "MOST_LINES", 3)
    for number in range(4):
        kept.append("sent/2026-11-30.log", f"day one {number}")
    kept.append("sent/2026-12-01.log", "day two")
    monkeypatch.setattr(bucket.os, "getpid", lambda: -1)  # forked off from it
    kept.append("sent/2026-12-01.log", "another's")

    found = {name: kept.get(name).decode().split("\n") for name in names(kept, "sent")}
    assert all(each[-1] == "" for each in found.values())
    lines = sorted(line for each in found.values() for line in each if line)
    assert lines == [
        "another's",
        *(f"day one {number}" for number in range(4)),
        "day two",
    ]
    assert {name[:15] for name in found} == {"sent/2026-11-30", "sent/2026-12-01"}
    assert all(name.endswith(".log") for name in found)


def test_a_line_waits_for_the_disk_unless_that_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[int] = []
    monkeypatch.setattr(os, "fsync", waits.append)

    FolderFiles().append("sent/2026-11-30.log", "mailed", synced=False)
    assert waits == []
    FolderFiles().append("erased/readers", "gone")
    assert len(waits) == 1


def test_files_of_a_folder_are_their_owners_alone(tmp_path: Path) -> None:
    kept = FolderFiles()
    kept.put("media/ab/x.png", b"x")
    kept.append("erased/readers", "x")

    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*/*")} == {
        0o600,
        0o700,
    }
    assert (tmp_path / "erased" / "readers").read_bytes() == b"x\n"


def test_a_file_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    class Breaks(File):  # type: ignore[type-arg]
        def chunks(self, chunk_size: int | None = None) -> Any:
            yield b"half"
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        FolderFiles().save("media/ab/x.png", Breaks(BytesIO()))
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
