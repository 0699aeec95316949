"""The part of the contract of an index that is about one that cannot be used."""

from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import ClassVar

import pytest

from ownjournal.search.index import Index, IndexUnusable
from ownjournal.search.query import All, Term
from search.made_documents import a_document

FEVER = Term("fever")
USES: dict[str, Callable[[Index], object]] = {
    "revision": lambda index: index.revision,
    "check": lambda index: index.check(),
    "count": lambda index: index.count(All()),
    "best": lambda index: index.search(FEVER, limit=5),
    "newest": lambda index: index.search(FEVER, limit=5, order="newest"),
    "evidence": lambda index: index.search(FEVER, limit=5, order="evidence"),
    "facets": lambda index: index.facets(FEVER, ["year", "journal"]),
    "similar": lambda index: index.similar(a_document(), lambda pmids: []),
    "held": lambda index: list(index.held()),
    "apply": lambda index: index.apply([a_document(2)], (), 9),
}


class TroubleContract:
    """`contract.IndexContract` makes the index and runs this with the rest."""

    spoiler: ClassVar[str]

    @classmethod
    def made(cls, folder: Path) -> Index:
        raise NotImplementedError

    @pytest.mark.parametrize("use", USES)
    def test_an_index_that_is_spoiled_says_so_whatever_is_asked(
        self, tmp_path: Path, index: Index, use: str
    ) -> None:
        index.apply([a_document(1)], (), 1)
        self.spoil(tmp_path / "index")
        other = self.made(tmp_path / "index")

        with pytest.raises(IndexUnusable):
            USES[use](other)
        other.close()

    def test_a_spoiled_index_is_repaired_by_building_it_anew(
        self, tmp_path: Path, index: Index
    ) -> None:
        index.apply([a_document(1), a_document(2)], (), 4)
        self.spoil(tmp_path / "index")

        with index.rebuilding() as writer:
            assert writer.revision == 0
            writer.put(a_document(3))
            writer.commit(4)

        index.check()
        assert [hit.pmid for hit in index.search(All(), limit=9).hits] == [3]
        assert list(index.held()) == [(3, 0)]

    def spoil(self, folder: Path) -> None:
        resolve_name(self.spoiler)(folder)
