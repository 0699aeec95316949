"""`ownjournal serve`."""

import socket
import sys

import click
from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

APPLICATION = "ownjournal.site.wsgi:application"


@click.command()
@click.option("--workers", default=1, show_default=True, help="Processes that serve.")
def command(workers: int) -> None:
    """Start the site alone, at BIND_HOST and BIND_PORT, until it is stopped.

    Put a proxy with https before it for others to reach it. Exit status: 0
    after SIGTERM or Ctrl-C, 2 when the port is taken.

    \b
    Example:
      BIND_PORT=8080 ownjournal serve --workers 2
    """
    problem = port_problem()
    if problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(2)
    Granian(
        APPLICATION,
        address=settings.BIND_HOST,
        port=settings.BIND_PORT,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


def port_problem() -> str | None:
    """Why the site cannot listen where it should, in a sentence; None when it can."""
    with socket.socket() as probe:
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
