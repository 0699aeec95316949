"""What other records say of an article: links, forms, trials, citations.

NLM writes most links into both records, but not always, and not at once: here a
link is found from either side, by the index's codes `link`, `si` and `cites`.
The index may lag behind the store, so whatever it finds is read again in the
record itself; without a usable index these parts are absent.

A retraction that only the notice tells is the gravest of them: `completed` gives
an article what notices say of it, judged anew, for whatever shows it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from msgspec.structs import replace

from ownjournal.appraisal.later import with_integrity
from ownjournal.appraisal.registries import REGISTRIES
from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.notices import ABOUT_INTEGRITY, LABELS, address_of
from ownjournal.catalogue.pages import is_struck
from ownjournal.catalogue.search_links import by_field
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_html
from ownjournal.catalogue.worth import UNCLEAR
from ownjournal.pubmed import citation
from ownjournal.pubmed.article import Article, Author, Correction
from ownjournal.pubmed.markup import plain
from ownjournal.search.analysis import code, source_id, words
from ownjournal.search.document import cited, linked, registrations, source_ids
from ownjournal.search.index import Hits, IndexUnusable
from ownjournal.search.query import And, Or, Phrase, Query, Term

MOST_LINKED = 20  # records that link an article and are read
MOST_NUMBERS = 4  # registrations of an article whose other articles are shown
MOST_ALIKE = 5  # articles shown of one registration, or of those that cite
MOST_NOTICES = 100  # looked at for one list
LEAST_TITLE = 4  # words; shorter titles name no work: "Letter to the editor"

SERVERS = ("medRxiv", "bioRxiv", "ArXiv", "Res Sq")
"""Journals of PubMed that hold preprints only, as RefSource names them."""

_PAIRS = {
    "AssociatedDataset": "AssociatedPublication",
    "CommentIn": "CommentOn",
    "CorrectedandRepublishedIn": "CorrectedandRepublishedFrom",
    "ErratumIn": "ErratumFor",
    "ExpressionOfConcernIn": "ExpressionOfConcernFor",
    "OriginalReportIn": "SummaryForPatientsIn",
    "ReprintIn": "ReprintOf",
    "RepublishedIn": "RepublishedFrom",
    "RetractedandRepublishedIn": "RetractedandRepublishedFrom",
    "RetractionIn": "RetractionOf",
    "UpdateIn": "UpdateOf",
}
REVERSE = _PAIRS | {theirs: ours for ours, theirs in _PAIRS.items()}
"""A RefType, and what the other record would call the same link."""

NOTHING = Hits(0, ())
NOTICES = (
    Term("notice-of-retraction", "integrity"),
    Term("notice-of-concern", "integrity"),
    Term("notice-of-correction", "integrity"),
    Term("D016439", "pt"),  # Corrected and Republished Article
)
"""What may say something against the article that it is linked with."""


@dataclass(frozen=True, slots=True)
class RelatedView:
    """Another article, in a line."""

    label: str | None  # what it is to this one: "Comment in", or its design
    title: SafeString | None  # where we keep it
    struck: bool  # retracted or withdrawn
    source: str | None  # "Lancet. 2020 Jun 13;395(10240):1820"
    address: str | None  # here if we keep it, else at PubMed, or nowhere
    note: str | None


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """Other articles that give the same number of a trial or a review."""

    number: str  # "NCT01234567"
    articles: tuple[RelatedView, ...]  # newest first
    total: int  # with this article
    address: str | None  # of a search for all, where not all are shown


@dataclass(frozen=True, slots=True)
class CitedByView:
    """Articles kept here that list this one among their references."""

    total: int
    newest: tuple[RelatedView, ...]
    address: str  # of the list of all


@dataclass(frozen=True, slots=True)
class RelationsView:
    """Everything catalogue/article_relations.html may use."""

    forms: tuple[RelatedView, ...]  # the preprint of an article, or what it became
    linked: tuple[RelatedView, ...]  # links that are no matter of integrity
    registrations: tuple[RegistrationView, ...]
    cited_by: CitedByView | None


def completed(articles: Sequence[Kept]) -> list[Kept]:
    """The same articles with what notices say of them and they do not say yet.

    Retractions, concerns and corrections; an article with a new one is judged
    anew, so that its marks, its scores and its banner follow. One question to
    the index for all of them; unchanged where it cannot be asked.
    """
    try:
        found = _notices_of(articles)
    except IndexUnusable:
        return list(articles)
    return [_with(kept, found.get(kept.article.pmid, ())) for kept in articles]


def get(pmid: int) -> Kept | None:
    """The live article with this PMID, completed: as its page shows it."""
    return get_many([pmid]).get(pmid)


def get_many(pmids: Sequence[int]) -> dict[int, Kept]:
    """The live ones among these PMIDs, completed: as every list shows them."""
    found = completed([*store.get_many(pmids).values()])
    return {kept.article.pmid: kept for kept in found}


def reverse_corrections(kept: Kept) -> tuple[Correction, ...]:
    """Links about its integrity that only the other record has, as it would say them.

    To be shown with the article's own `corrections`; `completed` merges them.
    """
    try:
        return _notices_of([kept]).get(kept.article.pmid, ())
    except IndexUnusable:
        return ()


def relations(kept: Kept, here: Collection[int]) -> RelationsView:
    """What belongs to an article; `kept` may be completed or not.

    here   PMIDs among its own links that have a page here

    Its own links about integrity are left to the banner.
    """
    article = kept.article
    found = _look_up(article)
    own = tuple(
        link for link in dict.fromkeys(article.corrections) if link.pmid != article.pmid
    )
    told = [
        link.pmid
        for link in own
        if link.pmid in here and not _is_in_banner(article, link)
    ]
    read = store.get_many([*found.pmids(), *filter(None, told[:MOST_LINKED])])
    read.pop(article.pmid, None)
    others = {each.article.pmid: each for each in completed([*read.values()])}
    links = (*own, *_told_by_others(article, found.linking, others))
    names = {link: _form(article, link, others) for link in links}
    forms = [(link, name) for link, name in names.items() if name is not None]
    twins = () if forms else _twins(article, found.twins, others)
    here = others.keys() | set(here)
    shown = {link.pmid for link in links} | {twin.article.pmid for twin, _ in twins}
    return RelationsView(
        forms=(
            *(_line(link, name, others, here) for link, name in forms),
            *(_kept_line(twin, _form_name(article), why) for twin, why in twins),
        ),
        linked=tuple(
            _line(link, LABELS.get(link.kind, link.kind), others, here)
            for link, name in names.items()
            if name is None and not (link in own and _is_in_banner(article, link))
        ),
        registrations=tuple(_registrations(found.numbers, others, shown)),
        cited_by=_cited_by(article, found.citing, others),
    )


# Asking the index


@dataclass(frozen=True, slots=True)
class _Found:
    """What the index knows; PMIDs that may no longer be right."""

    linking: Hits = NOTHING
    twins: Hits = NOTHING
    citing: Hits = NOTHING
    numbers: Mapping[str, Hits] = field(default_factory=dict)  # by number as shown

    def pmids(self) -> Iterator[int]:
        """Every one of them."""
        for hits in (self.linking, self.twins, self.citing, *self.numbers.values()):
            yield from (hit.pmid for hit in hits.hits)


def _look_up(article: Article) -> _Found:
    number = str(article.pmid)
    twin = _twin_query(article)
    try:
        return _Found(
            linking=_newest(Term(number, "link"), MOST_LINKED),
            twins=_newest(twin, MOST_ALIKE) if twin is not None else NOTHING,
            citing=_newest(Term(number, "cites"), MOST_ALIKE + 1),
            numbers={
                shown: _newest(Term(term, "si"), MOST_ALIKE + 1)
                for term, shown in _numbers(article).items()
            },
        )
    except IndexUnusable:
        return _Found()


def _newest(query: Query, limit: int) -> Hits:
    return index().search(query, limit=limit, order="newest")


# Links


def _is_in_banner(article: Article, link: Correction) -> bool:
    """Whether a link of its own is told above its title and nowhere else."""
    became = link.kind == "UpdateIn" and citation.is_preprint(article)
    return link.kind in ABOUT_INTEGRITY and not became


def _told_by_others(
    article: Article, linking: Hits, others: Mapping[int, Kept]
) -> Iterator[Correction]:
    """What others say of it, of those that it says nothing of itself."""
    told = {link.pmid for link in article.corrections}
    for hit in linking.hits:
        if hit.pmid in others and hit.pmid not in told:
            yield from _reversed(article.pmid, others[hit.pmid].article)


def _reversed(pmid: int, other: Article) -> list[Correction]:
    """The other's links to an article, as the article would say them; each once."""
    kinds = [
        REVERSE[link.kind]
        for link in other.corrections
        if link.pmid == pmid and link.kind in REVERSE
    ]
    source = _source(other)
    return [Correction(kind, source, other.pmid) for kind in dict.fromkeys(kinds)]


def _notices_of(articles: Sequence[Kept]) -> dict[int, tuple[Correction, ...]]:
    """By PMID, links about integrity that only notices have. Raises IndexUnusable."""
    known = {each.article.pmid: each.article for each in articles}
    if not known:
        return {}
    links = [Term(str(pmid), "link") for pmid in known]
    query = And((Or(NOTICES), Or(tuple(links)) if len(links) > 1 else links[0]))
    notices = store.get_many([hit.pmid for hit in _newest(query, MOST_NOTICES).hits])
    found: dict[int, tuple[Correction, ...]] = {}
    for _, notice in sorted(notices.items()):
        for pmid in known.keys() & set(linked(notice.article)):
            said = {(link.kind, link.pmid) for link in known[pmid].corrections}
            found[pmid] = found.get(pmid, ()) + tuple(
                link
                for link in _reversed(pmid, notice.article)
                if link.kind in ABOUT_INTEGRITY
                and (link.kind, link.pmid) not in said
                and notice.article.pmid != pmid
            )
    return found


def _with(kept: Kept, further: tuple[Correction, ...]) -> Kept:
    if not further:
        return kept
    article = replace(kept.article, corrections=kept.article.corrections + further)
    listed = kept.appraisal.listed
    appraisal = with_integrity(article, kept.appraisal, listed)
    return replace(kept, article=article, appraisal=appraisal)


# Forms of one work: a preprint and what became of it


def _form_name(article: Article) -> str:
    """What the other one is to it."""
    return (
        "Published as" if citation.is_preprint(article) else "Preprint of this article"
    )


def _form(article: Article, link: Correction, others: Mapping[int, Kept]) -> str | None:
    """How a link between preprint and article is named; None for any other link."""
    preprint = citation.is_preprint(article)
    if link.kind != ("UpdateIn" if preprint else "UpdateOf"):
        return None
    other = others.get(link.pmid) if link.pmid else None
    if not preprint and other is not None and not citation.is_preprint(other.article):
        return None
    if not preprint and other is None and not (link.source or "").startswith(SERVERS):
        return None
    return _form_name(article)


def _twin_query(article: Article) -> Query | None:
    """Finds what may be the same work in its other form, where NLM links none."""
    title, author = _title_words(article), _first_author(article)
    if len(title) < LEAST_TITLE or author is None or author.last_name is None:
        return None
    telling = sorted(set(filter(str.isalpha, title)), key=len)[-MOST_ALIKE:]
    parts: list[Query] = [Phrase(word, "ti") for word in telling]
    parts.append(Term(author.last_name, "au"))
    if not citation.is_preprint(article):
        parts.append(Term(citation.PREPRINT, "pt"))
    return And(tuple(parts)) if len(parts) > 1 else None


def _twins(
    article: Article, found: Hits, others: Mapping[int, Kept]
) -> tuple[tuple[Kept, str], ...]:
    """Certain ones, each with why it is; one of the two is a preprint."""
    return tuple(
        (
            others[hit.pmid],
            "The same title and first author; PubMed does not link them.",
        )
        for hit in found.hits
        if hit.pmid in others and _is_twin(article, others[hit.pmid].article)
    )


def _is_twin(one: Article, other: Article) -> bool:
    return (
        citation.is_preprint(one) != citation.is_preprint(other)
        and _title_words(one) == _title_words(other)
        and _signature(one) == _signature(other)
    )


def _title_words(article: Article) -> tuple[str, ...]:
    return words(plain(article.title)) if article.title is not None else ()


def _first_author(article: Article) -> Author | None:
    return article.authors[0] if article.authors else None


def _signature(article: Article) -> tuple[str, str] | None:
    """The first author by last name and first initial."""
    author = _first_author(article)
    if author is None or author.last_name is None:
        return None
    return code(author.last_name), code(author.initials or "")[:1]


# The same registration


def _numbers(article: Article) -> dict[str, str]:
    """{term: number as the record prints it} of its first registrations."""
    printed = {
        source_id(number): number
        for bank in article.data_banks
        if bank.name in REGISTRIES
        for number in bank.accession_numbers
    }
    told = {term: term.upper() for term in registrations(article)}
    return dict(list((printed | told | printed).items())[:MOST_NUMBERS])


def _registrations(
    numbers: Mapping[str, Hits],
    others: Mapping[int, Kept],
    shown: Collection[int | None],
) -> Iterator[RegistrationView]:
    """What stands above already is not told again."""
    for number, hits in numbers.items():
        term = source_id(number)
        same = [
            others[hit.pmid]
            for hit in hits.hits
            if hit.pmid in others and term in source_ids(others[hit.pmid].article)
        ]
        further = [each for each in same if each.article.pmid not in shown]
        if further:
            yield RegistrationView(
                number=number,
                articles=tuple(
                    _kept_line(each, _design(each), None)
                    for each in further[:MOST_ALIKE]
                ),
                total=hits.total,
                address=by_field("si", number) if hits.total > MOST_ALIKE + 1 else None,
            )


def _design(kept: Kept) -> str | None:
    if kept.appraisal.design == UNCLEAR:
        return None
    return kept.appraisal.design_name


# Cited here by


def _cited_by(
    article: Article, citing: Hits, others: Mapping[int, Kept]
) -> CitedByView | None:
    newest = [
        others[hit.pmid]
        for hit in citing.hits
        if hit.pmid in others and article.pmid in cited(others[hit.pmid].article)
    ]
    if not newest:
        return None
    lines = tuple(_kept_line(each, None, None) for each in newest[:MOST_ALIKE])
    address = f"/articles/{article.pmid}/cited-by"
    return CitedByView(max(citing.total, len(newest)), lines, address)


# Lines


def _line(
    link: Correction, label: str, others: Mapping[int, Kept], here: Collection[int]
) -> RelatedView:
    other = others.get(link.pmid) if link.pmid else None
    return RelatedView(
        label=label,
        title=title_html(other.article) if other is not None else None,
        struck=other is not None and is_struck(other.appraisal),
        source=link.source or (_source(other.article) if other is not None else None),
        address=address_of(link.pmid, here) if link.pmid else None,
        note=link.note,
    )


def _kept_line(kept: Kept, label: str | None, note: str | None) -> RelatedView:
    return RelatedView(
        label=label,
        title=title_html(kept.article),
        struck=is_struck(kept.appraisal),
        source=_source(kept.article),
        address=f"/articles/{kept.article.pmid}",
        note=note,
    )


def _source(article: Article) -> str | None:
    """As NLM writes it in a link, without the full stop."""
    found = citation.source(article)
    return found.rstrip(".") if found else None
