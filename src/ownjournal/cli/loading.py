"""How a command loads files: with the site's settings, saying what happens."""

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings
from msgspec.structs import replace
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from ownjournal.catalogue.appraising import MODELS
from ownjournal.catalogue.ingest import Loading, Outcome, ingest
from ownjournal.catalogue.scope import Scope
from ownjournal.catalogue.site_scope import UnknownTopic, site_scope
from ownjournal.pubmed.files import find
from ownjournal.pubmed.plan import Published
from ownjournal.search.index import Index

BESIDE = "beside"  # a folder of the data folder; where it is, a new baseline waits


def scope() -> Scope:
    """The part of PubMed this site keeps; BadParameter for a topic not known."""
    try:
        return site_scope()
    except UnknownTopic as fault:
        raise click.BadParameter(str(fault), param_hint="SCOPE_MESH") from fault


def pubmed_files(places: Sequence[Path], hint: str) -> list[Path]:
    """The PubMed files in these places; BadParameter where there are none."""
    try:
        paths = find(places)
    except FileNotFoundError as error:
        raise click.BadParameter(str(error), param_hint=hint) from error
    if not paths:
        raise click.BadParameter("no .xml or .xml.gz files there", param_hint=hint)
    return paths


def loading(*, workers: int | None = None, again: bool = False) -> Loading:
    """How files are loaded here."""
    plain = Loading(
        spool=settings.DATA_DIR / "spool",
        scope=scope(),
        again=again,
        models=settings.DATA_DIR / MODELS,
        beside=_beside(),
    )
    return plain if workers is None else replace(plain, workers=max(1, workers))


def load_beside(beside: bool) -> None:
    """Say for all later visits where a new baseline is loaded.

    What waits is thrown away where it is to be loaded in place; it is fetched again.
    """
    folder = settings.DATA_DIR / BESIDE
    if beside:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif folder.is_dir():
        shutil.rmtree(folder)


def _beside() -> Path | None:
    """Where a new baseline waits; None where that was never asked for."""
    folder = settings.DATA_DIR / BESIDE
    return folder if folder.is_dir() else None


def load(
    paths: Sequence[Path], how: Loading, index: Index, *, quiet: bool = False
) -> list[Outcome]:
    """Apply files and let the index follow; a line for each, a bar on a terminal."""
    with _progress() as progress:
        task = progress.add_task("Loading", total=len(paths))

        def told(outcome: Outcome) -> None:
            if not quiet:
                click.echo(line(outcome))
            progress.advance(task)

        outcomes = ingest(paths, how, index=index, after_file=told)
        progress.update(task, description="Indexing")
    return outcomes


class Shown:
    """A watcher of a visit to NLM, for a person at a terminal or reading a log."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Shown":
        self._progress.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._progress.stop()

    def planned(self, files: Sequence[Published]) -> None:
        about = sum(each.about_bytes or 0 for each in files)
        if files and not self.quiet:
            click.echo(f"{len(files)} files to fetch, about {about / 1e6:,.0f} MB")

    def fetched(self, file: Published, done: int, total: int | None) -> None:
        if file.name not in self._tasks:
            self._tasks[file.name] = self._progress.add_task(file.name)
        self._progress.update(self._tasks[file.name], completed=done, total=total)

    def finished(self, outcome: Outcome) -> None:
        if not self.quiet:
            click.echo(line(outcome))


def line(outcome: Outcome) -> str:
    """`pubmed26n1334.xml.gz: 30,000 records, 12 deletions; 29,014 articles changed`."""
    if outcome.state == "refused":
        return f"{outcome.name}: refused ({outcome.code}). {outcome.message}"
    if outcome.state == "beside":
        return f"{outcome.name}: made ready, and waits for the rest of its baseline"
    if outcome.applied is None:
        return f"{outcome.name}: applied before, nothing to do"
    file = outcome.applied
    text = (
        f"{outcome.name}: {file.articles:,} records, {file.deletions:,} deletions;"
        f" {file.changed:,} articles changed"
    )
    extras = (
        (file.rejected, "set aside"),
        (file.out_of_scope, "out of scope"),
        (outcome.duplicates, "twice in the file"),
    )
    more = [f"{number:,} {what}" for number, what in extras if number]
    return "; ".join([text, *more, *outcome.warnings])


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The outcomes for a script."""
    return json.dumps(
        [
            {
                "name": each.name,
                "state": each.state,
                "code": each.code,
                "message": each.message,
                "warnings": each.warnings,
                "duplicates": each.duplicates,
                **(
                    {
                        "records": each.applied.articles,
                        "deletions": each.applied.deletions,
                        "changed": each.applied.changed,
                        "set_aside": each.applied.rejected,
                        "out_of_scope": each.applied.out_of_scope,
                        "revision": each.applied.revision,
                    }
                    if each.applied
                    else {}
                ),
            }
            for each in outcomes
        ]
    )


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
