"""The feed of a collection: what was added last, with the curator's line.

Public ones have an address that anybody may read; those with a link have a secret
one, which ends with the link.
"""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.views.decorators.http import condition, require_safe

from ownjournal import __version__
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.feeds import Entry, Feed, answer, clean
from ownjournal.catalogue.pages import is_struck
from ownjournal.catalogue.search_feed import summary
from ownjournal.catalogue.titles import title_of
from ownjournal.collections.addresses import by_link, shared_path, start_of, whole
from ownjournal.collections.models import Collected, Collection
from ownjournal.collections.seeing import public

ENTRIES = 100


@require_safe
def show(
    request: HttpRequest, number: str, form: str, token: str | None = None
) -> HttpResponse:
    """The newest first; with a token that of a link."""
    if token is None:
        collection = public().filter(pk=int(number)).first()
    else:
        collection = by_link(int(number), token)
    if collection is None:
        raise Http404
    return _shown(request, collection=collection, form=form)


def _etag(_: HttpRequest, *, collection: Collection, **__: object) -> str:
    """Titles and retractions are those of the catalogue."""
    changed = collection.updated_at.timestamp()
    return f'"{collection.pk}.{changed}.{store.revision()}.{__version__}"'


@condition(etag_func=_etag)
def _shown(request: HttpRequest, *, collection: Collection, form: str) -> HttpResponse:
    here = whole(start_of(collection))
    feed = Feed(
        id=here,
        title=collection.title,
        page=whole(shared_path(collection)),
        address=whole(request.path),
        entries=tuple(_entries(collection, here)),
        updated_at=collection.created_at,
    )
    response = answer(feed, form)
    response["Cache-Control"] = "no-cache"
    return response


def _entries(collection: Collection, here: str) -> Iterable[Entry]:
    rows = list(collection.articles.order_by("-added_at", "-id")[:ENTRIES])
    kept = relations.get_many([row.pmid for row in rows])
    for row in rows:
        if row.pmid in kept:
            yield _entry(row, kept[row.pmid], here)


def _entry(row: Collected, kept: store.Kept, here: str) -> Entry:
    title = title_of(kept.article)
    line = f"<p>{escape(clean(row.line))}</p>" if row.line else ""
    return Entry(
        id=f"{here}#{row.pmid}",
        address=whole(f"/articles/{row.pmid}"),
        title=f"RETRACTED: {title}" if is_struck(kept.appraisal) else title,
        html=line + summary(kept),
        published_at=row.added_at,
        updated_at=row.added_at,
    )
