"""What each journal yields, counted in the background from the catalogue itself.

The worker reads what files brought, a file at a time, and counts of each journal
how many articles came and how many of them had strong designs; see
`appraisal.yields`. Articles that come later are judged by what was counted
before them; those that are here are not judged again. When the rules of
appraisal change, all is counted anew.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Count, Sum
from msgspec import Struct

from ownjournal.appraisal.judge import RULES_VERSION
from ownjournal.appraisal.signs import yield_sign
from ownjournal.appraisal.yields import Yield, counted, smoothed
from ownjournal.catalogue import store
from ownjournal.catalogue.models import AppliedFile, JournalYield, YieldsLearned
from ownjournal.catalogue.packing import Content

READ = 500_000
"""Articles behind the newest that are read: what journals published of late."""


class Learned(Struct, frozen=True):
    """What one step did."""

    articles: int  # counted
    revision: int  # up to which everything was read


def learn(stopped: Callable[[], bool] = lambda: False) -> Learned:
    """Count the next file's articles; nothing is kept of a file that was not ended.

    Of two workers that read the same file one is counted.
    """
    row = _begun()
    nothing = Learned(0, row.revision)
    after = max(row.revision, store.newest_from(store.revision(), READ) - 1)
    files = AppliedFile.objects.filter(revision__gt=after).order_by("revision")
    up_to = files.values_list("revision", flat=True).first()
    if up_to is None:
        return nothing
    counts = _Counts()
    for content in store.arrivals(after, up_to):
        if stopped():
            return nothing
        counts.add(content)
    with transaction.atomic():
        unread = YieldsLearned.objects.filter(pk=1, revision=row.revision)
        if not unread.update(revision=up_to):
            return nothing
        counts.keep()
    return Learned(counts.articles.total(), up_to)


def known() -> Mapping[str, Yield]:
    """By NLM id, the journals that earn their articles points.

    Kept in memory while nothing more is counted: one fetched article needs it too.
    """
    totals = JournalYield.objects.aggregate(Count("pk"), Sum("articles"), Sum("strong"))
    return _known(tuple(totals.values()))


@lru_cache(maxsize=1)
def _known(totals: tuple[int | None, ...]) -> Mapping[str, Yield]:
    """As of a state of the table, which its totals tell: they only grow."""
    rows = JournalYield.objects.values_list("nlm_id", "strong", "articles")
    found = smoothed({journal: (strong, each) for journal, strong, each in rows})
    return {
        journal: each for journal, each in found.items() if yield_sign(each) is not None
    }


def _begun() -> YieldsLearned:
    """Where counting stands; at the beginning where it was done by other rules."""
    with transaction.atomic():
        row, _ = YieldsLearned.objects.get_or_create(
            pk=1, defaults={"rules_version": RULES_VERSION}
        )
        if row.rules_version != RULES_VERSION:
            JournalYield.objects.all().delete()
            row.revision, row.rules_version = 0, RULES_VERSION
            row.save()
    return row


class _Counts:
    """What one file has of each journal."""

    def __init__(self) -> None:
        self.articles = Counter[str]()
        self.strong = Counter[str]()

    def add(self, content: Content) -> None:
        """Count one article."""
        article, appraisal = content.article, content.appraisal
        journal = article.journal
        if journal is not None and journal.nlm_id is not None:
            strong, each = counted(article, appraisal.design, appraisal.level)
            self.articles[journal.nlm_id] += each
            self.strong[journal.nlm_id] += strong

    def keep(self) -> None:
        """Add it to what is known."""
        table = JournalYield._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (nlm_id, articles, strong)"  # noqa: S608
                " VALUES (%s, %s, %s) ON CONFLICT (nlm_id) DO UPDATE SET"
                f" articles = {table}.articles + excluded.articles,"
                f" strong = {table}.strong + excluded.strong",
                [
                    (journal, each, self.strong[journal])
                    for journal, each in sorted(self.articles.items())
                    if each
                ],
            )
