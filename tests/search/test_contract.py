"""Every index passes the whole contract."""

from search.contract import IndexContract


class TestEmbedded(IndexContract):
    opener = "ownjournal.search.embedded:EmbeddedIndex.open"
