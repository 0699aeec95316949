"""`ownjournal send`."""

import json
import sys

import click
from django.utils import timezone

from ownjournal.readers.post import trouble
from ownjournal.readers.post.claims import due
from ownjournal.readers.post.loop import send_all


@click.command()
@click.option("--resume", is_flag=True, help="Go on after nearly all mail came back.")
@click.option("--json", "json_", is_flag=True, help="Print what was done as JSON.")
def command(resume: bool, json_: bool) -> None:
    """Send the mail that is due now, as the worker does by itself.

    Where sending has stopped, since nearly all mail of a day came back, --resume goes
    on once the cause is found, and sends again what was refused in that day. Any
    number may run; each letter is sent by one of them. Exit status: 0 when nothing is
    left that is due, 1 when mail has to wait; it is said why.

    \b
    Example:
      ownjournal send
    """
    again = trouble.resume(timezone.now()) if resume else 0
    done = send_all(lambda: False)
    problems = trouble.problems()
    left = due(timezone.now()).count()
    if json_:
        told = {"problems": problems, "again": again, "waiting": left, **done}
        click.echo(json.dumps(told))
    else:
        parts = [f"{count:,} {verdict}" for verdict, count in sorted(done.items())]
        click.echo(", ".join(parts) or "Nothing was sent.")
        for sentence in problems:
            click.echo(sentence, err=True)
    sys.exit(1 if problems or left else 0)
