"""The index in the cluster: built beside the one that is read, and compared.

Each raises IndexUnusable and IndexBusy as `following` does.
"""

from ownjournal.catalogue import store
from ownjournal.catalogue.checking import drift
from ownjournal.catalogue.following import cluster, follow, rebuild
from ownjournal.search.index import Index
from ownjournal.site.moving.problem import MovingProblem

TAKEN = (
    "The cluster has an index at {} already, which no move of this site has begun."
    " Put another name behind the slash of --to-search."
)
DIFFERS = (
    "The index in the cluster differs from the catalogue in {} articles. Nothing was"
    " changed here. Does another site write to it?"
)


def opened(url: str, told: str, *, begun: bool) -> Index:
    """The index at an address, which answers. Raises MovingProblem.

    told   the address without its password
    begun  whether this move has built there before
    """
    index = cluster(url)
    if index.revision and not begun:
        raise MovingProblem(TAKEN.format(told))
    return index


def build(index: Index) -> None:
    """Bring the index to the store's revision, from where an earlier call has ended."""
    if index.revision:
        follow(index)
    else:
        rebuild(index)


def compare(index: Index) -> int:
    """Compare each article with the store; how many there are. Raises MovingProblem."""
    index.check()
    found = drift(index)
    if found:
        count = len(found.missing) + len(found.extra) + len(found.stale)
        raise MovingProblem(DIFFERS.format(f"{count:,}"))
    return store.count()
