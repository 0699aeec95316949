"""`ownjournal migrate-storage`."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click
from django.conf import settings

from ownjournal.site.moving import record
from ownjournal.site.moving.problem import MovingProblem

if TYPE_CHECKING:
    from ownjournal.site.moving.moving import Copied, Move

NO_DRIVER = "Moving needs another package: pip install ownjournal[postgres]."
NEXT = """\
The old site stays read-only and its database sealed. Now:
  1. Stop the site and the worker.
  2. Set {settings}; DATA_DIR and SECRET_KEY stay as they are.
  3. Start the site and the worker.
  4. ownjournal check
When all is well, delete {database} and what SQLite keeps beside it: nobody who is
erased from now on is erased there. {index}Pictures, files, the key, models, lists
of the erased and of mails sent, pools: all of that stays in {folder}.
To go back, before anything is written to the new site, or to lose what was:
  ownjournal migrate-storage --resume-old"""


@click.command()
@click.option(
    "--to-database",
    envvar="TO_DATABASE",
    help="Address of an empty PostgreSQL database, as DATABASE_URL will have it.",
)
@click.option(
    "--to-search",
    envvar="TO_SEARCH",
    help="Address of an OpenSearch cluster, as SEARCH_URL will have it.",
)
@click.option("--switch", is_flag=True, help="Then make the site read-only, and move.")
@click.option("--resume-old", is_flag=True, help="Give the move up, or go back.")
def command(
    to_database: str | None, to_search: str | None, switch: bool, resume_old: bool
) -> None:
    """Move this site to PostgreSQL, to a search cluster, or to both, while it runs.

    Without --switch everything is copied and compared, row by row and article by
    article, and the site goes on; say it as often as you like. With --switch the
    same is done first. Then the site is read-only for some seconds: what has changed
    is copied, both sides are counted and compared again, and the old database is
    sealed, so that nothing can be written to it by accident. Passwords need not be on
    the command line: TO_DATABASE and TO_SEARCH are read from the environment. See
    docs/moving.md. Exit status: 0 when done; 1 when not, and the old site goes on; 2
    when an address is wrong.

    \b
    Example:
      ownjournal migrate-storage --to-database postgres://db/ownjournal --switch
    """
    if not (to_database or to_search or resume_old):
        raise click.UsageError("Say --to-database, --to-search or both.")
    try:
        from ownjournal.site.moving.moving import Move, open_again
    except ImportError:
        click.echo(f"Error: {NO_DRIVER}", err=True)
        sys.exit(1)
    try:
        if resume_old:
            open_again()
            click.echo("The site writes to its old database. The new one can go.")
            return
        with (
            record.alone(),
            closing(Move.to(to_database, to_search, _say)) as move,
        ):
            _move(move, to_database, to_search, switch)
    except MovingProblem as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)


def _move(
    move: "Move", to_database: str | None, to_search: str | None, switch: bool
) -> None:
    if move.is_sealed:
        move.finish()
        click.echo("The move was finished.")
    else:
        _say_copied(move.prepare())
        if not to_database:
            record.forget()
            click.echo("Now set SEARCH_URL, and start the site and the worker anew.")
            return
        if not switch:
            click.echo("The site goes on. To move it, say the same with --switch.")
            return
        ended = move.switch()
        rows = sum(each.rows for each in ended.tables.values())
        click.echo(
            f"Moved: {rows:,} rows of {len(ended.tables)} tables, counted and compared"
            f" ({settings.DATA_DIR / record.ENDED}). Read-only since"
            f" {ended.seconds:.1f} seconds."
        )
    _say_next(to_search)


def _say_copied(copied: "Copied") -> None:
    if copied.tables:
        click.echo(
            f"Copied and the same: {copied.rows:,} rows, {copied.tables} tables."
        )
    if copied.articles is not None:
        click.echo(
            f"In the cluster's index and the same: {copied.articles:,} articles."
        )
    for name in copied.unknown:
        click.echo(f"Left behind: the table {name}, which this version does not know.")


def _say_next(to_search: str | None) -> None:
    named = "DATABASE_URL and SEARCH_URL" if to_search else "DATABASE_URL"
    index = f"So can {settings.DATA_DIR / 'index'}. " if to_search else ""
    click.echo(
        NEXT.format(
            settings=f"{named} to the new addresses",
            database=settings.DATABASES["default"]["NAME"],
            index=index,
            folder=settings.DATA_DIR,
        )
    )


def _say(line: str) -> None:
    click.echo(line, err=True)
