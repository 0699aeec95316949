"""References as plain text."""

from made.articles import an_article
from ownjournal.pubmed.article import PublicationType
from ownjournal.pubmed.exports import listing
from ownjournal.pubmed.exports.exported import Exported

RETRACTED_TYPE = PublicationType("D016441", "Retracted Publication")


def test_references_are_numbered_paragraphs_with_warnings_first() -> None:
    exported = [
        Exported(an_article(pmid=1), address="https://j.example/1"),
        Exported(an_article(pmid=2, publication_types=(RETRACTED_TYPE,))),
    ]

    first, second = listing.write(exported)

    assert first == (
        "1. Quillfeather AB, Okonfold T. Velotrine for fever after a fall in Lower"
        " Merrow. J Invent Med. 2025 Mar;7(2). doi: 10.99999/jim.2025.0001. PMID: 1.\n"
        "   https://j.example/1\n\n"
    )
    assert second.startswith(
        "2. WARNING: This article has been retracted.\n   Quillfeather AB,"
    )


def test_nothing_is_an_empty_text() -> None:
    assert [*listing.write([])] == []
