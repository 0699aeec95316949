"""What was mailed since a backup is not mailed again by the site it was put back to."""

from pathlib import Path

import pytest

from made.backups import Site

pytestmark = pytest.mark.slow
PUT = """
import django; django.setup()
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
for name in ("ada", "bo"):
    reader = Reader.objects.create_reader(f"{name}@merrow.test")
    letters.put("leaving", f"key-of-{name}", reader=reader)
"""


def mails(site: Site) -> list[str]:
    folder = site.folder / "outbox"
    return sorted(path.read_text() for path in folder.glob("*.eml"))


@pytest.fixture
def put_back(tmp_path: Path) -> tuple[Site, Path]:
    """A site with two letters to send, and its backup of before they left."""
    site = Site(tmp_path / "data", None)
    site.migrate()
    site.python(PUT)
    site.ownjournal("backup", tmp_path / "out")
    [path] = (tmp_path / "out").iterdir()
    site.ownjournal("send")
    assert len(mails(site)) == 2
    return site, path


def test_what_has_left_is_not_sent_again(put_back: tuple[Site, Path]) -> None:
    site, path = put_back
    site.ownjournal("restore", path, "--replace")

    site.ownjournal("send")

    assert mails(site) == []
    states = {(row[1], row[5]) for row in site.tables()["post_letter"]}
    assert {kind for kind, _ in states} == {"leaving"}


def test_the_same_on_another_machine_that_got_the_list(
    put_back: tuple[Site, Path], tmp_path: Path
) -> None:
    old, path = put_back
    new = Site(tmp_path / "new", None)
    (new.folder / "sent").mkdir(parents=True)
    for log in (old.folder / "sent").iterdir():
        (new.folder / "sent" / log.name).write_bytes(log.read_bytes())
    new.ownjournal("restore", path)

    new.ownjournal("send")

    assert mails(new) == []


def test_without_the_list_they_are_sent(
    put_back: tuple[Site, Path], tmp_path: Path
) -> None:
    """The control: there are letters to send."""
    new = Site(tmp_path / "new", None)
    new.ownjournal("restore", put_back[1])

    new.ownjournal("send")

    assert len(mails(new)) == 2
