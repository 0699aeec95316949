"""The tar of a backup: other programs read it, and no change to it goes unseen."""

import hashlib
import io
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownjournal.site.backups import container
from ownjournal.site.backups.container import SUMS, Writer
from ownjournal.site.backups.problem import BackupProblem

PARTS = {"manifest.json": b"{}\n", "media/a1/x.png": b"\x89PNG" * 400, "sent/a": b""}


def made(parts: dict[str, bytes] = PARTS) -> bytes:
    out = io.BytesIO()
    writer = Writer(out)
    for name, data in parts.items():
        writer.add_bytes(name, data, 1_700_000_000)
    writer.close(1_700_000_000)
    return out.getvalue()


def read(data: bytes, into: Path | None = None) -> dict[str, str]:
    return container.read(io.BytesIO(data), into, lambda first: None)


def tar_of(*members: tarfile.TarInfo) -> bytes:
    """A tar of someone else's, with right sums where members have names of files."""
    out = io.BytesIO()
    empty = hashlib.sha256().hexdigest()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for each in members:
            tar.addfile(each)
        sums = "".join(f"{empty}  {each.name}\n" for each in members).encode()
        info = tarfile.TarInfo(SUMS)
        info.size = len(sums)
        tar.addfile(info, io.BytesIO(sums))
    return out.getvalue()


def test_parts_come_out_as_they_went_in(tmp_path: Path) -> None:
    first = []
    container.read(io.BytesIO(made()), tmp_path, first.append)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    found = {str(path.relative_to(tmp_path)): path.read_bytes() for path in files}
    assert found == PARTS
    assert first == [b"{}\n"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="coreutils are not here")
def test_tar_and_sha256sum_read_it_without_ownjournal(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(made())

    subprocess.run(["tar", "xf", "a.tar"], cwd=tmp_path, check=True)
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", SUMS], cwd=tmp_path, capture_output=True
    )

    assert checked.returncode == 0
    assert checked.stdout.count(b": OK") == len(PARTS)


def test_what_is_appended_to_a_file_meanwhile_is_left_out(tmp_path: Path) -> None:
    class Growing(io.BytesIO):
        """Whatever is written to it, the file grows."""

        def write(self, data: bytes, /) -> int:  # type: ignore[override]
            with (tmp_path / "log").open("ab") as log:
                log.write(b"more\n")
            return super().write(data)

    (tmp_path / "log").write_bytes(b"line\n" * 5_000)
    out = Growing()
    writer = Writer(out)
    writer.add("sent/log", tmp_path / "log")
    writer.close(0)

    sums = read(out.getvalue())
    assert set(sums) == {"sent/log"}


@given(st.data())
@settings(max_examples=200)
def test_a_changed_byte_of_any_part_is_noticed(data: st.DataObject) -> None:
    whole = made()
    at = whole.index(b"\x89PNG") + data.draw(st.integers(0, 1599))
    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]

    with pytest.raises(BackupProblem, match="x.png is not what was written"):
        read(changed)


def test_every_cut_before_the_end_is_noticed() -> None:
    whole = made()
    sums = whole.index(b"  sent/a\n") + len(b"  sent/a\n")

    for end in [*range(0, sums, 97), sums - 1]:
        with pytest.raises(BackupProblem):
            read(whole[:end])


def test_something_after_the_end_is_noticed() -> None:
    with pytest.raises(BackupProblem, match="something follows"):
        read(made() + b"\0" * 20_000 + b"x")


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "media/../../up", "a\\b"])
def test_a_part_that_would_land_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    data = tar_of(tarfile.TarInfo("manifest.json"), tarfile.TarInfo(name))

    with pytest.raises(BackupProblem, match="it has a part"):
        read(data, tmp_path / "in")
    assert not (tmp_path / "up").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    odd = tarfile.TarInfo("media/a")
    odd.type, odd.linkname = kind, "/etc/passwd"

    with pytest.raises(BackupProblem, match="it has a part 'media/a'"):
        read(tar_of(tarfile.TarInfo("manifest.json"), odd), tmp_path)


def test_a_part_that_comes_twice_is_refused() -> None:
    with pytest.raises(BackupProblem, match="it has a part 'a'"):
        read(tar_of(tarfile.TarInfo("a"), tarfile.TarInfo("a")))


@pytest.mark.parametrize("data", [b"", b"no tar", b"\0" * 20_000, b"x" * 2_000])
def test_what_is_no_backup_is_refused(data: bytes) -> None:
    with pytest.raises(BackupProblem):
        read(data)


def head(name: str, kind: bytes, size: int) -> io.BytesIO:
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return io.BytesIO(info.tobuf() + b"1" * 100_000)


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("manifest.json", tarfile.REGTYPE, "is too large"),
        (SUMS, tarfile.REGTYPE, "is too large"),
        ("a", tarfile.XHDTYPE, "a name in it is too long"),
        ("a", tarfile.XGLTYPE, "a name in it is too long"),
        ("a", tarfile.GNUTYPE_LONGNAME, "a name in it is too long"),
    ],
)
def test_what_would_be_kept_in_memory_is_bounded(
    name: str, kind: bytes, said: str
) -> None:
    with pytest.raises(BackupProblem, match=said):
        container.read(head(name, kind, 2_000_000_000), None, lambda data: None)
