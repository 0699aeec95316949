"""NLM's three forms give the same descriptors.

The fever, its kinds and places are invented; the forms are NLM's.
"""

import gzip
from pathlib import Path

import pytest

from made.nlm_server import NlmServer
from ownjournal.pubmed.fetching import Unreachable
from ownjournal.pubmed.mesh import Descriptor, fetch, read_descriptors
from ownjournal.pubmed.refusal import FileRefused

XML = """<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet SYSTEM "https://www.nlm.nih.gov/nowhere.dtd">
<DescriptorRecordSet LanguageCode = "eng">
<DescriptorRecord DescriptorClass = "1">
  <DescriptorUI>D990001</DescriptorUI>
  <DescriptorName><String>Marsh Fever &amp; Chill</String></DescriptorName>
  <PharmacologicalActionList><PharmacologicalAction><DescriptorReferredTo>
    <DescriptorUI>D990777</DescriptorUI>
    <DescriptorName><String>Someone Else</String></DescriptorName>
  </DescriptorReferredTo></PharmacologicalAction></PharmacologicalActionList>
  <TreeNumberList>
    <TreeNumber>C01.100</TreeNumber><TreeNumber>C23.888.100</TreeNumber>
  </TreeNumberList>
  <ConceptList>
    <Concept PreferredConceptYN="Y">
      <ConceptUI>M1</ConceptUI>
      <ScopeNote>A fever of
        marshes = fens.&#xA;    </ScopeNote>
      <TermList>
        <Term RecordPreferredTermYN="Y"><String>Marsh Fever &amp; Chill</String></Term>
        <Term IsPermutedTermYN="N"><String>Bog Fever</String></Term>
        <Term IsPermutedTermYN="Y"><String>Fever, Bog</String></Term>
      </TermList>
    </Concept>
    <Concept PreferredConceptYN="N">
      <ScopeNote>Another concept's note.</ScopeNote>
      <TermList><Term><String>Fen Ague</String></Term></TermList>
    </Concept>
  </ConceptList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass = "2">
  <DescriptorUI>D990002</DescriptorUI>
  <DescriptorName><String>Marsh Trial</String></DescriptorName>
  <TreeNumberList><TreeNumber>V03.1</TreeNumber></TreeNumberList>
  <ConceptList><Concept PreferredConceptYN="Y"><TermList>
    <Term><String>Marsh Trial</String></Term>
  </TermList></Concept></ConceptList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass = "3">
  <DescriptorUI>D990003</DescriptorUI>
  <DescriptorName><String>Marsh Dweller</String></DescriptorName>
</DescriptorRecord>
<DescriptorRecord DescriptorClass = "4">
  <DescriptorUI>D990004</DescriptorUI>
  <DescriptorName><String>Östermark</String></DescriptorName>
  <TreeNumberList><TreeNumber>Z01.9</TreeNumber></TreeNumberList>
</DescriptorRecord>
</DescriptorRecordSet>
"""
ASCII = """*NEWRECORD
RECTYPE = D
MH = Marsh Fever & Chill
AQ = BL CN DI
PRINT ENTRY = Bog Fever|T047|NON|EQV|UNK (19XX)|900101|abbcdef
ENTRY = Fever, Bog
ENTRY = Fen Ague|T047|NON|NRW|NLM (1991)|900308|abbcdef
MN = C01.100
MN = C23.888.100
MS = A fever of marshes = fens.
PI = Fever = Marsh (1970)
DC = 1
UI = D990001

*NEWRECORD
RECTYPE = D
MH = Marsh Trial
MN = V03.1
DC = 2
UI = D990002

*NEWRECORD
RECTYPE = D
MH = Marsh Dweller
DC = 3
UI = D990003

*NEWRECORD
RECTYPE = D
MH = Östermark
MN = Z01.9
DC = 4
UI = D990004
"""
TABLE = (
    "ui\tname\tname_case\ttree_numbers\tentry_terms_lower\n"
    "D990001\tMarsh Fever & Chill\tproper\tC01.100|C23.888.100"
    "\tBog Fever|Fever, Bog|Fen Ague|Marsh Fever & Chill\n"
    "D990002\tMarsh Trial\tproper\tV03.1\t\n"
    "D990003\tMarsh Dweller\tproper\t\t\n"
    "D990004\tÖstermark\tproper\tZ01.9\t\n"
)
EXPECTED = [
    Descriptor(
        "D990001",
        "Marsh Fever & Chill",
        ("C01.100", "C23.888.100"),
        ("Bog Fever", "Fever, Bog", "Fen Ague"),
        "A fever of marshes = fens.",
        "topic",
    ),
    Descriptor("D990002", "Marsh Trial", ("V03.1",), kind="publication-type"),
    Descriptor("D990003", "Marsh Dweller", kind="check-tag"),
    Descriptor("D990004", "Östermark", ("Z01.9",), kind="geographic"),
]


def read(folder: Path, content: bytes | str) -> list[Descriptor]:
    path = folder / "mesh"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_descriptors(path))


def refusal(folder: Path, content: bytes | str) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(folder, content)
    return refused.value


@pytest.mark.parametrize("form", [XML, ASCII])
@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_xml_and_ascii_read_the_same(tmp_path: Path, form: str, before: str) -> None:
    assert read(tmp_path, before + form) == EXPECTED


def test_a_table_says_what_it_can(tmp_path: Path) -> None:
    """It has no notes and no classes; a place in the tree tells most kinds."""
    fever, trial, dweller, place = read(tmp_path, "\ufeff" + TABLE)

    assert fever.entry_terms == EXPECTED[0].entry_terms
    assert fever.tree_numbers == EXPECTED[0].tree_numbers
    assert fever.scope_note is None
    assert [each.kind for each in (fever, trial, dweller, place)] == [
        "topic",
        "publication-type",
        None,
        "geographic",
    ]
    assert place.name == "Östermark"


def test_a_note_of_another_concept_is_not_taken(tmp_path: Path) -> None:
    first = XML.index("<ScopeNote>")
    without = XML[:first] + XML[XML.index("</ScopeNote>") + len("</ScopeNote>") :]

    assert read(tmp_path, without)[0].scope_note is None


def test_columns_may_stand_in_any_order_and_number(tmp_path: Path) -> None:
    assert read(tmp_path, "name\tui\tentry_terms\nBog\tD9\tFen|Mire\n") == [
        Descriptor("D9", "Bog", entry_terms=("Fen", "Mire"))
    ]


def test_a_short_line_is_filled_up(tmp_path: Path) -> None:
    assert read(tmp_path, "ui\tname\ttree_numbers\nD9\tBog\n") == [
        Descriptor("D9", "Bog")
    ]


def test_packed_files_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, gzip.compress(XML.encode())) == EXPECTED


def test_a_long_file_is_read_to_its_end(tmp_path: Path) -> None:
    """Each record is dropped when the next one is read."""
    record = XML[XML.index("<DescriptorRecord D") : XML.index("</DescriptorRecordSet>")]
    many = XML.replace(record, record * 500)

    assert len(read(tmp_path, many)) == 2000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "EMPTY"),
        ("hello", "MESH"),
        ("<DescriptorRecordSet/>", "MESH"),
        ("<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>", "MESH"),
        (XML[:900], "XML"),
        (XML.replace("</DescriptorRecordSet>", "<x>"), "XML"),
        (XML.replace("D990003", ""), "MESH"),
        (ASCII.replace("MH = Marsh Trial\n", ""), "MESH"),
        ("a\tb\n1\t2\n", "MESH"),
        (TABLE.encode("latin-1"), "ENCODING"),
        (ASCII.encode("latin-1"), "ENCODING"),
        ("<!DOCTYPE html><html>Not here</html>", "XML"),
    ],
)
def test_what_is_no_descriptor_file_is_refused(
    tmp_path: Path, content: bytes | str, code: str
) -> None:
    assert refusal(tmp_path, content).code == code


def test_a_table_without_names_says_so(tmp_path: Path) -> None:
    refused = refusal(tmp_path, "ui\ttree_numbers\nD9\tC01\n")

    assert refused.message == "The table lacks a column named ui or name."


def test_entities_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    head = f'<!DOCTYPE DescriptorRecordSet [<!ENTITY x SYSTEM "file://{secret}">]>'
    body = XML[XML.index("<DescriptorRecordSet") :].replace("Bog Fever", "&x;")

    assert refusal(tmp_path, head + body).code == "ENTITY"


def test_a_file_is_fetched_by_its_address(tmp_path: Path) -> None:
    with NlmServer() as server:
        server.files["/mesh/desc2026.gz"] = gzip.compress(XML.encode())
        address = server.address.replace("/pubmed/", "/mesh/desc2026.gz")

        path = fetch(address, tmp_path)

    assert list(read_descriptors(path)) == EXPECTED
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("address", ["ftp://nlm.test/desc2026.gz", "http://nlm.test/x"])
def test_only_https_is_fetched(tmp_path: Path, address: str) -> None:
    with pytest.raises(Unreachable, match="is not an https address"):
        fetch(address, tmp_path)


def test_the_real_edition_is_read(shared_data: Path) -> None:
    path = shared_data / "mesh" / "mesh2021_descriptors.tsv.gz"
    descriptors = list(read_descriptors(path))

    assert len(descriptors) == 29_513
    assert sum(each.kind == "publication-type" for each in descriptors) == 183
    assert sum(len(each.tree_numbers) for each in descriptors) == 60_662
