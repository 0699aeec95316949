"""What ails a cluster, before it is noticed by readers: for `check` and new indexes.

Asked of the cluster's own knowledge of itself, which it has also where the shards of an
index do not answer.
"""

from typing import Any

from ownjournal.search.index import IndexAway, IndexUnusable
from ownjournal.search.opensearch.cluster import FULL, Cluster

OLDEST = (2, 12)
"""Of the versions of OpenSearch that know all that we ask for."""

_BLOCK = "index.blocks.read_only_allow_delete"


def check_versions(cluster: Cluster) -> None:
    """Raises IndexUnusable where a node is another server, or of an older version."""
    told = cluster.ask(lambda client: client.info())["version"]
    if told.get("distribution") != "opensearch":
        raise IndexUnusable(
            f"The search cluster {cluster.address} is not OpenSearch, which is what "
            "SEARCH_URL has to name."
        )
    nodes = cluster.ask(
        lambda c: c.cat.nodes(params={"h": "version", "format": "json"})
    )
    oldest = min((each["version"] for each in nodes), key=_numbers)
    if _numbers(oldest) < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise IndexUnusable(
            f"A node of the search cluster {cluster.address} is OpenSearch {oldest}; "
            f"{needed} or newer is needed. Update the nodes, then build the index."
        )


def check_shards(cluster: Cluster, index: str) -> None:
    """Raises IndexUnusable where shards are lost, IndexAway where a disk is full."""
    health = cluster.ask(lambda client: client.cluster.health(index=index))
    if health["status"] == "red":
        raise IndexUnusable(
            f"Shards of the index {index} are lost (red): start the nodes that held "
            "them, or restore a snapshot, or build it anew: ownjournal index --rebuild."
        )
    kept: dict[str, Any] = cluster.ask(
        lambda c: c.indices.get_settings(
            index=index, name=_BLOCK, params={"flat_settings": "true"}
        )
    )
    if any(each["settings"].get(_BLOCK) == "true" for each in kept.values()):
        raise IndexAway(f"The search cluster {cluster.address} {FULL}")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in version.partition("-")[0].split("."))
