"""The query tree: what a reader asks for, whatever wrote it and whatever answers it.

The parts are immutable and compared by value. `str(query)` is text that the
reader may see, change and send again: `parser.parse(str(query)).query` is the
same tree. This holds for every tree that the parser makes; one built by hand
keeps to the same rules, which each part states. A `Mapped`, which no parser makes,
comes back as the `Or` that finds the same articles.

Nothing here knows how words are cut or compared (`analysis`) or which engine
answers (`index`).

Source of the tags: PubMed User Guide, https://pubmed.ncbi.nlm.nih.gov/help/
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """How a field is compared."""

    WORDS = "words"  # word by word, phrases in order
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
    # Words
    Field("ti", Kind.WORDS, "words of the title", ("title",)),
    Field(
        "tiab",
        Kind.WORDS,
        "words of the title, the abstract and the authors' keywords",
        ("title/abstract",),
    ),
    Field(
        "tw",
        Kind.WORDS,
        "the same, and words of MeSH headings and substances",
        ("text word", "text words", "word", "text"),
    ),
    Field("all", Kind.WORDS, "any field", ("all fields", "all field")),
    Field("ot", Kind.WORDS, "the authors' keywords", ("other term", "other terms")),
    Field("tt", Kind.WORDS, "title in its own language", ("transliterated title",)),
    Field(
        "ad",
        Kind.WORDS,
        "words of an address, of an author or a member of a group",
        ("affiliation", "affl"),
    ),
    Field(
        "cois",
        Kind.WORDS,
        "words of the statement on conflicts of interest",
        ("conflict of interest statements", "conflict of interest statement"),
    ),
    # People and groups
    Field("au", Kind.CODE, "author, as in smith ja", ("author", "auth", "author name")),
    Field("au:noexp", Kind.CODE, "author by this name alone, with no more initials"),
    Field(
        "1au", Kind.CODE, "first author", ("author - first", "first author name", "1st")
    ),
    Field(
        "lastau",
        Kind.CODE,
        "last author",
        ("author - last", "last author name", "laut", "last author"),
    ),
    Field(
        "fau",
        Kind.CODE,
        "author by full name, as in julia s wong or wong julia",
        ("author - full", "full author name", "full"),
    ),
    Field(
        "auid",
        Kind.CODE,
        "author's ORCID",
        ("author - identifier", "author identifier", "orcid"),
    ),
    Field(
        "cn",
        Kind.CODE,
        "group that signs as an author",
        ("author - corporate", "corporate author", "coln"),
    ),
    Field("ir", Kind.CODE, "member of a group of authors", ("investigator",)),
    Field(
        "fir",
        Kind.CODE,
        "member of a group by full name",
        ("investigator - full", "full investigator name", "finv"),
    ),
    Field("ed", Kind.CODE, "editor of a book", ("editor",)),
    Field(
        "ps",
        Kind.CODE,
        "person whom the article is about",
        ("subject - personal name", "personal name as subject"),
    ),
    # Where and when it was published
    Field(
        "ta",
        Kind.CODE,
        "journal by title, abbreviation, ISSN or NLM ID",
        ("journal", "jour", "journal title", "source", "so"),
    ),
    Field("is", Kind.CODE, "ISSN of the journal", ("issn",)),
    Field("jid", Kind.CODE, "NLM ID of the journal", ("nlm unique id",)),
    Field("vi", Kind.CODE, "volume", ("volume", "vol")),
    Field("ip", Kind.CODE, "issue of the journal", ("issue", "iss")),
    Field("pg", Kind.CODE, "first page", ("pagination", "page", "page number")),
    Field("book", Kind.CODE, "book by title or number", ()),
    Field("isbn", Kind.CODE, "ISBN of the book", ()),
    Field("pubn", Kind.CODE, "publisher of the book", ("publisher",)),
    Field(
        "pl",
        Kind.CODE,
        "country of the journal, place of the book",
        ("place of publication", "cntry", "cntry/place of publication"),
    ),
    Field("la", Kind.CODE, "language, as in english or eng", ("language", "lang")),
    Field(
        "dp",
        Kind.DATE,
        "date of publication, printed or electronic",
        ("pdat", "date - publication", "publication date"),
    ),
    Field(
        "issued",
        Kind.CODE,
        "year or month of the journal's issue, as in 2019 or 2019-06",
    ),
    Field("ppdat", Kind.DATE, "date of the printed issue", ("print date", "ppdt")),
    Field(
        "epdat",
        Kind.DATE,
        "date of electronic publication",
        ("electronic date", "epdt", "electronic publication date"),
    ),
    Field(
        "edat",
        Kind.DATE,
        "day it came into PubMed, or was published if that is long before",
        ("date - entry", "date - entrez", "entry date", "entrez date"),
    ),
    Field(
        "crdt",
        Kind.DATE,
        "day its record was made",
        ("date - create", "create date", "cdat"),
    ),
    Field(
        "mhda", Kind.DATE, "day it got its MeSH headings", ("date - mesh", "mesh date")
    ),
    Field(
        "dcom",
        Kind.DATE,
        "day its record was completed",
        ("date - completion", "completion date"),
    ),
    Field(
        "lr",
        Kind.DATE,
        "day its record was last changed",
        ("date - modification", "modification date", "mdat", "date last revised"),
    ),
    # What it is about
    Field(
        "mh",
        Kind.CODE,
        "MeSH heading and all narrower ones, as in hypertension/drug therapy",
        ("mesh", "mesh terms", "mesh term", "mesh heading"),
    ),
    Field("mh:noexp", Kind.CODE, "MeSH heading without the narrower ones"),
    Field(
        "majr",
        Kind.CODE,
        "MeSH heading that is a main point of the article",
        ("mesh major topic", "mesh major topics", "major topic"),
    ),
    Field("majr:noexp", Kind.CODE, "main point without the narrower ones"),
    Field(
        "sh",
        Kind.CODE,
        "subheading of any MeSH heading, as in therapy",
        ("mesh subheading", "mesh subheadings", "subheading", "subheadings", "subh"),
    ),
    Field("sh:noexp", Kind.CODE, "subheading without the narrower ones"),
    Field(
        "nm",
        Kind.CODE,
        "substance, or NLM's supplementary concept",
        ("supplementary concept", "substance name", "substance", "subs"),
    ),
    Field(
        "rn",
        Kind.CODE,
        "number of a substance (CAS, UNII) or enzyme (EC)",
        ("ec/rn number", "ecno", "registry number"),
    ),
    # What kind of record it is
    Field(
        "pt",
        Kind.CODE,
        "publication type and all narrower ones",
        ("publication type", "publication types", "ptyp"),
    ),
    Field("pt:noexp", Kind.CODE, "publication type without the narrower ones"),
    Field(
        "sb",
        Kind.CODE,
        "filter, as in free full text, humans or therapy/narrow",
        ("filter", "subset", "filt"),
    ),
    Field(
        "gr",
        Kind.CODE,
        "grant by number, funder or a part of these, as in nih",
        ("grant number", "grant", "grnt", "grants and funding"),
    ),
    Field("owner", Kind.CODE, "who made the record, as in nlm or nasa"),
    # Numbers
    Field("pmid", Kind.CODE, "PMID", ("uid",)),
    Field(
        "aid",
        Kind.CODE,
        "DOI, PMCID or publisher's identifier",
        ("article identifier", "doi", "pmcid", "pmc", "mid"),
    ),
    Field("lid", Kind.CODE, "the same", ("location id",)),
    Field(
        "si",
        Kind.CODE,
        "registration of a trial or accession number, as in nct01234567",
        ("secondary source id",),
    ),
    Field("cites", Kind.CODE, "PMID of a work in the article's list of references"),
    Field("link", Kind.CODE, "PMID of a notice, comment or other linked article"),
    # What Ownjournal knows beyond PubMed
    Field("design", Kind.CODE, "study design as Ownjournal reads it, as in rct"),
    Field("level", Kind.CODE, "level of evidence, 1 to 5"),
    Field("integrity", Kind.CODE, "known trouble, as in retracted"),
    Field("has", Kind.CODE, "has:note finds what a note was written on"),
    Field("in", Kind.CODE, "in:saved finds what you saved"),
    Field("sent", Kind.CODE, "sent:me finds what your issues brought"),
)
FIELDS = {field.tag: field for field in _FIELDS}
TAGS = {name: field.tag for field in _FIELDS for name in (field.tag, *field.aliases)}
"""Every spelling of a tag, lower case, and the tag it stands for."""

EXPLODING = ("mh", "majr", "pt", "sh")
"""Fields that include what is narrower, unless a tag ends in ":noexp"."""

OF_A_READER = ("has", "in", "sent")
"""Fields that only who reads can tell; `explosion.bound` turns them into PMIDs."""

NEARNESS = ("ti", "tiab", "ad")
"""Fields whose words can be asked for near each other."""

LEVELS = range(1, 6)
OPERATORS = ("AND", "OR", "NOT")
PLAIN_WORD = re.compile(r"[^\s\"()\[\]*“”„:]+")
"""What may stand in a query without quotation marks."""

_ENDS_IN_INITIALS = re.compile(r".*\s[^\W\d_]\W?[^\W\d_]?\W?", re.DOTALL)


def ends_in_initials(name: str) -> bool:
    """Whether a name may have more initials, as "smith j" or "Smith J. A."."""
    return _ENDS_IN_INITIALS.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class All:
    """Every article."""

    def __str__(self) -> str:
        return "all[sb]"


_place = field(default=None, compare=False, repr=False)  # no part of what is asked


@dataclass(frozen=True, slots=True)
class Term:
    """One word, the whole value of a CODE field, or a time before now.

    A word has no space and is no operator; it may hold hyphens ("IL-6"). An author
    with initials has only such words. A DATE field has "last 30 days", which
    `explosion.exploded` turns into a Range.
    """

    text: str
    field: str | None = None  # a tag of FIELDS; None: wherever words stand
    at: tuple[int, int] | None = _place  # in what was typed, where no tag was

    def __str__(self) -> str:
        if self.field in OF_A_READER:
            return f"{self.field}:{_quoted_where_needed(self.text, '', None)}"
        if self.field == "au" and ends_in_initials(self.text) and is_bare(self.text):
            return f"{self.text}[au]"  # in quotation marks it had no more initials
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
    """Words in any order with at most `distance` others among them, in all."""

    text: str  # two to four different words with a space or a hyphen between
    distance: int  # 0 to 1,000
    field: str = "tiab"  # one of NEARNESS

    def __str__(self) -> str:
        return f'"{self.text}"[{self.field}:~{self.distance}]'


@dataclass(frozen=True, slots=True)
class Range:
    """From one value to another, both included; a None is an open end.

    Values of a DATE field are dates as precise as they were typed, "2019",
    "2019/06", "2019/06/04"; values of level are "1" to "5".
    """

    low: str | None
    high: str | None
    field: str

    def __str__(self) -> str:
        if self.low == self.high is not None and self.field != "level":
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


@dataclass(frozen=True, slots=True)
class Mapped:
    """What was typed, and what else it is read as; see `mapping`.

    Articles that any of them finds; `others` count less than what was typed.
    """

    typed: "Query"
    others: tuple["Query", ...]  # at least one

    def __str__(self) -> str:
        return str(Or((self.typed, *self.others)))


Leaf = Phrase | Term | Prefix | Near | Range | All
Query = And | Or | Not | Mapped | Leaf


def leaves(query: Query) -> Iterator[Leaf]:
    """The parts that have no parts, from left to right."""
    match query:
        case And(parts) | Or(parts):
            inner = parts
        case Not(kept, removed):
            inner = (kept, removed)
        case Mapped(typed, others):
            inner = (typed, *others)
        case _:
            yield query
            return
    for part in inner:
        yield from leaves(part)


def replaced(query: Query, by: Callable[[Leaf], Query]) -> Query:
    """The same tree with what `by` gives in place of each leaf."""
    match query:
        case And(parts):
            return And(tuple(replaced(part, by) for part in parts))
        case Or(parts):
            return Or(tuple(replaced(part, by) for part in parts))
        case Not(kept, removed):
            return Not(replaced(kept, by), replaced(removed, by))
        case Mapped(typed, others):
            found = tuple(replaced(part, by) for part in others)
            return Mapped(replaced(typed, by), found)
        case _:
            return by(query)


def _grouped(query: Query) -> str:
    return f"({query})" if isinstance(query, And | Or | Not | Mapped) else str(query)


def _tag(field: str | None) -> str:
    return "" if field is None else f"[{field}]"


def is_bare(text: str) -> bool:
    """Whether no word of a text needs quotation marks."""
    return all(map(_is_plain, text.split()))


def _is_plain(word: str) -> bool:
    return PLAIN_WORD.fullmatch(word) is not None and word.upper() not in OPERATORS


def _quoted_where_needed(text: str, star: str, field: str | None) -> str:
    if _is_plain(text):
        return f"{text}{star}{_tag(field)}"
    return f'"{text}{star}"{_tag(field)}'
