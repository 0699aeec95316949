"""Indexes in the cluster of SEARCH_URL, named after the folders of tests."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from ownjournal.search.opensearch.address import read_address
from ownjournal.search.opensearch.cluster import Cluster, NotThere
from ownjournal.search.opensearch.index import OpenSearchIndex
from ownjournal.search.opensearch.state import STATE


def url_of(folder: Path) -> str:
    """A name of its own for each folder; three shards, so that each node has one."""
    name = "t" + hashlib.sha256(str(folder).encode()).hexdigest()[:20]
    return f"{os.environ['SEARCH_URL']}/{name}?shards=3&replicas=1&timeout=60"


def index(folder: Path) -> OpenSearchIndex:
    return OpenSearchIndex.open(url_of(folder))


def cluster(folder: Path) -> Cluster:
    return Cluster(read_address(url_of(folder)))


def spoil(folder: Path) -> None:
    """Damage what says which rows are to be seen."""
    there = cluster(folder)
    name = there.address.name
    there.ask(
        lambda client: client.index(index=name, id=STATE, body={"state": {"schema": 0}})
    )


def remove(folder: Path) -> None:
    """Take away what a test has made."""
    there = cluster(folder)
    with suppress(NotThere):
        there.ask(lambda client: client.indices.delete(index=f"{there.address.name}-*"))
