"""Bounces handed to the command, in every form that mail is kept in."""

import mailbox
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ownjournal.cli.main import cli
from ownjournal.readers.models import Reader
from ownjournal.readers.post.identity import message_id
from ownjournal.readers.post.letters import put
from ownjournal.readers.post.models import Bounce, Letter, Suppression, Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def bounces() -> list[bytes]:
    """Of two readers' letters."""
    found = []
    for name in ("ada", "bob"):
        reader = Reader.objects.create_reader(f"{name}@merrow.test")
        put("greeting", name, reader=reader)
        letter = Letter.objects.get(key=name)
        found.append(
            f"From: MAILER-DAEMON@merrow.test\nX-Failed-Recipients: {reader.email}\n"
            "Subject: Mail delivery failed\n\n550 5.1.1 no such user\n"
            f"Message-ID: {message_id(letter)}\n".encode()
        )
    return found


def read(*words: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["bounces", *map(str, words)], input=given)


def test_a_message_is_read_from_the_standard_input(bounces: list[bytes]) -> None:
    told = read(given=bounces[0])

    assert (told.exit_code, told.output) == (0, "1 hard\n")
    assert Suppression.objects.get().reader.email == "ada@merrow.test"
    assert read("-", given=bounces[0]).output == "1 known\n"
    assert read("-", given=b"Subject: Hello\n\nHello").output == "1 not ours\n"


def test_a_mailbox_and_a_folder_are_read_and_left_as_they_are(
    bounces: list[bytes], tmp_path: Path
) -> None:
    box = mailbox.mbox(tmp_path / "box")
    folder = mailbox.Maildir(tmp_path / "folder")
    for each in bounces:
        box.add(each)
        folder.add(each)
    box.add(b"Subject: Hello\n\nHello")
    box.close()
    before = (tmp_path / "box").read_bytes()

    assert read(tmp_path / "box").output == "2 hard, 1 not ours\n"
    assert read(tmp_path / "folder").output == "2 known\n"

    assert (tmp_path / "box").read_bytes() == before
    assert len(folder) == 2
    assert Bounce.objects.count() == 2


def test_a_file_with_one_message_is_read(bounces: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "bounce.eml"
    path.write_bytes(bounces[1])

    assert read(path).output == "1 hard\n"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    told = read(tmp_path / "nothing")

    assert told.exit_code == 1
    assert "cannot be read" in told.output


def test_sending_goes_on_when_the_operator_says_so(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    now = datetime.now(UTC)
    Trouble.objects.create(kind="refused", said="5 of 5", since_at=now)
    runner = CliRunner()

    assert "send --resume" in runner.invoke(cli, ["send"]).output
    told = runner.invoke(cli, ["send", "--resume"])

    assert (told.exit_code, told.output) == (0, "Nothing was sent.\n")
    assert not Trouble.objects.exists()
