"""`ownjournal restore`."""

import sys
from pathlib import Path

import click
from django.conf import settings
from django.db import connection
from django.utils import timezone

from ownjournal.cli.backup import given
from ownjournal.cli.migrate import migrate
from ownjournal.readers.leaving import farewell, scrubbing
from ownjournal.site.backups.problem import BackupProblem
from ownjournal.site.backups.restoring import Restored, is_sealed, look, restore


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The passphrase is this file's first line; else it is asked for.",
)
@click.option("--replace", is_flag=True, help="Move what is here aside, and restore.")
@click.option("--check", is_flag=True, help="Only read it, and check every sum.")
def command(
    file: Path, passphrase_file: Path | None, replace: bool, check: bool
) -> None:
    """Make a site of a backup, in an empty data folder and an empty database.

    All of the backup is read and checked first; where anything is wrong with it,
    nothing is changed. A backup of an older version is brought to this version's
    form, one of a newer version is refused. Who was erased since is erased again,
    and what was mailed is not mailed again, as far as the folders erased/ and sent/
    tell: copy them from the old data folder first, if it can still be read. With
    --replace, stop the site and the worker before. Exit status: 0 when done.

    \b
    Example:
      ownjournal restore /mnt/backups/ownjournal-20261126T031500Z.tar
    """
    try:
        passphrase = given(passphrase_file)
        if passphrase is None and is_sealed(file):
            passphrase = click.prompt("Passphrase", hide_input=True, err=True)
        if check:
            told, parts = look(file, passphrase)
            click.echo(
                f"The backup is whole: {parts:,} parts, {told.count():,} rows, made by"
                f" {told.version} on {told.made_at:%Y-%m-%d %H:%M} UTC."
            )
            return
        done = restore(file, passphrase, timezone.now(), replaces=replace)
    except BackupProblem as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    click.echo(
        f"Restored as of {done.manifest.made_at:%Y-%m-%d %H:%M} UTC:"
        f" {done.manifest.count():,} rows, {done.parts:,} parts."
    )
    _finish()
    _say_what_next(done)


def _finish() -> None:
    """Bring the database to this version's form, and let the erased be erased."""
    try:
        migrate()
        click.echo(f"Erased again: {farewell.replay()}")
        if scrubbing.is_due():
            scrubbing.scrub()
    except Exception as fault:
        click.echo(
            f"Error: {type(fault).__name__}: {fault}\nThe backup is in place, but not"
            " ready: run `ownjournal migrate`, then `ownjournal erased`.",
            err=True,
        )
        sys.exit(1)
    finally:
        connection.close()


def _say_what_next(done: Restored) -> None:
    for place in done.aside:
        click.echo(f"What was here before is in {place}; delete it when all is well.")
    if done.settings:
        click.echo(
            f"The backup's settings are in {settings.DATA_DIR / done.settings}, not in"
            " use: settings are here already, or it names another database."
        )
    click.echo(
        "Next: ownjournal index --rebuild, then ownjournal check, then start the site"
        " and the worker.\nTo try a copy out, set MAIL_URL=outbox: so no mail leaves."
    )
