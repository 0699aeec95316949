"""`ownjournal check`."""

import json
import sys

import click
from django.utils import timezone

from ownjournal.catalogue import retractions, store
from ownjournal.catalogue.checking import database_problem, drift
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Quarantined, RefusedFile
from ownjournal.cli.index import counted, repair
from ownjournal.readers.files.kept import FilesAway, files
from ownjournal.readers.institutions.models import Institution
from ownjournal.readers.post.trouble import problems as mail_problems
from ownjournal.search.index import IndexAway, IndexBusy, IndexUnusable
from ownjournal.site import condition
from ownjournal.site.moving.halting import why_read_only
from ownjournal.site.moving.record import begun

FEW = 5  # names that are listed
MEND = "ownjournal check --repair"


@click.command()
@click.option("--json", "json_", is_flag=True, help="Print the findings as JSON.")
@click.option("--repair", "mended", is_flag=True, help="Put the index right first.")
def command(json_: bool, mended: bool) -> None:
    """Compare store and index, and say how current the catalogue is.

    Every article is compared, by the change it was last seen with. Nothing is
    changed without --repair, which makes the index hold what the store holds:
    only what differs is written, or, where the index cannot be read, all of it,
    while searches go on. Into the bucket of FILES_URL, where it is set, a small file
    is written, read and deleted. Late issues and mails, old backups, a full disk, a
    replica that lags and NLM not asked for two days are told too. Exit status: 0 when
    all is well, 1 when something needs the operator; it is said what.

    \b
    Example:
      ownjournal check --repair
    """
    if mended:
        _repair()
    problems = findings()
    fresh = store.freshness()
    synced = fresh.synced_at.isoformat() if fresh.synced_at else None
    if json_:
        click.echo(
            json.dumps(
                {
                    "problems": problems,
                    "articles": store.count(),
                    "revision": store.revision(),
                    "newest_file": fresh.newest_file,
                    "synced_at": synced,
                    "missing": list(fresh.missing),
                    "set_aside": Quarantined.objects.count(),
                    "retraction_list": retraction_list(),
                }
            )
        )
    else:
        click.echo(f"{store.count():,} articles, revision {store.revision()}")
        click.echo(f"Newest file: {fresh.newest_file or 'none of NLM yet'}")
        click.echo(f"NLM last asked with success: {synced or 'never'}")
        click.echo(f"List of retractions: {retraction_list() or 'none loaded'}")
        for line in library_findings()[0]:
            click.echo(line)
        for problem in problems:
            click.echo(f"Problem: {problem}")
    sys.exit(bool(problems))


def retraction_list() -> str | None:
    """Which list was loaded last, and when; None where none was."""
    last = retractions.loaded()
    if last is None:
        return None
    return f"{last.name} of {last.loaded_at.date()}, {last.entries:,} entries"


def _repair() -> None:
    try:
        click.echo(repair(), err=True)
    except IndexBusy as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


def findings() -> list[str]:
    """What needs the operator, a sentence each."""
    found = [
        f"{each.name} was refused ({each.code}): {each.reason}"
        for each in RefusedFile.objects.order_by("name")
    ]
    damage = database_problem()
    if damage:
        found.append(f"The database is damaged: {damage}")
    missing = store.freshness().missing
    if missing:
        names = ", ".join(missing[:FEW])
        more = f" and {len(missing) - FEW:,} more" if len(missing) > FEW else ""
        found.append(f"Files between those applied are missing: {names}{more}")
    found += [*mail_problems(), *file_findings(), *library_findings()[1]]
    found += condition.problems(condition.condition(timezone.now()))
    found += move_findings()
    return [*found, *index_findings()]


def move_findings() -> list[str]:
    """A move to other storage that is under way, or that left this site behind."""
    if halted := why_read_only():
        return [halted]
    if (move := begun()) is not None:
        return [
            f"A move to {move} was begun: ownjournal migrate-storage goes on with it "
            "or, with --resume-old, gives it up."
        ]
    return []


def file_findings() -> list[str]:
    """Whether a bucket that FILES_URL names can be used: a file is put and taken."""
    try:
        files().check()
    except FilesAway as fault:
        return [str(fault)]
    return []


def library_findings() -> tuple[list[str], list[str]]:
    """What to know of libraries whose links are dead, and what needs the operator:
    that readers use them. Nothing is asked here.
    """
    offered = Institution.objects.filter(state=Institution.State.ACTIVE)
    dead = offered.filter(problem__isnull=False)
    if not dead.exists():
        return [], []
    told = (
        f"{dead.count():,} of {offered.count():,} libraries did not answer when"
        " asked: ownjournal institutions list --dead"
    )
    used = dead.filter(readerinstitution__isnull=False).distinct()
    return [told], [f"{each}, which readers use: {each.problem}" for each in used[:FEW]]


def index_findings() -> list[str]:
    """Whether the index is whole and holds what the store holds."""
    mine = store.revision()
    try:
        index().check()
        its = index().revision
        if its != mine:
            return [f"The index is at revision {its}, the store at {mine}: {MEND}"]
        found = drift(index())
    except IndexAway as fault:
        return [str(fault)]
    except IndexUnusable as fault:
        return [f"{fault} Build it anew: {MEND}"]
    if not found:
        return []
    return [f"The index differs from the store: {counted(found)}. Run {MEND}"]
