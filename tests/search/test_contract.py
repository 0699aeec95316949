"""Every index passes the whole contract."""

from pathlib import Path

from search.contract import IndexContract


class TestEmbedded(IndexContract):
    opener = "ownjournal.search.embedded:EmbeddedIndex.open"
    spoiler = "search.test_contract:spoil"


def spoil(folder: Path) -> None:
    """Damage what says which files the index has."""
    [found] = folder.glob("*/meta.json")
    found.write_bytes(b"{")
