"""Article and its parts: one PubMed record, with nothing added.

Every value is NLM's. What a record does not say is None, or () where NLM gives
a list; nothing is ever "". Dates keep the precision they were printed with,
identifiers keep their kind, and text keeps its inline markup (see `Markup`).

The parts are msgspec structs rather than dataclasses: immutable and slotted
alike, but made and stored several times faster (docs/decisions/0002). They are
stored as arrays, so a field's position is part of the stored form: new fields
go to the end of their struct and have a default, and none is moved or removed.

Format: https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/index.html
"""

from calendar import monthrange
from datetime import date
from typing import NewType

from msgspec import Struct

from ownjournal.pubmed.months import first_named

Markup = NewType("Markup", str)
"""Text as NLM marks it up: <b> <i> <sup> <sub> <u> without attributes, MathML
with the prefix mml:, and the three escapes &amp; &lt; &gt;. It is not safe to
show as it is: `pubmed.markup` turns it into plain text, the site into HTML."""


class Part(Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """A part of a record: immutable, compared by value.

    Parts never refer to each other in a circle, so the garbage collector need
    not look at them; with it, reading many records takes twice the time.
    """


class PubDate(Part, frozen=True, gc=False):
    """A date as precise as it was printed.

    `2019`, `2019-06` and `2019-06-04` are three different facts: a missing
    month stays None and is never filled with January. What is printed but is
    no date, such as month 13, survives in `printed` alone.
    """

    year: int | None = None
    month: int | None = None  # 1 to 12
    day: int | None = None  # 1 to the length of the month
    season: str | None = None  # "Summer", "Winter-Spring", as printed
    printed: str | None = None  # MedlineDate, or a Year/Month/Day that is no date

    def first_day(self) -> date | None:
        """The earliest day this date can mean; to search and sort by, never to show.

        Of several months it is in the first; a season begins as PubMed has it.
        """
        if self.year is None:
            return None
        if self.month is not None:
            return date(self.year, self.month, self.day or 1)
        month, day = first_named(self.season or self.printed or "") or (1, 1)
        there = 1 <= day <= monthrange(self.year, month)[1]
        return date(self.year, month, day if there else 1)


class HistoryDate(Part, frozen=True, gc=False):
    """One step of a record's history (PubMedPubDate)."""

    status: str  # "received", "accepted", "entrez", "pubmed", "medline" …
    date: PubDate
    hour: int | None = None
    minute: int | None = None


class ArticleDate(Part, frozen=True, gc=False):
    """The day of electronic publication, mostly."""

    kind: str  # DateType: "Electronic"
    date: PubDate


class Journal(Part, frozen=True, gc=False):
    """A journal as the record names it."""

    title: str | None = None
    abbreviation: str | None = None  # ISO abbreviation, "N Engl J Med"
    medline_abbreviation: str | None = None  # MedlineTA
    nlm_id: str | None = None  # NlmUniqueID
    issn: str | None = None  # of the medium that the record describes
    issn_medium: str | None = None  # "Print" or "Electronic"
    issn_linking: str | None = None  # ISSN-L
    country: str | None = None


class JournalIssue(Part, frozen=True, gc=False):
    """Where in the journal: a journal's own issue, not one of ours."""

    date: PubDate
    volume: str | None = None
    number: str | None = None  # the XML element Issue
    medium: str | None = None  # CitedMedium: "Print" or "Internet"


class Pagination(Part, frozen=True, gc=False):
    """Pages, or the article number of a journal that has no pages."""

    printed: str | None = None  # MedlinePgn, "1016-22" or "9724371"
    start: str | None = None
    end: str | None = None


class ArticleId(Part, frozen=True, gc=False):
    """An identifier beside the PMID, as given."""

    kind: str  # "doi", "pii", "pmc", "mid", "bookaccession" …
    value: str
    valid: bool = True  # ELocationID may be marked ValidYN="N"


class Identifiers(Part, frozen=True, gc=False):
    """The article's own identifiers, never those of its references.

    `doi` and `pmcid` are the first valid ones; `others` keeps the rest in
    their order, further DOIs and PMCIDs included.
    """

    doi: str | None = None  # "10.1155/2017/9724371"
    pmcid: str | None = None  # "PMC5494581"
    pii: str | None = None
    others: tuple[ArticleId, ...] = ()


class Section(Part, frozen=True, gc=False):
    """A part of an abstract."""

    text: Markup
    label: str | None = None  # "METHODS", as printed
    category: str | None = None  # NlmCategory: "BACKGROUND" … "UNASSIGNED"


class Abstract(Part, frozen=True, gc=False):
    """An abstract; no sections where the element is there but empty."""

    sections: tuple[Section, ...] = ()
    copyright: str | None = None


class OtherAbstract(Part, frozen=True, gc=False):
    """A second abstract: another language, or in plain words."""

    kind: str | None  # Type: "Publisher", "plain-language-summary" …
    language: str | None  # three letters, "eng" where NLM gives none
    sections: tuple[Section, ...] = ()
    copyright: str | None = None


class Author(Part, frozen=True, gc=False):
    """A person, or a group that signs as one (`group`)."""

    last_name: str | None = None
    fore_name: str | None = None
    initials: str | None = None
    suffix: str | None = None  # "Jr", "3rd"
    group: Markup | None = None  # CollectiveName
    orcid: str | None = None  # "0000-0002-1825-0097", only with a right check digit
    affiliations: tuple[Markup, ...] = ()
    equal_contribution: bool = False
    valid: bool = True  # ValidYN="N" marks a name that a correction withdrew
    group_key: str | None = None  # of the investigators that make up the group


class Investigator(Part, frozen=True, gc=False):
    """A member of a group that is among the authors."""

    last_name: str | None = None
    fore_name: str | None = None
    initials: str | None = None
    suffix: str | None = None
    orcid: str | None = None
    affiliations: tuple[Markup, ...] = ()
    valid: bool = True
    group_key: str | None = None  # as in Author; None where NLM names no group


class PersonSubject(Part, frozen=True, gc=False):
    """A person whom the article is about (PersonalNameSubject)."""

    last_name: str | None = None
    fore_name: str | None = None
    initials: str | None = None
    suffix: str | None = None


class PublicationType(Part, frozen=True, gc=False):
    ui: str | None  # "D016449"; NLM renames types, so compare these
    name: str


class Qualifier(Part, frozen=True, gc=False):
    ui: str | None  # "Q000188"
    name: str
    major: bool = False
    automatic: bool = False  # AutoHM: put there by a program


class MeshHeading(Part, frozen=True, gc=False):
    """A descriptor with its qualifiers; `major` is the descriptor's own star."""

    ui: str | None  # "D006973"
    name: str
    major: bool = False
    kind: str | None = None  # Type: "Geographic"
    qualifiers: tuple[Qualifier, ...] = ()
    automatic: bool = False  # AutoHM

    def is_major(self) -> bool:
        """A main point of the article, by its own star or a qualifier's."""
        return self.major or any(each.major for each in self.qualifiers)


class SupplementaryConcept(Part, frozen=True, gc=False):
    ui: str | None  # "C538231"
    name: str
    kind: str | None  # "Disease", "Protocol", "Organism" …


class Keyword(Part, frozen=True, gc=False):
    text: Markup
    owner: str | None  # "NOTNLM" for the authors' own
    major: bool = False


class Chemical(Part, frozen=True, gc=False):
    name: str
    ui: str | None
    registry_number: str | None  # a CAS, EC or UNII number; None where NLM says "0"


class Grant(Part, frozen=True, gc=False):
    number: str | None = None
    acronym: str | None = None
    agency: str | None = None
    country: str | None = None


class DataBank(Part, frozen=True, gc=False):
    """Registrations of trials and deposits of data."""

    name: str  # "ClinicalTrials.gov", "GENBANK"
    accession_numbers: tuple[str, ...] = ()


class Correction(Part, frozen=True, gc=False):
    """A link to a notice or a partner (CommentsCorrections)."""

    kind: str  # RefType: "RetractionIn", "ErratumFor", "CommentOn" …
    source: str | None = None  # RefSource, the only fact where there is no PMID
    pmid: int | None = None
    version: int | None = None
    note: str | None = None


class Reference(Part, frozen=True, gc=False):
    """A work that the article cites.

    Until 2018 NLM listed these among the corrections (RefType "Cites"); they are
    read as what they are, with RefSource as their citation.
    """

    citation: Markup | None = None
    ids: tuple[ArticleId, ...] = ()


class Note(Part, frozen=True, gc=False):
    """A general note by NLM or a partner."""

    text: str
    owner: str | None


class BookSection(Part, frozen=True, gc=False):
    title: Markup | None
    label: str | None = None
    location: str | None = None  # part of the section's address


class BookItem(Part, frozen=True, gc=False):
    """An entry of a list that belongs to a book article (ItemList)."""

    kind: str | None  # ListType: "Synonyms"
    text: str


class Book(Part, frozen=True, gc=False):
    """The book that a book article stands in."""

    title: Markup | None = None
    publisher: str | None = None
    place: str | None = None
    date: PubDate = PubDate()
    begins: PubDate | None = None
    ends: PubDate | None = None
    editors: tuple[Author, ...] = ()
    authors: tuple[Author, ...] = ()
    volume: str | None = None
    volume_title: Markup | None = None
    edition: str | None = None
    series_title: Markup | None = None
    isbns: tuple[str, ...] = ()
    ids: tuple[ArticleId, ...] = ()
    medium: str | None = None
    report_number: str | None = None
    location_label: str | None = None  # "Chapter 3"
    sections: tuple[BookSection, ...] = ()
    contributed_on: PubDate | None = None
    revised_on: PubDate | None = None
    items: tuple[BookItem, ...] = ()


class Article(Part, frozen=True, gc=False):
    """One PubMed record: PubmedArticle, or PubmedBookArticle with `book`."""

    pmid: int
    version: int = 1
    title: Markup | None = None
    vernacular_title: Markup | None = None
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True  # False: NLM lists the first ones only, "et al."
    journal: Journal | None = None  # None for a book
    journal_issue: JournalIssue | None = None  # None for a book
    pagination: Pagination | None = None
    article_dates: tuple[ArticleDate, ...] = ()
    history: tuple[HistoryDate, ...] = ()
    abstract: Abstract | None = None
    other_abstracts: tuple[OtherAbstract, ...] = ()
    identifiers: Identifiers = Identifiers()
    languages: tuple[str, ...] = ()
    publication_types: tuple[PublicationType, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    supplementary_concepts: tuple[SupplementaryConcept, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    chemicals: tuple[Chemical, ...] = ()
    gene_symbols: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()
    grants_complete: bool = True
    data_banks: tuple[DataBank, ...] = ()
    corrections: tuple[Correction, ...] = ()
    references: tuple[Reference, ...] = ()
    investigators: tuple[Investigator, ...] = ()
    person_subjects: tuple[PersonSubject, ...] = ()
    conflict_of_interest: Markup | None = None
    status: str | None = None  # "MEDLINE", "Publisher", "PubMed-not-MEDLINE" …
    owner: str | None = None  # "NLM", "NASA" …
    publication_status: str | None = None  # "ppublish", "epublish", "aheadofprint"
    publication_model: str | None = None  # PubModel: "Print-Electronic" …
    indexing_method: str | None = None  # "Automated", "Curated"; None: by people
    completed_on: PubDate | None = None
    revised_on: PubDate | None = None
    citation_subsets: tuple[str, ...] = ()  # "IM", "AIM" …
    space_flight_missions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    other_ids: tuple[ArticleId, ...] = ()  # OtherID, kind = its Source
    book: Book | None = None
    editors: tuple[Author, ...] = ()  # AuthorList Type="editors"
    number_of_references: int | None = None  # as NLM states it, without a list


class Deletion(Part, frozen=True, gc=False):
    """NLM takes back one version of a record (DeleteCitation)."""

    pmid: int
    version: int = 1
