"""The editors' page to everybody: /posts, a post, and its feeds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_safe

from ownjournal import __version__
from ownjournal.catalogue import store
from ownjournal.catalogue.feeds import EPOCH, Entry, Feed, answer, clean
from ownjournal.catalogue.search_feed import summary
from ownjournal.catalogue.titles import title_of
from ownjournal.collections.addresses import slug_of, whole
from ownjournal.collections.posts.models import Post
from ownjournal.collections.posts.reading import (
    PostView,
    authors_of,
    path_of,
    post_view,
)
from ownjournal.collections.posts.writing import is_editor, published, written

A_PAGE = 10  # posts
ENTRIES = 30  # of a feed
LONGEST_TAG = 40


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post in the list."""

    view: PostView
    opening: str  # its first words


@dataclass(frozen=True, slots=True)
class PostsPage:
    """Everything posts/list.html may use."""

    lines: tuple[PostLine, ...]
    tag: str  # "" for any
    editor: bool  # whoever looks is one
    older: int | None  # page numbers
    newer: int | None


@dataclass(frozen=True, slots=True)
class OnePage:
    """Everything posts/post.html may use."""

    post: PostView
    editor: bool


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The newest first; `tag` narrows, `page` is from 1."""
    tag = request.GET.get("tag", "").replace("\0", "").lower()[:LONGEST_TAG]
    rows = published().prefetch_related("authors", "tags")
    rows = rows.filter(tags__name=tag) if tag else rows
    chosen = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    page = PostsPage(
        lines=tuple(PostLine(post_view(each), _opening(each)) for each in chosen),
        tag=tag,
        editor=is_editor(request.user),
        older=chosen.next_page_number() if chosen.has_next() else None,
        newer=chosen.previous_page_number() if chosen.has_previous() else None,
    )
    return render(request, "posts/list.html", {"page": page})


def _opening(post: Post) -> str:
    if post.text is None:
        return ""
    first = written(post.text, post.dialect).plain().strip().split("\n\n")[0]
    return first if len(first) <= 300 else f"{first[:300].rsplit(' ', 1)[0]} …"


@never_cache
@require_safe
def show(request: HttpRequest, number: str, slug: str = "") -> HttpResponse:
    """A post; a draft to editors alone. An old slug leads to the one in use."""
    post, editor = Post.objects.filter(pk=int(number)).first(), is_editor(request.user)
    if post is None or (post.published_at is None and not editor):
        raise Http404
    if slug != slug_of(post.title):
        return redirect(path_of(post), permanent=True)
    return render(
        request, "posts/post.html", {"page": OnePage(post_view(post), editor)}
    )


def _etag(_: HttpRequest, **__: object) -> str:
    last = published().order_by("-updated_at").first()
    changed = last.updated_at.timestamp() if last else 0
    count = published().count()
    return f'"{changed}.{count}.{store.revision()}.{__version__}"'


@require_safe
@condition(etag_func=_etag)
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """All public posts, as Atom, JSON Feed or RSS."""
    rows = published().prefetch_related("authors", "picks")[:ENTRIES]
    made = Feed(
        id=whole("/posts"),
        title="From the editors",
        page=whole("/posts"),
        address=whole(request.path),
        entries=tuple(_entries(rows)),
        updated_at=EPOCH,
    )
    return _rss(made) if form == "rss" else answer(made, form)


def _entries(posts: Iterable[Post]) -> Iterable[Entry]:
    for post in posts:
        at = post.published_at or post.updated_at
        yield Entry(
            id=whole(f"/posts/{post.pk}"),
            address=whole(path_of(post)),
            title=post.title,
            html=_html(post),
            published_at=at,
            updated_at=max(at, post.updated_at),
            author=authors_of(post),
        )


def _html(post: Post) -> str:
    """Its picks and its text; links of ours are whole."""
    picks = list(post.picks.all())
    kept = store.get_many([each.pmid for each in picks])
    parts = [
        f"<h2>{_link(each.pmid, title_of(kept[each.pmid].article))}</h2>"
        f"<p>{escape(each.line or '')}</p>{summary(kept[each.pmid])}"
        for each in picks
        if each.pmid in kept
    ]
    if post.text is not None:
        parts.append(written(post.text, post.dialect).mail_html(settings.SITE_URL))
    return "".join(parts)


def _link(pmid: int, title: str) -> str:
    return f'<a href="{whole(f"/articles/{pmid}")}">{escape(clean(title))}</a>'


def _rss(feed: Feed) -> HttpResponse:
    """RSS 2.0, by Django's writer, which escapes everything."""
    made = Rss201rev2Feed(
        title=clean(feed.title),
        link=feed.page,
        description="What the editors write, and the articles they pick.",
        feed_url=feed.address,
        language="en",
    )
    for each in feed.entries:
        made.add_item(
            title=clean(each.title),
            link=each.address,
            description=clean(each.html),
            unique_id=each.id,
            unique_id_is_permalink=False,
            pubdate=each.published_at,
        )
    body = made.writeString("utf-8")
    return HttpResponse(body, content_type="application/rss+xml; charset=utf-8")
