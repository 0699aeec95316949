import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from made.door import ask, code_for, come_in, is_in, later, link_in, mail_to
from made.smtp_server import smtp_server
from ownjournal.readers.accounts import codes
from ownjournal.readers.accounts.arrivals import ADMITS, joined
from ownjournal.readers.accounts.models import MailedCode, Session
from ownjournal.readers.models import Reader
from ownjournal.readers.post import sending
from ownjournal.readers.post.models import Letter

pytestmark = pytest.mark.django_db


def test_the_code_makes_a_reader_and_lets_them_in(client: Client) -> None:
    ask(client, "New@Merrow.TEST")
    assert not Reader.objects.exists()  # an address that was typed is no reader

    answer = client.post(
        "/sign-in/code", {"code": codes.digits(code_for("new@merrow.test"))}
    )

    assert answer.status_code == 302
    assert is_in(client)
    reader = Reader.objects.get()
    assert (reader.email, reader.has_usable_password()) == ("new@merrow.test", False)
    assert reader.next_issue_at is not None


def test_others_hear_of_a_new_reader_once(client: Client) -> None:
    heard = []

    def hear(sender: Any, **told: Any) -> None:
        heard.append((told["reader"].email, told["invitation"]))

    joined.connect(hear)
    try:
        come_in(client, "new@merrow.test")
        come_in(Client(), "new@merrow.test")
    finally:
        joined.disconnect(hear)

    assert heard == [("new@merrow.test", None)]


def test_h01_a_known_address_gets_the_same_answer_and_another_mail(
    alice: Reader,
) -> None:
    answers, pages = [], []
    for address in ("alice@merrow.test", "nadia@merrow.test"):
        client = Client()
        answer = ask(client, address)
        answers.append((answer.status_code, answer.content, answer["Location"]))
        page = client.get("/sign-in/code").content.decode()
        pages.append(page.replace(address, "").replace(token_in(page), ""))

    assert answers[0] == answers[1]
    assert pages[0] == pages[1]
    assert "You have an account already" in mail_to("alice@merrow.test").text
    assert "confirms your address" in mail_to("nadia@merrow.test").text


def token_in(page: str) -> str:
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_signing_in_with_an_address_of_nobody_is_answered_alike(
    client: Client, alice: Reader
) -> None:
    ask(client, "nadia@merrow.test", "/sign-in")

    mail = mail_to("nadia@merrow.test")
    assert "Nobody reads there with it" in mail.text
    assert not re.search(r"\b\d{3} ?\d{3}\b", mail.text)
    guessed = codes.digits(code_for("nadia@merrow.test"))
    assert client.post("/sign-in/code", {"code": guessed}).status_code == 410
    assert not is_in(client)
    assert Reader.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "a@b",
        "a@@b.test",
        '"a b"@x.test',
        "a" * 250 + "@x.test",
        "@x.test",
        "",
        "x\r\nBcc: y@x.test",
        'x" <evil@y.test>, "',
        "ü@ü.test",  # few mail servers take the part before the @
    ],
)
@pytest.mark.parametrize("path", ["/sign-up", "/sign-in"])
def test_h02_h03_what_is_no_address_is_refused_with_the_reason(
    client: Client, path: str, address: str
) -> None:
    answer = client.post(path, {"email": address})

    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    assert not MailedCode.objects.exists()


def test_h02_addresses_beyond_ascii_are_one_with_their_form_in_ascii(
    client: Client,
) -> None:
    ask(client, "a@ü.test")
    ask(client, "a@xn--tda.test")

    found = set(MailedCode.objects.values_list("address", flat=True))
    assert found == {"a@xn--tda.test"}


@pytest.mark.parametrize("path", ["/sign-up", "/sign-in"])
def test_h04_h05_no_mail_of_ours_has_a_header_from_what_was_typed(
    client: Client, path: str, settings: Any
) -> None:
    settings.SITE_NAME = "=?UTF-8?Q?=0D=0A?=Bcc: z"
    ask(client, "nadia@merrow.test", path)

    mail = mail_to("nadia@merrow.test")

    assert mail.headers == ()  # the post office cleans the subject
    assert "\n" not in mail.subject


def test_h07_a_link_used_twice_says_so_and_how_to_get_another(
    client: Client, alice: Reader
) -> None:
    ask(client, "alice@merrow.test", "/sign-in")
    link = link_in(mail_to("alice@merrow.test"))
    assert client.post(link).status_code == 302

    for answer in (client.get(link), client.post(link), Client().get(link)):
        assert answer.status_code == 410
        assert b"Send a new one" in answer.content


def test_h07_a_code_is_good_for_ten_minutes(client: Client, alice: Reader) -> None:
    ask(client, "alice@merrow.test", "/sign-in")
    link = link_in(mail_to("alice@merrow.test"))
    digits = codes.digits(code_for("alice@merrow.test"))
    later(10)

    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert client.post("/sign-in/code", {"code": digits}).status_code == 410
    assert not is_in(client)


def test_h07_a_link_that_lost_a_character_says_so(
    client: Client, alice: Reader
) -> None:
    ask(client, "alice@merrow.test", "/sign-in")
    link = link_in(mail_to("alice@merrow.test"))

    for broken in (link[:-1], link[:-1] + ("0" if link[-1] != "0" else "1")):
        answer = client.get(broken)
        assert answer.status_code == 410
        assert b"Send a new one" in answer.content


def test_h08_in_another_browser_the_link_asks_for_the_code(
    client: Client, alice: Reader
) -> None:
    ask(client, "alice@merrow.test", "/sign-in")
    link = link_in(mail_to("alice@merrow.test"))
    other = Client()

    page = other.get(link)
    assert b'name="code"' in page.content
    assert other.post(link).status_code == 422  # the button alone does not do there
    assert not is_in(other)

    digits = codes.digits(code_for("alice@merrow.test"))
    assert other.post(link, {"code": digits}).status_code == 302
    assert is_in(other)
    assert not is_in(client)  # who asked, and has no mail, gets nothing by it


def test_scanners_that_open_every_link_change_nothing(
    client: Client, alice: Reader
) -> None:
    ask(client, "alice@merrow.test", "/sign-in")
    link = link_in(mail_to("alice@merrow.test"))
    before = list(MailedCode.objects.values())

    for scanner in (Client(), client):
        for _ in range(5):
            assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
        scanner.get(link, headers={"sec-purpose": "prefetch"})

    assert list(MailedCode.objects.values()) == before
    assert client.post(link).status_code == 302
    assert is_in(client)


def test_five_tries_end_a_code_and_nothing_else(client: Client, alice: Reader) -> None:
    ask(client, "alice@merrow.test", "/sign-in")
    right = codes.digits(code_for("alice@merrow.test"))
    wrong = "000000" if right != "000000" else "111111"

    told = [client.post("/sign-in/code", {"code": wrong}).status_code for _ in range(5)]

    assert told == [422, 422, 422, 422, 410]
    assert client.post("/sign-in/code", {"code": right}).status_code == 410
    assert come_in(Client(), "alice@merrow.test", "/sign-in").status_code == 302


def test_a_code_may_be_typed_with_the_space_of_the_mail(
    client: Client, alice: Reader
) -> None:
    ask(client, "alice@merrow.test", "/sign-in")
    digits = codes.digits(code_for("alice@merrow.test"))
    spaced = f" {digits[:3]} {digits[3:]} "
    assert spaced.strip() in mail_to("alice@merrow.test").text

    assert client.post("/sign-in/code", {"code": spaced}).status_code == 302


def test_the_database_holds_no_code(client: Client, alice: Reader) -> None:
    ask(client, "alice@merrow.test", "/sign-in")
    digits = codes.digits(code_for("alice@merrow.test"))

    assert digits not in str(MailedCode.objects.values().get())
    assert digits not in str(dict(client.session))


def test_a_session_is_another_after_signing_in(client: Client, alice: Reader) -> None:
    """Fixation: what somebody planted before is nobody's session afterwards."""
    ask(client, "alice@merrow.test", "/sign-in")
    planted = client.session.session_key
    digits = codes.digits(code_for("alice@merrow.test"))

    client.post("/sign-in/code", {"code": digits})

    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_closed_account_is_nobodys(client: Client, alice: Reader) -> None:
    Reader.objects.update(is_active=False)

    for path in ("/sign-in", "/sign-up"):
        visitor = Client()
        assert come_in(visitor, "alice@merrow.test", path).status_code == 410
        assert not is_in(visitor)


def test_where_sign_up_is_closed_nobody_joins_and_readers_come_in(
    client: Client, alice: Reader, settings: Any
) -> None:
    settings.SIGN_UP = "closed"

    assert client.post("/sign-up", {"email": "new@merrow.test"}).status_code == 403
    assert b"takes no new readers" in client.get("/sign-up").content
    assert come_in(Client(), "alice@merrow.test", "/sign-in").status_code == 302
    assert not MailedCode.objects.filter(purpose="sign-up").exists()


def test_by_invitation_those_come_in_whom_somebody_admits(settings: Any) -> None:
    settings.SIGN_UP = "invitation"

    def admits(address: str, invitation: str | None) -> bool:
        return invitation == "violet" or address.endswith("@merrow.test")

    ADMITS.append(admits)
    try:
        for address, invitation, status in (
            ("a@merrow.test", "", 302),
            ("b@elsewhere.test", "violet", 302),
            ("c@elsewhere.test", "", 410),
        ):
            visitor = Client()
            form = {"email": address, "invitation": invitation}
            assert visitor.post("/sign-up", form).status_code == 302
            assert ("code confirms" in mail_to(address).text) == (status == 302)
            digits = codes.digits(code_for(address))
            answer = visitor.post("/sign-in/code", {"code": digits})
            assert answer.status_code == status
    finally:
        ADMITS.remove(admits)


def test_somebody_else_who_is_in_is_out_first(client: Client, alice: Reader) -> None:
    bob = Reader.objects.create_reader("bob@merrow.test")
    client.force_login(bob)

    come_in(client, "alice@merrow.test", "/sign-in")

    assert client.session["_auth_user_id"] == str(alice.pk)


def test_the_panel_needs_no_cookie_and_takes_no_form_from_elsewhere() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert not strict.get("/sign-up").cookies

    for told in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.test"}):
        form = {"email": "new@merrow.test"}
        assert strict.post("/sign-up", form, headers=told).status_code == 403
    own = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    answer = strict.post("/sign-up", {"email": "new@merrow.test"}, headers=own)
    assert answer.status_code == 302


def test_signing_in_takes_the_token_of_this_browser(alice: Reader) -> None:
    strict = Client(enforce_csrf_checks=True)

    form = {"email": "alice@merrow.test"}
    assert strict.post("/sign-in", form).status_code == 403


def test_old_addresses_lead_here(client: Client) -> None:
    assert client.get("/trial")["Location"] == "/sign-up"


def test_what_was_only_typed_is_forgotten_after_a_day(client: Client) -> None:
    ask(client, "new@merrow.test")
    later(60 * 25)

    ask(client, "other@merrow.test")

    assert not MailedCode.objects.filter(address="new@merrow.test").exists()


def test_the_worker_sends_the_code_and_keeps_nothing_of_it(
    client: Client, settings: Any
) -> None:
    """The letter forgets its address when it is sent; the code was never in it."""
    ask(client, "new@merrow.test")
    with smtp_server() as server:
        settings.EMAIL_BACKEND = "ownjournal.readers.post.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        sending.send_due(timezone.now(), lambda: False)

    [mail] = server.taken
    digits = codes.digits(code_for("new@merrow.test"))
    assert mail.to == "new@merrow.test"
    assert f"{digits[:3]} {digits[3:]}" in mail.message().get_content()
    letter = Letter.objects.get()
    assert (letter.state, letter.address, letter.details) == ("sent", None, {})
