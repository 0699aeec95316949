"""A PostgreSQL server of one's own, on loopback, for as long as it is needed.

    python -m made.postgres -- pytest tests/catalogue

runs a command with DATABASE_URL naming such a server. Nothing of the machine's
own clusters is touched; the folder is removed in the end.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from made.loopback import free_port

DEBIAN = Path("/usr/lib/postgresql")
OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories={}"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where PostgreSQL is not installed."""
    versions = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda p: float(p.parts[-3]))
    on_path = shutil.which("pg_ctl")
    if versions:
        return versions[-1].parent
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a fresh, empty database; the server ends with the context."""
    binaries = programs()
    if binaries is None:
        raise LookupError(
            "PostgreSQL is not installed (Debian: apt install postgresql)"
        )
    with tempfile.TemporaryDirectory(prefix="ownjournal-postgres-") as name:
        folder = Path(name)
        port = free_port()
        owned(folder)
        as_owner(binaries / "initdb", "-D", folder / "data", "-A", "trust", "-U", "oj")
        server = (
            binaries / "pg_ctl",
            "-D",
            folder / "data",
            "-w",
            "-l",
            folder / "log",
        )
        as_owner(*server, "-o", f"{OPTIONS.format(folder)} -p {port}", "start")
        try:
            as_owner(
                binaries / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "oj", "oj"
            )
            yield f"postgres://oj@127.0.0.1:{port}/oj"
        finally:
            as_owner(*server, "-m", "immediate", "stop")


def owned(folder: Path) -> None:
    """PostgreSQL refuses to run as root, so root hands the folder over."""
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        folder.chmod(0o700)


def as_owner(*command: object) -> None:
    """Run a program of PostgreSQL's; what it says goes to a file.

    Not to a pipe: the server inherits it and would keep it open.
    """
    words = [str(word) for word in command]
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            words,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            cwd="/",
            stdout=said,
            stderr=said,
            check=False,
        )
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{words[0]} failed: {said.read()}")


def another_database(url: str) -> str:
    """The URL of a new, empty database on the same server."""
    name = f"another_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{url.rpartition('/')[0]}/{name}"


def copy_of(url: str) -> str:
    """The URL of a new database with all that is in this one, which nobody may use.

    A process that has just ended can have left a connection; for half a minute it is
    waited for.
    """
    server, _, name = url.rpartition("/")
    new = f"copy_{uuid4().hex}"
    names = sql.Identifier(new), sql.Identifier(name)
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names)
    ends = time.monotonic() + 30
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        while True:
            try:
                connection.execute(copy)
                return f"{server}/{new}"
            except psycopg.errors.ObjectInUse:
                if time.monotonic() > ends:
                    raise
                time.sleep(0.1)


def drop(url: str) -> None:
    """Remove a database, whoever uses it."""
    server, _, name = url.rpartition("/")
    gone = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(gone)


def main() -> int:
    """Run the command after `--` with a server beside it; its exit status is ours."""
    command = sys.argv[sys.argv.index("--") + 1 :]
    with postgres() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
