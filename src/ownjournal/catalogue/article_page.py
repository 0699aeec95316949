"""The page of one article: its contract, and how it is made from what we keep."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ownjournal.appraisal.verdict import Appraisal
from ownjournal.catalogue.abstracts import AbstractView, abstracts_view
from ownjournal.catalogue.browsing.addresses import (
    design_address,
    of_heading,
    of_journal,
    of_month,
)
from ownjournal.catalogue.citing_page import CitingView, citing_view
from ownjournal.catalogue.dates import date_machine, date_told, online, published
from ownjournal.catalogue.facts import FactsView, LinkedFact, facts_view
from ownjournal.catalogue.head import HeadView, head_view
from ownjournal.catalogue.languages import language_name, language_tag
from ownjournal.catalogue.notices import (
    BannerView,
    about_integrity,
    address_of,
    banner,
)
from ownjournal.catalogue.pages import (
    is_struck,
    journal_name,
    type_badges,
)
from ownjournal.catalogue.people import PeopleView, people_view
from ownjournal.catalogue.safe_html import link, row, safe, text
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_html, title_of
from ownjournal.catalogue.worth import (
    RULES,
    DesignView,
    IntegrityView,
    ValueView,
    design_view,
    integrity_view,
    worth,
)
from ownjournal.pubmed import citation, fulltext
from ownjournal.pubmed.article import (
    Article,
    ArticleId,
    MeshHeading,
    Reference,
)
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.open_copy import OpenCopy


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Our own reading of the article, apart from what NLM says."""

    design: DesignView
    address: str  # of the list of all with the same design
    values: tuple[ValueView, ...]  # quality and significance
    integrity: IntegrityView
    rules_version: int
    rules: str  # address of the page that tells them


@dataclass(frozen=True, slots=True)
class JournalView:
    """The journal or book that the article stands in; the publisher of a book."""

    name: str
    full: str | None
    address: str | None  # of all of it
    month_address: str | None  # of what it published in that month or year


@dataclass(frozen=True, slots=True)
class FirstLineView:
    """Where and when it was published."""

    journal: JournalView | None
    date: str | None  # as precise as it was printed
    date_machine: str | None
    online: str | None  # where it is another day
    language: str | None  # name, where it is not English


@dataclass(frozen=True, slots=True)
class MeshView:
    """A descriptor and its qualifiers."""

    html: SafeString  # "Fever / drug therapy", in bold what has a star
    major: bool  # any of them has
    address: str  # of the topic


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything catalogue/article.html may use."""

    pmid: int
    title: SafeString
    title_plain: str
    original_title: SafeString | None
    language_tag: str | None  # of the original title
    struck: bool
    example: bool
    banner: BannerView | None
    first_line: FirstLineView
    types: tuple[LinkedFact, ...]  # NLM's publication types, with their lists
    reading: ReadingView
    people: PeopleView
    source: str  # journal, date and place in NLM's form
    citing: CitingView
    texts: tuple[fulltext.Link, ...]  # ways to the whole text, free ones first
    further: tuple[fulltext.Link, ...]  # ways to ask for it, and other records
    abstracts: tuple[AbstractView, ...]  # the first is shown, the others behind tabs
    keywords: tuple[SafeString, ...]
    mesh: tuple[MeshView, ...]
    mesh_automatic: bool  # indexed by a program and checked by nobody
    facts: FactsView
    references: tuple[SafeString, ...]  # with links to what it cites
    head: HeadView
    article: Article  # for slots, which work out their parts themselves


def linked_pmids(article: Article) -> set[int]:
    """The PMIDs that the page links, of notices about integrity and of references."""
    found = set(about_integrity(article))
    for reference in article.references:
        numbers = (
            _number(each.value) for each in reference.ids if each.kind == "pubmed"
        )
        found.update(number for number in numbers if number)
    return found


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def article_page(
    kept: Kept,
    here: Collection[int],
    linked: Mapping[int, Article],
    address: str,
    open_copy: OpenCopy | None = None,
) -> ArticlePage:
    """The page at this whole address.

    here       those of `linked_pmids` that have a page themselves
    linked     the articles of `notices.about_integrity` among them
    open_copy  a free copy outside PMC, where one is known
    """
    article, appraisal = kept.article, kept.appraisal
    code, example = _foreign_language(article), is_example(article.pmid)
    language = language_name(code) if code else None
    links = fulltext.links(article, open_copy=open_copy, retracted=is_struck(appraisal))
    return ArticlePage(
        pmid=article.pmid,
        title=title_html(article),
        title_plain=title_of(article),
        original_title=_original_title(article),
        language_tag=language_tag(code) if code else None,
        struck=is_struck(appraisal),
        example=example,
        banner=banner(article, appraisal, here, linked),
        first_line=_first_line(article, language),
        types=_types(article),
        reading=_reading(appraisal),
        people=people_view(article),
        source=citation.nlm(article),
        citing=citing_view(article),
        texts=tuple(each for each in links if each.group == "text"),
        further=tuple(each for each in links if each.group != "text"),
        abstracts=abstracts_view(article),
        keywords=tuple(safe(each.text) for each in article.keywords),
        mesh=_mesh(article.mesh),
        mesh_automatic=article.indexing_method == "Automated",
        facts=facts_view(article),
        references=tuple(
            _reference(each, here, example) for each in article.references
        ),
        head=head_view(kept, address, free=any(each.free for each in links)),
        article=article,
    )


def _types(article: Article) -> tuple[LinkedFact, ...]:
    """The badges, each with the list of everything of its type."""
    return tuple(
        LinkedFact("Publication type", each.name, each.address)
        for each in type_badges(article.publication_types)
    )


def _foreign_language(article: Article) -> str | None:
    """The first language that is not English; None for an article in English."""
    others = [code for code in article.languages if code != "eng"]
    return others[0] if others and "eng" not in article.languages else None


def _original_title(article: Article) -> SafeString | None:
    if article.vernacular_title and article.title:
        return safe(citation.without_full_stop(article.vernacular_title))
    return None


def _first_line(article: Article, language: str | None) -> FirstLineView:
    date, day_online = published(article), online(article)
    return FirstLineView(
        journal=_journal(article),
        date=date_told(date),
        date_machine=date_machine(date),
        online=date_told(day_online) if day_online else None,
        language=language,
    )


def _journal(article: Article) -> JournalView | None:
    """The journal with its two links, or the book, which has none."""
    name = journal_name(article)
    if name is None:
        return None
    journal = article.journal
    if journal is None:
        return JournalView(name, None, None, None)
    month = of_month(journal, published(article))
    return JournalView(name, journal.title, of_journal(journal), month)


def _reading(appraisal: Appraisal) -> ReadingView:
    return ReadingView(
        design=design_view(appraisal),
        address=design_address(appraisal.design),
        values=worth(appraisal),
        integrity=integrity_view(appraisal),
        rules_version=appraisal.rules_version,
        rules=RULES,
    )


def _mesh(headings: tuple[MeshHeading, ...]) -> tuple[MeshView, ...]:
    """Major headings first, otherwise in NLM's order."""
    views = [
        MeshView(_heading(each), each.is_major(), of_heading(each)) for each in headings
    ]
    return tuple(sorted(views, key=lambda view: not view.major))


def _heading(heading: MeshHeading) -> SafeString:
    qualifiers = (text(each.name, bold=each.major) for each in heading.qualifiers)
    return row([text(heading.name, bold=heading.major), *qualifiers], " / ")


def _reference(
    reference: Reference, here: Collection[int], example: bool
) -> SafeString:
    """As NLM has it, and behind it where it can be found."""
    parts = [safe(reference.citation)] if reference.citation else []
    for each in reference.ids:
        if found := _id_link(each, here, example):
            parts.append(link(found.address, f"{found.name} {found.value}"))
    return row(parts, " ")


def _id_link(
    each: ArticleId, here: Collection[int], example: bool
) -> LinkedFact | None:
    """None for an identifier of a kind without links, or that is none of its kind."""
    value = each.value.strip()
    if each.kind == "doi" and (address := fulltext.doi_url(value)):
        return LinkedFact("DOI", value, None if example else address)
    if each.kind == "pmc" and (address := fulltext.pmc_address(value)):
        return LinkedFact("PMCID", value, None if example else address)
    if each.kind == "pubmed" and (pmid := _number(value)):
        return LinkedFact("PMID", value, address_of(pmid, here))
    return None
