"""Bounces as servers write them: what counts, and what proves nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownjournal.readers.models import Reader
from ownjournal.readers.post import bounces, returned, trouble
from ownjournal.readers.post.identity import message_id, token
from ownjournal.readers.post.letters import put
from ownjournal.readers.post.message import return_path
from ownjournal.readers.post.models import Bounce, Letter, Suppression
from readers.post.conftest import NOW, readers

STANDARD = """\
From: MAILER-DAEMON@mx.merrow.test
To: {back}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

The mail system could not deliver your message.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.merrow.test

Final-Recipient: rfc822; alice@merrow.test
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--cut
Content-Type: text/rfc822-headers

From: journal@merrow.test
Message-ID: {id}
Subject: Greeting

--cut--
"""

QMAIL = """\
From: MAILER-DAEMON@mx.merrow.test
To: {back}
Subject: failure notice

Hi. This is the qmail-send program at mx.merrow.test.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<alice@merrow.test>:
203.0.113.9 does not like recipient.
Remote host said: {said}

--- Below this line is a copy of the message.

Message-ID: {id}
Subject: Greeting
"""

EXIM = """\
From: Mail Delivery System <Mailer-Daemon@mx.merrow.test>
To: {back}
X-Failed-Recipients: alice@merrow.test
Subject: Mail delivery failed: returning message to sender
Content-Type: text/plain; charset=x-no-such-charset
Content-Transfer-Encoding: 8bit

This message was created automatically by mail delivery software.

  alice@merrow.test
    \xe9chec: {said}

Message-ID: {id}
"""

COMPLAINT = """\
From: feedback@merrow.test
To: {back}
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="cut"

--cut
Content-Type: text/plain

This is a report of abuse.

--cut
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Merrow/1
Version: 1

--cut
Content-Type: message/rfc822

Message-ID: {id}
Subject: Greeting

Hello.
--cut--
"""

NO_SUCH = "550 5.1.1 <alice@merrow.test>: no such user"
FULL = "452 4.2.2 mailbox is full"
POLICY = "550 5.7.26 not signed"


@pytest.fixture
def letter(alice: Reader) -> Letter:
    put("greeting", "1", reader=alice, due_at=NOW)
    Letter.objects.update(state="sent", settled_at=NOW)
    return Letter.objects.get()


def bounce(form: str, letter: Letter, **changes: str) -> bytes:
    fields = {
        "back": "journal@merrow.test",
        "action": "failed",
        "status": "5.1.1",
        "said": NO_SUCH,
        "id": message_id(letter),
        **changes,
    }
    return form.format(**fields).encode("latin-1")


@pytest.mark.parametrize(
    ("form", "changes", "kind"),
    [
        (STANDARD, {}, "hard"),
        (STANDARD, {"status": "5.2.2", "said": FULL}, "soft"),
        (STANDARD, {"status": "5.0.0", "said": NO_SUCH}, "soft"),
        (STANDARD, {"status": "5.7.26", "said": POLICY}, "soft"),
        (STANDARD, {"status": "4.4.1", "said": "no route"}, "soft"),
        (STANDARD, {"status": "", "said": NO_SUCH}, "hard"),
        (STANDARD, {"status": "", "said": ""}, "soft"),
        (QMAIL, {}, "hard"),
        (QMAIL, {"said": POLICY}, "soft"),
        (QMAIL, {"said": "no mailbox here by that name"}, "hard"),
        (EXIM, {}, "hard"),
        (COMPLAINT, {}, "complaint"),
    ],
)
def test_each_form_is_read(
    letter: Letter, form: str, changes: dict[str, str], kind: str
) -> None:
    found = bounces.read(bounce(form, letter, **changes))

    assert found is not None
    assert (found.letter, found.kind) == (letter, kind)


def test_the_words_of_the_server_are_kept_in_one_line(letter: Letter) -> None:
    said = "550 5.1.1 no\n\t such   user\x07" + "!" * 600

    found = bounces.read(bounce(STANDARD, letter, said=said))

    assert found is not None
    assert found.said.startswith("550 5.1.1 no such user !")
    assert len(found.said) == 500


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", ""])
def test_what_has_not_failed_is_no_bounce(letter: Letter, action: str) -> None:
    assert bounces.read(bounce(STANDARD, letter, action=action)) is None


def test_the_address_it_came_back_to_is_proof_enough(letter: Letter) -> None:
    """Some servers return nothing of the mail."""
    back = return_path(letter, "bounces@merrow.test")

    found = bounces.read(bounce(QMAIL, letter, back=back, id="<gone@merrow.test>"))

    assert back == f"bounces+{token(letter)}@merrow.test"
    assert len(back.partition("@")[0]) <= 64
    assert found is not None
    assert found.letter == letter


@pytest.mark.parametrize(
    "forge",
    [
        lambda name: "<invented@merrow.test>",
        lambda name: name.replace(".", ".0", 1),
        lambda name: f"{name[:-14]}{'0' * 4}@127.0.0.1>",
        lambda name: name.replace("greeting-", "greeting-9"),
        lambda name: name.upper(),
    ],
)
def test_an_invented_bounce_suppresses_nobody(
    letter: Letter, forge: Callable[[str], str]
) -> None:
    name = forge(message_id(letter))

    assert name != message_id(letter)
    assert bounces.read(bounce(STANDARD, letter, id=name)) is None


def test_an_answer_of_a_reader_is_no_bounce(letter: Letter) -> None:
    mail = f"From: alice@merrow.test\nIn-Reply-To: {message_id(letter)}\n\nThanks!\n"

    assert bounces.read(mail.encode()) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\xff\xfe",
        b"Content-Type: multipart/report; boundary=x\n\n",
        b"Content-Type: multipart/report\n\nno parts",
        b"Content-Type: message/delivery-status\n\nno fields",
        b"Content-Type: text/plain; charset=\xff\n\n\xff",
        b"Subject: =?utf-8?q?=ff?=\n\nUndelivered",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 5_000,
    ],
)
def test_no_bytes_are_too_strange(db: None, data: bytes) -> None:
    assert bounces.read(data) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=200), at=st.integers(0, 1_000))
def test_noise_in_a_bounce_breaks_nothing(
    letter: Letter, noise: bytes, at: int
) -> None:
    data = bounce(STANDARD, letter)

    found = bounces.read(data[:at] + noise + data[at:])

    assert found is None or found.letter == letter


def test_a_character_set_that_is_none_hides_no_bounce(letter: Letter) -> None:
    """The standard library raises ValueError for such a text."""
    plain = bounce(STANDARD, letter).replace(b"us-ascii", b"a\0b")

    found = bounces.read(plain.replace(b"The mail system", b"L'\xe9chec"))

    assert found is not None
    assert found.kind == "hard"


def test_one_hard_bounce_is_enough(letter: Letter) -> None:
    assert returned.record(letter, Bounce.Kind.HARD, NO_SUCH, NOW)
    assert not returned.record(letter, Bounce.Kind.HARD, NO_SUCH, NOW)

    assert Bounce.objects.count() == 1
    row = Suppression.objects.get()
    assert (row.reader, row.reason, row.said) == (letter.reader, "hard", NO_SUCH)


def test_five_soft_ones_in_two_weeks_are_enough(alice: Reader) -> None:
    for number in range(9):
        put("greeting", str(number), reader=alice, due_at=NOW)
    letters = list(Letter.objects.order_by("pk"))
    for number, each in enumerate(letters[:4]):
        returned.record(each, Bounce.Kind.SOFT, FULL, NOW + timedelta(days=5 * number))
    later = NOW + timedelta(days=16)
    assert not Suppression.objects.exists()

    returned.record(letters[4], Bounce.Kind.SOFT, FULL, later)
    assert not Suppression.objects.exists()  # the first was too long ago
    returned.record(letters[5], Bounce.Kind.SOFT, FULL, later)
    assert Suppression.objects.get().reason == "soft"


def test_a_mail_that_arrived_in_between_ends_the_count(alice: Reader) -> None:
    for number in range(7):
        put("greeting", str(number), reader=alice, due_at=NOW)
    arrived, *letters = Letter.objects.order_by("pk")
    for number, each in enumerate(letters[:4]):
        returned.record(each, Bounce.Kind.SOFT, FULL, NOW + timedelta(days=number))
    Letter.objects.filter(pk=arrived.pk).update(
        state="sent", settled_at=NOW + timedelta(days=4)
    )
    soon, later = NOW + timedelta(days=8), NOW + timedelta(days=10)

    returned.record(letters[4], Bounce.Kind.SOFT, FULL, later)
    assert not Suppression.objects.exists()
    Bounce.objects.filter(letter=letters[4]).delete()
    returned.record(letters[4], Bounce.Kind.SOFT, FULL, soon)
    assert Suppression.objects.exists()  # it could still come back then


def test_a_complaint_counts_also_where_the_mail_arrived(letter: Letter) -> None:
    returned.record(letter, Bounce.Kind.SOFT, FULL, NOW)
    assert returned.record(letter, Bounce.Kind.COMPLAINT, "spam", NOW)

    assert Suppression.objects.get().reason == "complaint"
    assert Bounce.objects.get().kind == "complaint"


def test_lifted_is_forgotten(letter: Letter, alice: Reader) -> None:
    returned.record(letter, Bounce.Kind.HARD, NO_SUCH, NOW)

    returned.lift(alice)

    assert not Suppression.objects.exists()
    assert not Bounce.objects.exists()


def test_a_bounce_after_sending_has_stopped_suppresses_nobody(letter: Letter) -> None:
    trouble.Trouble.objects.create(kind="refused", said="all of it", since_at=NOW)

    returned.record(letter, Bounce.Kind.HARD, NO_SUCH, NOW)

    assert Bounce.objects.exists()
    assert not Suppression.objects.exists()


def test_all_of_a_reader_goes_with_the_reader(letter: Letter, alice: Reader) -> None:
    returned.record(letter, Bounce.Kind.HARD, NO_SUCH, NOW)
    others = readers(2)

    alice.delete()

    assert Letter.objects.count() == Bounce.objects.count() == 0
    assert Suppression.objects.count() == 0
    assert Reader.objects.count() == len(others)
