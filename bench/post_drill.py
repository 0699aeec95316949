"""Kill -9 at random moments of sending: at most one mail twice a kill, none missing.

    python -m bench.post_drill KILLS NOTES    the senders; see `kills`

The claims of the killed run out at once here, which otherwise takes a quarter of an
hour.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import django

from bench.child import python, run
from bench.figures import Row
from bench.loads import ownjournal
from bench.posting import sink
from made.files import pubmed_file, record
from made.postgres import postgres

AREA = "readers"
QUICK = bool(os.environ.get("QUICK"))
KILLS = 20 if QUICK else 300
READERS = 12 * KILLS
LONGEST_SECONDS = 0.35  # of sending, before a kill


def kills(database: str) -> Iterator[Row]:
    """One worker after the other, killed while it sends, until all is sent."""
    with (
        tempfile.TemporaryDirectory(prefix="ownjournal-post-") as name,
        _address_of(database) as address,
    ):
        kept = Path(name) / "kept"
        environment = {"DATA_DIR": str(kept), **address}
        run(ownjournal("migrate"), environment=environment)
        parts = [record(pmid, f"Findings {pmid}") for pmid in range(1, 41)]
        path = pubmed_file(Path(name) / "files", "pubmed26n0001.xml.gz", *parts)
        run([*ownjournal("ingest"), path], environment=environment)
        python("bench.posted", READERS, environment=environment)
        with sink(kept, Path(name) / "run") as (of_sink, notes):
            environment = {**of_sink, **address}
            found = python("bench.post_drill", KILLS, notes, environment=environment)
            done = int(found.output)
            taken = Counter(line.split()[1] for line in notes.read_text().splitlines())
    twice = sum(count - 1 for count in taken.values())
    most = max(taken.values())
    note = f"{READERS:,} mails; the same one {most} times at most"
    yield Row(
        AREA,
        f"mails sent again for each of {done} kill -9 while sending, {database}",
        twice / done,
        "",
        "lower",
        1,
        1,
        note=note,
    )
    missing = READERS - len(taken)
    name = f"mails missing after {done} kill -9, {database}"
    yield Row(AREA, name, missing, "", "lower", 0, 0)


@contextmanager
def _address_of(database: str) -> Iterator[dict[str, str]]:
    """What names the database to a process; SQLite's is in the data folder."""
    if database == "SQLite":
        yield {}
    else:
        with postgres() as url:
            yield {"DATABASE_URL": url}


def main() -> None:
    """Fork one sender after the other and kill it; print how many were killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    wanted, notes = int(sys.argv[1]), Path(sys.argv[2])
    dice = random.Random(1)
    done = 0
    while done < wanted and not _finished(notes, dice):
        done += 1
        print(f"  {done} kills of a sender", end="\r", file=sys.stderr)
    for _ in range(3):  # what the last kill left in doubt
        _send()
    print(done)


def _finished(notes: Path, dice: random.Random) -> bool:
    """Start a sender and kill it in its midst; True where all was sent before."""
    before = notes.stat().st_size
    sender = os.fork()
    if sender == 0:
        _send()
        os._exit(0)
    while os.waitpid(sender, os.WNOHANG) == (0, 0):
        if notes.stat().st_size > before:
            time.sleep(dice.uniform(0, LONGEST_SECONDS) ** 2)
            os.kill(sender, signal.SIGKILL)
            return os.waitstatus_to_exitcode(os.waitpid(sender, 0)[1]) == 0
        time.sleep(0.001)
    return True


def _send() -> None:
    """Send what is due, with claims that run out as soon as their worker is dead."""
    from django.db import connections
    from django.utils import timezone

    from ownjournal.readers.post.models import Letter
    from ownjournal.readers.post.sending import send_due

    past = timezone.now() - timedelta(seconds=1)
    Letter.objects.exclude(claimed_until=None).update(claimed_until=past)
    while send_due(timezone.now(), lambda: False):
        pass
    connections.close_all()


if __name__ == "__main__":
    main()
