"""The server in processes of its own: new processes, a given socket, counts of all."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from granian.server.mp import WorkerProcess

from bench.load_site import children
from made.loopback import free_port
from ownjournal.cli.serve import wait_in_one_thread

pytestmark = pytest.mark.slow

WAITS = 120.0  # seconds, on a busy machine
TOKEN = {"Authorization": "Bearer a-word"}
GIVEN = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
ARENAS = "MALLOC_ARENA_MAX"  # the C library reads it when a process starts
PROGRAM = [sys.executable, "-m", "ownjournal.cli.main"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("serve")
    named = {**os.environ, "DATA_DIR": str(folder), "METRICS_TOKEN": "a-word"}
    named |= {"LOG_FORMAT": "json"}
    named.pop("DATABASE_URL", None)
    subprocess.run([*PROGRAM, "migrate"], env=named, check=True, capture_output=True)
    return named


@contextmanager
def served(
    environment: dict[str, str],
    port: int,
    log: Path,
    given: socket.socket | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """The site at a port; with a socket as systemd gives it, it has no other."""
    command = [*PROGRAM, "serve", "--workers", "2"]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command if given is None else ["sh", "-c", GIVEN, "sh", *command],
            env={**environment, "BIND_PORT": str(port if given is None else 9)},
            stderr=written,
            pass_fds=() if given is None else (3,),
            preexec_fn=None if given is None else lambda: os.dup2(given.fileno(), 3),
        )
    try:
        until_it_answers(port)
        yield process
    finally:
        process.terminate()
        assert process.wait() == 0


def asked(port: int, path: str = "/health/live") -> httpx.Response:
    url = f"http://127.0.0.1:{port}{path}"
    return httpx.get(url, headers=TOKEN, trust_env=False, timeout=WAITS)


def until_it_answers(port: int) -> None:
    ends = time.monotonic() + WAITS
    while True:
        try:
            assert asked(port).status_code == 200
        except httpx.HTTPError:
            assert time.monotonic() < ends
            time.sleep(0.1)
        else:
            return


def counted(port: int) -> float:
    """Requests for /health/live, of all processes."""
    name = 'ownjournal_request_seconds_count{method="GET",path="/health/live"'
    text = asked(port, "/metrics").text
    return sum(
        float(line.split()[-1]) for line in text.splitlines() if line.startswith(name)
    )


def test_new_processes_take_the_place_of_the_old_and_counts_go_on(
    environment: dict[str, str], tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "log"
    with served(environment, port, log) as process:
        old = set(children(process.pid))
        for _ in range(40):
            asked(port)
        before = counted(port)
        process.send_signal(signal.SIGHUP)
        ends = time.monotonic() + WAITS
        while len(old & set(children(process.pid))) > 1:  # one is Python's own
            assert time.monotonic() < ends
            assert asked(port).status_code == 200

        assert before >= 40
        assert counted(port) > before

    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert {each["level"] for each in events} == {"info"}
    assert {each["event"] for each in events} == {"request"}


def test_a_process_that_has_ended_is_not_taken_for_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = os.waitpid

    def told_late(pid: int, options: int) -> tuple[int, int]:
        if threading.current_thread() is threading.main_thread():
            time.sleep(0.1)  # the other is told, and the machine is busy:
        told = ends(pid, options)
        time.sleep(0.5)
        return told

    monkeypatch.setattr(os, "waitpid", told_late)
    process: Any = WorkerProcess  # it has no types
    worker = process(None, 0, time.sleep, (0.1,))
    worker.interrupt_by_parent = True
    wait_in_one_thread(worker)
    worker.start()

    worker.join(WAITS)

    assert not worker.is_alive()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="Linux tells")
def test_all_threads_of_a_process_share_one_arena_of_memory(
    environment: dict[str, str], tmp_path: Path
) -> None:
    unset = {key: environment[key] for key in environment if key != ARENAS}
    with served(unset, free_port(), tmp_path / "log") as process:
        kept = [
            Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            for pid in children(process.pid)
        ]

    assert [f"{ARENAS}=1".encode() in each for each in kept] == [True] * 3


def test_a_socket_that_is_given_is_used_and_outlives_the_site(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with served(environment, port, tmp_path / "log", listening):
            assert asked(port).status_code == 200
        with socket.create_connection(("127.0.0.1", port)) as waiting:
            waiting.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            with served(environment, port, tmp_path / "log", listening):
                assert waiting.recv(100).startswith(b"HTTP/1.1 200 OK")
