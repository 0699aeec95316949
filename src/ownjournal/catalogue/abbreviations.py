"""Abbreviations that the catalogue's own articles define, learned in the background.

The worker reads what files brought, a file at a time, and counts in how many
articles a short form is defined as something. Each article is counted once at
most, when it is new. A short form is read as a long one only where most articles
mean that, and where the word mostly is that short form: "CAT" is a cat.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from django.db import connection, transaction
from django.db.models import Q, Sum
from msgspec import Struct

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Abbreviation, AbbreviationsLearned, AppliedFile
from ownjournal.catalogue.packing import Content
from ownjournal.pubmed.markup import plain
from ownjournal.search.abbreviations import find, folded
from ownjournal.search.query import Term

READ = 500_000
"""Articles behind the newest that are read; more of them teach nothing new."""

MOST_ROWS = 300_000
"""Pairs that are kept; when there are more, those seen once are forgotten."""

LEAST_ARTICLES = 3
LEAST_SHARE = 0.6  # of the articles that define a short form
LEAST_USE = 0.1  # of the articles with that word, how many define it
LONGEST = 200  # characters of a long form
AT_ONCE = 400  # names or pairs in one question to the database

Pair = tuple[str, str]  # short form folded, long form folded


class Learned(Struct, frozen=True):
    """What one step did."""

    articles: int  # read
    revision: int  # up to which everything was read


def learn(stopped: Callable[[], bool] = lambda: False) -> Learned:
    """Read the next file's articles; nothing is kept of a file that was not ended.

    Of two workers that read the same file one is counted.
    """
    row, _ = AbbreviationsLearned.objects.get_or_create(pk=1)
    nothing = Learned(0, row.revision)
    skipped = store.newest_from(store.revision(), READ) - 1
    after = max(row.revision, skipped)
    files = AppliedFile.objects.filter(revision__gt=after).order_by("revision")
    up_to = files.values_list("revision", flat=True).first()
    if up_to is None:
        return nothing
    counted = _Counted()
    for content in store.arrivals(after, up_to):
        if stopped():
            return nothing
        counted.add(content)
    with transaction.atomic():
        unread = AbbreviationsLearned.objects.filter(pk=1, revision=row.revision)
        if not unread.update(revision=up_to, articles=row.articles + counted.articles):
            return nothing
        counted.keep()
        _forget()
    return Learned(counted.articles, up_to)


def meanings(names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What short forms mostly stand for, and what long forms are shortened to.

    By the names asked for, which may be neither.
    """
    by_name = {name: (name.lower(), folded(name)) for name in names}
    wanted = {text for pair in by_name.values() for text in pair}
    found = defaultdict[str, dict[str, None]](dict)
    for row in _usual(list(_named(wanted))):
        found[row.short_folded][row.long] = None
        found[row.long][row.short] = None
    return {
        name: tuple(found[lower] | found[long])
        for name, (lower, long) in by_name.items()
        if lower in found or long in found
    }


class _Counted:
    """In how many articles of a file each pair is defined."""

    def __init__(self) -> None:
        self.articles = 0
        self._pairs = Counter[Pair]()
        self._spelled: dict[str, str] = {}  # a short form, as it was first seen

    def add(self, content: Content) -> None:
        """Count what an article defines."""
        self.articles += 1
        pairs = _pairs(content)
        self._pairs.update(pairs.keys())
        for (short, _), spelled in pairs.items():
            self._spelled.setdefault(short, spelled)

    def keep(self) -> None:
        """Add it to what is known."""
        table = Abbreviation._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (short, short_folded, long, articles)"  # noqa: S608
                " VALUES (%s, %s, %s, %s) ON CONFLICT (short_folded, long) DO UPDATE"
                f" SET articles = {table}.articles + excluded.articles",
                [
                    (self._spelled[short], short, long, count)
                    for (short, long), count in sorted(self._pairs.items())
                ],
            )


def _pairs(content: Content) -> dict[Pair, str]:
    """What an article defines, and the short form as it spells it."""
    article = content.article
    texts = [] if article.title is None else [article.title]
    if article.abstract is not None:
        texts += [section.text for section in article.abstract.sections]
    return {
        (short.lower(), folded(long)): short
        for text in texts
        for short, long in find(plain(text))
        if len(folded(long)) <= LONGEST
    }


def _forget() -> None:
    """Keep the table small: what is defined often is seen again."""
    seen = 1
    while Abbreviation.objects.count() > MOST_ROWS:
        Abbreviation.objects.filter(articles__lte=seen).delete()
        seen += 1


def _named(wanted: Iterable[str]) -> Iterator[Abbreviation]:
    """Well-founded pairs of which one half has one of these names."""
    enough = Abbreviation.objects.filter(articles__gte=LEAST_ARTICLES)
    rest = iter(sorted(wanted))
    while some := list(islice(rest, AT_ONCE)):
        yield from enough.filter(Q(short_folded__in=some) | Q(long__in=some)).order_by(
            "-articles", "short_folded", "long"
        )


def _usual(rows: Collection[Abbreviation]) -> Iterator[Abbreviation]:
    """Those that most articles mean, and that the word mostly is."""
    shorts = {row.short_folded for row in rows}
    totals = dict(
        Abbreviation.objects.filter(short_folded__in=list(shorts)[:AT_ONCE])
        .values_list("short_folded")
        .annotate(Sum("articles"))
    )
    read = AbbreviationsLearned.objects.values_list("articles", flat=True).first() or 1
    share_read = min(read / max(store.count(), 1), 1.0)
    for row in rows:
        if row.articles >= LEAST_SHARE * totals.get(row.short_folded, 0) > 0:
            using = index().count(Term(row.short_folded, "tiab"))
            if row.articles >= LEAST_USE * share_read * using:
                yield row
