"""Site and worker outlive a restart of the database, and need none themselves."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from made.loopback import free_port
from made.postgres import programs
from made.replicas import Server, alone
from made.served import answers

pytestmark = pytest.mark.slow

WAITS = 60.0  # seconds, for processes on a busy machine
OLD_COUNT = (
    "INSERT INTO readers_attempts (key, began_at, count) "
    "VALUES ('{}', now() - interval '2 days', 1)"
)
WORKER = """
import django; django.setup()
from ownjournal.cli import worker
worker.PAUSE_SECONDS = 0.2
worker.command.main(args=[])
"""


@pytest.fixture
def server() -> Iterator[Server]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with alone() as made:
        yield made


def until(what: Callable[[], bool]) -> None:
    ends = time.monotonic() + WAITS
    while not what():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.1)


@contextmanager
def running(
    *command: str, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, *command], env=environment) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def is_swept(server: Server, key: str) -> bool:
    return (key,) not in server.run("SELECT key FROM readers_attempts")


def asks_for_a_code(address: str) -> int:
    """The status that a reader gets who wants to sign in."""
    with httpx.Client(base_url=address, trust_env=False) as client:
        client.get("/sign-in")
        form = {
            "csrfmiddlewaretoken": client.cookies["csrf"],
            "email": "ada@example.org",
        }
        return client.post("/sign-in", data=form).status_code


def test_site_and_worker_go_on_after_a_restart_of_the_database(
    server: Server, tmp_path: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    ready = f"{address}/health/ready"
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": server.url,
        "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
        "BIND_PORT": str(port),
        "SYNC_DAILY_AT": "23:59",
        "NLM_URL": "http://127.0.0.1:9",
    }
    program = ("-m", "ownjournal.cli.main")
    migrate = [sys.executable, *program, "migrate"]
    subprocess.run(migrate, env=environment, check=True, capture_output=True)
    with (
        running(*program, "serve", environment=environment) as site,
        running("-c", WORKER, environment=environment) as worker,
    ):
        server.run(OLD_COUNT.format("before"))
        until(lambda: answers(ready) and is_swept(server, "before"))

        server.stop()
        time.sleep(2)  # both meet a database that is away
        assert httpx.get(ready, trust_env=False).status_code == 503
        server.start()

        ready_again = [answers(ready) for _ in range(20)]
        server.run(OLD_COUNT.format("after"))
        until(lambda: is_swept(server, "after"))
        assert asks_for_a_code(address) == 302
        until(lambda: any((tmp_path / "outbox").glob("**/*.eml")))
        assert (site.poll(), worker.poll()) == (None, None)
    assert all(ready_again)
