"""`ownjournal example`."""

import sys
from pathlib import Path

import click
from django.utils import timezone
from rich.progress import Progress

from ownjournal.pubmed.example.corpus import write_corpus


@click.command()
@click.option("--articles", default=3_000, show_default=True, help="How many articles.")
@click.option("--seed", default=1, show_default=True, help="Same seed, same files.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder to write to."
)
def command(articles: int, seed: int, out: Path) -> None:
    """Write a corpus of invented articles, in NLM's file form with checksums.

    Drugs, people, places and journals are made up, so that nobody takes the
    articles for evidence. The files can be ingested like NLM's own. Exit status:
    0 when they were written.

    \b
    Example:
      ownjournal example --articles 100000 --seed 7 --out /tmp/load
      ownjournal ingest /tmp/load
    """
    if articles < 1:
        raise click.BadParameter("must be 1 or more", param_hint="--articles")
    with Progress(transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Writing", total=articles)
        files = write_corpus(
            out,
            articles=articles,
            seed=seed,
            today=timezone.now().date(),
            progress=lambda more: progress.advance(task, more),
        )
    click.echo(f"{articles:,} invented articles in {len(files)} files in {out}")
