"""Pictures from elsewhere: copied once from the public Internet, or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from made.library_server import LibraryServer
from made.pictures import png
from ownjournal.notes.pictures import copying
from ownjournal.notes.pictures.copying import copy
from ownjournal.notes.pictures.keeping import address_of
from ownjournal.notes.pictures.models import Picture
from ownjournal.readers.institutions.asking import Asker
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wished(settings: Any) -> None:
    settings.NOTE_REMOTE_PICTURES = True


@pytest.fixture
def server() -> Iterator[LibraryServer]:
    with LibraryServer() as running:
        running.files["/plot.png"] = png()
        yield running


def test_a_picture_is_copied_once_and_the_note_shows_the_copy(
    server: LibraryServer, alice: Reader
) -> None:
    address = server.address("/plot.png")
    text = f'![a plot]({address} "Fig. 1") and ![again]({address}), [not]({address})'

    copied = copy(alice, text, NOW, asker=server.asker())

    [picture] = Picture.objects.all()
    assert picture.copied_from == address
    here = address_of(picture)
    assert copied == (
        f'![a plot]({here} "Fig. 1") and ![again]({here}), [not]({address})',
        (),
    )
    assert len(server.asked) == 1


def test_nothing_is_asked_for_unless_the_operator_wishes_it(
    server: LibraryServer, alice: Reader, settings: Any
) -> None:
    settings.NOTE_REMOTE_PICTURES = False
    text = f"![a plot]({server.address('/plot.png')})"

    assert copy(alice, text, NOW, asker=server.asker()) == (text, ())
    assert server.asked == []


WITHIN = (
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://224.0.0.1/",
    "https://localhost/",
)


@pytest.mark.parametrize("address", WITHIN)
def test_nothing_within_is_ever_asked(alice: Reader, address: str) -> None:
    """The system's own look-up knows decimal and hex addresses."""
    asker = Asker(seconds=2.0)
    text = f"![x]({address})"
    copied = copy(alice, text, NOW, asker=asker)
    asker.close()

    assert copied.text == text
    [problem] = copied.problems
    refused = ("not on the public Internet", "was not found", "is no address")
    assert any(each in problem for each in refused)


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "//127.0.0.1:6379/",
        "http://[::ffff:127.0.0.1]/",
        "http://0x7f.1/",
        "/api/logout",
        "/unsubscribe?token=1",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "gopher://127.0.0.1:6379/_",
    ],
)
def test_what_is_no_https_address_is_left_as_typed(alice: Reader, address: str) -> None:
    assert copy(alice, f"![x]({address})", NOW) == (f"![x]({address})", ())


def test_one_address_within_among_public_ones_is_enough_to_refuse(
    alice: Reader,
) -> None:
    asker = Asker(look_up=lambda host, port: ["93.184.216.34", "10.0.0.1"])
    copied = copy(alice, "![x](https://rebind.test/a.png)", NOW, asker=asker)
    asker.close()

    [problem] = copied.problems
    assert "rebind.test is not on the public Internet" in problem


def test_a_redirect_is_judged_like_the_first_address(
    server: LibraryServer, alice: Reader
) -> None:
    """302 leads to http on 127.0.0.1, which a guard of the first address misses."""
    text = f"![x]({server.address('/302/a.png')})"
    copied = copy(alice, text, NOW, asker=server.asker())

    assert copied.text == text
    assert "no plain https address" in copied.problems[0]


def test_a_redirect_to_a_picture_is_followed_but_not_for_ever(
    server: LibraryServer, alice: Reader
) -> None:
    server.onward["/301/old.png"] = "/plot.png"
    server.onward["/302/round"] = "/302/round"
    asker = server.asker()

    followed = copy(alice, f"![x]({server.address('/301/old.png')})", NOW, asker=asker)
    round_ = copy(alice, f"![x]({server.address('/302/round')})", NOW, asker=asker)

    assert followed.problems == ()
    assert "status 302" in round_.problems[0]
    assert len(server.asked) == 2 + 1 + copying.REDIRECTS


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/404", "status 404"),
        ("/huge", "longer than"),
        ("/slow", "did not answer"),
        ("/silent", "did not answer"),
        ("/cut", ""),
        ("/page.png", "This is a page"),
    ],
)
def test_a_server_that_sends_no_picture_in_time_gets_none_shown(
    server: LibraryServer, alice: Reader, path: str, reason: str
) -> None:
    server.files["/page.png"] = b"<!doctype html><script>alert(1)</script>"
    text = f"![x]({server.address(path)})"

    copied = copy(alice, text, NOW, asker=server.asker(seconds=0.5))

    assert copied.text == text
    assert reason in copied.problems[0]
    assert server.sent < 50_000_000
    assert not Picture.objects.exists()


def test_no_more_than_five_are_copied_at_one_time(
    server: LibraryServer, alice: Reader
) -> None:
    text = " ".join(f"![x]({server.address(f'/{n}.png')})" for n in range(7))
    for number in range(7):
        server.files[f"/{number}.png"] = png((60 + number, 40))

    copied = copy(alice, text, NOW, asker=server.asker())

    assert len(server.asked) == copying.MOST
    assert copied.text.count("/media/") == copying.MOST
    assert copied.problems == ("Some pictures were not copied; save again to go on.",)


@pytest.mark.parametrize(
    "text",
    [
        r"\![x](https://merrow.test/a.png)",
        "![](https://merrow.test/a.png)",
        "![x](https://merrow.test/a_(1).png)",
        "[x](https://merrow.test/a.png)",
    ],
)
def test_what_shows_no_picture_is_left_as_typed(alice: Reader, text: str) -> None:
    assert copy(alice, text, NOW) == (text, ())
