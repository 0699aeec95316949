"""See whether what was typed is a citation: a reference, an identifier, "Smith 2019".

Whatever else is typed is no citation, and goes to the parser as ever: what has tags
or a whole in quotation marks is a query. Only what can be told without knowing the
style is read, that is numbers and identifiers; which article it is, its record
decides (`citation_matching`), as every style writes the rest in its own way.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from ownjournal.search.analysis import words
from ownjournal.search.query import OPERATORS, TAGS
from ownjournal.search.vocabulary import Vocabulary

MAX_CHARACTERS = 6_000  # a reference with 400 authors
MOST_YEARS, MOST_PLACES = 6, 3  # of a reference, with those of its notices
LONGEST_TITLE = 60  # words
SHORTEST_TITLE = 4
LONGEST_NAME = 4  # words of an author's last name and initials
LONGEST_JOURNAL = 12  # words
LEAST_OF_A_TITLE = 3  # words beside the name of a journal

_A_YEAR = r"(?:1[89]|20)\d\d"
_YEAR = re.compile(rf"(?<![\d/.-]){_A_YEAR}(?=[a-z]?(?![\w/]))")
_PMID = re.compile(
    r"(?:\bPMID:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)"
    r"(?P<number>[1-9]\d{0,8})\b/?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:\bPMCID:?\s*)?\bPMC\s?(?P<number>[1-9]\d{1,8})\b/?", re.IGNORECASE
)
_DOI = re.compile(
    r"(?:\bdoi:?\s*|https?://(?:dx\.|www\.)?doi\.org/|\b(?:dx\.)?doi\.org/)?"
    r"(?<![\w.])(?P<doi>10\.\d{4,9}(?:/|%2F)\s?[^\s\"<>]+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S*|\bwww\.\S*", re.IGNORECASE)
_LABELS = re.compile(r"\b(?:pmid|pmcid|doi|pubmed|epub|available|from|at)\b|\W", re.I)
_VOLUME = r"(?P<volume>[A-Za-z]?\d{1,4}[A-Za-z]?)"
_ISSUE = r"(?:\s*\(?(?:[Ss]uppl|[Pp]t)\b\.?[^():;]{0,12}\)?)*(?:\s*\([^()]{1,30}\))?"
_PAGE = r"(?:SUPPL:)?(?P<page>[A-Za-z]{0,4}\d{1,8}(?:\.\w{1,8}|[A-Za-z])?)\b"
_PLACES = (
    re.compile(rf"(?:;|^|\s)\s*{_VOLUME}{_ISSUE}\s*:\s*{_PAGE}"),  # 393(10175):1016
    re.compile(rf",\s*{_VOLUME}{_ISSUE},\s*(?:pp?\.?\s*)?{_PAGE}"),  # , 393(3), 1016
    re.compile(rf"\bvol(?:ume)?\.?\s*{_VOLUME}.{{0,40}}?\bpp?\.?\s*{_PAGE}", re.I),
)
_SIGNS = (
    re.compile(r"\bet al\b", re.IGNORECASE),
    re.compile(r"^\W*[^\W\d][\w'’ -]{1,30} [A-Z]{1,3}[,.](?:\s|$)"),  # Quill AB, …
    re.compile(r"^\W*[^\W\d][\w'’ -]{1,30}, (?:[A-Z]\.\s?-?){1,3}"),  # Quill, A. B.
    re.compile(rf"\({_A_YEAR}[a-z]?(?:, [^()]{{1,20}})?\)\."),  # (2019).
    re.compile(rf"{_A_YEAR}[^;:]{{0,20}};[^;:]{{1,40}}:"),  # 2019;(20):231
    re.compile(r"\. In:? [^\W\d]"),  # a chapter
    # … of the fever. Ann Bog. 2019
    re.compile(rf"[.?!\]]\s[^.?!]{{2,80}}\.?,? \(?{_A_YEAR}\)?\.?$"),
)
_FIRST_AUTHOR = re.compile(
    r"^\W*(?P<last>[^\W\d][\w'’ -]{1,40}?),? (?P<initials>(?:[A-Z]\.?[ -]?){1,3})[,.&;]"
)
_LIST_NUMBER = re.compile(r"^(?:\[\d{1,3}\]|\(?\d{1,3}[.)]|[•*-])\s+")
_IN_BRACKETS = re.compile(r"\[([^\[\]]{1,40})\]")
_TRUNCATED = re.compile(r"\w\*(?!\w)")
_NO_NAME = re.compile(r"[,;()&]|\.(?=\s|$)|\bet al\b")


class Citation(Struct, frozen=True):
    """What a text says of the one article that it means; None where it does not."""

    text: str  # with single spaces
    pmid: int | None = None
    pmcid: str | None = None  # "PMC5494581"
    doi: str | None = None
    author: str | None = None  # "quill ab", with no more initials than were typed
    year: int | None = None  # beside an author that is no reference's
    is_word: bool = False  # the author's name, which names a topic too
    journal: str | None = None  # as typed
    title: str | None = None  # the whole of it, or beside a journal a part
    is_reference: bool = False  # people, title and journal stand in `text` somewhere
    years: tuple[int, ...] = ()  # of a reference, each that stands in it
    places: tuple[tuple[str, str], ...] = ()  # volume and first page, likewise


def read(text: str, vocabulary: Vocabulary) -> Citation | None:
    """The citation that a text is; None for everything else."""
    if len(text) > MAX_CHARACTERS:
        return None
    clean = _LIST_NUMBER.sub("", " ".join(text.split()))
    if not words(clean) or _is_query(clean):
        return None
    found = _identified(clean) or _reference(clean)
    if found is not None or any(each in OPERATORS for each in clean.split()):
        return found
    if any(each.search(clean) for each in (_PMID, _PMCID, _DOI)):
        return None  # a list of them, or one beside words of a query
    return _short(clean, vocabulary)


def _is_query(text: str) -> bool:
    """Whether it speaks the language of queries."""
    for found in _IN_BRACKETS.finditer(text):
        if found[1].partition(":")[0].strip().lower() in TAGS:
            return True
    if _TRUNCATED.search(text):
        return True
    marks = sum(map(text.count, '"“”'))
    return marks == 2 and text[0] in '"“' and text[-1] in '"”'


def _identified(text: str) -> Citation | None:
    """An identifier, alone or in a reference."""
    if text.isascii() and text.isdigit():
        return Citation(text, int(text)) if 4 < len(text) < 10 else None
    pmids = {int(found["number"]) for found in _PMID.finditer(text)}
    pmcids = {f"PMC{found['number']}" for found in _PMCID.finditer(text)}
    dois = {_doi(found["doi"]) for found in _DOI.finditer(text)}
    if max(len(pmids), len(pmcids), len(dois)) != 1:
        return None  # none, or a list of them
    rest = text
    for pattern in (_DOI, _PMID, _PMCID, _ADDRESS, _LABELS):
        rest = pattern.sub(" ", rest)
    found = _reference(text) if rest.strip() else Citation(text)
    if found is None and _YEAR.search(rest) and len(rest.split()) > SHORTEST_TITLE:
        found = Citation(text, is_reference=True)
    if found is None:
        return None  # beside words of a query
    return replace(
        found,
        pmid=next(iter(pmids), None),
        pmcid=next(iter(pmcids), None),
        doi=next(iter(dois), None),
    )


def _doi(found: str) -> str:
    """A DOI without what a sentence puts behind it."""
    doi = unquote("".join(found.split()))
    while doi[-1] in ".,;:'’”" or (doi[-1] == ")" and doi.count("(") < doi.count(")")):
        doi = doi[:-1]
    return doi.removesuffix("]")


def _reference(text: str) -> Citation | None:
    """A reference by a sign of one, with its numbers."""
    bare = _ADDRESS.sub(" ", _DOI.sub(" ", text)).strip()
    found = [each for pattern in _PLACES for each in pattern.finditer(bare)]
    years = tuple(dict.fromkeys(map(int, _YEAR.findall(bare))))[:MOST_YEARS]
    if not found and not (years and any(each.search(bare) for each in _SIGNS)):
        return None
    if len(words(bare)) < (3 if found else SHORTEST_TITLE):
        return None
    places = dict.fromkeys((each["volume"], each["page"]) for each in found)
    first = _FIRST_AUTHOR.match(bare)
    return Citation(
        text,
        author=first["last"].lower() if first else None,
        is_reference=True,
        years=years,
        places=tuple(places)[-MOST_PLACES:],
    )


def _short(text: str, vocabulary: Vocabulary) -> Citation | None:
    """Author and year, journal with a part of a title, or a title alone."""
    parts = _NO_NAME.sub(" ", text).split()
    years = [part for part in parts if _YEAR.fullmatch(part)]
    if len(years) == 1:
        rest = [part for part in parts if part != years[0]]
        found = _author_and_year(text, rest, int(years[0]), vocabulary)
        if found is not None:
            return found
    if not SHORTEST_TITLE <= len(words(text)) <= LONGEST_TITLE:
        return None
    return _in_journal(text, vocabulary) or Citation(text, title=text)


def _author_and_year(
    text: str, parts: Sequence[str], year: int, vocabulary: Vocabulary
) -> Citation | None:
    """As in "quill 2019", "quill ab 2019 ann bog" and "ann bog 2019 quill"."""
    if not 0 < len(parts) <= LONGEST_NAME + LONGEST_JOURNAL:
        return None
    splits = [(author.lower(), journal) for author, journal in _splits(parts)]
    journals = vocabulary.journals({journal for _, journal in splits if journal})
    authors = vocabulary.authors({author for author, _ in splits})
    for author, journal in splits:
        if author not in authors or (journal and journal not in journals):
            continue
        sure = journal or "et al" in text or not vocabulary.topics([author])
        return Citation(
            text, author=author, year=year, is_word=not sure, journal=journal or None
        )
    return None


def _splits(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Author and journal, in either order; those with a journal first."""
    for length in range(min(LONGEST_NAME, len(parts) - 1), 0, -1):
        yield " ".join(parts[:length]), " ".join(parts[length:])
        yield " ".join(parts[-length:]), " ".join(parts[:-length])
    if len(parts) <= LONGEST_NAME:
        yield " ".join(parts), ""


def _in_journal(text: str, vocabulary: Vocabulary) -> Citation | None:
    """The name of a journal before or behind words of a title."""
    parts = text.split()
    most = min(LONGEST_JOURNAL, len(parts) - LEAST_OF_A_TITLE)
    pairs: dict[str, str] = {}
    for length in range(most, 0, -1):
        first, last = " ".join(parts[:length]), " ".join(parts[-length:])
        pairs.setdefault(first.strip(" .,:;"), " ".join(parts[length:]))
        pairs.setdefault(last.strip(" .,:;"), " ".join(parts[:-length]))
    known = vocabulary.journals(pairs)
    name = next((each for each in pairs if each in known), None)
    return None if name is None else Citation(text, journal=name, title=pairs[name])
