"""Keep the log: what was done, when, for how long, and what it taught.

Nothing is kept of a reader who switched the log off. The same deed on the same
article and day is one row. Other parts call `record` for what happens with them.
"""

import re
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from ownjournal.catalogue import store
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.exports.exported import title
from ownjournal.pubmed.markup import plain
from ownjournal.readers.log.models import LONGEST, MOST_MINUTES, LogRow
from ownjournal.readers.models import Reader

WORDS_A_MINUTE = 200  # of an abstract, read to be understood
MOST = 100_000  # rows of one reader; what comes after is not kept


def record(
    reader: Reader,
    pmid: int,
    deed: str,
    now: datetime,
    *,
    source: str | None = None,
    minutes: int | None = None,
) -> LogRow | None:
    """The row of a deed (LogRow.Deed), the one of that day if there is one.

    None where the reader keeps no log, no article with this PMID is here, or the
    log is full.
    """
    if not reader.keeps_log:
        return None
    day = now.astimezone(ZoneInfo(reader.time_zone)).date()
    row = reader.log.filter(pmid=pmid, deed=deed, done_on=day).first()
    if row is not None:
        return row
    kept = store.get(pmid)
    if kept is None or reader.log.count() >= MOST:
        return None
    facts = {"at": now, "title": title_of(kept.article), "source": source}
    if deed == LogRow.Deed.READ:
        facts["minutes"] = minutes or estimated_minutes(kept.article)
    row, _ = LogRow.objects.get_or_create(
        reader=reader, pmid=pmid, deed=deed, done_on=day, defaults=facts
    )
    return row


def title_of(article: Article) -> str:
    """The title in plain text; never empty."""
    text = title(article)
    return (plain(text) if text else "") or f"PMID {article.pmid}"


def estimated_minutes(article: Article) -> int:
    """The abstract's words by WORDS_A_MINUTE, up to whole minutes; at least one."""
    sections = article.abstract.sections if article.abstract else ()
    words = sum(len(plain(each.text).split()) for each in sections)
    return max(1, -(-words // WORDS_A_MINUTE))


def change(row: LogRow, minutes: str, reflection: str, day: str) -> str | None:
    """Take what was typed; a sentence where it cannot be, and nothing is changed."""
    on = read_day(day)
    if minutes.strip() and not _is_minutes(minutes.strip()):
        return f"Minutes are a whole number from 1 to {MOST_MINUTES:,}, or nothing."
    if len(reflection) > LONGEST:
        return f"A reflection has at most {LONGEST:,} characters."
    if on is None:
        return "A day is written as 2026-11-30."
    same = LogRow.objects.filter(reader=row.reader_id, pmid=row.pmid, deed=row.deed)
    if same.filter(done_on=on).exclude(pk=row.pk).exists():
        return "There is such a row of that day already."
    row.minutes = int(minutes) if minutes.strip() else None
    row.reflection = clean(reflection)
    row.done_on = on
    row.save(update_fields=["minutes", "reflection", "done_on"])
    return None


def _is_minutes(text: str) -> bool:
    return re.fullmatch("[0-9]{1,4}", text) is not None and (
        1 <= int(text) <= MOST_MINUTES
    )


def clean(text: str) -> str | None:
    """Lines without control characters; None where nothing is left."""
    lines = re.sub(r"[^\S\n]+", " ", text.replace("\r\n", "\n"))
    plain_text = "".join(each for each in lines if each.isprintable() or each == "\n")
    return plain_text.strip() or None


def read_day(text: str) -> date | None:
    """A day as browsers send it, "2026-11-30"; None of anything else."""
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()) is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def switch(reader: Reader, wanted: bool, *, erase: bool) -> None:
    """Keep a log from now on, or none; what there is stays unless it is to go."""
    reader.keeps_log = wanted
    reader.save(update_fields=["keeps_log"])
    if erase:
        reader.log.all().delete()


def opened_by(reader: Reader, pmids: Collection[int]) -> Collection[int]:
    """Those of these articles that the reader opened or read, as the log has it."""
    deeds = [LogRow.Deed.OPENED, LogRow.Deed.READ]
    rows = reader.log.filter(pmid__in=pmids, deed__in=deeds)
    return frozenset(rows.values_list("pmid", flat=True))


def source_of(request: HttpRequest) -> str:
    """Where a reader came from, by the address of our page before: "issue 12"."""
    before = request.META.get("HTTP_REFERER", "")
    ours = request.build_absolute_uri("/")
    path = "/" + before[len(ours) :] if before.startswith(ours) else ""
    if issue := re.match(r"/issues/([0-9]{1,9})(?![0-9])", path):
        return f"issue {issue[1]}"
    return "search" if re.match(r"/search(?![\w.])", path) else "page"
