"""`ownjournal erased`."""

import click
from django.conf import settings

from ownjournal.readers.leaving import farewell, scrubbing


@click.command()
@click.option("--vacuum", is_flag=True, help="Write the database anew, however large.")
def command(vacuum: bool) -> None:
    """Erase again every reader who had left and whom a restored backup brought back.

    The worker does so when it starts. With --vacuum, what erased rows left in free
    pages of SQLite's file goes too; writing waits meanwhile, and as much room as the
    database takes must be free. Exit status: 0 when nothing of them is left.

    \b
    Example:
      ownjournal erased --vacuum
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    click.echo(f"Erased again: {farewell.replay()}")
    if vacuum or scrubbing.is_due():
        done = scrubbing.scrub(whatever_size=vacuum)
        click.echo(
            "The database holds nothing of them."
            if done
            else "Free pages may hold something; see --vacuum."
        )
