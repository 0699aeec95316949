"""Readers on the site while its database is brought to this version's form.

A copy of a large catalogue is taken back to the oldest form that is kept in
tests/upgrades, and served; `ownjournal migrate` runs while requests come at a fixed
rate. The control does it as it must not be done: the site stands still while the whole
database is written anew.
`make drill PART=upgrade`
"""

import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from os import kill
from pathlib import Path

from bench.child import run
from bench.figures import QUICK, Row, proof
from bench.load_client import Answer
from bench.load_flood import unanswered
from bench.load_profile import Profile
from bench.load_restart import MORE, streamed
from bench.load_site import Site, copied, of, serving
from bench.loads import kept_catalogue, ownjournal
from made.old_site import OLD, load

AREA = "reliability"
FILES = 4 if QUICK else 60
LONGEST = 1.0 if QUICK else 10.0  # seconds that a reader may wait
APPLIED = "SELECT app, name FROM django_migrations ORDER BY id"
Forms = dict[str, list[str]]


def rows() -> Iterator[Row]:
    """Reads that had to wait for the migration."""
    with copied(kept_catalogue(FILES)) as folder:
        database = folder / "ownjournal.sqlite3"
        back = taken_back(folder)
        profile = Profile({"DATA_DIR": str(folder)})
        migrated = during(folder, profile, lambda _: migrate(folder))
        with closing(sqlite3.connect(database)) as opened:
            [articles] = opened.execute(
                "SELECT count(*) FROM catalogue_article"
            ).fetchone()
        rewritten = during(folder, profile, lambda site: write_anew(site, database))
    if not waited(rewritten):
        raise AssertionError("a site that stands still for long goes unnoticed")
    longest = max(each.seconds for each in migrated)
    yield proof(
        AREA,
        f"requests that failed or waited over {LONGEST:g} s while {articles:,} articles"
        " are migrated, SQLite",
        len(waited(migrated)),
        promise="an upgrade stops no reader for more than 10 s",
        tries=len(migrated),
        control=f"{len(waited(rewritten))} of {len(rewritten)} where the site stands"
        " still and all is written anew",
        note=f"the longest waited {longest:.2f} s; {back} migrations from the form of"
        f" {OLD[0].name.removesuffix('.sql.gz')}",
    )


def waited(answers: list[Answer]) -> list[Answer]:
    """Those without an answer in time."""
    late = [each for each in answers if each.seconds > LONGEST]
    return [*unanswered([each for each in answers if each not in late]), *late]


def during(
    folder: Path, profile: Profile, change: Callable[[Site], None]
) -> list[Answer]:
    """Answers from before the change until after it."""
    with serving(folder) as site:

        def changed() -> None:
            time.sleep(MORE)
            change(site)

        return streamed(site.port, profile, changed)


def migrate(folder: Path) -> None:
    """As an operator does it."""
    run(ownjournal("migrate"), environment=of(folder))


def write_anew(site: Site, database: Path) -> None:
    """Stop all processes of the site meanwhile."""
    pids = site.pids()
    for pid in pids:
        kill(pid, signal.SIGSTOP)
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as opened:
            opened.execute("VACUUM")
    finally:
        for pid in pids:
            kill(pid, signal.SIGCONT)


def taken_back(folder: Path) -> int:
    """Undo what the oldest form lacks, the newest first; how many migrations."""
    with tempfile.TemporaryDirectory() as name:
        load(OLD[0], Path(name) / "old.sqlite3")
        old = applied(Path(name) / "old.sqlite3")
    now = applied(folder / "ownjournal.sqlite3")
    for app, names in reversed(now.items()):
        kept = [each for each in names if each in old.get(app, [])]
        if kept != names:
            command = [sys.executable, "-m", "django", "migrate", app]
            settings = {"DJANGO_SETTINGS_MODULE": "ownjournal.site.settings"}
            run(
                [*command, kept[-1] if kept else "zero"],
                environment=of(folder) | settings,
            )
    left = applied(folder / "ownjournal.sqlite3")
    return sum(map(len, now.values())) - sum(map(len, left.values()))


def applied(database: Path) -> Forms:
    """The migrations of each app."""
    forms: Forms = {}
    with closing(sqlite3.connect(database)) as opened:
        for app, name in opened.execute(APPLIED):
            forms.setdefault(app, []).append(name)
    return forms
