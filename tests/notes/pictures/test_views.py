"""Pictures at their addresses, and how they come there."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from made.pictures import png
from ownjournal.notes.models import Note
from ownjournal.notes.pictures import bringing
from ownjournal.notes.pictures.bringing import bring, markdown
from ownjournal.notes.pictures.cleaning import LARGEST, TOO_LARGE
from ownjournal.notes.pictures.keeping import address_of, take
from ownjournal.notes.pictures.models import Picture
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


def a_note(author: Reader | None, text: str, **facts: Any) -> Note:
    return Note.objects.create(
        author=author,
        text=text,
        kind="comment",
        pmid=99_400_001,
        created_at=NOW,
        review_on=date(2028, 11, 30),
        **facts,
    )


def upload(data: bytes = b"", **fields: str) -> dict[str, Any]:
    file = SimpleUploadedFile("x.png", data or png(), "text/html")
    return {"picture": file, "alt": "A forest plot", **fields}


@pytest.fixture
def picture(alice: Reader) -> Picture:
    return take(alice, png(), NOW)


def status(client: Client, picture: Picture, who: Reader | None = None) -> int:
    client.logout()
    if who is not None:
        client.force_login(who)
    return client.get(address_of(picture)).status_code


def test_a_picture_is_served_as_one_and_never_as_a_page(
    client: Client, alice: Reader, picture: Picture
) -> None:
    client.force_login(alice)
    answer = client.get(address_of(picture))

    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.content.startswith(b"\x89PNG")


def test_a_picture_is_seen_by_whoever_sees_a_note_with_it(
    client: Client, alice: Reader, bob: Reader, picture: Picture
) -> None:
    assert [status(client, picture, who) for who in (alice, bob, None)] == [
        200,
        404,
        404,
    ]
    note = a_note(alice, f"![x]({address_of(picture)})")
    assert status(client, picture, bob) == 404
    Note.objects.filter(pk=note.pk).update(visibility="public")
    assert [status(client, picture, who) for who in (alice, bob, None)] == [200] * 3
    Note.objects.filter(pk=note.pk).update(hidden_at=NOW)
    assert [status(client, picture, who) for who in (alice, bob, None)] == [
        200,
        404,
        404,
    ]


def test_a_picture_of_a_public_earlier_text_is_seen_in_the_history(
    client: Client, alice: Reader, picture: Picture
) -> None:
    note = a_note(alice, "Without it now.", visibility="public")
    earlier = note.versions.create(
        number=0,
        kind="comment",
        text=f"![x]({address_of(picture)})",
        dialect=1,
        replaced_at=NOW,
    )
    assert status(client, picture) == 404

    earlier.visibility = "public"
    earlier.save()
    assert status(client, picture) == 200


def test_writing_anothers_address_into_a_note_shows_nothing(
    client: Client, bob: Reader, picture: Picture
) -> None:
    a_note(bob, f"![x]({address_of(picture)})", visibility="public")

    assert status(client, picture, bob) == 404


def test_a_former_readers_picture_is_shown_with_the_note(
    client: Client, alice: Reader, picture: Picture
) -> None:
    a_note(None, f"![x]({address_of(picture)})", visibility="public")
    assert status(client, picture) == 404

    Picture.objects.update(reader=None)
    assert status(client, picture) == 200


@pytest.mark.parametrize(
    "path", ["x.png", "../secret_key", "%2e%2e/secret_key", "a" * 40 + ".svg", ""]
)
def test_there_is_nothing_else_below_media(client: Client, db: None, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_a_script_gets_what_is_to_be_written(client: Client, alice: Reader) -> None:
    client.force_login(alice)
    answer = client.post("/notes/pictures", upload(picture_title="Fig. 2"))

    [picture] = Picture.objects.all()
    written = f'![A forest plot]({address_of(picture)} "Fig. 2")'
    assert answer.json() == {"written": written}


def test_a_script_is_told_why_not(client: Client, alice: Reader) -> None:
    assert client.post("/notes/pictures", upload()).status_code == 401
    client.force_login(alice)
    answer = client.post("/notes/pictures", upload(b"<svg onload='alert(1)'>"))

    assert answer.status_code == 422
    assert answer.json()["problem"].startswith("This is an SVG")
    assert client.post("/notes/pictures", {"alt": "x"}).json() == {
        "problem": bringing.NONE_CHOSEN
    }
    assert client.get("/notes/pictures").status_code == 405


def test_61_pictures_an_hour_are_too_many(
    client: Client, alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = bringing.Limit("pictures", 1, 3600)
    monkeypatch.setattr(bringing, "AN_HOUR", limit)
    client.force_login(alice)
    assert client.post("/notes/pictures", upload()).status_code == 200

    problem = client.post("/notes/pictures", upload()).json()["problem"]
    assert problem == bringing.TOO_MANY.format(minutes=60)


def test_no_other_site_can_bring_a_picture(client: Client, alice: Reader) -> None:
    client.force_login(alice)
    answer = client.post(
        "/notes/pictures", upload(), headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403
    assert not Picture.objects.exists()


def test_what_is_larger_than_the_site_has_room_for_is_not_read(
    client: Client, alice: Reader, settings: Any
) -> None:
    settings.LARGEST_UPLOAD = 100
    client.force_login(alice)

    assert client.post("/notes/pictures", upload()).status_code == 400


def test_of_a_picture_that_is_too_large_nothing_is_kept_and_no_text_is_lost(
    alice: Reader,
) -> None:
    large = upload(b"\x89PNG" + bytes(LARGEST))

    request = request_of(alice, large | {"text": "Look at this:"})
    got = bring(request, request.POST["text"])

    assert not request.FILES
    assert got == ("Look at this:", TOO_LARGE)


def request_of(reader: Reader, fields: dict[str, Any]) -> Any:
    request = RequestFactory().post("/", fields)
    request.user = reader
    return request


def test_without_a_script_the_picture_stands_behind_the_text(alice: Reader) -> None:
    got = bring(request_of(alice, upload()), "Look at this:\r\n")

    [picture] = Picture.objects.all()
    shown = f"![A forest plot]({address_of(picture)})"
    assert got == (f"Look at this:\n\n{shown}\n", None)
    assert bring(request_of(alice, upload()), "") == (f"{shown}\n", None)


def test_without_a_script_no_text_is_lost(alice: Reader) -> None:
    got = bring(request_of(alice, upload(b"%PDF-1.4")), "Look at this: ")

    assert got.text == "Look at this: "
    assert got.problem is not None
    assert got.problem.startswith("This is a PDF")


def test_a_picture_without_a_word_of_what_it_shows_asks_for_it(alice: Reader) -> None:
    got = bring(request_of(alice, upload(alt=" ")), "Look:")

    assert "![](/media/" in got.text
    assert got.problem == bringing.TELL


def test_what_it_shows_and_its_title_cannot_break_out(picture: Picture) -> None:
    written = markdown(picture, "a](javascript:1)\n[b`*<img>\\", 'say "no")\x00')

    address = address_of(picture)
    assert written == f'![a)(javascript:1) (bimg]({address} "say ”no”)")'
