"""`ownjournal mesh`."""

import sys
import tempfile
from pathlib import Path

import click

from ownjournal.catalogue import mesh as descriptors
from ownjournal.pubmed.mesh import fetch, read_descriptors
from ownjournal.pubmed.refusal import FileRefused


@click.command()
@click.argument("source", metavar="FILE|URL")
def command(source: str) -> None:
    """Load NLM's MeSH descriptors: names, tree and entry terms.

    Takes desc2026.xml, desc2026.gz, the ASCII form d2026.bin, or an https
    address of one. Replaces what was loaded before, or changes nothing. Without
    it everything works from the headings seen on articles. Exit status: 0 when
    they were loaded, 1 when the file could not be had or read.

    \b
    Example:
      ownjournal mesh desc2026.gz
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            path = fetch(source, Path(folder)) if "://" in source else Path(source)
            count = descriptors.load(read_descriptors(path))
        except (FileRefused, OSError) as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)
    click.echo(f"{count:,} descriptors loaded")
