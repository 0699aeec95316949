"""How rare a high value is among what came in last: the measured side of "high"."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Q

from ownjournal.appraisal import signs
from ownjournal.catalogue import store
from ownjournal.catalogue.models import Article

MEASURED = 20_000
"""Articles that changed last, about; at least those of the last file."""


@dataclass(frozen=True, slots=True)
class HighShares:
    """Of so many articles, how many are high."""

    articles: int
    quality: int
    significance: int


def high_shares() -> HighShares:
    """Counted anew when the store or a threshold changes."""
    return _counted(store.revision(), signs.HIGH_QUALITY, signs.HIGH_SIGNIFICANCE)


@lru_cache(maxsize=2)
def _counted(revision: int, quality: int, significance: int) -> HighShares:
    """Among the articles that changed last up to a revision."""
    first = store.newest_from(revision, MEASURED)
    rows = Article.objects.filter(live=True, revision__gte=first)
    counts = rows.aggregate(
        articles=Count("pk"),
        quality=Count("pk", filter=Q(quality__gte=quality)),
        significance=Count("pk", filter=Q(significance__gte=significance)),
    )
    return HighShares(**counts)
