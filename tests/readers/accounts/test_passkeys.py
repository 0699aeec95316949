"""Passkeys in a real browser, with a device that it plays itself."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from made.door import code_for, come_in, is_in
from made.passkeys import a_passkey
from ownjournal.readers.accounts import codes, passkeys
from ownjournal.readers.accounts.models import Session
from ownjournal.readers.accounts.sessions import SessionStore
from ownjournal.readers.models import Reader

in_a_browser = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    settings.SITE_URL = str(live_server)
    return str(live_server)


def device(page: Page) -> tuple[Any, str]:
    """A device with a fingerprint reader, before which its owner sits."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, added["authenticatorId"]


def sign_in_by_code(page: Page, site: str, address: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code").wait_for()
    page.get_by_label("Code").fill(codes.digits(code_for(address)))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="My account").wait_for()


def make_a_passkey(page: Page, site: str) -> None:
    page.goto(f"{site}/account")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("Laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_text("You can sign in with Laptop now.").wait_for()


class TestInABrowser:
    pytestmark = in_a_browser

    def test_a_passkey_is_made_and_signs_in(
        self, browser: Browser, site: str, transactional_db: None
    ) -> None:
        alice = Reader.objects.create_reader("alice@merrow.test")
        page = browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda said: faults.append(said.text) if said.type == "error" else None,
        )
        device(page)
        sign_in_by_code(page, site, alice.email)
        make_a_passkey(page, site)
        page.get_by_role("button", name="Sign out", exact=True).click()

        page.goto(f"{site}/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.get_by_role("link", name="My account").wait_for()

        assert Session.objects.filter(reader=alice).count() == 1
        assert faults == []

        page.get_by_role("button", name="Sign out", exact=True).click()
        Reader.objects.update(is_active=False)
        page.goto(f"{site}/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.get_by_text("This passkey was not taken.").wait_for()
        page.close()

    def test_who_lost_the_key_comes_in_by_a_code_and_takes_it_away(
        self, browser: Browser, site: str, transactional_db: None
    ) -> None:
        alice = Reader.objects.create_reader("alice@merrow.test")
        page = browser.new_page()
        session, lost = device(page)
        sign_in_by_code(page, site, alice.email)
        make_a_passkey(page, site)
        page.get_by_role("button", name="Sign out", exact=True).click()
        session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": lost})

        sign_in_by_code(page, site, alice.email)
        page.goto(f"{site}/account")
        page.get_by_role("button", name="Remove Laptop").click()

        page.get_by_text("Laptop signs nobody in any more.").wait_for()
        assert not Authenticator.objects.exists()
        page.close()

    def test_a_passkey_proves_that_it_is_still_the_reader(
        self, browser: Browser, site: str, transactional_db: None
    ) -> None:
        alice = Reader.objects.create_reader("alice@merrow.test")
        page = browser.new_page()
        device(page)
        sign_in_by_code(page, site, alice.email)
        make_a_passkey(page, site)
        kept = SessionStore(Session.objects.get(reader=alice).session_key)
        kept["account_authentication_methods"] = []  # as if that were long ago
        kept.save()

        page.goto(f"{site}/account/password")
        page.get_by_role("button", name="Use a passkey").click()

        page.get_by_label("New password").wait_for()
        page.close()

    @pytest.mark.parametrize("before", [True, False])
    def test_a_passkey_of_another_site_is_refused(
        self,
        browser: Browser,
        site: str,
        transactional_db: None,
        settings: Any,
        before: bool,
    ) -> None:
        """By the browser, which sees another name; else by us, as it was signed."""
        alice = Reader.objects.create_reader("alice@merrow.test")
        page = browser.new_page()
        device(page)
        sign_in_by_code(page, site, alice.email)
        make_a_passkey(page, site)
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.goto(f"{site}/sign-in")

        def on_the_way(route: Route) -> None:
            if before or route.request.method == "POST":
                settings.SITE_URL = "https://journal.merrow.test"
            route.continue_()

        page.route("**/sign-in/passkey", on_the_way)

        page.get_by_role("button", name="Sign in with a passkey").click()

        refused = "cannot have passkeys" if before else "This passkey was not taken"
        page.get_by_text(refused).wait_for()
        assert not Session.objects.filter(reader=alice).exists()
        page.close()

    def test_an_answer_given_twice_signs_in_once(
        self, browser: Browser, site: str, transactional_db: None
    ) -> None:
        """A challenge is good for one answer; the second finds none."""
        alice = Reader.objects.create_reader("alice@merrow.test")
        page = browser.new_page()
        device(page)
        sign_in_by_code(page, site, alice.email)
        make_a_passkey(page, site)
        page.get_by_role("button", name="Sign out", exact=True).click()
        sent: list[str] = []
        page.on(
            "request",
            lambda asked: (
                sent.append(asked.post_data or "")
                if asked.method == "POST" and "passkey" in asked.url
                else None
            ),
        )
        page.goto(f"{site}/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.get_by_role("link", name="My account").wait_for()
        [body] = sent

        thief = Client()
        thief.get("/sign-in/passkey")
        thief.post(
            "/sign-in/passkey", body, content_type="application/x-www-form-urlencoded"
        )

        assert not is_in(thief)
        page.close()


@pytest.mark.django_db
@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": 1}', "{" * 9])
def test_what_no_browser_would_send_signs_nobody_in(
    client: Client, credential: str
) -> None:
    client.get("/sign-in/passkey")

    answer = client.post("/sign-in/passkey", {"credential": credential})

    assert answer.status_code == 302
    assert not is_in(client)


@pytest.mark.django_db
def test_a_site_reached_by_a_number_offers_no_passkey(
    client: Client, settings: Any
) -> None:
    settings.SITE_URL = "http://192.0.2.7:8000"
    come_in(client, "alice@merrow.test")

    assert not passkeys.are_possible()
    assert client.get("/account/passkeys/add").status_code == 404
    assert "passkeys.js" not in Client().get("/sign-in").text


@pytest.mark.django_db
def test_a_key_says_wherever_it_is_asked_that_it_knows_its_owner(
    inside: Client, alice: Reader
) -> None:
    """Else a key that was found, touched for one page, would do at another."""
    a_passkey(alice, "Laptop")
    visitor = Client()
    asked = visitor.get("/sign-in/passkey").json()
    session = inside.session
    session["account_authentication_methods"] = []  # as if that were long ago
    session.save()
    inside.get("/account/prove")

    states = [each.session["mfa.webauthn.state"] for each in (visitor, inside)]
    assert asked["publicKey"]["userVerification"] == "required"
    assert [each["user_verification"] for each in states] == ["required", "required"]
