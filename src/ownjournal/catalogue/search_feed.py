"""A search as a feed: what came in last of what it finds.

/search.atom?q=… and /search/feed.json?q=… are for anybody, and the same for all;
the feed of a saved search has a secret address of its own (readers/searches). An
entry's id is the address of its article, so that it is shown once, however often
the feed is read.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import condition, require_safe

from ownjournal import __version__
from ownjournal.catalogue import store
from ownjournal.catalogue.dates import date_told, published
from ownjournal.catalogue.digests import digest_of
from ownjournal.catalogue.feeds import ATOM, EPOCH, Entry, Feed, answer, clean
from ownjournal.catalogue.following import index
from ownjournal.catalogue.lead_notes import LeadNote
from ownjournal.catalogue.models import AppliedFile
from ownjournal.catalogue.pages import is_struck, journal_name, short_authors
from ownjournal.catalogue.received import newest
from ownjournal.catalogue.relations import completed
from ownjournal.catalogue.search_reading import Understood, understood
from ownjournal.catalogue.search_request import NO_INDEX, BadRequest, read_request
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_of
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.markup import plain
from ownjournal.search.index import IndexUnusable

ENTRIES = 50
FRESH_SECONDS = 1_800  # for which nobody has to ask again
LONGEST_TITLE = 100  # characters of a query in the title of its feed

NOTHING_ASKED = "There is nothing to search for."
NOT_FOR_ALL = (
    "This search looks among what is yours, and a public feed is the same for all: "
    "save the search and use the feed of your own."
)


def etag(*_: object, **__: object) -> str | None:
    """Of any feed at one address, the same for as long as nothing it is made from
    changes; "last 30 days" means others every day.
    """
    today = timezone.now().date()
    try:
        return f'"{store.revision()}.{index().revision}.{today}.{__version__}"'
    except IndexUnusable:
        return None


def last_modified(*_: object, **__: object) -> datetime | None:
    """When the newest file was applied, if that was the last change there is."""
    last = AppliedFile.objects.order_by("-revision").first()
    try:
        revisions = {store.revision(), index().revision}
    except IndexUnusable:
        return None
    same = last is not None and revisions == {last.revision}
    return last.applied_at if last is not None and same else None


@require_safe
@condition(etag_func=etag, last_modified_func=last_modified)
def public(request: HttpRequest, form: str = ATOM) -> HttpResponse:
    """The parameters are those of the page; its order and page do not count."""
    try:
        asked = read_request(request.GET)
    except BadRequest as problem:
        return _refused(str(problem), 422)
    read = understood(asked)
    if read.private:
        return _refused(NOT_FOR_ALL, 422)
    if read.query is None:
        return _refused(NOTHING_ASKED, 422)
    words = asked.query or "filtered articles"
    shown = words if len(words) <= LONGEST_TITLE else f"{words[:LONGEST_TITLE]}…"
    here = "/search.atom" if form == ATOM else "/search/feed.json"
    return shared(
        read, form, title=shown, page=asked.address(), here=asked.address(here)
    )


def shared(
    read: Understood, form: str, *, title: str, page: str, here: str
) -> HttpResponse:
    """A feed that is the same for all, as an answer that caches may keep."""
    title = f"{settings.SITE_NAME}: {title}"
    try:
        response = answer(feed(read, title=title, page=page, here=here), form)
    except IndexUnusable:
        return _refused(NO_INDEX, 503)
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


def feed(
    read: Understood, *, title: str, page: str, here: str, code: str | None = None
) -> Feed:
    """The newest articles of a search. Raises IndexUnusable.

    page  path of the page with the same articles
    here  path of the feed
    code  the feed's id, where its address is none
    """
    found = [] if read.query is None else newest(read.query, ENTRIES)
    kept = store.get_many(found)
    articles = completed([kept[pmid] for pmid in found if pmid in kept])
    return Feed(
        id=code or settings.SITE_URL + here,
        title=title,
        page=settings.SITE_URL + page,
        address=settings.SITE_URL + here,
        entries=entries(articles),
        updated_at=store.freshness().applied_at or EPOCH,
    )


def entries(articles: Sequence[Kept]) -> tuple[Entry, ...]:
    """Of articles, each dated when it was received."""
    times = _times(articles)
    return tuple(_entry(each, times) for each in articles)


def _times(articles: Iterable[Kept]) -> dict[int, datetime]:
    """When the files of these revisions were applied."""
    revisions = {at for each in articles for at in (each.revision, each.first_revision)}
    rows = AppliedFile.objects.filter(revision__in=revisions)
    return dict(rows.values_list("revision", "applied_at"))


def _entry(kept: Kept, times: dict[int, datetime]) -> Entry:
    """A retraction is news, so it dates the entry; other changes do not."""
    article, struck = kept.article, is_struck(kept.appraisal)
    received = times.get(kept.first_revision) or times.get(kept.revision, EPOCH)
    changed = times.get(kept.revision, received)
    address = f"{settings.SITE_URL}/articles/{article.pmid}"
    title = title_of(article)
    return Entry(
        id=address,
        address=address,
        title=f"RETRACTED: {title}" if struck else title,
        html=summary(kept),
        published_at=received,
        updated_at=changed if struck else received,
        author=plain(short_authors(article)) or None,
    )


def summary(kept: Kept, note: LeadNote | None = None) -> str:
    """Where it was published, what it is, and the note or its digest, as HTML."""
    article, appraisal = kept.article, kept.appraisal
    facts = (
        journal_name(article),
        date_told(published(article)),
        appraisal.design_name if appraisal.design != "unclear" else None,
        f"level {appraisal.level}" if appraisal.level else None,
        "invented example" if is_example(article.pmid) else None,
        appraisal.integrity_reason,
    )
    lines = [" · ".join(fact for fact in facts if fact)]
    if note is not None:
        lines.append(f"{note.kind} by {note.byline}:")
    else:
        lines += [part.text for part in digest_of(article)]
    told = "".join(f"<p>{escape(clean(line))}</p>" for line in lines if line)
    return told if note is None else f"{told}{note.mail}"


def _refused(why: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{why}\n", status=status, content_type="text/plain; charset=utf-8"
    )
