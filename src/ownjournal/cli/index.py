"""`ownjournal index`."""

import sys

import click

from ownjournal.catalogue.checking import Drift
from ownjournal.catalogue.following import behind, follow, index, mend, rebuild
from ownjournal.search.index import IndexAway, IndexBusy, IndexUnusable


@click.command()
@click.option("--rebuild", "anew", is_flag=True, help="Build it anew from the store.")
def command(anew: bool) -> None:
    """Bring the search index up to date with the store, or build it anew.

    While an index is built anew, searches are answered by the old one. Safe to
    stop and repeat. Exit status: 0 when the index is up to date, 1 when another
    process is writing to it, its disk is full, or a search cluster cannot be reached.

    \b
    Example:
      ownjournal index --rebuild
    """
    try:
        bring_up_to_date(anew=anew)
    except (IndexUnusable, IndexBusy) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    click.echo(f"The index is at revision {index().revision}.")


def bring_up_to_date(*, anew: bool = False) -> None:
    """Let the index follow; one that is damaged, or of an older form, is rebuilt."""
    try:
        if not anew:
            count = behind(index())
            if count:
                click.echo(f"Indexing {count:,} changed articles …", err=True)
            follow(index())
            return
    except IndexAway:
        raise
    except IndexUnusable as fault:
        click.echo(f"The index has to be built anew: {fault}", err=True)
    rebuild(index())


def repair() -> str:
    """Make the index hold what the store holds, and say in a sentence what was done.

    Articles that differ are put right one by one; an index that cannot be read
    is built anew. Raises IndexBusy and IndexAway.
    """
    try:
        follow(index())
        index().check()
        found = mend(index())
    except IndexAway:
        raise
    except IndexUnusable as fault:
        rebuild(index())
        return f"The index was built anew: {fault}"
    if not found:
        return "The index holds what the store holds."
    return f"The index was put right: {counted(found)}."


def counted(found: Drift) -> str:
    """How many articles differ, and how."""
    return (
        f"articles missing {len(found.missing):,}, taken back {len(found.extra):,},"
        f" outdated {len(found.stale):,}"
    )
