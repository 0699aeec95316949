"""`ownjournal migrate`."""

import click
from django.conf import settings
from django.core.management import call_command


@click.command()
def command() -> None:
    """Bring the database to this version's form.

    Safe to repeat; `ownjournal up` does it by itself. Exit status: 0 when the
    database fits this version.

    \b
    Example:
      ownjournal migrate
    """
    migrate()
    click.echo("The database fits this version.")


def migrate() -> None:
    """Make the data folder and apply what migrations there are."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
