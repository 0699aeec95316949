"""H06, H11, H12, H14, H17, H23: what comes over the wire before anybody is in."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from made.door import code_for, come_in, is_in, later, mail_to
from ownjournal.readers.accounts import codes
from ownjournal.readers.accounts.client import client_of
from ownjournal.readers.accounts.models import Session
from ownjournal.readers.accounts.origin import is_from_elsewhere
from ownjournal.readers.models import Reader
from ownjournal.readers.post.models import Letter

pytestmark = pytest.mark.django_db


def test_h06_many_sign_ups_of_one_client_are_asked_to_wait(client: Client) -> None:
    answers = [
        client.post("/sign-up", {"email": f"a{number}@merrow.test"})
        for number in range(40)
    ]

    assert [each.status_code for each in answers] == [302] * 30 + [429] * 10
    assert 0 < int(answers[-1]["Retry-After"]) <= 300
    assert Letter.objects.count() == 30


@pytest.mark.parametrize("known", [True, False])
def test_h06_from_everywhere_an_address_gets_three_mails_in_six_hours(
    known: bool,
) -> None:
    if known:
        Reader.objects.create_reader("alice@merrow.test")

    answers = [
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(
            "/sign-up" if number % 2 else "/sign-in", {"email": "alice@merrow.test"}
        )
        for number in range(10)
    ]

    assert [each.status_code for each in answers] == [302] * 3 + [429] * 7
    assert 5 * 3600 < int(answers[-1]["Retry-After"]) <= 6 * 3600
    assert Letter.objects.count() == 3


def test_a_limit_locks_nobody_out(client: Client, settings: Any) -> None:
    """Whoever tried for a reader's account, a code still lets the reader in."""
    Reader.objects.create_reader("alice@merrow.test")
    form = {"email": "alice@merrow.test", "password": "not this"}
    for number in range(12):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post("/sign-in/password", form)

    answer = client.post("/sign-in/password", form)

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 300
    assert Reader.objects.get().is_active


def test_wrong_passwords_of_one_client_are_slowed_for_all_addresses() -> None:
    told = [
        Client().post(
            "/sign-in/password", {"email": f"a{n}@merrow.test", "password": "x"}
        )
        for n in range(12)
    ]

    assert [each.status_code for each in told] == [422] * 10 + [429] * 2


def test_h11_only_the_sites_own_names_are_answered(client: Client) -> None:
    assert client.get("/sign-in", headers={"host": "evil.test"}).status_code == 400

    told = {"x-forwarded-host": "evil.test"}
    answer = client.post("/sign-up", {"email": "a@merrow.test"}, headers=told)
    assert answer.status_code == 302
    assert "evil.test" not in answer["Location"]


def test_h11_links_in_mail_begin_with_the_sites_address(
    client: Client, settings: Any
) -> None:
    settings.SITE_URL = "https://journal.merrow.test"
    form = {"email": "a@merrow.test"}
    client.post("/sign-up", form, headers={"host": "localhost"})

    text = mail_to("a@merrow.test").text
    assert "https://journal.merrow.test/sign-in/mail/" in text
    assert "localhost" not in text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "counted"),
    [
        (0, "1.2.3.4", "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4", "127.0.0.1", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "127.0.0.1", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "127.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "127.0.0.1", "127.0.0.1"),  # fewer than there must be
        (1, "", "127.0.0.1", "127.0.0.1"),
        (0, "", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (0, "", "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_h12_only_what_our_own_proxies_say_is_believed(
    settings: Any, proxies: int, forwarded: str, peer: str, counted: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)

    assert client_of(request) == counted


def test_h12_an_invented_header_gives_nobody_a_new_count(client: Client) -> None:
    told = [
        client.post(
            "/sign-up",
            {"email": f"a{number}@merrow.test"},
            headers={"x-forwarded-for": f"198.51.100.{number}"},
        ).status_code
        for number in range(31)
    ]

    assert told[-1] == 429


@pytest.mark.parametrize("name", ["next", "url", "redirect", "return", "continue"])
@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-up", "/trial", "/sign-in/code", "/account"]
)
def test_h14_no_parameter_leads_to_another_site(
    client: Client, path: str, name: str
) -> None:
    told = client.get(f"{path}?{name}=https://evil.test/")

    assert "evil.test" not in told.headers.get("Location", "")


@pytest.mark.parametrize("name", ["next", "url"])
def test_h14_signing_in_leads_nowhere_else(client: Client, name: str) -> None:
    Reader.objects.create_reader("alice@merrow.test")
    form = {"email": "alice@merrow.test", name: "//evil.test"}
    client.post("/sign-in", form)
    digits = codes.digits(code_for("alice@merrow.test"))

    path = f"/sign-in/code?{name}=https://evil.test/"
    answer = client.post(path, {"code": digits, name: "https://evil.test"})

    assert answer["Location"].startswith("/")
    assert "evil" not in answer["Location"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "PATCH"])
@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-up", "/sign-in/password", "/sign-in/code"]
)
def test_h17_other_methods_are_refused_with_those_there_are(
    client: Client, path: str, method: str
) -> None:
    answer = client.generic(method, path)

    assert answer.status_code == 405
    assert "POST" in answer["Allow"]


def test_h17_a_method_in_a_header_changes_nothing(client: Client) -> None:
    answer = client.get("/sign-out", headers={"x-http-method-override": "POST"})

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"


@pytest.mark.parametrize(
    "cookie",
    ["session=nothing; session=another", "session=" + "x" * 8000, "__Host-session=x"],
)
def test_h23_what_is_no_session_is_none(cookie: str) -> None:
    answer = Client().get("/account", headers={"cookie": cookie})

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")


def test_h23_of_two_sessions_one_counts_and_they_are_never_mixed() -> None:
    keys = {}
    for name in ("alice", "bob"):
        browser = Client()
        browser.force_login(Reader.objects.create_reader(f"{name}@merrow.test"))
        keys[name] = browser.session.session_key

    both = f"session={keys['alice']}; session={keys['bob']}"
    page = Client().get("/account", headers={"cookie": both}).text

    assert ("alice@merrow.test" in page) != ("bob@merrow.test" in page)


def test_a_form_of_another_site_is_known_by_what_browsers_say() -> None:
    build = RequestFactory().post

    assert is_from_elsewhere(build("/", headers={"sec-fetch-site": "same-site"}))
    assert is_from_elsewhere(build("/", headers={"origin": "null"}))
    assert not is_from_elsewhere(build("/", headers={"origin": "http://testserver"}))
    assert not is_from_elsewhere(build("/", headers={"sec-fetch-site": "none"}))
    assert not is_from_elsewhere(build("/"))


def test_nobody_is_in_by_waiting(client: Client) -> None:
    client.post("/sign-up", {"email": "a@merrow.test"})
    later(10)

    assert client.get("/sign-in/code").status_code == 200
    assert not is_in(client)


def test_rightful_readers_of_one_network_are_not_slowed() -> None:
    """A ward round behind one address: twelve come in within five minutes."""
    told = [come_in(Client(), f"a{number}@merrow.test") for number in range(12)]

    assert [each.status_code for each in told] == [302] * 12


def test_passkeys_of_one_network_do_not_slow_those_of_another() -> None:
    def knock(machine: str) -> int:
        browser = Client(REMOTE_ADDR=machine)
        return browser.post("/sign-in/passkey", {"credential": "{}"}).status_code

    assert [knock("198.51.100.1") for _ in range(11)] == [302] * 10 + [429]
    assert knock("198.51.100.2") == 302


def test_a_visitors_session_lasts_an_hour_and_a_readers_a_month(
    client: Client,
) -> None:
    client.post("/sign-up", {"email": "a@merrow.test"})
    assert client.session.get_expiry_age() == 3600

    digits = codes.digits(code_for("a@merrow.test"))
    client.post("/sign-in/code", {"code": digits})

    assert client.session.get_expiry_age() == 30 * 24 * 3600


def test_sessions_that_are_over_are_cleared_away(client: Client) -> None:
    client.post("/sign-up", {"email": "a@merrow.test"})
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    Client().post("/sign-up", {"email": "b@merrow.test"})

    assert Session.objects.count() == 1
