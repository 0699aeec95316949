import email
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ownjournal.readers.post.headers import (
    LONGEST,
    UnsafeMessage,
    check,
    header_text,
    survives,
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
        "a",
        "“randomised”",
        "trial",
        "β-blocker",
        "5",
        "µg",
        "Über",
        "(n=12)",
        "α/β",
        "10°C",
        "p<0·05",
        "=",
        "?",
        "what?=x",
        "=y",
        "Kraków",
        "¿por",
        "qué?",
        "日本",
        "研究",
        "лечение",
        "العلاج",
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
        ("Is p=?0.05 enough?=yes", "Is p= 0.05 enough =yes"),
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
    if not survives(subject):
        return

    data = check(a_mail(subject), {"From": "journal@merrow.test", "Subject": subject})

    read = email.message_from_bytes(data, policy=default)
    assert "".join(read["Subject"].split()) == "".join(subject.split())
    assert "Bcc" not in read


@given(st.lists(WORD, min_size=1, max_size=30).map(" ".join))
@settings(deadline=None)
def test_titles_of_any_language_survive(title: str) -> None:
    assert survives(header_text(title))


def test_a_message_with_a_header_nobody_set_is_refused() -> None:
    mail = a_mail("Fever")
    mail["Bcc"] = "x@evil.test"

    with pytest.raises(UnsafeMessage, match="Bcc"):
        check(mail, {"From": "journal@merrow.test", "Subject": "Fever"})


def test_a_message_that_reads_back_otherwise_is_refused() -> None:
    with pytest.raises(UnsafeMessage):
        check(a_mail("Fever"), {"From": "journal@merrow.test", "Subject": "Ague"})
