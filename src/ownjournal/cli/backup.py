"""`ownjournal backup`."""

import sys
from pathlib import Path

import click
from django.utils import timezone

from ownjournal.site.backups.making import back_up, older
from ownjournal.site.backups.problem import BackupProblem
from ownjournal.site.condition import note_backup

SHORTEST = 12  # characters of a passphrase


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--encrypt", is_flag=True, help="Encrypt it; asks for a passphrase.")
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Encrypt it with the passphrase in this file's first line.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Then remove all backups in FOLDER but the newest this many.",
)
def command(
    folder: Path, encrypt: bool, passphrase_file: Path | None, keep: int | None
) -> None:
    """Write all that must be kept into one file in FOLDER, while the site runs.

    In it are the database as of one moment, the pictures of notes, trained models,
    the key, the settings, and the lists of who was erased and what was mailed; not
    the index, which is built anew. Each site needs a FOLDER of its own, on another
    disk. A backup holds what its site holds: keep it as safe, or encrypt it. Without
    its passphrase an encrypted one is lost. The database is copied in the data folder
    first, so there must be room for it. Exit status: 0 when the file is there, whole;
    1 when not, and no file is left behind.

    \b
    Example:
      ownjournal backup /mnt/backups --passphrase-file /root/passphrase --keep 14
    """
    passphrase = given(passphrase_file)
    if encrypt and passphrase is None:
        passphrase = click.prompt(
            "Passphrase", hide_input=True, confirmation_prompt=True, err=True
        )
    if passphrase is not None and len(passphrase) < SHORTEST:
        raise click.BadParameter(f"A passphrase has at least {SHORTEST} characters.")
    try:
        made = back_up(folder, passphrase, timezone.now())
        note_backup(timezone.now())
        removed = older(folder, keep) if keep else []
        for path in removed:
            path.unlink()
    except (BackupProblem, OSError) as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    tables = len(made.manifest.rows)
    click.echo(
        f"{made.path}: {made.manifest.count():,} rows of {tables} tables,"
        f" {made.parts:,} parts, {made.size / 1e6:,.1f} MB"
        + (", encrypted." if passphrase else ".")
    )
    if removed:
        click.echo(f"Older backups removed: {len(removed)}.")


def given(file: Path | None) -> str | None:
    """The first line of a file, None where no file is named."""
    if file is None:
        return None
    lines = file.read_text("utf-8").splitlines()
    return lines[0].strip() if lines else ""
