from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.readers.profile.pasted import Named, NotText, read, text_of

RIS = """TY  - JOUR
AU  - Quillfeather, Ada B
TI  - Velotrine, 2019, and 10.1234/not-this in a title
DO  - 10.99999/jim.2025.0001
AN  - 31000001
ER  -

TY  - JOUR
UR  - https://doi.org/10.99999/jim.2025.0002
ER  -
"""
NBIB = """
PMID- 31000001
OWN - NLM
AB  - As PMID 999 and doi 10.1234/another showed.
      PMID- of nothing
LID - 10.99999/jim.2025.0001 [doi]
AID - S0140(25)1 [pii]
PMC - PMC7000001

PMID- 31000002
TI  - Another.
"""
BIBTEX = r"""
@article{Quill2025,
  title = {Velotrine and 10.1234/not-this},
  doi = {10.99999/jim\_2025.0001},
  pmid = "31000001",
  year = 2025
}
@article{Okon, DOI={{10.99999/JIM.2}}, note = {PMID 12}}
"""


def test_each_record_of_a_file_is_one_article() -> None:
    first = Named(pmid=31000001, doi="10.99999/jim.2025.0001")

    assert read(RIS) == (first, Named(doi="10.99999/jim.2025.0002"))
    assert read(NBIB)[0] == Named(31000001, "10.99999/jim.2025.0001", "PMC7000001")
    assert read(NBIB)[-1] == Named(31000002)
    assert read(BIBTEX) == (
        Named(31000001, "10.99999/jim_2025.0001"),
        Named(doi="10.99999/JIM.2"),
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("text", [RIS, NBIB, BIBTEX])
def test_any_ends_of_lines_read_the_same(text: str, ends: str) -> None:
    assert read(text.replace("\n", ends)) == read(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    text = RIS.replace("Quillfeather", "Quillföther")

    assert text_of(text.encode(encoding)).lstrip("\ufeff") == text
    assert read(text_of(text.encode(encoding))) == read(RIS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("31000001", [Named(31000001)]),
        (
            "31000001, 31000002;31000003\n 31000004",
            [Named(31000001 + n) for n in range(4)],
        ),
        ("PMID: 31000001 (2019)", [Named(31000001)]),
        ("https://pubmed.ncbi.nlm.nih.gov/31000001/", [Named(31000001)]),
        ("https://merrow.test/articles/31000001", [Named(31000001)]),
        ("Merrow A. J Invent Med 2019;7:12-19.", []),
        ("(see doi:10.99999/a(1)b).", [Named(doi="10.99999/a(1)b")]),
        ("https://doi.org/10.99999/x.y, and", [Named(doi="10.99999/x.y")]),
        ("PMC7000001 pmc7000001", [Named(pmcid="PMC7000001")]),
        ("31000001\n31000001", [Named(31000001)]),
        ("no numbers at all", []),
        ("12345678901", []),
        ("", []),
    ],
)
def test_identifiers_are_found_in_any_text(text: str, found: list[Named]) -> None:
    assert list(read(text)) == found


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n\0\1\2\3", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\0" * 9],
)
def test_what_is_no_text_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotText, match="no text"):
        text_of(content)


@given(st.text(), st.binary())
def test_nothing_breaks_it(text: str, content: bytes) -> None:
    read(text)
    with suppress(NotText):
        read(text_of(content))
