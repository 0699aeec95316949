"""No secret of a setting, of a form or of an address is told, whatever goes wrong.

A site whose every secret is a known word is asked for what must fail, and its output,
its pages, its mails and its files are looked through for them.
"""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

NOWHERE = "127.0.0.1:9"
SETTINGS = {
    "SECRET_KEY": "canary-key-0123456789abcdefghijklmnopqrstuvwxyz",
    "MAIL_URL": f"smtp://post:canary-mail@{NOWHERE}",
    "MAIL_WEBHOOK_SECRET": "hook:canary-hook",
    "SEARCH_URL": f"https://search:canary-search@{NOWHERE}",
    "METRICS_TOKEN": "canary-metrics-0123456789",
    "FETCH_UNKNOWN": "yes",
    "CONTACT_EMAIL": "desk@merrow.test",
    "EUTILS_URL": f"http://{NOWHERE}",
    "EUTILS_KEY": "canary-eutils",
    "ORCID_CLIENT_ID": "APP-1",
    "ORCID_SECRET": "canary-orcid",
    "ORCID_URL": f"http://{NOWHERE}",
    "NLM_URL": f"http://{NOWHERE}",
}
DATABASE = {"DATABASE_URL": f"postgresql://owner:canary-database@{NOWHERE}/none"}
WORDS = (
    *("canary-key", "canary-mail", "canary-hook", "canary-search", "canary-metrics"),
    *("canary-eutils", "canary-orcid", "canary-database"),
    *("canary-typed", "canary-path", "canary-cookie", "canary-header", "canary-query"),
)
FAILING = """
import re
from datetime import UTC, datetime
import django; django.setup()
from django.db import connection
from django.test import Client
from ownjournal.readers.models import Reader
from ownjournal.readers.post import sending
from made.addresses import addresses
from made.two_readers import BACKEND
reader = Reader.objects.create_reader("ada@merrow.test")
def browser(checked=False):
    client = Client(
        raise_request_exception=False,
        enforce_csrf_checks=checked,
        headers={"authorization": "Bearer canary-header", "host": "localhost"},
    )
    client.cookies["other"] = "canary-cookie"
    return client
def everything(client):
    form = {"password": "canary-typed", "code": "canary-typed", "email": "a@b.test"}
    for each in addresses():
        names = {part: "canary-path" for part in THINGS}
        path = each.path.format(**names)
        mark = "&" if "?" in path else "?"
        asked = [client.get(f"{path}{mark}token=canary-query"), client.post(path, form)]
        if client is signed_in:
            asked.append(client.get(path, headers={"host": "evil.test"}))
        for got in asked:
            if "password" not in path and got.status_code >= 400:
                print(b"".join(got).decode("utf-8", "replace"))
THINGS = sorted({part for each in addresses() for part in
                 re.findall(r"{(\\w+)}", each.path)})
signed_in = browser()
signed_in.force_login(reader, backend=BACKEND)
for client in (browser(checked=True), signed_in):
    everything(client)
client = browser()
client.get("/articles/31000001")
client.get("/sign-in/orcid")
client.get("/sign-in/orcid/back?code=canary-query&state=canary-query")
client.post("/sign-up", {"email": "bea@merrow.test"})
sending.send_due(datetime.now(UTC), lambda: False)
with connection.cursor() as cursor:
    cursor.execute("DROP TABLE accounts_session")
    cursor.execute("ALTER TABLE readers_reader RENAME TO gone")
everything(browser())
for path in ("/sign-in/canary-path", "/say/canary-path", "/unsubscribe/canary-path"):
    print(browser().get(path).text)
"""


def run(folder: Path, *command: str, **more: str) -> str:
    """What a program said, whether or not it failed."""
    environment = {
        **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
        **SETTINGS,
        **more,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def forms(word: str) -> Iterator[bytes]:
    """As it stands, and as it is in what SMTP and HTTP send, at every offset."""
    yield word.encode()
    for before in range(3):
        packed = base64.b64encode(b"\0" * before + word.encode())
        yield packed[4:-4]


def told(said: str, folder: Path) -> list[str]:
    """Which words are in what was said, and in which files."""
    data = {"what was said": said.encode()}
    for path in folder.rglob("*"):
        if path.is_file() and "sqlite3" not in path.name:
            data[str(path)] = path.read_bytes()
    return [
        f"{word} in {where}"
        for where, content in data.items()
        for word in WORDS
        if any(form in content for form in forms(word))
    ]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that a site said that failed in every way."""
    folder = tmp_path_factory.mktemp("secrets")
    command = ("-m", "ownjournal.cli.main")
    said = run(folder, *command, "migrate", SEARCH_URL="")
    said += run(folder, "-c", FAILING)
    for words in ("check", "send", "sync"):
        said += run(folder, *command, words)
    said += run(folder, *command, "check", **DATABASE)
    assert told(said, folder) == []
    return said


def test_no_secret_is_told_whatever_goes_wrong(log: str) -> None:
    """The log was looked through when it was made; here, that things did go wrong."""
    assert log.count("Internal Server Error") > 5
    assert "Traceback" in log
    assert "no such table" in log
    assert "Forbidden (" in log
    assert "Not Found: " in log


def test_the_words_would_be_found(tmp_path: Path) -> None:
    """The control."""
    (tmp_path / "a.log").write_text("AUTH PLAIN AHBvc3QAY2FuYXJ5LW1haWw=")

    assert [each.split()[0] for each in told("canary-typed", tmp_path)] == [
        "canary-typed",
        "canary-mail",
    ]


def test_nobody_writes_a_line_of_the_log(tmp_path: Path) -> None:
    said = run(
        tmp_path,
        "-c",
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "client = Client(raise_request_exception=False)\n"
        "client.get('/nowhere%0AERROR%20django:%20invented', headers={'user-agent':"
        " 'x\\nERROR django: invented'})\n"
        "client.get('/search?q=%0D%0AERROR%20django:%20invented')\n",
    )

    assert not any(line.startswith("ERROR django: inv") for line in said.splitlines())
