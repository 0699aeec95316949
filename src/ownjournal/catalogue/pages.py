"""What lists of articles show: the contract of catalogue/card.html.

A template may use the fields of its page and nothing else. Everything is worked
out here, so that a template only places it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.catalogue.browsing.addresses import of_journal, of_type
from ownjournal.catalogue.coins import span_title
from ownjournal.catalogue.dates import date_machine, date_told, published
from ownjournal.catalogue.digests import digest_of
from ownjournal.catalogue.lead_notes import LeadNote, lead_notes
from ownjournal.catalogue.notices import IntegrityMark, integrity_mark
from ownjournal.catalogue.people import short_name
from ownjournal.catalogue.safe_html import safe
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_html
from ownjournal.catalogue.worth import DesignView, ValueView, design_view, worth
from ownjournal.pubmed import fulltext
from ownjournal.pubmed.article import Article, Markup, PublicationType
from ownjournal.pubmed.citation import is_whole_book, signers
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.markup import plain

TYPES_BY_EVIDENCE = {
    "D016441": "Retracted Publication",
    "D016440": "Retraction of Publication",
    "D000075742": "Expression of Concern",
    "D016425": "Published Erratum",
    "D017065": "Practice Guideline",
    "D016431": "Guideline",
    "D016446": "Consensus Development Conference",
    "D016447": "Consensus Development Conference, NIH",
    "D000078182": "Systematic Review",
    "D017418": "Meta-Analysis",
    "D016449": "Randomized Controlled Trial",
    "D065007": "Pragmatic Clinical Trial",
    "D000073843": "Equivalence Trial",
    "D000076362": "Adaptive Clinical Trial",
    "D018848": "Controlled Clinical Trial",
    "D017429": "Clinical Trial, Phase IV",
    "D017428": "Clinical Trial, Phase III",
    "D017427": "Clinical Trial, Phase II",
    "D017426": "Clinical Trial, Phase I",
    "D016430": "Clinical Trial",
    "D016448": "Multicenter Study",
    "D000068397": "Clinical Study",
    "D064888": "Observational Study",
    "D018486": "Twin Study",
    "D023361": "Validation Study",
    "D023362": "Evaluation Study",
    "D003160": "Comparative Study",
    "D000078325": "Clinical Trial Protocol",
    "D016454": "Review",
    "D002363": "Case Reports",
}
"""By how much they say about the worth of an article; NLM's own order is random.

UIs count, since NLM renames types. What is not here comes after, in NLM's order.
"""
_PLACE = {ui: place for place, ui in enumerate(TYPES_BY_EVIDENCE)}

# They say how it was paid for or that it is an article; no badge is needed.
_NO_BADGE_UIS = {"D016428"}  # Journal Article
_NO_BADGE_PREFIX = "Research Support"

# NLM's types that say what our reading of the design says: one badge is enough
# in a list. The article's own page shows both, as they are two statements.
_SAID_BY_DESIGN = {
    "systematic-review": {"D000078182"},
    "meta-analysis": {"D017418"},
    "guideline": {"D016431", "D017065"},
    "rct": {"D016449"},
    "observational": {"D064888"},
    "case-report": {"D002363"},
    "review": {"D016454"},
    "editorial": {"D016421"},
    "letter": {"D016422"},
    "comment": {"D016420"},
}

# Types that the mark of integrity says.
_SAID_BY_MARK = {"D016441", "D016440", "D000075742", "D016425"}

DIGEST_ROLES = {
    "aim": "Aim",
    "result": "Result",
    "conclusion": "Conclusion",
    "opening": "Opening",
    "closing": "Closing",
}


@dataclass(frozen=True, slots=True)
class TypeBadge:
    """One of NLM's publication types, and everything of it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A sentence of the abstract, word for word."""

    role: str  # "Aim", "Result" …
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list: everything catalogue/card.html may use.

    The template takes more, all optional: `why`, the line that says why the
    article stands in this list, `lead`, true for the first of an issue, and
    `relevance`, a ValueView, where an interest of the reader speaks for it.
    """

    pmid: int
    address: str
    title: SafeString
    struck: bool  # retracted or withdrawn
    integrity: IntegrityMark | None
    journal: str | None
    journal_id: str | None  # NLM's
    journal_address: str | None  # of all that it published
    date: str | None
    date_machine: str | None
    authors: SafeString  # "Smith J, Miller B, et al."; "" without any
    types: tuple[TypeBadge, ...]  # NLM's beside the design, at most three
    design: DesignView | None  # None where it is unclear
    values: tuple[ValueView, ...]  # quality and significance
    digest: tuple[DigestLine, ...]
    example: bool  # invented, and marked so
    coins: str | None  # title of a COinS, on lists that have them
    free: str | None = None  # the address of its text, where it is free to all
    note: LeadNote | None = None  # stands instead of the digest


def card(kept: Kept, *, coins: bool = False, note: LeadNote | None = None) -> Card:
    """The card of one article; `coins` for a list that reference managers read."""
    article, appraisal = kept.article, kept.appraisal
    date = published(article)
    return Card(
        pmid=article.pmid,
        address=f"/articles/{article.pmid}",
        title=title_html(article),
        struck=is_struck(appraisal),
        integrity=integrity_mark(appraisal),
        journal=journal_name(article),
        journal_id=article.journal.nlm_id if article.journal else None,
        journal_address=of_journal(article.journal) if article.journal else None,
        date=date_told(date),
        date_machine=date_machine(date),
        authors=safe(short_authors(article)),
        types=type_badges(_further_types(article, appraisal))[:3],
        design=_design(appraisal),
        values=worth(appraisal),
        digest=tuple(
            DigestLine(DIGEST_ROLES[part.role], part.text)
            for part in digest_of(article)
        ),
        example=is_example(article.pmid),
        coins=span_title(article) if coins else None,
        free=_free(article),
        note=note,
    )


def _free(article: Article) -> str | None:
    return next((each.url for each in fulltext.links(article) if each.free), None)


def _further_types(article: Article, appraisal: Appraisal) -> list[PublicationType]:
    said = _SAID_BY_DESIGN.get(appraisal.design, set()) | _SAID_BY_MARK
    return [each for each in article.publication_types if each.ui not in said]


def _design(appraisal: Appraisal) -> DesignView | None:
    view = design_view(appraisal)
    return view if view.clear else None


def cards(articles: Iterable[Kept], *, coins: bool = False) -> tuple[Card, ...]:
    """Cards in the order of the articles; `coins` as for `card`."""
    articles = tuple(articles)
    leads = lead_notes([kept.article.pmid for kept in articles])
    return tuple(
        card(kept, coins=coins, note=leads.get(kept.article.pmid)) for kept in articles
    )


def cards_by_pmid(kept: Mapping[int, Kept], *, coins: bool = False) -> dict[int, Card]:
    """Cards of articles that were looked up, by PMID."""
    return {each.pmid: each for each in cards(kept.values(), coins=coins)}


def is_struck(appraisal: Appraisal) -> bool:
    """Whether the title is shown struck through."""
    return appraisal.integrity in GRAVE


def journal_name(article: Article) -> str | None:
    """The short name of the journal, or the title of the book.

    Of a whole book, whose title is the article's, its publisher.
    """
    journal = article.journal
    if journal is not None:
        return journal.medline_abbreviation or journal.abbreviation or journal.title
    book = article.book
    if book is not None and is_whole_book(article):
        return book.publisher
    return plain(book.title) if book is not None and book.title is not None else None


def short_authors(article: Article) -> Markup:
    """The first three authors, as a list shows them."""
    names = [short_name(author) for author in signers(article)]
    names = [name for name in names if name]
    more = len(names) > 3 or not article.authors_complete
    return Markup(", ".join(names[:3] + (["et al."] if more and names else [])))


def type_badges(types: Iterable[PublicationType]) -> tuple[TypeBadge, ...]:
    """NLM's publication types that deserve a badge, the most telling first."""
    shown = [
        each
        for each in types
        if each.ui not in _NO_BADGE_UIS and not each.name.startswith(_NO_BADGE_PREFIX)
    ]
    shown.sort(key=lambda each: _PLACE.get(each.ui or "", len(_PLACE)))
    badges = {each.name: TypeBadge(each.name, of_type(each)) for each in shown}
    return tuple(badges.values())
