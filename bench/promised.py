"""Repeated loads, a yearly rollover, notes on what goes, and retractions; counted.

    python -m bench.promised READERS REPEATS      in a store that the environment names

What NLM publishes goes the whole way, by files. Prints JSON: of each promise how many
times it was tried and broken, and how often its control was seen.
"""

import gzip
import json
import os
import random
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import django

from made.files import deletion, pubmed_file, record

if TYPE_CHECKING:
    from ownjournal.readers.models import Reader

WORDS = ("fever", "asthma", "trauma", "surgery")
PMIDS = range(1, 601)
NOTED = range(1, 41)  # of which the first half is deleted, the others vanish
VANISH = 10  # of them, with the new year
NOTICE = """<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">
<RefSource>Invent J. 2026</RefSource><PMID Version="1">999</PMID>
</CommentsCorrections></CommentsCorrectionsList>"""
END = "</MedlineJournalInfo>"


class Count(NamedTuple):
    """Of one promise."""

    tries: int
    broken: int
    control: int


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.conf import settings

    from ownjournal.cli.migrate import migrate

    migrate()
    readers, repeats = (int(each) for each in sys.argv[1:])
    site = Site(settings.DATA_DIR / "published", readers)
    found = {
        "again": site.loaded_again(repeats),
        "retractions": site.retracted(),
        "deleted": site.deleted(),
        "rollover": site.rolled_over(),
    }
    print(json.dumps(found))


class Site:
    """Readers, and what NLM publishes, one file after the other."""

    def __init__(self, folder: Path, readers: int) -> None:
        from ownjournal.readers import registry

        self._folder, self._number = folder, 0
        self._dice = random.Random(6)
        self._now = datetime.now(UTC)
        for number in range(readers):
            words = self._dice.sample(WORDS, 2)
            registry.add(f"reader{number}@merrow.test", words=words)
        half = len(PMIDS) // 2
        for pmids in (PMIDS[:half], PMIDS[half:]):
            self.publish(*(a_record(pmid) for pmid in pmids), year=25)
        self.compiled()
        self._noted = self._notes()

    def publish(self, *parts: str, year: int) -> Path:
        """Load a new file."""
        self._number += 1
        name = f"pubmed{year}n{self._number:04}.xml.gz"
        path = pubmed_file(self._folder, name, *parts)
        load([path])
        return path

    def compiled(self) -> int:
        """How many readers get an issue, a week later."""
        from ownjournal.issues.compile import compile_issue
        from ownjournal.readers.models import Reader

        self._now += timedelta(days=7)
        readers = Reader.objects.order_by("pk")
        return sum(compile_issue(each, now=self._now) is not None for each in readers)

    def loaded_again(self, repeats: int) -> Count:
        """The same files, known, told to be loaded again, and packed anew."""
        files = sorted(self._folder.glob("*.gz"))
        before, broken = state(), 0
        for number in range(repeats):
            if number % 3 == 2:
                for path in files:
                    packed_anew(path, number)
            load(self._dice.sample(files, len(files)), again=number % 3 == 1)
            broken += state() != before or self.compiled() > 0
        self.publish(a_record(PMIDS[-1], "Changed"), year=25)
        return Count(repeats, broken, state() != before)

    def retracted(self) -> Count:
        """Articles of issues are retracted; who was shown them must be told."""
        from ownjournal.issues.models import IssueArticle, IssueNotice

        shown = set(IssueArticle.objects.values_list("issue__reader", "pmid"))
        pmids = sorted({pmid for _, pmid in shown if pmid not in NOTED})
        some = set(self._dice.sample(pmids, len(pmids) // 2))
        owed = {pair for pair in shown if pair[1] in some}
        told = IssueNotice.objects.filter(integrity="retracted")
        control = len(owed - set(told.values_list("issue__reader", "pmid")))
        retractions = (a_record(pmid).replace(END, END + NOTICE) for pmid in some)
        self.publish(*retractions, year=25)
        self.compiled()
        untold = owed - set(told.values_list("issue__reader", "pmid"))
        return Count(len(owed), len(untold), control)

    def deleted(self) -> Count:
        """NLM takes noted articles back; notes stay, and are on their writers' page."""
        from ownjournal.catalogue import store

        gone = NOTED[: len(NOTED) // 2]
        self.publish(deletion(*gone), year=25)
        taken_back = sum(store.get(pmid) is None for pmid in gone)
        return Count(len(gone), self._lost(gone), taken_back)

    def rolled_over(self) -> Count:
        """A new year without some articles: those alone go, and no note does."""
        from django.utils import timezone

        from ownjournal.catalogue.checking import live_pmids
        from ownjournal.catalogue.rollover import close_baseline

        before = set(live_pmids())
        vanish = set(NOTED[-VANISH:])
        self._number = 0
        self.publish(*(a_record(pmid) for pmid in sorted(before - vanish)), year=26)
        still_there = len(vanish & set(live_pmids()))
        close_baseline(26, now=timezone.now())
        wrong = len(set(live_pmids()) ^ (before - vanish))
        return Count(len(before), wrong + self._lost(sorted(vanish)), still_there)

    def _notes(self) -> dict[int, tuple["Reader", str]]:
        """A note on each of some articles, by one reader after the other."""
        from ownjournal.notes.posting import post
        from ownjournal.notes.subjects import Subject
        from ownjournal.notes.typed import Typed
        from ownjournal.readers.models import Reader

        readers = list(Reader.objects.order_by("pk"))
        made = {}
        for pmid in NOTED:
            reader, text = readers[pmid % len(readers)], f"What I think of {pmid}."
            subject = Subject(pmid, None, f"/articles/{pmid}", "An article")
            post(reader, subject, Typed(text), self._now + timedelta(hours=pmid))
            made[pmid] = (reader, text)
        return made

    def _lost(self, pmids: Iterable[int]) -> int:
        """Notes that their writers do not find among their own."""
        from django.test import Client

        lost = 0
        for pmid in pmids:
            reader, text = self._noted[pmid]
            client = Client(HTTP_HOST="localhost")
            client.force_login(
                reader, "ownjournal.readers.accounts.passwords.ReaderBackend"
            )
            pages = [
                client.get("/notes", {"page": page}, follow=True).content.decode()
                for page in (1, 2)
            ]
            lost += not any(text in each for each in pages)
        return lost


def a_record(pmid: int, more: str = "") -> str:
    word = WORDS[pmid % len(WORDS)]
    return record(pmid, f"On {word} {pmid} {more}".strip())


def packed_anew(path: Path, number: int) -> None:
    """The same content in other bytes, with their sum."""
    content = gzip.decompress(path.read_bytes())
    text = content.decode().partition("<PubmedArticleSet>")[2]
    body = text.rpartition("</PubmedArticleSet>")[0]
    pubmed_file(path.parent, path.name, body, f"<!-- {number} -->")


def load(paths: Sequence[Path], *, again: bool = False) -> None:
    from django.conf import settings

    from ownjournal.catalogue.following import index
    from ownjournal.catalogue.ingest import Loading, ingest

    spool = settings.DATA_DIR / "spool"
    done = ingest(paths, Loading(spool=spool, workers=1, again=again), index=index())
    assert all(each.state != "refused" for each in done), done


def state() -> tuple[Any, ...]:
    """The store, its tables' sizes, and what searches find."""
    from ownjournal.catalogue import store
    from ownjournal.catalogue.checking import state_hash
    from ownjournal.catalogue.following import index
    from ownjournal.catalogue.models import Article, Journal, OtherVersion
    from ownjournal.search.query import All

    sizes = [each.objects.count() for each in (Article, OtherVersion, Journal)]
    hits = index().search(All(), limit=1_000, order="newest")
    return state_hash(), store.count(), tuple(sizes), hits


if __name__ == "__main__":
    main()
