"""`ownjournal reader`."""

import os
import sys
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from ownjournal.cli.migrate import migrate
from ownjournal.readers import registry, signin
from ownjournal.readers.address import BadAddress, canonical
from ownjournal.readers.interests import CannotFollow
from ownjournal.readers.leaving import archive, erasing, farewell, scrubbing
from ownjournal.readers.membership import members
from ownjournal.readers.models import Reader


@click.group()
def command() -> None:
    """Add readers and their interests, and let them in.

    \b
    Example:
      ownjournal reader add ada@example.org --topic Hypertension --seed 31234567
    """


@command.command()
@click.argument("email")
@click.option("--topic", "topics", multiple=True, help="A MeSH heading; repeatable.")
@click.option("--words", multiple=True, help="Words or a phrase; repeatable.")
@click.option("--journal", "journals", multiple=True, help="Name, ISSN or NLM id.")
@click.option("--seed", "seeds", multiple=True, help="PMID of an article worth more.")
@click.option("--time-zone", help="Where the reader lives, as in Europe/Berlin.")
@click.option("--operator/--no-operator", default=None, help="Who runs the site.")
def add(
    email: str,
    topics: tuple[str, ...],
    words: tuple[str, ...],
    journals: tuple[str, ...],
    seeds: tuple[str, ...],
    time_zone: str | None,
    operator: bool | None,
) -> None:
    """Add the reader with the address EMAIL, or add interests to the one there is.

    Exit status: 0 when all was done, 1 when something was not understood;
    nothing is changed then.

    \b
    Example:
      ownjournal reader add ada@example.org --topic Hypertension --words "sleep apnea"
    """
    migrate()
    try:
        reader = registry.add(
            email,
            topics=topics,
            words=words,
            journals=journals,
            seeds=seeds,
            is_operator=operator,
            time_zone=time_zone,
            say=click.echo,
        )
    except (BadAddress, CannotFollow, registry.UnknownTimeZone) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    count = reader.interests.count()
    click.echo(f"{reader.email}: {count} interest{'' if count == 1 else 's'}")


@command.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a link that signs the reader in, once and within ten minutes.

    \b
    Example:
      ownjournal reader link ada@example.org
    """
    click.echo(settings.SITE_URL + signin.make_link(known(email), timezone.now()))


@command.command()
@click.argument("email")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The last day.",
)
def member(email: str, until: datetime | None) -> None:
    """Make a reader a member, for good or until a day; again it changes the day.

    Exit status: 0, or 1 when no reader has the address.

    \b
    Example:
      ownjournal reader member ada@example.org --until 2027-12-31
    """
    migrate()
    reader, until_on = known(email), until.date() if until else None
    members.grant(reader, until_on, timezone.now())
    last = f"until {until_on}" if until_on else "for good"
    click.echo(f"{reader.email} is a member, {last}.")


@command.command()
@click.argument("email")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("ownjournal-export.zip"),
    help="The file; the default is ownjournal-export.zip.",
)
def export(email: str, to: Path) -> None:
    """Write all that is kept of the reader EMAIL into a zip, as the reader could.

    \b
    Example:
      ownjournal reader export ada@example.org --to ada.zip
    """
    reader = known(email)
    _see_free(to)
    part = to.with_name(f"{to.name}.part")  # half an export looks like a whole one
    try:
        with part.open("wb") as file:
            archive.write(file, reader)
            file.flush()
            os.fsync(file.fileno())
        _see_free(to)  # an export takes a while
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{to}: {to.stat().st_size:,} bytes")


def _see_free(place: Path) -> None:
    if place.exists():
        click.echo(f"Error: {place} is there already; nothing was changed.", err=True)
        sys.exit(1)


@command.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--now", is_flag=True, help="At once, and without a last mail.")
def erase(email: str, yes: bool, now: bool) -> None:
    """Erase the reader EMAIL and everything of theirs, for good.

    The worker does it when the last mail has left, within the hour; with --now it
    is done when the command ends.

    \b
    Example:
      ownjournal reader erase ada@example.org --now
    """
    reader = known(email)
    if not yes:
        click.confirm(f"Erase all that is kept of {reader.email}?", abort=True)
    if now:
        erasing.erase(reader)
        left = "" if scrubbing.scrub() else " Free pages: ownjournal erased --vacuum."
        click.echo(f"Erased.{left}")
    else:
        farewell.ask(reader, timezone.now())
        click.echo("Closed; it is erased as soon as the last mail has left.")


def known(email: str) -> Reader:
    """The reader with this address; a wrong one ends the command with status 1."""
    try:
        return Reader.objects.get(email=canonical(email))
    except BadAddress as error:
        click.echo(f"Error: {error}", err=True)
    except Reader.DoesNotExist:
        click.echo(
            f"Error: no reader has the address {email}; add one with"
            f" ownjournal reader add {email}.",
            err=True,
        )
    sys.exit(1)
