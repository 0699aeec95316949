"""Read NLM's MeSH descriptors.

Three forms are read, told apart by how they begin: XML (desc2026.xml), ASCII
(d2026.bin) and a table with tabs and a line of column names. Each gives the
same descriptors, as far as it says the same; one is in memory at a time.

XML is read without DTD, entities or network. Qualifiers and supplementary
records are other files of NLM's and not read here.

Forms: https://www.nlm.nih.gov/mesh/xml_data_elements.html
https://www.nlm.nih.gov/mesh/dtype.html
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from lxml import etree
from msgspec import Struct

from ownjournal.pubmed.fetching import (
    Fetcher,
    Progress,
    Unreachable,
    checked_address,
    keep,
    silent,
)
from ownjournal.pubmed.files import open_xml
from ownjournal.pubmed.refusal import FileRefused

Kind = Literal["topic", "publication-type", "check-tag", "geographic"]
CLASSES: dict[str, Kind] = {  # DescriptorClass, or DC in the ASCII form
    "1": "topic",
    "2": "publication-type",
    "3": "check-tag",
    "4": "geographic",
}
TERMS = ("entry_terms", "entry_terms_lower")
NEW = "*NEWRECORD"
BOM = "\ufeff"


class Descriptor(Struct, frozen=True):
    """A heading as NLM defines it; article headings point here by `ui`."""

    ui: str  # "D006333"
    name: str  # "Heart Failure"
    tree_numbers: tuple[str, ...] = ()  # "C14.280.434"; none for a check tag
    entry_terms: tuple[str, ...] = ()  # other words for it, permuted ones too
    scope_note: str | None = None
    kind: Kind | None = None  # None: neither the file nor a tree number tells


def fetch(address: str, folder: Path, progress: Progress = silent) -> Path:
    """Download a file of descriptors, such as NLM's desc2026.gz, into `folder`.

    Raises fetching.Unreachable, also for an address that is not https.
    """
    try:
        url = checked_address(address)
    except ValueError as fault:
        raise Unreachable(str(fault)) from fault
    part = folder / "descriptors.part"
    with Fetcher() as fetcher:
        fetcher.fetch(url, part, progress)
    target = folder / "descriptors"  # what it is, its first bytes tell
    keep(part, target)
    return target


def read_descriptors(path: Path) -> Iterator[Descriptor]:
    """The descriptors of a file, packed by gzip or not.

    Raises FileRefused: MESH for what is no descriptor file or has none in it,
    XML, ENTITY, ENCODING and the codes of `files.open_xml`.
    """
    with open_xml(path) as file:
        yield from _read(file)


def _read(file: io.BufferedReader) -> Iterator[Descriptor]:
    beginning = file.peek(4096)[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith(b"<"):
        found = _from_xml(file)
    elif beginning.startswith(NEW.encode()):
        found = _from_ascii(_lines(file))
    elif b"\t" in beginning.partition(b"\n")[0]:
        found = _from_table(_lines(file))
    else:
        raise FileRefused("MESH", "This is no file of MeSH descriptors.")
    empty = True
    for descriptor in found:
        empty = False
        yield descriptor
    if empty:
        raise FileRefused("MESH", "There are no MeSH descriptors in this file.")


def _from_xml(file: io.BufferedReader) -> Iterator[Descriptor]:
    records = etree.iterparse(
        file,
        tag="DescriptorRecord",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for index, (_, record) in enumerate(records):
            if not index:
                _refuse_entities(record)
            yield _from_record(record)
            record.clear()
            while (before := record.getprevious()) is not None:
                record.getparent().remove(before)
    except etree.XMLSyntaxError as fault:
        raise FileRefused("XML", f"The XML is broken: {fault.msg}.") from fault


def _refuse_entities(record: etree._Element) -> None:
    """NLM's files declare none; they are not expanded, so text would be missing."""
    dtd = record.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():  # type: ignore[attr-defined]
        raise FileRefused("ENTITY", "The file declares entities, which NLM's do not.")


def _from_record(record: etree._Element) -> Descriptor:
    return _descriptor(
        _text(record.findtext("DescriptorUI")),
        _text(record.findtext("DescriptorName/String")),
        (each.text for each in record.iterfind("TreeNumberList/TreeNumber")),
        (
            each.text
            for each in record.iterfind("ConceptList/Concept/TermList/Term/String")
        ),
        record.findtext("ConceptList/Concept[@PreferredConceptYN='Y']/ScopeNote"),
        CLASSES.get(record.get("DescriptorClass", "")),
    )


def _from_ascii(lines: Iterator[str]) -> Iterator[Descriptor]:
    """Records of `KEY = value`, a value never longer than its line."""
    values: dict[str, list[str]] = {}
    for line in lines:
        if line.strip() == NEW:
            if values:
                yield _from_values(values)
            values = {}
        else:
            key, equals, value = line.partition(" = ")
            if equals:
                values.setdefault(key.strip(), []).append(value)
    if values:
        yield _from_values(values)


def _from_values(values: dict[str, list[str]]) -> Descriptor:
    entries = values.get("PRINT ENTRY", []) + values.get("ENTRY", [])
    return _descriptor(
        _text(values.get("UI", [""])[0]),
        _text(values.get("MH", [""])[0]),
        values.get("MN", []),
        # what follows the bar is semantic types and sources
        (entry.partition("|")[0] for entry in entries),
        values.get("MS", [""])[0],
        CLASSES.get(values.get("DC", [""])[0].strip()),
    )


def _from_table(lines: Iterator[str]) -> Iterator[Descriptor]:
    columns = next(lines).rstrip("\r\n").split("\t")
    if not {"ui", "name"} <= set(columns):
        raise FileRefused("MESH", "The table lacks a column named ui or name.")
    for line in lines:
        row = dict(zip(columns, line.rstrip("\r\n").split("\t"), strict=False))
        terms = "|".join(row.get(column, "") for column in TERMS)
        yield _descriptor(
            _text(row.get("ui")),
            _text(row.get("name")),
            row.get("tree_numbers", "").split("|"),
            terms.split("|"),
            row.get("scope_note", ""),
            None,
        )


def _descriptor(
    ui: str | None,
    name: str | None,
    tree_numbers: Iterable[str | None],
    terms: Iterable[str | None],
    scope_note: str | None,
    kind: Kind | None,
) -> Descriptor:
    """The record, with empty values as absent ones and each term once."""
    if ui is None or name is None:
        raise FileRefused("MESH", f"A descriptor lacks its UI or name: {ui or name}.")
    numbers = tuple(number for each in tree_numbers if (number := _text(each)))
    entries = dict.fromkeys(term for each in terms if (term := _text(each)))
    entries.pop(name, None)
    return Descriptor(
        ui=ui,
        name=name,
        tree_numbers=numbers,
        entry_terms=tuple(entries),
        scope_note=_text(scope_note),
        kind=kind or _kind_by_tree(numbers),
    )


def _kind_by_tree(numbers: tuple[str, ...]) -> Kind | None:
    """By the first letter: V holds publication types, Z places."""
    if not numbers:
        return None
    letters = {number[0] for number in numbers}
    if letters == {"V"}:
        return "publication-type"
    return "geographic" if letters == {"Z"} else "topic"


def _lines(file: io.BufferedReader) -> Iterator[str]:
    try:
        for number, line in enumerate(file):
            text = line.decode()
            yield text if number else text.lstrip(BOM)
    except UnicodeDecodeError as fault:
        raise FileRefused(
            "ENCODING", "The file is not in UTF-8, as MeSH files are."
        ) from fault


def _text(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
