"""The one command, as a newcomer runs it: real processes, a real browser's steps."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from made.files import pubmed_file, record
from made.nlm_server import NlmServer
from made.postgres import another_database

pytestmark = pytest.mark.slow
ON_EVERY_DATABASE = pytest.mark.its_processes_on_the_database

PAIN = ("D010146", "Pain")
NOBODY = "http://127.0.0.1:9"  # the discard port: refused at once


def of_its_own(folder: Path) -> dict[str, str]:
    """A database that no other test has seen, on the server in use; one a folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return {}
    kept = folder / "database_url"
    if not kept.exists():
        kept.write_text(another_database(url))
    return {"DATABASE_URL": kept.read_text()}


class Up:
    """`ownjournal up` under way."""

    def __init__(self, folder: Path, environment: dict[str, str], *words: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.site = f"http://127.0.0.1:{port}"
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ownjournal.cli.main", "up", *words],
                stdout=log,
                stderr=log,
                env={
                    **os.environ,
                    "DATA_DIR": str(folder / "data"),
                    "BIND_PORT": str(port),
                    "SITE_URL": self.site,
                    "NLM_URL": NOBODY,
                    **of_its_own(folder),
                    **environment,
                },
                start_new_session=True,
            )

    def link(self) -> str:
        """The address it prints, once it does."""
        ends = time.monotonic() + 120
        while time.monotonic() < ends and self.process.poll() is None:
            found = re.search(r"http://\S+/sign-in/\S+", self.log.read_text())
            if found:
                return found[0]
            time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def stop(self) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@contextmanager
def up(folder: Path, *words: str, **environment: str) -> Iterator[Up]:
    started = Up(folder, environment, *words)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.terminate()
            started.process.wait(60)


@contextmanager
def signed_in(link: str) -> Iterator[httpx.Client]:
    """A browser that followed the link and pressed its button."""
    with httpx.Client(follow_redirects=True, trust_env=False) as client:
        page = client.get(link)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1]}
        answer = client.post(link, data=form, headers={"referer": link})
        assert answer.status_code == 200
        yield client


@ON_EVERY_DATABASE
def test_one_command_leads_from_files_to_an_issue(tmp_path: Path) -> None:
    records = [
        record(number, f"Pain finding {number}", mesh=[PAIN]) for number in (1, 2, 3)
    ]
    files = pubmed_file(tmp_path / "files", "pubmed26n0001.xml.gz", *records).parent
    with up(tmp_path, "--data", str(files), "--topic", "Pain") as first:
        link = first.link()
        with signed_in(link) as browser:
            issue = browser.get(f"{first.site}/issues/1").text
        again = httpx.get(link, trust_env=False).text
        status = first.stop()

    assert "Pain finding" in issue
    assert "For “Pain”" in issue
    assert "name=" not in again or "used" in again
    assert status == 0

    with up(tmp_path) as second:
        with signed_in(second.link()) as browser:
            assert "Pain finding" in browser.get(f"{second.site}/issues/1").text
            assert browser.get(f"{second.site}/issues/2").status_code == 404
        assert second.stop() == 0


def test_without_a_network_it_says_so_and_shows_examples(tmp_path: Path) -> None:
    with up(tmp_path) as site:
        with signed_in(site.link()) as browser:
            issue = browser.get(f"{site.site}/issues/1").text
        said = site.log.read_text().splitlines()
        site.stop()

    assert said[0].startswith("NLM cannot be reached: 127.0.0.1 refuses")
    assert "invented" in said[1]
    assert "Invented example" in issue


@pytest.mark.parametrize("host", ["0.0.0.0", "::1"])
def test_it_starts_at_any_address_of_the_machine(tmp_path: Path, host: str) -> None:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, 0), family=family).close()
    except OSError:
        pytest.skip(f"this machine has no {host}")
    files = pubmed_file(tmp_path / "files", "pubmed26n0001.xml.gz", record(1)).parent
    with up(tmp_path, "--data", str(files), BIND_HOST=host) as site:
        assert site.link()
        assert site.stop() == 0

    assert "Traceback" not in site.log.read_text()


def test_with_a_network_it_loads_nlms_newest_files(tmp_path: Path) -> None:
    with NlmServer() as server:
        for number in (1, 2, 3, 4):
            name = f"pubmed26n{number:04}.xml.gz"
            path = pubmed_file(tmp_path / "nlm", name, record(number))
            server.put("update", name, path.read_bytes())
        nlm = server.address.removesuffix("/pubmed/")
        with up(tmp_path, NLM_URL=nlm, SYNC_FILES="2") as site:
            site.link()
            answer = httpx.get(f"{site.site}/health/ready", trust_env=False).json()
            site.stop()

    assert answer["ready"]
    assert answer["database"]["articles"] == 2
    assert answer["database"]["newest_file"] == "pubmed26n0004.xml.gz"


def test_a_port_that_is_taken_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with up(tmp_path, BIND_PORT=port) as site:
            assert site.process.wait(60) == 2

    assert "BIND_PORT" in site.log.read_text()
    assert not (tmp_path / "data").exists()


def test_a_wrong_setting_is_said_in_one_line(tmp_path: Path) -> None:
    with up(tmp_path, SYNC_FILES="three") as site:
        assert site.process.wait(60) == 2

    assert site.log.read_text() == (
        "Error: SYNC_FILES is 'three'; it must be a whole number.\n"
    )


def _hears_ctrl_c() -> None:
    """A shell's background jobs are deaf to it, and so is what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@ON_EVERY_DATABASE
def test_ctrl_c_while_files_are_loaded_leaves_whole_files(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    for number in range(1, 41):
        records = [record(number * 100 + each) for each in range(100)]
        pubmed_file(folder, f"pubmed26n{number:04}.xml.gz", *records)
    data = {"DATA_DIR": str(tmp_path / "data")}
    environment = {**os.environ, **data, **of_its_own(tmp_path)}
    command = [sys.executable, "-m", "ownjournal.cli.main", "ingest", str(folder)]
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_hears_ctrl_c,
    ) as load:
        assert load.stdout is not None and load.stderr is not None
        load.stdout.readline()  # one file is applied
        os.killpg(load.pid, signal.SIGINT)  # as a terminal does
        assert load.wait(60) == 130
        said = load.stderr.read().strip()
        assert said == "Stopped; the same command goes on from here."

    again = subprocess.run(command, env=environment, capture_output=True, check=True)

    said = again.stdout.decode()
    assert "applied before" in said
    assert said.count("100 articles changed") + said.count("applied before") == 40
    assert all(
        path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "data").rglob("*")
    )
