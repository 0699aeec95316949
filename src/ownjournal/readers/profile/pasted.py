"""Which articles a pasted text or a file names: pure.

Understood are PMIDs, DOIs and PMCIDs in any text, and files in RIS, BibTeX and nbib
form, of which each record is one article, whatever identifiers it has. They are
found by pattern, so that a file with faults still gives what it names.
"""

import codecs
import re
from collections.abc import Iterator

from msgspec import Struct, structs

LARGEST = 1_000_000  # bytes of a file, characters of a text
LONGEST_DOI = 250
SHOWN = 80  # characters of what names no article


class NotText(ValueError):
    """The content is no text; the message is a sentence for the reader."""


class Named(Struct, frozen=True):
    """An article, by one to three identifiers."""

    pmid: int | None = None
    doi: str | None = None
    pmcid: str | None = None

    def told(self) -> str:
        """The identifier to speak of it by."""
        if self.pmid is not None:
            return f"PMID {self.pmid}"
        return f"DOI {self.doi}" if self.doi is not None else f"{self.pmcid}"


_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SEVERAL_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")

_RIS = re.compile(r"^TY {1,2}- ?", re.MULTILINE)
_RIS_LINE = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?(.*)$", re.MULTILINE)
_NBIB = re.compile(r"^PMID ?- ?", re.MULTILINE)
_NBIB_LINE = re.compile(r"^(PMID|PMC|LID|AID) *- (.*)$", re.MULTILINE)
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]{3,30}[ \t]*[{(]", re.MULTILINE)
_BIBTEX_FIELD = re.compile(
    r"""\b(pmid|doi|pmcid|url)[ \t]*=[ \t]*["{]{0,3}[ \t]*([^"{}\n]{1,300})""",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:\bpmid|pubmed(?:\.ncbi\.nlm\.nih\.gov)?(?=[:/ ]))[:/ ]{1,3}"
    r"(?P<pmid>[1-9]\d{0,8})\b"
    r"|/articles/(?P<ours>[1-9]\d{0,8})\b"
    r"|\bPMC ?(?P<pmcid>\d{1,12})\b"
    r"|\b(?P<doi>10\.\d{4,9}/[^\s\"<>]{1,400})",
    re.IGNORECASE | re.ASCII,
)
_NUMBERS_ALONE = re.compile(r"[\d\s,;|.()\[\]#-]*")
_NUMBER = re.compile(r"(?<!\d)[1-9]\d{0,8}(?!\d)")
_ENDS = ".,;:'\"”’"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or else Windows-1252.

    Raises NotText for what is none.
    """
    encoding = next(
        (each for mark, each in _BOMS.items() if content[:3].startswith(mark)), "utf-8"
    )
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if len(_SEVERAL_CONTROLS.findall(text[:LARGEST])) > len(text) // 1_000:
        raise NotText(
            "This file is no text. Export your references as RIS, BibTeX or nbib "
            "(PubMed), or paste their PMIDs or DOIs."
        )
    return text


def read(text: str) -> tuple[Named, ...]:
    """The articles that a text names, in its order, each once."""
    return tuple(dict.fromkeys(each for _, found in _pieces(text) for each in found))


def unread(text: str) -> tuple[str, ...]:
    """The lines of a text, or records of a file, that name no article.

    Of a record its first lines together; nothing longer than SHOWN.
    """
    return tuple(
        " ".join(piece.split())[:SHOWN]
        for piece, found in _pieces(text)
        if not found and not piece.isspace() and piece
    )


def _pieces(text: str) -> Iterator[tuple[str, tuple[Named, ...]]]:
    """Each record, or each line of any other text, with what it names."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    for begins, parse in (
        (_RIS, _from_ris),
        (_NBIB, _from_nbib),
        (_BIBTEX, _from_bibtex),
    ):
        starts = [match.start() for match in begins.finditer(text)]
        if starts:
            for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
                found = parse(text[start:end])
                yield text[start:end], () if found == Named() else (found,)
            return
    for line in text.split("\n"):
        yield line, tuple(_in(line))


def _in(line: str) -> Iterator[Named]:
    """What a line of any text names; numbers count where there are no words.

    Beside an identifier a number of few digits is a year, or counts the lines.
    """
    rest, named = _NAMED.subn(" ", line)
    yield from map(_named, _NAMED.finditer(line))
    if _NUMBERS_ALONE.fullmatch(rest):
        for number in _NUMBER.findall(rest):
            if not named or len(number) > len("2019"):
                yield Named(pmid=int(number))


def _named(match: re.Match[str]) -> Named:
    number = match["pmid"] or match["ours"]
    if number:
        return Named(pmid=int(number))
    if match["pmcid"]:
        return Named(pmcid=f"PMC{match['pmcid']}")
    return Named(doi=_trimmed(match["doi"]))


def _trimmed(doi: str) -> str:
    """Without the end of the sentence or the bracket that it stands in."""
    while doi:
        last = doi[-1]
        unpaired = last in _PAIRS and doi.count(last) > doi.count(_PAIRS[last])
        if last not in _ENDS and not unpaired:
            break
        doi = doi[:-1]
    return doi[:LONGEST_DOI]


def _joined(values: Iterator[Named]) -> Named:
    """One record's identifiers together; of each kind the first."""
    whole = Named()
    for each in values:
        whole = structs.replace(
            whole,
            pmid=whole.pmid or each.pmid,
            doi=whole.doi or each.doi,
            pmcid=whole.pmcid or each.pmcid,
        )
    return whole


def _from_ris(record: str) -> Named:
    return _joined(_ris_values(record))


def _ris_values(record: str) -> Iterator[Named]:
    for tag, value in _RIS_LINE.findall(record):
        alone = _NUMBER.fullmatch(value.strip())
        if alone and (tag == "AN" or (tag == "ID" and len(alone[0]) > 4)):
            yield Named(pmid=int(alone[0]))
        elif tag in {"DO", "M3", "C2", "AN", "UR", "L1", "L2", "LK"}:
            yield from map(_named, _NAMED.finditer(value))


def _from_nbib(record: str) -> Named:
    return _joined(_nbib_values(record))


def _nbib_values(record: str) -> Iterator[Named]:
    for tag, value in _NBIB_LINE.findall(record):
        if tag == "PMID" and (number := _NUMBER.match(value.strip())):
            yield Named(pmid=int(number[0]))
        elif tag == "PMC" or value.rstrip().endswith("[doi]"):
            yield from map(_named, _NAMED.finditer(value))


def _from_bibtex(record: str) -> Named:
    return _joined(_bibtex_values(record))


def _bibtex_values(record: str) -> Iterator[Named]:
    for name, written in _BIBTEX_FIELD.findall(record):
        value = written.replace("\\", "").strip().rstrip(",")
        if name.lower() == "pmid":
            if number := _NUMBER.fullmatch(value):
                yield Named(pmid=int(number[0]))
        else:
            yield from map(_named, _NAMED.finditer(value))
