"""The query tree: what a reader asks for, whatever wrote it and whatever answers it.

The parts are immutable and compared by value. `str(query)` is text that the
reader may see, change and send again: `parser.parse(str(query)).query` is the
same tree. This holds for every tree that the parser makes; one built by hand
keeps to the same rules, which each part states.

Nothing here knows how words are cut or compared (`analysis`) or which engine
answers (`index`).

Source of the tags: PubMed User Guide, https://pubmed.ncbi.nlm.nih.gov/help/
"""

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field is compared."""

    WORDS = "words"  # word by word, phrases in order
    BAG = "bag"  # word by word, their order not kept
    CODE = "code"  # as a whole: a name, a heading, an identifier
    DATE = "date"  # by range


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a query can name in square brackets."""

    tag: str  # as printed, "ti"
    kind: Kind
    means: str  # for readers
    aliases: tuple[str, ...] = ()  # other spellings, lower case


_FIELDS = (
    Field("ti", Kind.WORDS, "words of the title", ("title",)),
    Field(
        "tiab",
        Kind.WORDS,
        "words of the title, the abstract and the authors' keywords",
        ("title/abstract",),
    ),
    Field("ad", Kind.BAG, "words of an author's address", ("affiliation",)),
    Field("au", Kind.CODE, "author, as in smith j", ("author",)),
    Field(
        "ta",
        Kind.CODE,
        "journal by title, abbreviation, ISSN or NLM ID",
        ("journal", "jour", "jid", "issn"),
    ),
    Field("mh", Kind.CODE, "MeSH heading by name or UI", ("mesh", "mesh terms")),
    Field(
        "majr",
        Kind.CODE,
        "MeSH heading that is a main point of the article",
        ("mesh major topic",),
    ),
    Field("pt", Kind.CODE, "publication type by name or UI", ("publication type",)),
    Field("la", Kind.CODE, "language, as in english or eng", ("language", "lang")),
    Field("pmid", Kind.CODE, "PMID", ("uid",)),
    Field("aid", Kind.CODE, "DOI, PMCID or publisher's identifier", ("doi", "pmcid")),
    Field(
        "si",
        Kind.CODE,
        "registration of a trial or accession number, as in nct01234567",
        ("secondary source id",),
    ),
    Field("cites", Kind.CODE, "PMID of a work in the article's list of references"),
    Field("link", Kind.CODE, "PMID of a notice, comment or other linked article"),
    Field("sb", Kind.CODE, "hasabstract, free full text or all", ("subset", "filter")),
    Field("dp", Kind.DATE, "date of publication", ("pdat", "date - publication")),
    Field("design", Kind.CODE, "study design as Ownjournal reads it, as in rct"),
    Field("level", Kind.CODE, "level of evidence, 1 to 5"),
    Field("integrity", Kind.CODE, "known trouble, as in retracted"),
)
FIELDS = {field.tag: field for field in _FIELDS}
TAGS = {name: field.tag for field in _FIELDS for name in (field.tag, *field.aliases)}
"""Every spelling of a tag, lower case, and the tag it stands for."""

LEVELS = range(1, 6)
OPERATORS = ("AND", "OR", "NOT")
PLAIN_WORD = re.compile(r"[^\s\"()\[\]*“”„:]+")
"""What may stand in a query without quotation marks."""


@dataclass(frozen=True, slots=True)
class All:
    """Every article."""

    def __str__(self) -> str:
        return "all[sb]"


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or the whole value of a CODE field.

    A word has no space and is no operator; it may hold hyphens ("IL-6").
    """

    text: str
    field: str | None = None  # a tag of FIELDS; None: wherever words stand

    def __str__(self) -> str:
        return _quoted_where_needed(self.text, "", self.field)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other in this order, each as it is spelled."""

    text: str  # words with single spaces between; no quotation mark
    field: str | None = None

    def __str__(self) -> str:
        return f'"{self.text}"{_tag(self.field)}'


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with a text; of several words the last one does."""

    text: str  # at least 3 letters or digits long; no "*" and quotation mark
    field: str | None = None

    def __str__(self) -> str:
        return _quoted_where_needed(self.text, "*", self.field)


@dataclass(frozen=True, slots=True)
class Near:
    """Two words in any order with at most `distance` others between them."""

    text: str  # two different words with a single space or a hyphen between
    distance: int  # 0 to 1,000
    field: str = "tiab"  # a WORDS field

    def __str__(self) -> str:
        return f'"{self.text}"[{self.field}:~{self.distance}]'


@dataclass(frozen=True, slots=True)
class Range:
    """From one value to another, both included; a None is an open end.

    Values of dp are dates as precise as they were typed, "2019", "2019/06",
    "2019/06/04"; values of level are "1" to "5".
    """

    low: str | None
    high: str | None
    field: str

    def __str__(self) -> str:
        if self.low == self.high and self.low is not None and self.field == "dp":
            return f"{self.low}[{self.field}]"
        return f"{self.low or ''}:{self.high or ''}[{self.field}]"


@dataclass(frozen=True, slots=True)
class And:
    """Articles that every part finds."""

    parts: tuple["Query", ...]  # at least two

    def __str__(self) -> str:
        return " AND ".join(map(_grouped, self.parts))


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that any part finds."""

    parts: tuple["Query", ...]  # at least two

    def __str__(self) -> str:
        return " OR ".join(map(_grouped, self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that `kept` finds and `removed` does not."""

    kept: "Query"
    removed: "Query"

    def __str__(self) -> str:
        return f"{_grouped(self.kept)} NOT {_grouped(self.removed)}"


Query = And | Or | Not | Phrase | Term | Prefix | Near | Range | All


def _grouped(query: Query) -> str:
    return f"({query})" if isinstance(query, And | Or | Not) else str(query)


def _tag(field: str | None) -> str:
    return "" if field is None else f"[{field}]"


def _quoted_where_needed(text: str, star: str, field: str | None) -> str:
    if PLAIN_WORD.fullmatch(text) and text.upper() not in OPERATORS:
        return f"{text}{star}{_tag(field)}"
    return f'"{text}{star}"{_tag(field)}'
