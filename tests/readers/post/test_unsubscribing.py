"""One click stops the mails, and nothing else does."""

from typing import Any

import pytest
from django.test import Client

from ownjournal.readers.models import Reader
from ownjournal.readers.post import returned
from ownjournal.readers.post.models import Suppression
from ownjournal.readers.post.unsubscribing import unsubscribe_address
from readers.post.conftest import NOW

ONE_CLICK = "List-Unsubscribe=One-Click"
MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
    b"One-Click\r\n--x--\r\n"
)
BODIES = [
    (ONE_CLICK, "application/x-www-form-urlencoded"),
    (MULTIPART, "multipart/form-data; boundary=x"),
    (b"--torn", "multipart/form-data; boundary=x"),
    (b"", "text/plain"),
    (b"\xff\0", "application/json"),
]


@pytest.fixture
def path(alice: Reader, settings: Any) -> str:
    return unsubscribe_address(alice).removeprefix(settings.SITE_URL)


def mails(reader: Reader) -> bool:
    return Reader.objects.get(pk=reader.pk).mails_issues


@pytest.mark.parametrize(("body", "kind"), BODIES)
def test_a_mail_program_s_post_acts_once_and_for_all(
    alice: Reader, path: str, body: Any, kind: str
) -> None:
    """Without a cookie, a login or a token of ours in the form (RFC 8058)."""
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = program.post(path, body, content_type=kind)

        assert answer.status_code == 200
        assert not answer.cookies
        assert not mails(alice)


def test_opening_the_link_changes_nothing(alice: Reader, path: str) -> None:
    """Scanners of mail open every link there is."""
    client = Client()
    for asked in (client.get(path), client.head(path), client.options(path)):
        assert asked.status_code in (200, 405)
        assert not asked.cookies
    page = client.get(path).content.decode()

    assert mails(alice)
    assert "Nothing has changed yet" in page
    assert '<form method="post">' in page
    assert "interests, notes and saved articles are kept" in page


def test_everybody_gets_the_same_answer(
    alice: Reader, path: str, settings: Any
) -> None:
    other = Reader.objects.create_reader("bob@merrow.test")
    gone = unsubscribe_address(other).removeprefix(settings.SITE_URL)
    other.delete()
    forged = [path[:-1], f"{path}x", path.replace("/1.", "/2."), "/unsubscribe/1"]
    client = Client()

    right = client.post(path)
    for each in (gone, *forged, "/unsubscribe/%00", "/unsubscribe/" + "9" * 500):
        wrong = client.post(each)
        assert wrong.status_code == 200
        assert wrong.content == right.content


def test_a_forged_link_stops_nobody_s_mails(alice: Reader, path: str) -> None:
    signature = path.rpartition(".")[2]
    other = Reader.objects.create_reader("bob@merrow.test")

    Client().post(f"/unsubscribe/{other.pk}.{signature}")

    assert mails(other)


def test_the_link_signs_nobody_in(path: str) -> None:
    client = Client()
    client.post(path)

    assert client.get("/mail").status_code == 302


def test_the_mails_can_be_had_back_and_stopped(alice: Reader, path: str) -> None:
    client = Client()
    client.post(path)
    client.force_login(alice)

    assert "Mail me again" in client.get("/mail").content.decode()
    assert client.post("/mail", {"issues": "yes"}).status_code == 302
    assert mails(alice)
    assert "Stop the mails" in client.get("/mail").content.decode()
    client.post("/mail", {"issues": "no"})
    assert not mails(alice)


def test_a_reader_whom_mail_does_not_reach_is_told_and_can_lift_it(
    alice: Reader,
) -> None:
    said = "550 5.1.1 <b>no</b> such user"
    Suppression.objects.create(reader=alice, reason="hard", said=said, since_at=NOW)
    client = Client()
    client.force_login(alice)

    page = client.get("/mail").content.decode()
    assert "No such mailbox since 30 November 2026" in page
    assert "&lt;b&gt;no&lt;/b&gt; such user" in page

    client.post("/mail", {"issues": "yes"})
    assert not Suppression.objects.exists()
    assert mails(alice)


def test_the_operator_lifts_it_too(alice: Reader) -> None:
    row = Suppression.objects.create(
        reader=alice, reason="hard", said="no", since_at=NOW
    )
    desk = Reader.objects.create_reader("desk@merrow.test", is_operator=True)
    client = Client()
    client.force_login(desk)

    assert b"alice@merrow.test" in client.get("/admin/post/suppression/").content
    for page in ("letter", "trouble"):
        assert client.get(f"/admin/post/{page}/").status_code == 200
    client.post(f"/admin/post/suppression/{row.pk}/delete/", {"post": "yes"})

    assert not Suppression.objects.exists()
    returned.lift(alice)  # again is no fault
