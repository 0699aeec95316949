"""Machines that share a bucket: pictures, erasure, backup and restore of the site."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from made.backups import Site
from made.bucket import Store, store
from made.served import served

pytestmark = pytest.mark.slow
BRING = """
import django, sys; django.setup()
from datetime import date
from django.utils import timezone
from made.pictures import png
from ownjournal.notes.models import Note
from ownjournal.notes.pictures.keeping import address_of, take
from ownjournal.readers.models import Reader
now = timezone.now()
for number, name in enumerate(("ada", "bo")):
    reader = Reader.objects.create_reader(f"{name}@merrow.test")
    address = address_of(take(reader, png((60 + number, 40)), now))
    Note.objects.create(
        author=reader, text=f"![A plot]({address})", kind="comment", pmid=99_400_001,
        created_at=now, review_on=date(2028, 11, 30), visibility="public")
    print(address)
"""
ERASE = """
import django; django.setup()
from ownjournal.readers.leaving.erasing import erase
from ownjournal.readers.models import Reader
erase(Reader.objects.get(email="ada@merrow.test"))
"""
READERS = """
import django; django.setup()
from ownjournal.readers.models import Reader
print(*Reader.objects.values_list("email", flat=True))
"""


@pytest.fixture
def shared() -> Iterator[Store]:
    with store() as made:
        yield made


def brought(site: Site) -> list[str]:
    """Addresses of the pictures of ada and bo."""
    site.migrate()
    return re.findall(r"/media/\S+", site.python(BRING))


def seen(address: str) -> httpx.Response:
    return httpx.get(address, timeout=60, trust_env=False)


def test_what_one_process_keeps_another_shows_and_erases(
    postgresql: str, shared: Store, tmp_path: Path
) -> None:
    one = Site(tmp_path / "one", postgresql, FILES_URL=shared.url(), SECRET_KEY="same")
    other = Site(tmp_path / "two", None, FILES_URL=shared.url(), SECRET_KEY="same")
    adas, bos = brought(one)
    other.url = one.url

    with served(one) as here, served(other) as there:
        for address in (adas, bos):
            pictures = [seen(each + address) for each in (here, there)]
            assert [each.status_code for each in pictures] == [200, 200]
            assert pictures[0].content == pictures[1].content
        other.python(ERASE)
        assert [seen(each + adas).status_code for each in (here, there)] == [
            404,
            404,
        ]
        assert seen(here + bos).status_code == 200
        shared.end()
        assert seen(there + bos).status_code == 503
        assert "A plot" in seen(f"{there}/notes/2").text

    kept = [path.name for path in tmp_path.glob("*/media")]
    assert kept == []


def test_a_backup_brings_a_site_into_a_bucket_and_out_of_it(
    shared: Store, tmp_path: Path
) -> None:
    old = Site(tmp_path / "old", None, SECRET_KEY="same")
    brought(old)
    pictures = {k: v for k, v in old.files().items() if k.startswith("media/")}
    old.ownjournal("backup", tmp_path / "out")
    new = Site(tmp_path / "new", None, FILES_URL=shared.url(), SECRET_KEY="same")
    [path] = (tmp_path / "out").iterdir()
    new.ownjournal("restore", path)
    assert pictures.items() <= shared.objects().items()
    new.ownjournal("backup", tmp_path / "again")

    new.python(ERASE)
    shared.clear(keeping="erased/")
    [path] = (tmp_path / "again").iterdir()
    new.ownjournal("restore", path, "--replace")

    assert new.python(READERS).split() == ["bo@merrow.test"]  # the bucket's list knew
    kept = shared.objects()
    assert len(pictures.items() & kept.items()) == 1
    back = Site(tmp_path / "back", None, SECRET_KEY="same")
    back.ownjournal("restore", path)
    assert pictures.items() <= back.files().items()
    shared.end()
    said = new.ownjournal("backup", tmp_path / "third", code=1)
    assert "No backup was made. 127.0.0.1" in said
    assert list((tmp_path / "third").iterdir()) == []
