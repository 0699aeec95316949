"""`ownjournal serve`."""

import atexit
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from multiprocessing.synchronize import Semaphore as SemaphoreType
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import click
from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server.mp import MPServer, WorkerProcess

from ownjournal.site.logs import server_logging
from ownjournal.site.metrics_counts import counting_together
from ownjournal.site.shedding import THREADS, Gate

APPLICATION = "ownjournal.site.wsgi:application"
CONNECTIONS = 512  # that a process has open; others wait to be taken
BACKLOG = 1024  # connections that wait
IN_HAND_SECONDS = 60  # for what is being answered when a process is to end
STOP_TAKING = signal.SIGUSR1
START_SECONDS = 60.0  # of a new process, until it can serve
LAST_SECONDS = 2.0  # in which who was taken last can send a request
FIRST_GIVEN = 3  # systemd's first file descriptor, of sd_listen_fds(3)
ARENAS = "1"
"""Of the C library, from which all threads of a process have their memory.

It would open eight for each core. What one request needed for a moment, as the pages
that a connection of SQLite keeps, stays in the arena of its thread when it is freed,
and the next thread takes as much again from another.
"""


@click.command()
@click.option("--workers", default=1, show_default=True, help="Processes that serve.")
def command(workers: int) -> None:
    """Start the site alone, at BIND_HOST and BIND_PORT, until it is stopped.

    Put a proxy with https before it for others to reach it. SIGHUP puts new processes
    in the place of the old ones, with the settings and the program as they are now;
    no request is lost. A socket that systemd gives is used. Exit status: 0 after
    SIGTERM or Ctrl-C, 2 when the port is taken.

    \b
    Example:
      BIND_PORT=8080 ownjournal serve --workers 2
    """
    listening = given_socket()
    problem = port_problem() if listening is None else None
    if problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(2)
    # Not forked: a new process is to read program and settings anew.
    multiprocessing.set_start_method("spawn", force=True)
    os.environ.setdefault("MALLOC_ARENA_MAX", ARENAS)  # read when a process starts
    server = Server(
        listening or own_socket(),
        target=APPLICATION,
        address=settings.BIND_HOST,
        port=settings.BIND_PORT,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        log_level=LogLevels.warning,
        log_dictconfig=server_logging(settings.LOG_FORMAT),
        respawn_failed_workers=True,
        workers_kill_timeout=IN_HAND_SECONDS,
    )
    with counting_together() if settings.METRICS_TOKEN else nullcontext():
        server.run()


class Server(MPServer):
    """Granian, with one listening socket for all its processes.

    Each process of Granian has its own on Linux, and what waits at a socket is lost
    when its process ends. Here the first process keeps the socket open, and what
    waits is taken by whoever is there next. A process that is to end takes no more
    connections first: one that was taken and has sent nothing yet would be closed.
    """

    def __init__(self, listening: socket.socket, **options: Any) -> None:
        super().__init__(**options)
        self._listening = listening
        self._ready = multiprocessing.Semaphore(0)  # a process more that can serve
        self._coming = 0  # processes that cannot yet

    def run(self) -> None:
        """Serve until the end."""
        self.serve(target_loader=partial(application, self._ready), wrap_loader=False)

    def _init_shared_socket(self) -> None:
        descriptor = self._listening.fileno()
        self._listening.set_inheritable(True)
        self._ssp, self._sso = None, self._listening
        holder: Any = SocketHolder  # its stub lacks what it is made of
        self._shd = holder(descriptor, False, self.backlog)
        self._sfd = descriptor  # type: ignore[assignment]

    def _spawn_worker(self, *given: Any, **named: Any) -> WorkerProcess:
        worker = super()._spawn_worker(*given, **named)
        wait_in_one_thread(worker)
        end: Callable[[], None] = worker.terminate

        def end_later() -> None:
            worker.interrupt_by_parent = True
            if worker not in self.wrks:  # another has its place
                self._wait_for_newcomers()
            if worker.inner.is_alive():
                os.kill(worker.inner.pid, STOP_TAKING)
                time.sleep(LAST_SECONDS)
            end()

        worker.terminate = end_later  # type: ignore[method-assign]
        self._coming += 1
        return worker

    def _wait_for_newcomers(self) -> None:
        while self._coming and self._ready.acquire(timeout=START_SECONDS):
            self._coming -= 1


def wait_in_one_thread(worker: WorkerProcess) -> None:
    """Let all who wait for a process wait for the thread that watches it.

    The system tells the end of a process to one thread only. Another that waits at
    the same moment learns nothing, takes the process for alive and "kills" it.
    """
    ended = threading.Event()
    watch: Callable[[], None] = worker._watcher

    def until_it_ends() -> None:
        try:
            watch()
        finally:
            ended.set()

    worker._watcher = until_it_ends  # type: ignore[method-assign]
    worker.join = ended.wait  # type: ignore[method-assign]


def application(ready: SemaphoreType) -> Gate:
    """What one process serves, after its first page.

    That page opens index, database and templates, so that a process begins as fast
    as the one whose place it takes. At its end nothing is left to be done, and threads
    that wait would wake in an interpreter that is no more: it ends at once.
    """
    from ownjournal.site.wsgi import application

    environ: dict[str, Any] = {"HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    list(application(environ, lambda *_: None))
    signal.signal(STOP_TAKING, lambda *_: _take_no_more())
    atexit.register(_end_at_once)
    ready.release()
    return application


def _take_no_more() -> None:
    """Put a socket that nobody knows in the place of the one that is listened at.

    The other processes go on with theirs, and what waits there is theirs.
    """
    unknown = socket.create_server(("127.0.0.1", 0))
    unknown.setblocking(False)
    for descriptor in [int(each.name) for each in Path("/dev/fd").iterdir()]:
        if descriptor != unknown.fileno() and _listens(descriptor):
            os.dup2(unknown.fileno(), descriptor)
    unknown.detach()


def _listens(descriptor: int) -> bool:
    try:
        with socket.socket(fileno=os.dup(descriptor)) as each:
            return bool(each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:  # no socket, or closed by now
        return False


def _end_at_once() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def own_socket() -> socket.socket:
    """A socket that listens at BIND_HOST and BIND_PORT."""
    made = socket.create_server(
        (settings.BIND_HOST, settings.BIND_PORT), family=_family(), backlog=BACKLOG
    )
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _family() -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in settings.BIND_HOST else socket.AF_INET


def given_socket() -> socket.socket | None:
    """The one that systemd listens at for us (systemd.socket(5)), where it does.

    It goes on listening while the site is started anew, so that nobody is refused.
    """
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return None
    return socket.socket(fileno=FIRST_GIVEN)


def port_problem() -> str | None:
    """Why the site cannot listen where it should, in a sentence; None when it can."""
    with socket.socket(_family()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.BIND_HOST, settings.BIND_PORT))
        except OSError as error:
            return (
                f"{settings.BIND_HOST}:{settings.BIND_PORT} cannot be used"
                f" ({error.strerror}). Is Ownjournal running already? BIND_PORT"
                " names another port."
            )
    return None
