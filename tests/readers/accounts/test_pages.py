"""The pages of the account: whole, valid, and open to everybody who reads."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from made.barriers import barriers
from made.door import ask, code_for
from made.valid_html import faults_of
from ownjournal.readers.accounts import codes
from ownjournal.readers.models import Reader

OWN = [
    "/account",
    "/account/address",
    "/account/password",
    "/account/passkeys/add",
    "/account/second-step",
    "/account/prove",
]


@pytest.mark.django_db
def test_each_page_is_valid_html(inside: Client, alice: Reader, settings: Any) -> None:
    settings.SITE_URL = "http://journal.test"
    ask(Client(), alice.email, "/sign-in")
    visitor = Client()
    ask(visitor, alice.email, "/sign-in")
    link = f"/sign-in/mail/{codes.token(code_for(alice.email))}"
    answers = {path: inside.get(path) for path in OWN}
    assert {each.status_code for each in answers.values()} == {200}
    assert all("no-store" in each["Cache-Control"] for each in answers.values())

    answers |= {
        "code": visitor.get("/sign-in/code"),
        "wrong code": visitor.post("/sign-in/code", {"code": "1"}),
        "button": visitor.get(link),
        "elsewhere": Client().get(link),
        "gone": Client().get(link[:-1]),
        "no address": Client().post("/sign-in", {"email": "a@b"}),
        "hostile": Client().post("/sign-up", {"email": '"><b>@x'}),
    }

    assert faults_of({name: each.text for name, each in answers.items()}) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("membership", "sign_up", "said"),
    [
        ("open", "open", "Free here, and personalised for your practice"),
        ("trial", "open", "A free trial, personalised for your practice"),
        ("open", "invitation", "for those who are invited"),
        ("open", "closed", "no new readers at present"),
    ],
)
def test_the_panel_says_what_there_is_to_join(
    client: Client, settings: Any, membership: str, sign_up: str, said: str
) -> None:
    settings.MEMBERSHIP, settings.SIGN_UP = membership, sign_up

    for path in ("/", "/appraisal", "/search?q=fever"):
        page = " ".join(client.get(path).text.split())
        assert page.count("Want more great medical articles?") == 1
        assert said in page
        assert ('id="joining-email"' in page) == (sign_up != "closed")


@pytest.mark.django_db
def test_whoever_is_in_sees_no_panel(inside: Client) -> None:
    for path in ("/", "/appraisal"):
        assert "Want more great" not in inside.get(path).text


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_no_page_of_the_account_has_a_barrier(
    browser: Browser, live_server: Any, settings: Any, width: int, scheme: str
) -> None:
    site = settings.SITE_URL = str(live_server)
    Reader.objects.create_reader("alice@merrow.test")
    window = {"width": width, "height": 900}
    page = browser.new_page(viewport=window, color_scheme=scheme)
    page.goto(f"{site}/sign-in")
    page.get_by_label("Your e-mail address").fill("alice@merrow.test")
    page.keyboard.press("Enter")
    page.get_by_label("Code").wait_for()
    page.get_by_label("Code").fill(codes.digits(code_for("alice@merrow.test")))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="My account").wait_for()

    found = []
    for path in OWN:
        page.goto(site + path)
        found += barriers(page, path)

    assert found == []
    page.close()
