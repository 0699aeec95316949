"""Numbers of the site for Prometheus, at /metrics.

Each process counts its own requests; `ownjournal serve` gives all of them a folder to
count in, so that whichever is asked tells the sum. What the database knows, as how far
behind NLM the catalogue is, is read when it is asked for (`metrics_store`). No number
is of one reader: requests are told by the pattern of their path.
"""

import os
import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from ownjournal.site.metrics_counts import FOLDER
from ownjournal.site.metrics_store import StoreCollector

BEARER = "Bearer "


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything, for whoever has METRICS_TOKEN; without one there is no such page."""
    token = settings.METRICS_TOKEN
    if not token:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not secrets.compare_digest(given.encode(), f"{BEARER}{token}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    text = b"".join(generate_latest(each) for each in (_counts(), _known()))
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _counts() -> CollectorRegistry:
    """Of all processes where they count together, else of this one."""
    if not os.environ.get(FOLDER):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _known() -> CollectorRegistry:
    """What the database knows."""
    registry = CollectorRegistry()
    registry.register(StoreCollector())
    return registry
