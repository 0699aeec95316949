"""`ownjournal ingest`."""

import sys
from pathlib import Path

import click

from ownjournal.catalogue.following import index
from ownjournal.cli.loading import as_json, load, loading, pubmed_files
from ownjournal.cli.migrate import migrate


@click.command()
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--workers", type=int, help="Processes that read files; default: cores.")
@click.option("--again", is_flag=True, help="Also files that were applied before.")
@click.option("--json", "json_", is_flag=True, help="Print the outcomes as JSON.")
def command(
    places: tuple[Path, ...], workers: int | None, again: bool, json_: bool
) -> None:
    """Apply the PubMed files among PLACES, files or folders, and index them.

    Safe to repeat: a file that was applied before is passed over, and one that
    was cut short is taken from its beginning. The order does not matter. Exit
    status: 0 when every file was taken, 1 when one was refused; the others are
    taken all the same.

    \b
    Example:
      ownjournal ingest /data/pubmed/updatefiles
    """
    paths = pubmed_files(places, "PLACES")
    migrate()
    how = loading(workers=workers, again=again)
    outcomes = load(paths, how, index(), quiet=json_)
    if json_:
        click.echo(as_json(outcomes))
    sys.exit(any(each.state == "refused" for each in outcomes))
