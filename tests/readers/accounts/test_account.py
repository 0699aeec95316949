from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from made.door import code_for, come_in, is_in, mail_to
from ownjournal.readers import signin
from ownjournal.readers.accounts import codes, passwords, proof
from ownjournal.readers.accounts.models import MailedCode, Session
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.models import Letter

pytestmark = pytest.mark.django_db

PASSWORD = "Quillfeather & daughters"


def notices() -> list[tuple[str, str]]:
    """Whom notices go to, and what they tell, in their order."""
    rows = Letter.objects.filter(kind="account-notice").order_by("pk")
    return [(row.to(), letters.make(row).text) for row in rows]


def long_ago(client: Client) -> None:
    """As if the reader had come in an hour ago."""
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 3600} for record in records
    ]
    session.save()


@pytest.mark.parametrize(
    "path",
    [
        "/account/address",
        "/account/password",
        "/account/passkeys/add",
        "/account/second-step",
        "/account/recovery-codes",
    ],
)
def test_before_a_change_the_reader_is_asked_once_more(
    inside: Client, path: str, settings: Any
) -> None:
    settings.SITE_URL = "http://journal.test"
    long_ago(inside)

    for method in (inside.get, inside.post):
        answer = method(path)
        assert (answer.status_code, answer["Location"]) == (302, "/account/prove")


def test_a_code_by_mail_proves_it_and_leads_back(inside: Client, alice: Reader) -> None:
    long_ago(inside)
    inside.get("/account/password")

    inside.post("/account/prove", {"by": "mail"})
    row = code_for(alice.email)
    wrong = "000000" if codes.digits(row) != "000000" else "111111"
    told = inside.post("/account/prove", {"by": "code", "code": wrong})
    assert told.status_code == 422
    assert inside.get("/account/password").status_code == 302

    answer = inside.post("/account/prove", {"by": "code", "code": codes.digits(row)})

    assert answer["Location"] == "/account/password"
    assert inside.get("/account/password").status_code == 200


def test_a_code_of_proof_signs_nobody_in(inside: Client, alice: Reader) -> None:
    long_ago(inside)
    inside.post("/account/prove", {"by": "mail"})
    row = code_for(alice.email)

    assert "/sign-in/mail/" not in mail_to(alice.email).text
    answer = Client().post(
        f"/sign-in/mail/{codes.token(row)}", {"code": codes.digits(row)}
    )
    assert answer.status_code == 410


def test_a_password_proves_it(inside: Client, alice: Reader) -> None:
    inside.post("/account/password", {"password": PASSWORD})
    long_ago(inside)

    wrong = inside.post("/account/prove", {"by": "password", "password": "another one"})
    right = inside.post("/account/prove", {"by": "password", "password": PASSWORD})

    assert (wrong.status_code, right.status_code) == (422, 302)


def test_h24_an_old_cookie_is_nobodys_after_signing_out(inside: Client) -> None:
    """The page for signing in is shown; 401 is for answers without a page."""
    cookie = inside.cookies["session"].value
    inside.post("/sign-out")

    thief = Client()
    thief.cookies["session"] = cookie
    answer = thief.get("/account")

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")


def test_h24_a_new_password_ends_all_other_sessions(
    inside: Client, alice: Reader
) -> None:
    other = Client()
    come_in(other, alice.email, "/sign-in")
    before = inside.session.session_key

    inside.post("/account/password", {"password": PASSWORD})

    assert other.get("/account").status_code == 302
    assert inside.get("/account").status_code == 200
    assert inside.session.session_key != before
    assert Session.objects.filter(reader=alice).count() == 1


def test_h24_an_erased_reader_has_no_session(inside: Client, alice: Reader) -> None:
    alice.delete()

    assert inside.get("/account").status_code == 302
    assert not Session.objects.filter(session_key=inside.session.session_key).exists()


def test_h24_a_password_ends_links_and_codes(inside: Client, alice: Reader) -> None:
    link = signin.make_link(alice, timezone.now())
    other = Client()
    other.post("/sign-in", {"email": alice.email})
    digits = codes.digits(code_for(alice.email))

    inside.post("/account/password", {"password": PASSWORD})

    assert other.post(link).status_code == 410
    assert other.post("/sign-in/code", {"code": digits})["Location"] == "/sign-in"
    assert not is_in(other)


@pytest.mark.parametrize(
    "password",
    [
        "8 quills",
        "q" * 900 + "uill " * 20,
        "🪶🪶🪶🪶 🪶🪶🪶🪶",
        " leading and trailing ",
        "caf\u00e9 de Merrow",
        "cafe\u0301 de Merrow",
    ],
)
def test_h25_the_exact_text_is_the_password(
    inside: Client, alice: Reader, password: str
) -> None:
    assert inside.post("/account/password", {"password": password}).status_code == 302

    def comes_in(typed: str) -> bool:
        visitor = Client()
        form = {"email": alice.email, "password": typed}
        visitor.post("/sign-in/password", form)
        return is_in(visitor)

    assert comes_in(password)
    others = {password[:72], password.strip(), password + " ", password[:-1]}
    swapped = password.replace("\u00e9", "e\u0301")
    others |= {swapped, password.replace("e\u0301", "\u00e9")}
    for other in others - {password}:
        assert not comes_in(other), other


@pytest.mark.parametrize(
    "password",
    ["", "7 quill", "password123", "q" * 1001, "a NUL \x00 in it", "alice@merrow.test"],
)
def test_h25_what_is_no_good_password_is_refused_with_the_reason(
    inside: Client, alice: Reader, password: str
) -> None:
    answer = inside.post("/account/password", {"password": password})

    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    alice.refresh_from_db()
    assert not alice.has_usable_password()


@pytest.mark.parametrize(
    "password",
    ["Ownjournal2026!", "0wnj0urn@l-pubmed", "the merrow letter", "merrow-quill-7"],
)
def test_a_password_that_is_little_more_than_the_sites_name_is_refused(
    inside: Client, alice: Reader, settings: Any, password: str
) -> None:
    settings.SITE_NAME = "The Merrow Letter"
    settings.SITE_URL = "https://quill.merrow.test"

    answer = inside.post("/account/password", {"password": password})

    assert answer.status_code == 422
    assert "Without the name of this site it is too short." in answer.text


@pytest.mark.parametrize("password", ["merrow on a green hill", "h3 l8 k2", "x7#Kq0!z"])
def test_a_password_with_enough_beside_the_sites_name_is_taken(
    inside: Client, alice: Reader, settings: Any, password: str
) -> None:
    settings.SITE_NAME = "The Merrow Letter"

    answer = inside.post("/account/password", {"password": password})

    assert answer.status_code == 302


def test_a_password_can_be_taken_away(inside: Client, alice: Reader) -> None:
    inside.post("/account/password", {"password": PASSWORD})
    inside.post("/account/password", {"remove": "yes"})

    visitor = Client()
    form = {"email": alice.email, "password": PASSWORD}
    assert visitor.post("/sign-in/password", form).status_code == 422
    assert ["password was changed" in notices()[0][1], len(notices())] == [True, 2]


def test_h26_a_new_address_takes_its_code_and_both_are_told(
    inside: Client, alice: Reader
) -> None:
    link = signin.make_link(alice, timezone.now())
    other = Client()
    other.post("/sign-in", {"email": "alice@merrow.test"})
    old_link = f"/sign-in/mail/{codes.token(code_for('alice@merrow.test'))}"

    inside.post("/account/address", {"email": "Alice@Quill.test"})
    alice.refresh_from_db()
    assert alice.email == "alice@merrow.test"
    digits = codes.digits(code_for("alice@quill.test"))
    assert inside.post("/account/address", {"code": digits}).status_code == 302

    alice.refresh_from_db()
    assert alice.email == "alice@quill.test"
    assert [to for to, _ in notices()] == ["alice@merrow.test", "alice@quill.test"]
    for dead in (link, old_link):
        assert other.post(dead).status_code == 410
    assert inside.get("/account").status_code == 200


def test_h26_an_address_of_another_reader_is_answered_alike_and_not_given(
    inside: Client, alice: Reader
) -> None:
    Reader.objects.create_reader("bob@merrow.test")

    pages = []
    for wanted in ("bob@merrow.test", "cyd@merrow.test"):
        assert inside.post("/account/address", {"email": wanted}).status_code == 302
        pages.append(inside.get("/account/address").text.replace(wanted, ""))

    assert without_token(pages[0]) == without_token(pages[1])
    assert "you have an account with it already" in mail_to("bob@merrow.test").text
    session = inside.session
    session["code of a new address"] = code_for("bob@merrow.test").number
    session.save()
    guessed = codes.digits(code_for("bob@merrow.test"))
    assert inside.post("/account/address", {"code": guessed}).status_code == 422
    alice.refresh_from_db()
    assert alice.email == "alice@merrow.test"


def without_token(page: str) -> str:
    parts = page.split('name="csrfmiddlewaretoken" value="')
    return parts[0] + "".join(part[64:] for part in parts[1:])


def test_the_code_of_another_readers_wish_is_no_use(
    inside: Client, alice: Reader
) -> None:
    bob = Reader.objects.create_reader("bob@merrow.test")
    row = codes.ask("address", "new@merrow.test", timezone.now(), reader=bob)
    session = inside.session
    session["code of a new address"] = row.number
    session.save()

    inside.post("/account/address", {"code": codes.digits(row)})

    alice.refresh_from_db()
    assert alice.email == "alice@merrow.test"


def test_all_other_browsers_can_be_signed_out(inside: Client, alice: Reader) -> None:
    firefox = Client(
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}
    )
    come_in(firefox, alice.email, "/sign-in")
    assert "Firefox on Windows" in inside.get("/account").text

    inside.post("/account/browsers/end")

    assert firefox.get("/account").status_code == 302
    assert "Firefox on Windows" not in inside.get("/account").text


def test_h22_another_readers_passkey_answers_as_if_it_were_not_there(
    inside: Client,
) -> None:
    bob = Reader.objects.create_reader("bob@merrow.test")
    key = Authenticator.objects.create(user=bob, type="webauthn", data={"name": "K"})

    for number in (key.pk, key.pk + 1):
        path = f"/account/passkeys/{number}/remove"
        assert inside.post(path).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_proof_is_good_for_a_quarter_of_an_hour() -> None:
    assert proof.LASTS == 15 * 60


def test_no_code_of_a_reader_outlives_the_reader(alice: Reader) -> None:
    codes.ask("proof", alice.email, timezone.now(), reader=alice)
    alice.delete()

    assert not MailedCode.objects.exists()


def test_the_hash_that_stands_in_lets_nobody_in(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alice has no password; whoever guessed the stand-in's would not be Alice."""
    monkeypatch.setattr(passwords, "nobodys", lambda: make_password("a lucky guess"))

    assert passwords.right(alice.email, "a lucky guess") is None
    assert passwords.right("nobody@merrow.test", "a lucky guess") is None
