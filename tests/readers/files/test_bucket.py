"""A store that is wrong or away: what is said of it, and what still works."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from made.bucket import Store
from made.loopback import free_port
from made.pictures import png
from ownjournal.cli import check
from ownjournal.notes.pictures import keeping
from ownjournal.notes.pictures.keeping import address_of, take
from ownjournal.notes.pictures.models import Picture
from ownjournal.readers.files import bucket
from ownjournal.readers.files.kept import FilesAway, files
from ownjournal.readers.leaving import erased_list, exporting
from ownjournal.readers.leaving.erasing import erase
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters, sending, sent_log
from ownjournal.site.files_url import files_storage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


def use(settings: Any, url: str | None) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": files_storage(url)}


@pytest.fixture
def used(settings: Any, empty: Store) -> Store:
    use(settings, empty.url())
    return empty


@pytest.fixture
def silent(used: Store) -> Iterator[Store]:
    """It takes questions and answers none."""
    used.halt()
    yield used
    used.go_on()


def test_the_check_says_what_is_wrong(settings: Any, empty: Store) -> None:
    place = f"127.0.0.1:{empty.port}"
    nobody = free_port()
    wrong = {
        empty.url("nowhere"): f"{place}/nowhere is no bucket there: create it, or mend"
        " FILES_URL.",
        empty.url(key="AKIANOBODY"): f"{place}/journal refuses the key of FILES_URL.",
        empty.url(secret="wrong"): f"{place}/journal refuses the key of FILES_URL.",
        f"s3+plain://a:b@127.0.0.1:{nobody}/journal": f"127.0.0.1:{nobody}/journal does"
        " not answer.",
    }
    for url, told in wrong.items():
        use(settings, url)
        assert check.file_findings() == [told]
    use(settings, empty.url())
    assert check.file_findings() == []
    assert empty.objects() == {}


def test_a_key_that_may_only_read_is_found(settings: Any, empty: Store) -> None:
    use(settings, empty.url(**empty.reading_key()))

    [told] = check.file_findings()
    assert told.startswith("The key of FILES_URL must read, write, list and delete")


def test_a_silent_store_is_left_alone_for_a_while(
    silent: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FilesAway, match="does not answer"):
        files().exists("media/x")
    asked = Counter[str]()
    monkeypatch.setattr(bucket.S3Storage, "exists", lambda *_: asked.update(["x"]))
    with pytest.raises(FilesAway, match="does not answer"):
        files().exists("media/x")
    assert not asked
    monkeypatch.setattr(files(), "_rests_until", 0.0)
    files().exists("media/x")
    assert asked["x"] == 1


def test_a_picture_lies_in_the_bucket_and_goes_with_its_reader(
    client: Client, used: Store, alice: Reader
) -> None:
    picture = take(alice, png(), NOW)
    place = keeping.place_of(picture.name)
    assert used.objects()[place].startswith(b"\x89PNG")
    client.force_login(alice)
    assert client.get(address_of(picture)).content == used.objects()[place]

    erase(alice)

    assert [name.partition(".")[0] for name in used.objects()] == ["erased/readers"]
    assert client.get(address_of(picture)).status_code == 404


def test_a_reader_erased_stays_so_on_a_machine_that_knows_the_bucket_alone(
    used: Store, alice: Reader, settings: Any, tmp_path_factory: Any
) -> None:
    there_again = Reader(pk=alice.pk, email=alice.email, created_at=alice.created_at)
    erase(alice)
    there_again.save(force_insert=True)

    settings.DATA_DIR = tmp_path_factory.mktemp("another machine")
    assert erased_list.come_back() == [(there_again, False)]


def test_an_export_made_here_is_fetched_elsewhere(
    client: Client, used: Store, alice: Reader, settings: Any, tmp_path_factory: Any
) -> None:
    export = exporting.ask(alice, timezone.now())
    settings.DATA_DIR = tmp_path_factory.mktemp("another machine")

    place = exporting.file_of(export, timezone.now())
    assert place is not None
    with files().open(place) as file:
        assert file.read(2) == b"PK"
    assert len(used.objects()[place]) == export.size
    exporting.forget(alice)
    assert used.objects() == {}


def test_files_of_no_row_go_after_a_day(
    used: Store, alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keeping.place_of(take(alice, png(), NOW).name)
    lost = keeping.place_of("ab" * 20 + ".png")
    files().put(lost, b"lost")
    now = datetime.now(UTC)

    keeping.forget_files(now)
    assert used.objects().keys() == {kept, lost, keeping.SWEPT}
    keeping.forget_files(now + 2 * keeping.UNUSED)
    assert used.objects().keys() == {kept, keeping.SWEPT}


def test_while_it_is_away_a_picture_is_503_and_an_upload_says_so(
    client: Client, used: Store, alice: Reader
) -> None:
    picture = take(alice, png(), NOW)
    client.force_login(alice)
    used.halt()
    try:
        shown = client.get(address_of(picture))
        file = SimpleUploadedFile("x.png", png((61, 40)), "image/png")
        brought = client.post("/notes/pictures", {"picture": file, "alt": "A plot"})
        seen = client.get("/account")
    finally:
        used.go_on()

    assert shown.status_code == 503
    assert shown["Cache-Control"] == "no-store"
    assert "cannot be reached at the moment" in shown.text
    assert (brought.status_code, brought.json()) == (422, {"problem": keeping.AWAY})
    assert seen.status_code < 400
    assert [each.name for each in Picture.objects.all()] == [picture.name]


def test_nobody_is_erased_before_that_can_be_written_down(
    silent: Store, alice: Reader
) -> None:
    with pytest.raises(FilesAway):
        erase(alice)
    assert Reader.objects.filter(pk=alice.pk).exists()


def test_only_urgent_mail_leaves_while_it_is_away(
    silent: Store, alice: Reader, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent_log.of_place.cache_clear()
    mail = letters.Mail(subject="Hello", text="Hello")
    monkeypatch.setattr(letters, "MAKERS", {})
    monkeypatch.setattr(sending.claims, "MAKERS", letters.MAKERS)
    letters.MAKERS["greeting"] = letters.MAKERS["leaving"] = lambda _: mail
    letters.put("greeting", "1", reader=alice)

    assert sending.send_due(NOW, lambda: False) == {}
    letters.put("leaving", "1", reader=alice)
    assert sending.send_due(NOW, lambda: False) == {"sent": 1}
