"""The index in a cluster passes the same contract as the embedded one, all of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster import opened
from search.contract import IndexContract


class TestOpenSearch(IndexContract):
    opener = "cluster.opened:index"
    spoiler = "cluster.opened:spoil"

    @pytest.fixture(autouse=True)
    def _tidied(self, tmp_path: Path) -> Iterator[None]:
        yield
        opened.remove(tmp_path / "index")
