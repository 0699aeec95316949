"""No text from outside adds a header, ends them, or reads back as another."""

import email
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ownjournal.readers.post.headers import (
    LONGEST,
    UnsafeMessage,
    check,
    encoded,
    header_text,
    mailbox,
    written,
)

ENCODED = st.sampled_from(
    [
        "=?UTF-8?Q?=0D=0A?=",
        "=?utf-8?b?DQo=?=",
        "=?UTF-8?Q?=3D=3FUTF-8=3FQ=3F=3D0D=3D0A=3F=3D?=",
        "=?",
        "?=",
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\x85",
        "\u2028",
        "Bcc: x@evil.test",
    ]
)

WORD = st.sampled_from(
    [
        "Ménière’s",
        "disease",
        "–",
        "“randomised”",
        "β-blocker",
        "µg",
        "(n=12)",
        "10°C",
        "p<0·05",
        "what?=x",
        "Kraków",
        "¿por",
        "日本",
        "лечение",
        "العلاج",
        "🫀",
    ]
)


def read(data: bytes) -> list[tuple[str, str]]:
    """Headers as a mail program decodes them."""
    message = email.message_from_bytes(data + b"\r\n", policy=default)
    return [(name, str(value)) for name, value in message.items()]


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("A =?UTF-8?Q?=0D=0A?=Bcc: x@evil.test", "A Bcc: x@evil.test"),
        ("A\r\nBcc: x@evil.test", "A Bcc: x@evil.test"),
        ("A\0\x85\u2028B", "A B"),
        ("Fieber bei Kindern über 3", "Fieber bei Kindern über 3"),
        ("Is p=?0.05 enough?=yes", "Is p= 0.05 enough =yes"),
        ("\u202eA", "A"),
    ],
)
def test_a_title_becomes_one_plain_line(title: str, subject: str) -> None:
    assert header_text(title) == subject


def test_a_long_title_is_cut() -> None:
    assert len(header_text("fever " * 100)) <= LONGEST


@given(st.lists(st.one_of(ENCODED, st.text(max_size=8)), max_size=12).map("".join))
@example("=?UTF-8?Q?=0D=0A?=Bcc: x@evil.test")
@example("=?utf-8?b?!!!?=")
@example("a" * 75 + "é" * 80)
@example("a" * 199)
@example("<b" + " fever" * 30)
def test_no_title_adds_a_header_or_reads_back_otherwise(title: str) -> None:
    subject = header_text(title)

    data = written([("From", "a@merrow.test"), ("Subject", encoded(subject))])

    assert read(data) == [("From", "a@merrow.test"), ("Subject", subject)]
    assert max(map(len, data.splitlines())) < 250


@given(st.lists(WORD, min_size=1, max_size=30).map(" ".join))
def test_titles_of_any_language_survive_in_short_lines(title: str) -> None:
    subject = header_text(title)

    data = written([("Subject", encoded(subject))])

    assert read(data) == [("Subject", subject)]
    assert max(map(len, data.splitlines())) <= 76


@pytest.mark.parametrize(
    "name", ["Ours", 'The "Journal"', "Ünïcode", "a, b", "back\\slash", ""]
)
def test_a_sender_s_name_comes_back(name: str) -> None:
    data = written([("From", mailbox(name, "journal@merrow.test"))])

    message = email.message_from_bytes(data + b"\r\n", policy=default)
    [found] = message["From"].addresses
    assert (found.display_name, found.addr_spec) == (name, "journal@merrow.test")


def test_an_address_in_brackets_stays_in_one_line() -> None:
    address = f"<https://merrow.test/unsubscribe/{'a' * 90}>"

    assert written([("List-Unsubscribe", address)]).count(b"\r\n") == 1


@pytest.mark.parametrize(
    "headers",
    [
        [("Subject", "a\r\nBcc: x@evil.test")],
        [("Subject", "é")],
        [("Sub ject", "a")],
        [("Subject:", "a")],
        [("Subject", "a\0")],
    ],
)
def test_what_is_no_header_is_not_written(headers: list[tuple[str, str]]) -> None:
    with pytest.raises(UnsafeMessage):
        written(headers)


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: Fever\r\nBcc: x@evil.test\r\n",
        b"Subject: Ague\r\n",
        b"Subject: Fever\r\n\r\nBcc: x@evil.test\r\n",
        b"",
    ],
)
def test_headers_that_read_back_otherwise_are_refused(data: bytes) -> None:
    wanted = [("Subject", "Fever"), ("X", "y")]
    with pytest.raises(UnsafeMessage):
        check(data, wanted)
