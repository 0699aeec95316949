"""For whoever watches the site: is it alive, is it ready.

/health/live answers as long as the process does. /health/ready answers 200 when
the database and the index answer too, and tells how current they are. An index
that lags behind the database is told and is no fault: it follows.
"""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ownjournal.catalogue import following, store
from ownjournal.search.index import IndexUnusable


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 without a look at anything."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Nothing here tells a stranger more than the front page does."""
    database, index = _database(), _index()
    is_ready = database["ok"] and index["ok"]
    answer = {"ready": is_ready, "database": database, "index": index}
    return JsonResponse(answer, status=200 if is_ready else 503)


def _database() -> dict[str, Any]:
    try:
        fresh = store.freshness()
        return {
            "ok": True,
            "revision": store.revision(),
            "articles": store.count(),
            "newest_file": fresh.newest_file,
            "applied_at": fresh.applied_at,
            "synced_at": fresh.synced_at,
        }
    except DatabaseError as problem:
        return {"ok": False, "problem": type(problem).__name__}


def _index() -> dict[str, Any]:
    try:
        return {"ok": True, "revision": following.index().revision}
    except IndexUnusable as problem:
        return {"ok": False, "problem": type(problem).__name__}
