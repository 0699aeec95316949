"""`ownjournal institutions`."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from django.db.models import QuerySet

from ownjournal.cli.migrate import migrate
from ownjournal.pubmed.libraries import KINDS
from ownjournal.readers.institutions import checking, importing, lists
from ownjournal.readers.institutions.asking import Asker, NotAsked, is_public
from ownjournal.readers.institutions.models import Institution

LIST_SECONDS = 60.0
Option = Callable[[Callable[..., None]], Callable[..., None]]


@click.group()
def command() -> None:
    """Keep the registry of libraries by way of which readers get at texts.

    \b
    Example:
      ownjournal institutions import resolvers.json
    """


@command.command("import")
@click.argument("source", metavar="FILE|URL")
@click.option("--source-name", help="What the list is known by; default: FILE|URL.")
@click.option("--retire-missing", is_flag=True, help="Offer no more what it left out.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def import_(
    source: str, source_name: str | None, retire_missing: bool, dry_run: bool
) -> None:
    """Add and change institutions by a list, in JSON, CSV or Zotero's wiki form.

    All of it is done or nothing. An institution is known by its name, country
    and kind; what was changed by hand stays, and nothing is deleted. Entries
    that cannot be used are named with the reason. Forms: docs/libraries.md.
    Exit status: 0 when the list was read, 1 when it could not be had or read.

    \b
    Example:
      ownjournal institutions import resolvers.json --dry-run
    """
    migrate()
    try:
        entries = lists.read(_content(source))
    except (NotAsked, lists.NoList, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    done = importing.import_list(
        entries,
        (source_name or source.rpartition("/")[2] or source)[:200],
        retire_missing=retire_missing,
        dry_run=dry_run,
    )
    _tell(done, retired=retire_missing)
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")


def _content(source: str) -> bytes:
    if "://" not in source:
        with Path(source).open("rb") as file:
            return file.read(lists.MOST_BYTES + 1)
    asker = Asker(seconds=LIST_SECONDS)
    try:
        return asker.content(source, lists.MOST_BYTES)
    finally:
        asker.close()


def _tell(done: importing.Imported, *, retired: bool) -> None:
    for each in done.unusable:
        click.echo(
            f"Not used: {each.name or '(no name)'}, {each.address}: {each.reason}"
        )
    for kept in done.kept:
        click.echo(f"Kept as changed by hand: {kept.name}, {kept.country or 'nowhere'}")
    used = (*done.added, *done.changed)
    by_http = sum(each.was_http for each in used)
    click.echo(
        f"{len(done.added):,} added, {len(done.changed):,} changed,"
        f" {done.unchanged:,} unchanged, {len(done.unusable):,} not used"
    )
    if done.missing:
        what = "are retired" if retired else "were left as they are"
        click.echo(f"{len(done.missing):,} are no longer in the list and {what}.")
    if by_http:
        click.echo(
            f"{by_http:,} addresses were by http and are now tried by https: see"
            " whether they answer with ownjournal institutions check."
        )


def _choice(names: list[str]) -> click.Choice[str]:
    return click.Choice(names)


CHOSEN: tuple[Option, ...] = (
    click.option("--kind", type=_choice(list(KINDS)), help="Of this kind only."),
    click.option(
        "--state",
        type=_choice(Institution.State.values),
        default=Institution.State.ACTIVE.value,
        show_default=True,
        help="In this state only.",
    ),
    click.option("--country", help="Of this country only."),
)


def chosen_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options by which institutions are chosen."""
    for option in reversed(CHOSEN):
        function = option(function)
    return function


def _chosen(kind: str | None, state: str, country: str | None) -> QuerySet[Institution]:
    rows = Institution.objects.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(country__iexact=country) if country else rows


@command.command("list")
@chosen_options
@click.option("--dead", is_flag=True, help="Those that did not answer when asked.")
def list_(kind: str | None, state: str, country: str | None, dead: bool) -> None:
    """Print institutions, one a line: number, name, kind, address, problem.

    \b
    Example:
      ownjournal institutions list --country Denmark
    """
    rows = _chosen(kind, state, country)
    for row in rows.filter(problem__isnull=False) if dead else rows:
        problem = f"\t{_when(row)}: {row.problem}" if row.problem else ""
        click.echo(f"{row.pk}\t{row}\t{row.kind}\t{row.template}{problem}")


@command.command()
@chosen_options
@click.option("--private", is_flag=True, help="Also ask servers within this network.")
def check(kind: str | None, state: str, country: str | None, private: bool) -> None:
    """Ask each library's link for a known article, and note those that are dead.

    A dead one is marked where readers choose, and stays. Four servers are asked
    at a time, each of them by one question after the other. Exit status: 0 when
    all answered, 1 when some did not.

    \b
    Example:
      ownjournal institutions check
    """
    rows = list(_chosen(kind, state, country))
    asker = Asker(may_ask=(lambda address: True) if private else is_public)
    try:
        checking.check(rows, asker, _tell_dead)
    finally:
        asker.close()
    dead = len(checking.dead(rows))
    click.echo(f"{len(rows) - dead:,} of {len(rows):,} links answer.")
    sys.exit(bool(dead))


def _tell_dead(row: Institution) -> None:
    if row.problem is not None:
        click.echo(f"{row.pk}\t{row}: {row.problem}")


@command.command()
@chosen_options
def export(kind: str | None, state: str, country: str | None) -> None:
    """Print institutions as a list that can be imported again, in JSON.

    \b
    Example:
      ownjournal institutions export > institutions.json
    """
    click.echo(importing.as_json(_chosen(kind, state, country)))


def _when(row: Institution) -> str:
    return row.checked_at.date().isoformat() if row.checked_at else "never asked"
