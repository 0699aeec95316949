"""`ownjournal sync`."""

import sys
import time
from collections.abc import Callable, Sequence

import click
from django.conf import settings

from ownjournal.catalogue.following import index
from ownjournal.catalogue.syncing import Visit, Watcher, keeps_everything, sync
from ownjournal.cli.loading import Shown, as_json, load_beside, loading
from ownjournal.cli.migrate import migrate
from ownjournal.pubmed.nlm import Nlm


@click.command()
@click.option("--all", "all_", is_flag=True, help="All of PubMed: about 50 GB.")
@click.option("--newest", type=int, help="Begin with N update files (SYNC_FILES).")
@click.option(
    "--accept-unverified",
    is_flag=True,
    help="Take files for which NLM has published no checksum for a day.",
)
@click.option(
    "--beside/--in-place",
    default=None,
    help="Where a new year's baseline is loaded, from now on.",
)
@click.option("--json", "json_", is_flag=True, help="Print the outcomes as JSON.")
def command(
    all_: bool,
    newest: int | None,
    accept_unverified: bool,
    beside: bool | None,
    json_: bool,
) -> None:
    """Fetch NLM's new files and apply them; the worker does it every day.

    A site that has begun with all of PubMed keeps all of it; another begins
    with the newest update files and takes every later one. Safe to stop and
    repeat: downloads are resumed. Once --beside is said, a new year's baseline is
    made ready in the folder `beside` of the data folder (about 35 GB for all of
    PubMed) and applied when all of it is there; else each file is applied as it
    comes. Exit status: 0 when all was fetched and taken, 1 when NLM could not be
    reached or a file was refused.

    \b
    Example:
      ownjournal sync --newest 5
    """
    migrate()
    if beside is not None:
        load_beside(beside)
    if all_ or keeps_everything():
        newest = None
    else:
        newest = settings.SYNC_FILES if newest is None else newest
    with Shown(quiet=json_) as shown:
        visit = visit_nlm(shown, newest, accept_unverified=accept_unverified)
    if json_:
        click.echo(as_json(visit.outcomes))
    else:
        for line in told(visit):
            click.echo(line)
    refused = any(each.state == "refused" for each in visit.outcomes)
    sys.exit(refused or visit.problem is not None)


def visit_nlm(
    watcher: Watcher,
    newest: int | None,
    *,
    accept_unverified: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Visit:
    """A visit to NLM with the site's settings; `sleep` waits between tries."""
    with Nlm(f"{settings.NLM_URL}/pubmed/", sleep=sleep) as nlm:
        return sync(
            nlm,
            settings.DATA_DIR / "nlm",
            loading(),
            index(),
            watcher,
            newest=newest,
            accept_unverified=accept_unverified,
        )


def told(visit: Visit) -> Sequence[str]:
    """Sentences on how a visit went."""
    applied = sum(each.state == "applied" for each in visit.outcomes)
    lines = [*visit.notices]
    if visit.missing:
        lines.append(f"NLM does not list {', '.join(visit.missing)}.")
    if visit.problem:
        lines.append(f"Error: {visit.problem}")
    elif not visit.outcomes:
        lines.append("Nothing new at NLM.")
    else:
        lines.append(f"{applied} of {len(visit.outcomes)} files applied.")
    return lines
