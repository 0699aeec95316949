"""A reader's own feeds: of the issues, and of the articles in them.

/issues/feeds/ID-SECRET.atom, /issues/feeds/ID-SECRET/articles.json and so on are
for whoever has the address. It is computed, so that a stolen copy of the database
opens no feed; a new one ends the old.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.html import escape
from django.views.decorators.http import condition, require_POST, require_safe

from ownjournal import __version__
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.feeds import EPOCH, Entry, Feed, answer
from ownjournal.catalogue.lead_notes import LeadNote
from ownjournal.catalogue.pages import is_struck
from ownjournal.catalogue.search_feed import summary
from ownjournal.issues.models import Issue, IssueArticle
from ownjournal.issues.pages import counted, day_told, local_day, sent_with
from ownjournal.notes.leading import as_sent
from ownjournal.readers.access import reader_of, signed_in
from ownjournal.readers.membership.standing import may_receive, standing
from ownjournal.readers.models import Reader

ISSUES = 20  # in a feed
ARTICLES = 100
TOKEN = 32  # hexadecimal digits, 128 bits
WHAT = {"": "issues", "/articles": "articles"}


def feed_paths(reader: Reader) -> tuple[str, ...]:
    """Of the reader's feeds in each form; none where they are switched off."""
    if not reader.has_feed:
        return ()
    start = f"/issues/feeds/{reader.pk}-{_token(reader)}"
    return tuple(f"{start}{part}.{form}" for part in WHAT for form in ("atom", "json"))


@signed_in
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """`feed` is "open", which also ends an address there was, or "close"."""
    reader, wish = reader_of(request), request.POST.get("feed")
    if wish == "open":
        Reader.objects.filter(pk=reader.pk).update(
            has_feed=True, feed_number=F("feed_number") + 1
        )
        messages.success(request, "Your feeds have a new, secret address.")
    elif wish == "close":
        Reader.objects.filter(pk=reader.pk).update(has_feed=False)
        messages.success(request, "The address of your feeds leads nowhere now.")
    return redirect("issues:archive")


def _etag(_: HttpRequest, *, reader_id: int, reader: Reader, **__: object) -> str:
    """Titles and retractions are those of the catalogue; a note may be hidden."""
    newest = Issue.objects.filter(reader=reader_id).order_by("-number").first()
    last = newest.pk if newest else 0
    rows = _newest(reader_id).filter(note__isnull=False).only("note", "note_version")
    notes = sorted(as_sent(sent_with(rows[:ARTICLES])).items())
    shown = salted_hmac("notes of a feed", repr(notes)).hexdigest()
    rests = "" if may_receive(reader, timezone.now()) else ".paused"
    return f'"{reader_id}.{last}{rests}.{store.revision()}.{shown}.{__version__}"'


@require_safe
def show(
    request: HttpRequest, reader_id: int, token: str, what: str, form: str
) -> HttpResponse:
    """One feed; another address than the one in use is not there."""
    reader = Reader.objects.filter(pk=reader_id, has_feed=True, is_active=True).first()
    if reader is None or not constant_time_compare(_token(reader), token):
        raise Http404
    return _shown(request, reader_id=reader_id, reader=reader, what=what, form=form)


@condition(etag_func=_etag)
def _shown(
    request: HttpRequest, *, reader_id: int, reader: Reader, what: str, form: str
) -> HttpResponse:
    entries: Iterable[Entry]
    if not may_receive(reader, timezone.now()):
        entries = [_paused(reader)]
    else:
        entries = _of_articles(reader) if what else _of_issues(reader)
    made = Feed(
        id=f"{settings.SITE_URL}/issues#{WHAT[what]}-{reader_id}",
        title=f"{settings.SITE_NAME}: my {WHAT[what]}",
        page=f"{settings.SITE_URL}/issues",
        address=settings.SITE_URL + request.path,
        entries=tuple(entries),
        updated_at=EPOCH,
    )
    response = answer(made, form)
    response["Cache-Control"] = "private, no-cache"
    return response


def _paused(reader: Reader) -> Entry:
    """All there is for who is no longer a member; each end has an id of its own."""
    ended = standing(reader, timezone.now()).until_on
    at = EPOCH if ended is None else datetime.combine(ended, time(), tzinfo=UTC)
    account = f"{settings.SITE_URL}/account/membership"
    return Entry(
        id=f"{settings.SITE_URL}/issues#paused-{reader.pk}-{at:%Y-%m-%d}",
        address=account,
        title="Your issues are paused",
        html="<p>No issues are made for you at present, so this feed rests. Your "
        f'<a href="{escape(account)}">account</a> says why. Your issues, notes and '
        "export stay where they are.</p>",
        published_at=at,
        updated_at=at,
    )


def _of_issues(reader: Reader) -> Iterable[Entry]:
    issues = reader.issues.select_related("reader").prefetch_related("articles")
    for issue in issues[:ISSUES]:
        rows = list(issue.articles.all())
        lead = f": {rows[0].title}" if rows else ""
        lines = "".join(f"<li>{_line(row)}</li>" for row in rows)
        count = f"{day_told(local_day(issue))}, {counted(len(rows), 'article')}."
        yield Entry(
            id=f"{settings.SITE_URL}/issues#{issue.pk}",
            address=f"{settings.SITE_URL}/issues/{issue.number}",
            title=f"Issue {issue.number}{lead}",
            html=f"<p>{count}</p><ol>{lines}</ol>",
            published_at=issue.compiled_at,
            updated_at=issue.compiled_at,
        )


def _line(row: IssueArticle) -> str:
    address = f"{settings.SITE_URL}/articles/{row.pmid}"
    return f'<a href="{escape(address)}">{escape(row.title)}</a> {escape(row.why)}'


def _of_articles(reader: Reader) -> Iterable[Entry]:
    """The newest issue first; an article that was taken back keeps its title."""
    shown = list(_newest(reader.pk).select_related("issue")[:ARTICLES])
    kept = relations.get_many([row.pmid for row in shown])
    notes = as_sent(sent_with(shown))
    for row in {row.pmid: row for row in reversed(shown)}.values():
        note = notes.get((row.note or 0, row.note_version or 0))
        yield _of_article(row, kept.get(row.pmid), note)


def _newest(reader_id: int) -> QuerySet[IssueArticle]:
    """What the feed of articles begins with."""
    rows = IssueArticle.objects.filter(issue__reader=reader_id)
    return rows.order_by("-issue__number", "position")


def _of_article(
    row: IssueArticle, kept: store.Kept | None, note: LeadNote | None
) -> Entry:
    struck = kept is not None and is_struck(kept.appraisal)
    address = f"{settings.SITE_URL}/articles/{row.pmid}"
    return Entry(
        id=address,
        address=address,
        title=f"RETRACTED: {row.title}" if struck else row.title,
        html=f"<p>{escape(row.why)}</p>{summary(kept, note) if kept else ''}",
        published_at=row.issue.compiled_at,
        updated_at=row.issue.compiled_at,
    )


def _token(reader: Reader) -> str:
    what = f"{reader.pk}.{reader.feed_number}"
    return salted_hmac("feeds of a reader", what, algorithm="sha256").hexdigest()[
        :TOKEN
    ]
