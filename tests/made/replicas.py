"""Two servers of PostgreSQL on loopback: a primary, and a replica that follows it.

With synchronous commit, a commit is acknowledged once the replica has it on its own
disk. Each server is a process that can be killed like a machine that is lost. When
the primary is lost, `promote` makes the replica take its place; `url` names both.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from made.loopback import free_port
from made.postgres import as_owner, owned, programs

WAITS = 60.0  # seconds, for a server on a busy machine
PATIENCE = 300  # seconds for pg_ctl, which by itself has 60
OPTIONS = (
    "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
    "-c fsync=off -c wal_receiver_timeout=5s -c wal_retrieve_retry_interval=200ms"
)


class Server:
    """One server: its port, its folder, and its process while it runs."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._binaries = binaries

    @property
    def url(self) -> str:
        return f"postgres://oj@127.0.0.1:{self.port}/oj"

    def start(self) -> None:
        """Start the process and wait until it answers."""
        options = OPTIONS.format(port=self.port, folder=self.folder)
        self._control("-w", "-o", options, "start")

    def stop(self) -> None:
        """End the process as an operator does, if it runs."""
        if self._pid() is not None:
            self._control("-w", "-m", "fast", "stop")

    def kill(self) -> None:
        """Kill -9 the process and all its children: the machine is gone."""
        pid = self._pid()
        if pid is not None:
            for each in (pid, *_children(pid)):
                _killed(each)
            (self._data / "postmaster.pid").unlink()

    def make(self) -> None:
        """A new server with an empty database, running."""
        as_owner(self._binaries / "initdb", "-D", self._data, "-A", "trust", "-U", "oj")
        self.start()
        as_owner(self._binaries / "createdb", *self._place, "oj")

    def copy(self, primary: "Server") -> None:
        """Begin anew as a running replica of another."""
        shutil.rmtree(self._data, ignore_errors=True)
        into = ("-D", self._data, "-R", "-X", "stream", "-c", "fast")
        as_owner(self._binaries / "pg_basebackup", *primary._place, *into)
        self.start()

    def promote(self) -> None:
        """Make a replica the primary; returns once it takes writes."""
        self._control("-w", "promote")

    def run(self, statement: str) -> list[tuple[object, ...]]:
        """The rows of a statement that an operator types."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _control(self, *words: object) -> None:
        place = ("-D", self._data, "-l", self.folder / "log", "-t", PATIENCE)
        as_owner(self._binaries / "pg_ctl", *place, *words)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _place(self) -> tuple[object, ...]:
        return ("-h", "127.0.0.1", "-p", self.port, "-U", "oj")

    def _pid(self) -> int | None:
        path = self._data / "postmaster.pid"
        return int(path.read_text().split()[0]) if path.exists() else None


class Pair:
    """A primary and its replica."""

    def __init__(self, primary: Server, replica: Server) -> None:
        self.primary, self.replica = primary, replica

    @property
    def url(self) -> str:
        """Both, of which a client takes the one that takes writes."""
        ports = (self.primary.port, self.replica.port)
        hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
        return f"postgres://oj@{hosts}/oj?target_session_attrs=read-write"

    def cut_off(self) -> None:
        """The replica gets nothing more; the primary goes on, and waits for nobody."""
        self.primary.run("ALTER SYSTEM SET synchronous_standby_names = ''")
        self.primary.run("SELECT pg_reload_conf()")
        self.replica.run("ALTER SYSTEM SET primary_conninfo = ''")
        self.replica.run("SELECT pg_reload_conf()")
        self._wait("SELECT count(*) = 0 FROM pg_stat_replication")

    def fail_over(self) -> None:
        """The replica takes the place of a primary that is lost."""
        self.replica.promote()
        self.primary, self.replica = self.replica, self.primary

    def follow(self) -> None:
        """Make the replica a copy of the primary that each commit waits for."""
        self.replica.copy(self.primary)
        # set now and not before: the copy would take it over, and wait after its own
        # promotion for a replica that it has not
        self.primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.primary.run("SELECT pg_reload_conf()")
        self._wait("SELECT bool_or(sync_state = 'sync') FROM pg_stat_replication")

    def _wait(self, question: str) -> None:
        ends = time.monotonic() + WAITS
        while self.primary.run(question) != [(True,)]:
            if time.monotonic() > ends:
                raise TimeoutError(question)
            time.sleep(0.05)


@contextmanager
def alone() -> Iterator[Server]:
    """One server with an empty database; it ends with the context."""
    with _place() as (folder, binaries):
        made = Server(folder, binaries)
        try:
            made.make()
            yield made
        finally:
            made.kill()


@contextmanager
def replicas() -> Iterator[Pair]:
    """A new pair with an empty database; both servers end with the context."""
    with _place() as (place, binaries):
        folders = [place / each for each in ("primary", "replica")]
        for folder in folders:
            folder.mkdir()
            owned(folder)
        pair = Pair(*(Server(folder, binaries) for folder in folders))
        try:
            pair.primary.make()
            pair.follow()
            yield pair
        finally:
            pair.replica.stop()
            pair.primary.kill()


@contextmanager
def _place() -> Iterator[tuple[Path, Path]]:
    """A folder for servers, and that of their programs."""
    binaries = programs()
    if binaries is None:
        raise LookupError("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="ownjournal-servers-") as name:
        owned(Path(name))
        yield Path(name), binaries


def _children(pid: int) -> list[int]:
    return [
        int(child)
        for thread in Path(f"/proc/{pid}/task").iterdir()
        for child in (thread / "children").read_text().split()
    ]


def _killed(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:  # a child that went with its parent
        return
