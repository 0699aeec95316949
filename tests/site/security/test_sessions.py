"""Sessions and cookies under attack, beside what readers/accounts tries of its own."""

import os
import re
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.test import Client

import ownjournal
from made.door import come_in, is_in
from made.two_readers import Site, as_owner
from ownjournal.readers.accounts.models import Session
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db

ADDRESS = "ada@merrow.test"
OVER_HTTPS = """
import django; django.setup()
from django.test import Client
from made.door import come_in
client = Client(headers={"host": "journal.example.org"})
client.get("/sign-in", secure=True)
come_in(client, "ada@merrow.test")
client.post("/account/signature", {"name": "A" * 200, "role": ""}, secure=True)
client.post("/account/signature", {"name": "Ada", "role": ""}, secure=True)
for cookie in client.cookies.values():
    print(cookie.OutputString())
answer = client.get("/", secure=True)
print(answer["Strict-Transport-Security"])
"""


def key(client: Client) -> str:
    return client.cookies["session"].value


def test_a_key_that_an_attacker_set_is_nobodys_after_signing_in() -> None:
    """Also where it is the key of a session that the attacker began."""
    attacker, victim = Client(), Client()
    attacker.post("/sign-up", {"email": "eve@merrow.test"})
    victim.cookies["session"] = key(attacker)

    come_in(victim, ADDRESS)

    assert is_in(victim)
    assert key(victim) != key(attacker)
    assert not is_in(attacker)


def test_a_key_that_nobody_made_is_never_taken_over() -> None:
    client = Client()
    client.cookies["session"] = "a" * 32

    come_in(client, ADDRESS)

    assert key(client) != "a" * 32


def test_a_new_password_and_a_new_sign_in_each_bring_a_new_key() -> None:
    client = Client()
    come_in(client, ADDRESS)
    first = key(client)
    client.post("/account/password", {"password": "four words of a song"})
    second = key(client)

    assert Reader.objects.get().has_usable_password()
    assert first != second
    assert not Session.objects.filter(session_key=first).exists()


def test_a_key_is_as_good_as_128_random_bits() -> None:
    client = Client()
    come_in(client, ADDRESS)

    assert len(key(client)) == 32
    assert len(VALID_KEY_CHARS) ** 32 > 2**128


def test_signing_out_ends_it_on_the_server_and_clears_the_browser() -> None:
    client, thief = Client(), Client()
    come_in(client, ADDRESS)
    thief.cookies["session"] = key(client)
    assert thief.get("/account").status_code == 200

    answer = client.post("/sign-out")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert thief.get("/account").status_code == 302


def test_two_browsers_of_a_reader_are_two_sessions_and_end_apart(site: Site) -> None:
    one, other = as_owner(site), as_owner(site)

    one.post("/sign-out")

    assert one.get("/account").status_code == 302
    assert other.get("/account").status_code == 200


@pytest.mark.slow
@pytest.mark.on_sqlite_alone
def test_over_https_every_cookie_has_the_prefix_and_is_secure(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "SITE_URL": "https://journal.example.org",
        "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environment.pop("DATABASE_URL", None)
    migrate = [sys.executable, "-m", "ownjournal.cli.main", "migrate"]
    subprocess.run(migrate, env=environment, check=True, capture_output=True)
    asked = [sys.executable, "-W", "ignore", "-c", OVER_HTTPS]
    done = subprocess.run(
        asked, env=environment, check=True, capture_output=True, text=True
    )
    *cookies, strict = done.stdout.splitlines()

    assert {each.split("=")[0] for each in cookies} == {
        "__Host-session",
        "__Host-csrf",
        "__Host-messages",
    }
    for each in cookies:
        assert re.search("; Secure", each), each
        assert "HttpOnly" in each
        assert "SameSite=Lax" in each
        assert "Path=/" in each
        assert "Domain" not in each
    assert strict == "max-age=63072000; includeSubDomains"


def test_a_new_site_has_no_account() -> None:
    assert not Reader.objects.exists()


def test_passwords_are_masked_and_may_be_pasted() -> None:
    client = Client()
    come_in(client, ADDRESS)

    fields = re.findall(
        r"<input[^>]*name=\"password\"[^>]*>",
        client.get("/account/password").text + Client().get("/sign-in/password").text,
    )

    assert len(fields) == 2
    for field in fields:
        assert 'type="password"' in field
        assert 'autocomplete="' in field
        assert "onpaste" not in field


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.env", "/pyproject.toml", "/static/", "/static/../settings.py"],
)
def test_nothing_but_pages_and_their_files_is_served(path: str) -> None:
    assert Client().get(path).status_code == 404


SAFE = {
    ssl.TLSVersion.TLSv1_2,
    ssl.TLSVersion.TLSv1_3,
    ssl.TLSVersion.MINIMUM_SUPPORTED,
}


def test_whoever_is_asked_must_prove_its_name_over_a_safe_protocol() -> None:
    context = httpx.create_ssl_context()
    loose = (
        "verify=False",
        "CERT_NONE",
        "check_hostname = False",
        "_create_unverified",
    )
    sources = Path(ownjournal.__file__).parent.rglob("*.py")

    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version in SAFE  # Debian leaves it to the system's setting
    assert [
        each for each in sources if any(word in each.read_text() for word in loose)
    ] == []
