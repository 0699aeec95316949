"""What is a citation, and what is a query."""

import json
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given

from ownjournal.search.citation_reading import MAX_CHARACTERS, Citation, read
from search.made_queries import hostile
from search.made_vocabulary import Dictionary

DOI = "10.99999/jim(25)0001-x"


def reading(text: str) -> Citation | None:
    return read(text, Dictionary())


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("12345", "pmid", 12345),
        ("PMID: 123", "pmid", 123),
        (" pmid 99100001. ", "pmid", 99100001),
        ("https://pubmed.ncbi.nlm.nih.gov/99100001/", "pmid", 99100001),
        ("PMC5494581", "pmcid", "PMC5494581"),
        ("PMCID: PMC 5494581", "pmcid", "PMC5494581"),
        (
            "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5494581/",
            "pmcid",
            "PMC5494581",
        ),
        (DOI, "doi", DOI),
        (f"doi:{DOI}.", "doi", DOI),
        (f"({DOI})", "doi", DOI),
        (f"https://doi.org/{DOI}", "doi", DOI),
        (f"http://dx.doi.org/{DOI.replace('/', '%2F')}", "doi", DOI),
        ("https://doi.org/10.99999/\n jim.1", "doi", "10.99999/jim.1"),
        (f"Available from: https://doi.org/{DOI}", "doi", DOI),
        (f"Quill AB. Fever. Ann Bog. 2025;7(2):11-9. doi: {DOI} PMID: 9", "doi", DOI),
        ("Quill AB. Fever. Ann Bog. 2025;7(2):11-9. PMID: 9.", "pmid", 9),
    ],
)
def test_identifiers_are_read_alone_and_in_references(
    text: str, field: str, value: object
) -> None:
    found = reading(text)

    assert found is not None
    assert getattr(found, field) == value


@pytest.mark.parametrize(
    ("text", "years", "places"),
    [
        ("Quill AB. Fever. Ann Bog. 2025 Mar 4;7(2):11-9.", (2025,), (("7", "11"),)),
        ("12. Quill AB. Fever.\nAnn Bog. 2025;7:e11", (2025,), (("7", "e11"),)),
        ("Quill AB. A fever. Ann Bog. 2025;7 Suppl 1:S11-9", (2025,), (("7", "S11"),)),
        ("Quill, A. B. (2025). Fever. Bog, 7(2), 11–19.", (2025,), (("7", "11"),)),
        ("Quill A, vol. 7, no. 2, pp. 11-19, 2025", (2025,), (("7", "11"),)),
        ("ann bog 7:11", (), (("7", "11"),)),
        ("ann bog 2025;7:11", (2025,), (("7", "11"),)),
        ("Fever in Lower Merrow. Ann Bog. 2025.", (2025,), ()),
        ("Quill et al. Fever of 2024", (2024,), ()),
        ("QUILL A. FEVER AND BOGS. Ann Bog. 1965;7:11.", (1965,), (("7", "11"),)),
        (
            "Quill A. Fever. Retracted in: Ann Bog. 2026;8:1. Ann Bog. 2025;7:11.",
            (2026, 2025),
            (("8", "1"), ("7", "11")),
        ),
    ],
)
def test_a_reference_is_known_by_its_numbers_or_its_form(
    text: str, years: tuple[int, ...], places: tuple[tuple[str, str], ...]
) -> None:
    found = reading(text)

    assert found is not None
    assert found.is_reference
    assert (found.years, found.places) == (years, places)


@pytest.mark.parametrize(
    ("text", "author", "year", "journal"),
    [
        ("okonfold t 2019", "okonfold t", 2019, None),
        ("2019 Okonfold T", "okonfold t", 2019, None),
        ("quill ab, ann bog, 2019", "quill ab", 2019, "ann bog"),
        ("ann bog 2019 quill ab", "quill ab", 2019, "ann bog"),
        ("quill ab 2019 annals of the bog", "quill ab", 2019, "annals of the bog"),
    ],
)
def test_author_and_year_may_have_a_journal(
    text: str, author: str, year: int, journal: str | None
) -> None:
    assert reading(text) == Citation(text, author=author, year=year, journal=journal)


def test_a_name_that_is_a_topic_too_may_be_just_a_word() -> None:
    class FeverWrites(Dictionary):
        def authors(self, names: Collection[str]) -> frozenset[str]:
            return frozenset({"fever"}.intersection(names))

    alone = read("fever 2019", FeverWrites())
    placed = read("fever 2019 bog", FeverWrites())

    assert alone == Citation("fever 2019", author="fever", year=2019, is_word=True)
    assert placed is not None
    assert (placed.author, placed.is_word, placed.journal) == ("fever", False, "bog")


def test_a_title_is_read_whole_and_beside_a_journal_in_part() -> None:
    whole = "velotrine for fever after a fall"

    assert reading(whole) == Citation(whole, title=whole)
    for text in ("ann bog velotrine for fever", "velotrine for fever ann bog"):
        assert reading(text) == Citation(
            text, journal="ann bog", title="velotrine for fever"
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "...",
        "fever",
        "fever in children",
        "velotrine 2019",  # nobody's name
        "2019",
        "12345 12346",
        "PMID: 1 PMID: 2",
        "1234",
        f"{DOI} OR fever",
        f"{DOI} fever",
        '"velotrine for fever after a fall"',
        "velotrine[ti] fever after a fall",
        "velotrin* for fever after a fall",
        "velotrine AND fever after a fall",
        "quill ab[au] 2019",
        "velotrine " * 100,
        "Quill AB. Fever. Ann Bog. 2025;7(2):11-9. " + "x" * MAX_CHARACTERS,
    ],
)
def test_everything_else_is_a_query(text: str) -> None:
    assert reading(text) is None


@given(hostile)
def test_no_text_is_an_error(text: str) -> None:
    found = reading(text)

    assert found is None or found.text == " ".join(found.text.split())


@pytest.mark.parametrize("text", ["(" * 6_000, "1:" * 3_000, "10.1000/" + ")" * 5_990])
def test_a_hostile_text_is_read_in_no_time(text: str) -> None:
    reading(text)
    reading(f"Quill AB 2019; {text}"[:MAX_CHARACTERS])


def test_real_boolean_queries_are_no_citations(shared_data: Path) -> None:
    lines = (shared_data / "search" / "boolean_queries.jsonl").read_text().splitlines()

    for line in lines:
        queries = json.loads(line)
        assert reading(queries["query"]) is None
        assert reading(queries["edited_query"]) is None
