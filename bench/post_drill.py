"""Kill -9 at random moments of sending: at most one mail twice a kill, none missing.

    python -m bench.post_drill KILLS NOTES [careless]    the senders; see `kills`

The claims of the killed run out at once here, which otherwise takes a quarter of an
hour. A careless sender, the control, marks its letters only when all have left.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import django

from bench.child import python, run
from bench.figures import QUICK, Row, proof
from bench.loads import ownjournal, store
from bench.posting import sink
from made.files import pubmed_file, record

AREA = "readers"
CONTROL_KILLS = 10
KILLS = 20 if QUICK else 300
READERS = 12 * KILLS
LONGEST_SECONDS = 0.35  # of sending, before a kill


def killed() -> Iterator[Row]:
    """On both databases."""
    for database in ("SQLite", "PostgreSQL"):
        yield from kills(database)


def kills(database: str) -> Iterator[Row]:
    """One worker after the other, killed while it sends, until all is sent."""
    done, taken = sent(database, READERS, KILLS)
    faults, careless = sent(database, 12 * CONTROL_KILLS, CONTROL_KILLS, "careless")
    again = twice(careless)
    if again <= faults:
        raise AssertionError("a sender that marks too late sends nothing twice")
    told = f"a sender that marks too late: {again} twice by {faults} kills"
    once = "an issue is mailed once, and at most one mail again after a crash"
    promises = {
        "mails sent again, beyond one a kill": (max(twice(taken) - done, 0), once),
        "mails missing": (READERS - len(taken), "no mail is missed"),
    }
    most = max(taken.values())
    note = f"{READERS:,} mails; {twice(taken)} again, the same one {most} times at most"
    for name, (value, promise) in promises.items():
        drill = f"{name} after kill -9 while sending, {database}"
        yield proof(
            AREA, drill, value, promise=promise, tries=done, control=told, note=note
        )


def twice(taken: Counter[str]) -> int:
    """How many came in beyond the first of each."""
    return taken.total() - len(taken)


def sent(
    database: str, readers: int, kills: int, *how: str
) -> tuple[int, Counter[str]]:
    """Kills that were done, and how often each letter came in, by its Message-ID."""
    with (
        tempfile.TemporaryDirectory(prefix="ownjournal-post-") as name,
        store(database, Path(name) / "kept") as environment,
    ):
        kept = Path(environment["DATA_DIR"])
        parts = [record(pmid, f"Findings {pmid}") for pmid in range(1, 41)]
        path = pubmed_file(Path(name) / "files", "pubmed26n0001.xml.gz", *parts)
        run([*ownjournal("ingest"), path], environment=environment)
        python("bench.posted", readers, environment=environment)
        with sink(kept, Path(name) / "run") as (of_sink, notes):
            asked = (kills, notes, *how)
            own = {**environment, **of_sink}
            found = python("bench.post_drill", *asked, environment=own)
            lines = notes.read_text().splitlines()
    return int(found.output), Counter(line.split()[1] for line in lines)


def main() -> None:
    """Fork one sender after the other and kill it; print how many were killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    wanted, notes = int(sys.argv[1]), Path(sys.argv[2])
    send = _send_carelessly if "careless" in sys.argv else _send
    dice = random.Random(1)
    done = 0
    while done < wanted and not _finished(send, notes, dice):
        done += 1
        print(f"  {done} kills of a sender", end="\r", file=sys.stderr)
    for _ in range(3):  # what the last kill left in doubt
        _send()
    print(done)


def _finished(send: Callable[[], None], notes: Path, dice: random.Random) -> bool:
    """Start a sender and kill it in its midst; True where all was sent before."""
    before = notes.stat().st_size
    sender = os.fork()
    if sender == 0:
        send()
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


def _send_carelessly() -> None:
    """Mark all letters in one step at the end, and note nothing of what was sent."""
    from django.conf import settings
    from django.db import transaction

    shutil.rmtree(settings.DATA_DIR / "sent", ignore_errors=True)
    with transaction.atomic():
        _send()


if __name__ == "__main__":
    main()
