"""Feeds as files: the same in Atom and as JSON Feed.

An entry has one id for ever, so that a reader of feeds shows it once, however often
the feed is read. Text from outside is text: what XML cannot hold is left out, and
markup is only what this site has written.

Formats: RFC 4287; https://www.jsonfeed.org/version/1.1/
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from msgspec import Struct

ATOM = "atom"
JSON = "json"
MEDIA_TYPES = {
    ATOM: "application/atom+xml; charset=utf-8",
    JSON: "application/feed+json; charset=utf-8",
}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Entry(Struct, frozen=True):
    """One thing to read."""

    id: str  # an address; never another's
    address: str  # of its page
    title: str
    html: str  # its text as HTML, escaped by whoever made it
    published_at: datetime
    updated_at: datetime
    author: str | None = None


class Feed(Struct, frozen=True):
    """What is new at one address, the newest first."""

    id: str
    title: str
    page: str  # address of the page with the same
    address: str  # its own
    entries: Sequence[Entry]
    updated_at: datetime  # where it is empty

    def updated(self) -> datetime:
        """A time that stands still while nothing changes."""
        times = (each.updated_at for each in self.entries)
        return max(times, default=self.updated_at)


def answer(feed: Feed, form: str) -> HttpResponse:
    """The feed as an answer; `form` is of MEDIA_TYPES."""
    body = as_atom(feed) if form == ATOM else as_json(feed)
    headers = {"X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type=MEDIA_TYPES[form], headers=headers)


def as_atom(feed: Feed) -> bytes:
    """By Django's writer, which escapes everything."""
    made = _Atom(
        title=clean(feed.title),
        link=feed.page,
        description=None,
        feed_url=feed.address,
        feed_guid=feed.id,
        author_name=settings.SITE_NAME,
        language="en",
    )
    made.updated = feed.updated()
    for each in feed.entries:
        made.add_item(
            title=clean(each.title),
            link=each.address,
            description=clean(each.html),
            unique_id=each.id,
            author_name=clean(each.author) if each.author else None,
            pubdate=each.published_at,
            updateddate=each.updated_at,
        )
    return made.writeString("utf-8").encode()


class _Atom(Atom1Feed):
    """Django's feed, with a date that we give."""

    updated = EPOCH

    def latest_post_date(self) -> datetime:
        return self.updated


def as_json(feed: Feed) -> bytes:
    """One object; every time with its zone."""
    items = [_item(each) for each in feed.entries]
    return msgspec.json.encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": clean(feed.title),
            "home_page_url": feed.page,
            "feed_url": feed.address,
            "language": "en",
            "authors": [{"name": settings.SITE_NAME}],
            "items": items,
        }
    )


def _item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.address,
        "title": clean(entry.title),
        "content_html": clean(entry.html),
        "date_published": entry.published_at,
        "date_modified": entry.updated_at,
    }
    if entry.author:
        item["authors"] = [{"name": clean(entry.author)}]
    return item


def clean(text: str) -> str:
    """Without what XML cannot hold, or would show as nothing."""
    return "".join(c for c in text if c.isprintable() or c in "\t\n")
