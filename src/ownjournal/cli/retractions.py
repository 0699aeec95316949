"""`ownjournal retractions`."""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import click
from django.utils import timezone

from ownjournal.catalogue import retractions
from ownjournal.catalogue.following import index, keep_up
from ownjournal.cli.migrate import migrate
from ownjournal.pubmed.refusal import FileRefused
from ownjournal.pubmed.retraction_list import Entry, Unusable, read


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--shrunk", is_flag=True, help="Take a list that is far shorter too.")
def command(source: Path, shrunk: bool) -> None:
    """Load the list of Retraction Watch, beside what NLM says of retractions.

    Takes the CSV that Crossref publishes, plain or in gzip. It replaces the list
    loaded before: articles that it names are marked at once, those that it no
    longer names are not, and readers are told of what they were shown. Of what
    both say, NLM's word is told. Exit status: 0 when the list was loaded, 1 when
    it could not be read or is cut short.

    \b
    Example:
      ownjournal retractions retraction_watch.csv
    """
    migrate()
    try:
        rows = list(read(source))
        keep_up(index())  # by which articles are found
        entries = [row for row in rows if isinstance(row, Entry)]
        done = retractions.load(
            entries, source.name[:255], now=timezone.now(), shrunk=shrunk
        )
    except retractions.ListShrunk as error:
        click.echo(f"Error: {error} With --shrunk it is taken all the same.", err=True)
        sys.exit(1)
    except (FileRefused, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    _tell_unusable(row for row in rows if isinstance(row, Unusable))
    keep_up(index())
    click.echo(
        f"{done.entries:,} entries loaded; {done.articles:,} articles here are named,"
        f" {done.changed:,} of all are marked otherwise than before"
    )


def _tell_unusable(rows: Iterable[Unusable]) -> None:
    lines = defaultdict[str, list[int]](list)
    for row in rows:
        lines[row.reason].append(row.line)
    for reason, where in sorted(lines.items()):
        click.echo(f"Not used: {len(where):,}, first in line {where[0]:,}: {reason}")
