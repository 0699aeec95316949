import email
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ownjournal.issues.headers import LONGEST, UnsafeMessage, check, header_text

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


def a_mail(subject: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "journal@merrow.test"
    mail["Subject"] = subject
    mail.set_content("Fever.")
    mail.add_alternative("<p>Fever.</p>", subtype="html")
    return mail


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("A =?UTF-8?Q?=0D=0A?=Bcc: x@evil.test", "A Bcc: x@evil.test"),
        ("A\r\nBcc: x@evil.test", "A Bcc: x@evil.test"),
        ("A\0\x85\u2028B", "A B"),
        ("Fieber bei Kindern über 3", "Fieber bei Kindern über 3"),
        ("Is p=?0.05 enough?=yes", "Is p= ?0.05 enough?=yes"),
        ("\u202eA", "A"),
    ],
)
def test_a_title_becomes_one_plain_line(title: str, subject: str) -> None:
    assert header_text(title) == subject


def test_a_long_title_is_cut() -> None:
    assert len(header_text("fever " * 100)) <= LONGEST


@settings(deadline=None)
@given(st.lists(st.one_of(ENCODED, st.text(max_size=8)), max_size=12).map("".join))
@example("=?UTF-8?Q?=0D=0A?=Bcc: x@evil.test")
@example("=?utf-8?b?!!!?=")
@example("a" * 75 + "é" * 80)
def test_no_title_adds_a_header_or_reads_back_otherwise(title: str) -> None:
    subject = header_text(title)
    wanted = {"From": "journal@merrow.test", "Subject": subject}

    data = check(a_mail(subject), wanted)

    read = email.message_from_bytes(data, policy=default)
    assert read["Subject"].split() == subject.split() or not subject.isascii()
    assert "".join(read["Subject"].split()) == "".join(subject.split())
    assert "Bcc" not in read


def test_a_message_with_a_header_nobody_set_is_refused() -> None:
    mail = a_mail("Fever")
    mail["Bcc"] = "x@evil.test"

    with pytest.raises(UnsafeMessage, match="Bcc"):
        check(mail, {"From": "journal@merrow.test", "Subject": "Fever"})


def test_a_message_that_reads_back_otherwise_is_refused() -> None:
    with pytest.raises(UnsafeMessage):
        check(a_mail("Fever"), {"From": "journal@merrow.test", "Subject": "Ague"})
