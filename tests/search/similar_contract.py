"""The part of the contract of an index that is about similar articles."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from ownjournal.search.document import Document
from ownjournal.search.index import Index
from ownjournal.search.similar import CANDIDATES, Similar
from search import oracle
from search.made_documents import a_document, documents

TITLE = ("Velotrine and podagra of the elbow",)


def like(
    index: Index, document: Document, kept: Iterable[Document], limit: int = 20
) -> tuple[Similar, ...]:
    by_pmid = {each.pmid: each for each in kept}

    def read(pmids: Sequence[int]) -> list[Document]:
        return [by_pmid[pmid] for pmid in pmids if pmid in by_pmid]

    return index.similar(document, read, limit=limit)


class SimilarContract:
    """`contract.IndexContract` makes the index and runs this with the rest."""

    @pytest.mark.parametrize("seed", range(4))
    def test_similar_articles_are_those_that_a_plain_reading_finds(
        self, index: Index, seed: int
    ) -> None:
        """So few that every one with a shared term is a candidate."""
        kept = documents(40, seed=seed)
        index.apply(kept, (), 1)

        for document in kept:
            assert like(index, document, kept) == oracle.similar(document, kept)
        assert any(oracle.similar(document, kept) for document in kept)

    def test_more_and_rarer_shared_words_make_more_alike(self, index: Index) -> None:
        told = {
            1: "Velotrine for podagra of the elbow",
            2: "Velotrine for podagra of the knee",
            3: "Marrowleaf for podagra of the knee",
            4: "Marrowleaf for coughs of the elbow",
            5: "Velotrine for coughs",
        }
        told |= {n: f"Coughs and number {n} of velotrine" for n in range(6, 20)}
        kept = [
            a_document(pmid, title=(title,), texts=()) for pmid, title in told.items()
        ]
        index.apply(kept, (), 1)

        found = like(index, kept[0], kept)

        assert [each.pmid for each in found[:1]] == [2]
        assert found[0].terms == ("podagra", "Velotrine")

    def test_articles_of_the_strongest_terms_are_looked_at(self, index: Index) -> None:
        """A heading counts as a word does in a text of middle length."""
        more = tuple(f"mh:other_{n}" for n in range(30))
        own = a_document(1, title=(), texts=("Podagra",), codes=("mh:fever",))
        short = [
            a_document(n, title=(), texts=("Podagra here",)) for n in range(100, 140)
        ]
        headed = [
            a_document(n, title=(), texts=(), codes=("mh:fever", *more))
            for n in range(200, 280)
        ]
        long = [
            a_document(n, title=(), texts=("Podagra " + "there " * 40,))
            for n in range(300, 340)
        ]
        index.apply([own, *short, *headed, *long], (), 1)
        looked_at: set[int] = set()

        def read(pmids: Sequence[int]) -> list[Document]:
            looked_at.update(pmids)
            return []

        index.similar(own, read)

        assert len(looked_at) == CANDIDATES + 1
        assert looked_at > {each.pmid for each in short}
        assert looked_at.isdisjoint({each.pmid for each in long})

    @pytest.mark.parametrize(
        "other",
        [
            {"retracted": True},
            {"codes": ("integrity:notice-of-correction",)},
            {"codes": ("link:1",)},
            {"codes": ("au:okonfold", "au:okonfold_t"), "title": TITLE},
            {"pmid": 3},
        ],
    )
    def test_what_belongs_to_an_article_or_is_void_is_not_similar(
        self, index: Index, other: dict[str, Any]
    ) -> None:
        """A notice, a comment, a preprint with the same title and author …"""
        own = a_document(1, title=TITLE, codes=("link:3", "au:okonfold"))
        good = a_document(9, title=("Velotrine in podagra of the elbow joint",))
        alike = a_document(**{"pmid": 2, "title": good.title, **other})
        index.apply([own, good, alike], (), 1)

        assert [each.pmid for each in like(index, own, [own, good, alike])] == [9]

    def test_headings_alone_make_articles_alike(self, index: Index) -> None:
        own = self.indexed(1, "mh:d005334", "mh:fever", "majr:fever", "mh:humans")
        major = self.indexed(2, "mh:fever", "majr:fever", "mh:humans")
        minor = self.indexed(3, "mh:fever", "mh:humans")
        other = self.indexed(4, "mh:d006973", "mh:hypertension", "mh:humans")
        kept = [own, major, minor, other]
        index.apply(kept, (), 1)

        found = like(index, own, kept)

        assert [each.pmid for each in found] == [2, 3]
        assert found[0].terms == ("Fever",)

    def indexed(self, pmid: int, *codes: str) -> Document:
        return a_document(pmid, title=(), texts=(), names=("Fever",), codes=codes)

    def test_an_article_not_yet_in_the_index_has_similar_ones(
        self, index: Index
    ) -> None:
        kept = [a_document(n, title=(f"Podagra {n} and velotrine",)) for n in (1, 2)]
        index.apply(kept, (), 1)

        found = like(index, a_document(3, title=("Podagra and velotrine",)), kept)

        assert {each.pmid for each in found} == {1, 2}

    def test_similar_articles_are_as_many_as_asked_for_and_still_there(
        self, index: Index
    ) -> None:
        kept = [a_document(n, title=(f"Podagra {n},",)) for n in range(1, 40)]
        index.apply(kept, (), 1)

        assert len(like(index, kept[0], kept)) == 20
        assert len(like(index, kept[0], kept, limit=3)) == 3
        assert [each.pmid for each in like(index, kept[0], kept[5:7])] == [7, 6]
        assert like(index, kept[0], []) == ()

    def test_an_article_without_words_or_an_empty_index_has_no_similar_ones(
        self, index: Index
    ) -> None:
        mute = a_document(1, title=(), texts=("It is 12.",), codes=())
        assert like(index, mute, []) == ()

        index.apply([mute, a_document(2)], (), 1)

        assert like(index, mute, [mute, a_document(2)]) == ()
