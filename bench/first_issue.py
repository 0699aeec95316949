"""From an e-mail address to the first issue, as a browser sees it.

A site over 30,000 articles of the last days is started with its worker, and Chromium
goes the whole way: the panel of the front page, the code out of the mail, seven pages
of the practice profile with something said on each, and the issue. Counted is what
the site takes from each press of a button to the next page, the mail included, and
not what a person thinks and types.
"""

import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.child import run
from bench.figures import QUICK, Row
from bench.inputs import FOLDER, SHARED
from bench.loads import kept_catalogue, ownjournal
from made.practice_walk import Walk

AREA = "readers"
RUNS = 1 if QUICK else 3
FILES = 1  # of 30,000 articles
SPECIALTY = "Cardiology"
WAIT_SECONDS = 60.0
MESH = SHARED / "mesh" / "mesh2021_descriptors.tsv.gz"


def coming_in() -> Iterator[Row]:
    """The whole way, and the press of the last button alone."""
    with _site() as (address, folder), _chromium() as browser:
        ways = [_way(browser, address, folder, number) for number in range(RUNS)]
    total = statistics.median(sum(way.values()) for way in ways)
    names = list(ways[0])
    middle = {name: statistics.median(way[name] for way in ways) for name in names}
    told = ", ".join(f"{name} {seconds:.2f}" for name, seconds in middle.items())
    yield Row(
        AREA,
        "from sign-up to the first issue in a browser, without the person's own time",
        total,
        "s",
        "lower",
        120,
        15,
        note=f"over 30,000 articles, MeSH loaded; seconds of each page: {told}",
    )
    yield Row(
        AREA,
        "first issue, from the press of the button to its page",
        middle["first issue"],
        "s",
        "lower",
        5,
        1,
        note="its articles were read while the reader answered",
    )


def _way(browser: Browser, address: str, folder: Path, number: int) -> dict[str, float]:
    """Seconds of each page, by name."""
    email = f"reader{number}@merrow.example"
    context = browser.new_context(timezone_id="Europe/Berlin")
    page = context.new_page()
    page.goto(address)
    seconds = _come_in(page, email, folder / "outbox")
    walk = Walk(page)
    walk.all_steps(SPECIALTY, _seeds(folder))
    context.close()
    return {**seconds, **walk.seconds}


def _come_in(page: Page, email: str, outbox: Path) -> dict[str, float]:
    started = time.perf_counter()
    page.get_by_label("Your e-mail address").fill(email)
    page.locator(".joining button").click()
    page.get_by_label("Code").wait_for()
    asked = time.perf_counter()
    code = _code(outbox, email)
    came = time.perf_counter()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/practice")
    return {
        "sign-up": asked - started,
        "mail": came - asked,
        "code": time.perf_counter() - came,
    }


def _code(outbox: Path, email: str) -> str:
    """The six digits of the mail to an address, once it is there."""
    ends = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < ends:
        for path in outbox.glob("*.eml"):
            mail = message_from_bytes(path.read_bytes(), policy=default)
            found = re.search(r"^ +(\d{3}) (\d{3})\s*$", _text(mail), re.MULTILINE)
            if email in str(mail["To"]) and found:
                return found[1] + found[2]
        time.sleep(0.02)
    raise RuntimeError(f"no mail with a code came for {email}")


def _text(mail: Message) -> str:
    part = next(each for each in mail.walk() if each.get_content_type() == "text/plain")
    content = part.get_payload(decode=True)
    return content.decode() if isinstance(content, bytes) else ""


def _seeds(folder: Path) -> str:
    """Three PMIDs that are there."""
    database = sqlite3.connect(f"file:{folder}/ownjournal.sqlite3?mode=ro", uri=True)
    rows = database.execute(
        "SELECT pmid FROM catalogue_article WHERE live ORDER BY pmid LIMIT 3"
    ).fetchall()
    database.close()
    return " ".join(str(pmid) for (pmid,) in rows)


@contextmanager
def _site() -> Iterator[tuple[str, Path]]:
    """A site and its worker in a folder of their own; address and folder."""
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="first-issue-") as name:
        folder = Path(name)
        shutil.copytree(kept_catalogue(FILES), folder, dirs_exist_ok=True)
        port = _free_port()
        environment = {
            "DATA_DIR": name,
            "BIND_PORT": str(port),
            "SEMANTIC": "no",
            "NLM_URL": "http://127.0.0.1:9",  # nobody answers there
        }
        run([*ownjournal("mesh"), MESH], environment=environment)
        run([*ownjournal("worker"), "--once"], environment=environment)
        started = [
            subprocess.Popen(
                ownjournal(command),
                env={**os.environ, **environment},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for command in ("serve", "worker")
        ]
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}", folder
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(WAIT_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    ends = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the site did not start")


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = os.environ.get("OWNJOURNAL_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield browser
        browser.close()
