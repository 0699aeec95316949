"""A search as an Atom feed: what came in last of what it finds.

/search.atom?q=… is for anybody, and the same for all; the feed of a saved search
has a secret address of its own (readers/searches). An entry's id is the address of
its article, so that it is shown once, however often the feed is read.

Format: RFC 4287.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import condition, require_safe

from ownjournal import __version__
from ownjournal.appraisal.designs import design_named
from ownjournal.catalogue import store
from ownjournal.catalogue.dates import date_told, published
from ownjournal.catalogue.digests import digest_of
from ownjournal.catalogue.following import index
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
MEDIA_TYPE = "application/atom+xml; charset=utf-8"

NOTHING_ASKED = "There is nothing to search for."
NOT_FOR_ALL = (
    "This search looks among what is yours, and a public feed is the same for all: "
    "save the search and use the feed of your own."
)


def _etag(request: HttpRequest) -> str | None:
    """The same for as long as nothing that the feed is made from changes."""
    return etag()


def etag() -> str | None:
    """Of any feed at one address; "last 30 days" means others every day."""
    today = timezone.now().date()
    try:
        return f'"{store.revision()}.{index().revision}.{today}.{__version__}"'
    except IndexUnusable:
        return None


@require_safe
@condition(etag_func=_etag)
def public(request: HttpRequest) -> HttpResponse:
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
    try:
        response = feed(
            read,
            title=f"{settings.SITE_NAME}: {shown}",
            page=asked.address(),
            here=asked.address("/search.atom"),
        )
    except IndexUnusable:
        return _refused(NO_INDEX, 503)
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


def feed(
    read: Understood, *, title: str, page: str, here: str, code: str | None = None
) -> HttpResponse:
    """The newest articles of a search as an answer. Raises IndexUnusable.

    page  path of the page with the same articles
    here  path of the feed
    code  the feed's id, where its address is none
    """
    found = [] if read.query is None else newest(read.query, ENTRIES)
    kept = store.get_many(found)
    articles = completed([kept[pmid] for pmid in found if pmid in kept])
    made = _Feed(
        title=_clean(title),
        link=settings.SITE_URL + page,
        description=None,
        feed_url=settings.SITE_URL + here,
        feed_guid=code or settings.SITE_URL + here,
        author_name=settings.SITE_NAME,
        language="en",
    )
    times = _times(articles)
    for each in articles:
        _add(made, each, times)
    return HttpResponse(
        made.writeString("utf-8"),
        content_type=MEDIA_TYPE,
        headers={"X-Robots-Tag": "noindex"},
    )


class _Feed(Atom1Feed):
    """Django's feed, with a date that stands still while nothing changes."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=store.freshness().applied_at or _EPOCH)


_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def _times(articles: list[Kept]) -> dict[int, datetime]:
    """When the files of these revisions were applied."""
    revisions = {each.revision for each in articles}
    revisions |= {each.first_revision for each in articles}
    rows = AppliedFile.objects.filter(revision__in=revisions)
    return dict(rows.values_list("revision", "applied_at"))


def _add(made: Atom1Feed, kept: Kept, times: dict[int, datetime]) -> None:
    """A retraction is news, so it dates the entry; other changes do not."""
    article, struck = kept.article, is_struck(kept.appraisal)
    received = times.get(kept.first_revision) or times.get(kept.revision, _EPOCH)
    changed = times.get(kept.revision, received)
    address = f"{settings.SITE_URL}/articles/{article.pmid}"
    title = title_of(article)
    made.add_item(
        title=_clean(f"RETRACTED: {title}" if struck else title),
        link=address,
        description=_summary(kept),
        unique_id=address,
        author_name=_clean(plain(short_authors(article))) or None,
        pubdate=received,
        updateddate=changed if struck else received,
    )


def _summary(kept: Kept) -> str:
    """Where it was published, what it is, and its digest, as HTML."""
    article, appraisal = kept.article, kept.appraisal
    facts = (
        journal_name(article),
        date_told(published(article)),
        design_named(appraisal.design).name if appraisal.design != "unclear" else None,
        f"level {appraisal.level}" if appraisal.level else None,
        "invented example" if is_example(article.pmid) else None,
        appraisal.integrity_reason,
    )
    lines = [" · ".join(fact for fact in facts if fact)]
    lines += [part.text for part in digest_of(article)]
    return "".join(f"<p>{escape(_clean(line))}</p>" for line in lines if line)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c.isprintable() or c in "\t\n")


def _refused(why: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{why}\n", status=status, content_type="text/plain; charset=utf-8"
    )
