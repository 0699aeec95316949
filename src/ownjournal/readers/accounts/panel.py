"""The panel under every public page: what there is to join, said fittingly."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest

from ownjournal.catalogue import store
from ownjournal.readers.accounts import joining

FRESH = 60  # seconds that a count may be old


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything accounts/panel.html may use."""

    mode: str  # joining.mode
    articles: str  # how many, "2,404 articles"


def context(request: HttpRequest) -> dict[str, Callable[[], Panel]]:
    """`panel` in every template; nothing is counted where none is shown."""
    return {"panel": panel}


def panel() -> Panel:
    count = counted(int(time.monotonic() // FRESH))
    articles = "1 article" if count == 1 else f"{count:,} articles"
    return Panel(joining.mode(), articles)


@lru_cache(maxsize=1)
def counted(minute: int) -> int:
    """Articles, counted once in so long; `cache_clear` has them counted again."""
    return store.count()
