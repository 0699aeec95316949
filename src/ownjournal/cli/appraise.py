"""`ownjournal appraise`."""

import sys

import click

from ownjournal.appraisal.model import ModelUnusable
from ownjournal.catalogue import store
from ownjournal.catalogue.appraising import Progress, appraise, site_models
from ownjournal.catalogue.following import index
from ownjournal.cli.index import bring_up_to_date
from ownjournal.search.index import IndexBusy

EACH = 20  # batches between two lines


@click.command()
def command() -> None:
    """Judge stored articles again, by the present rules and model.

    For after an upgrade with new rules, and after `ownjournal train`. Articles
    that were judged by these rules and this model are passed over, so it is safe
    to stop and repeat, and it may run while the site does. Only an article whose
    appraisal became another one counts as changed; search follows in the end.
    Exit status: 0 when all are judged, 1 when a saved model cannot be used.

    \b
    Example:
      ownjournal appraise
    """
    try:
        models = site_models()
    except ModelUnusable as fault:
        click.echo(f"Error: {fault}", err=True)
        sys.exit(1)
    total, batches = store.count(), 0

    def told(progress: Progress) -> None:
        nonlocal batches
        batches += 1
        if batches % EACH == 0:
            click.echo(f"{progress.seen:,} of {total:,} …", err=True)

    done = appraise(models, told)
    by = models.id or "rules alone"
    click.echo(f"{done.judged:,} articles judged by {by}; {done.changed:,} changed")
    try:
        bring_up_to_date()
    except IndexBusy:
        click.echo("Another process writes to the index and brings it up to date.")
        return
    click.echo(f"The index is at revision {index().revision}.")
