"""Links between an article and notices about it, or articles it is about."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ownjournal.appraisal.integrity import BY_LINK, GRAVE, STATES, listed_briefly
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.catalogue.dates import (
    date_in_source,
    date_machine,
    date_told,
    published,
)
from ownjournal.catalogue.titles import title_html
from ownjournal.pubmed.article import Article, Correction, PubDate
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.fulltext import doi_url, record_address

SHORT = {
    "retracted": "Retracted",
    "withdrawn": "Withdrawn",
    "concern": "Expression of concern",
    "republished": "Corrected and republished",
    "corrected": "Corrected",
    "updated": "Updated",
    "notice-of-retraction": "Notice of retraction",
    "notice-of-concern": "Expression of concern",
    "notice-of-correction": "Correction notice",
}
"""States as a badge says them."""

LABELS = {
    "AssociatedDataset": "Dataset",
    "AssociatedPublication": "Associated publication",
    "CommentIn": "Comment in",
    "CommentOn": "Comment on",
    "CorrectedandRepublishedIn": "Corrected and republished in",
    "CorrectedandRepublishedFrom": "Corrected and republished from",
    "ErratumIn": "Erratum in",
    "ErratumFor": "Erratum for",
    "ExpressionOfConcernIn": "Expression of concern in",
    "ExpressionOfConcernFor": "Expression of concern for",
    "OriginalReportIn": "Original report in",
    "ReprintIn": "Reprinted in",
    "ReprintOf": "Reprint of",
    "RepublishedIn": "Republished in",
    "RepublishedFrom": "Republished from",
    "RetractedandRepublishedIn": "Retracted and republished in",
    "RetractedandRepublishedFrom": "Retracted and republished from",
    "RetractionIn": "Retraction in",
    "RetractionOf": "Retraction of",
    "SummaryForPatientsIn": "Summary for patients in",
    "UpdateIn": "Update in",
    "UpdateOf": "Update of",
}
"""RefTypes of NLM and how a page names them."""

ABOUT_INTEGRITY = frozenset(
    {
        "CorrectedandRepublishedIn",
        "ErratumIn",
        "ErratumFor",
        "ExpressionOfConcernIn",
        "ExpressionOfConcernFor",
        "RetractedandRepublishedIn",
        "RetractionIn",
        "RetractionOf",
        "UpdateIn",
    }
)


FROM_NOTICES = frozenset({"ErratumFor", "ExpressionOfConcernFor", "RetractionOf"})
"""Links from a notice to what it is about."""

MOST_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One linked notice or partner."""

    label: str  # "Retraction in"
    title: SafeString | None  # of the article that a notice is about, if we keep it
    source: str | None  # "Lancet. 2020 Jun 13;395(10240):1820", as NLM gives it
    pmid: int | None
    address: str | None  # here if we keep the article, else at PubMed, or nowhere
    date: str | None  # of what we keep, where the source does not say it
    note: str | None


@dataclass(frozen=True, slots=True)
class BannerView:
    """What stands above the title when something is known against an article."""

    kind: str  # class of the banner: "danger", "warn" or "quiet"
    heading: str
    date: str | None  # when that was published
    date_machine: str | None
    notices: tuple[NoticeView, ...]


@dataclass(frozen=True, slots=True)
class IntegrityMark:
    """The same in two words, for lists."""

    kind: str
    name: str


def integrity_mark(appraisal: Appraisal) -> IntegrityMark | None:
    """None where nothing is known."""
    if appraisal.integrity is None:
        return None
    name = SHORT.get(appraisal.integrity, "Notice")
    return IntegrityMark(_kind(appraisal.integrity), name)


def banner(
    article: Article,
    appraisal: Appraisal,
    here: Collection[int],
    linked: Mapping[int, Article],
) -> BannerView | None:
    """What is known, with every notice of it.

    here    PMIDs among the links that have a page here
    linked  the articles of `about_integrity` among them
    """
    state = appraisal.integrity
    if state is None:
        return None
    links = [link for link in article.corrections if link.kind in ABOUT_INTEGRITY]
    date = _dated(state, links, linked)
    return BannerView(
        kind=_kind(state),
        heading=_heading(appraisal, state, bool(links)),
        date=date_told(date) if date else None,
        date_machine=date_machine(date) if date else None,
        notices=(
            *_listed(appraisal, here),
            *(notice_view(link, here, linked) for link in links),
        ),
    )


def _listed(appraisal: Appraisal, here: Collection[int]) -> Iterator[NoticeView]:
    """What the list of retractions says, where NLM does not say it."""
    listed = appraisal.listed
    if listed is None or not appraisal.told_by_list:
        return
    pmid = _listed_pmid(listed.notice)
    yield NoticeView(
        label="Notice, by the list",
        title=None,
        source=listed.notice or "none named",
        pmid=pmid,
        address=address_of(pmid, here) if pmid else doi_url(listed.notice or ""),
        date=_day_told(listed.since),
        note=listed.reasons,
    )


def _listed_pmid(notice: str | None) -> int | None:
    number = (notice or "").removeprefix("PMID ")
    return int(number) if number.isdecimal() else None


def _day_told(day: str | None) -> str | None:
    """ "2024-05-20" → "20 May 2024"."""
    if day is None:
        return None
    year, month, number = map(int, day.split("-"))
    return date_told(PubDate(year, month, number))


def about_integrity(article: Article) -> list[int]:
    """PMIDs of its notices, or of what it is a notice of; at most MOST_LOOKED_AT."""
    found = (link.pmid for link in article.corrections if link.kind in ABOUT_INTEGRITY)
    return [pmid for pmid in found if pmid][:MOST_LOOKED_AT]


def notice_view(
    link: Correction, here: Collection[int], linked: Mapping[int, Article]
) -> NoticeView:
    """A link of the record; `here` and `linked` as for `banner`."""
    other = linked.get(link.pmid) if link.pmid else None
    date = published(other) if other is not None else None
    if link.source and date_in_source(link.source):
        date = None
    return NoticeView(
        label=LABELS.get(link.kind, link.kind),
        title=title_html(other) if other and link.kind in FROM_NOTICES else None,
        source=link.source,
        pmid=link.pmid,
        address=address_of(link.pmid, here) if link.pmid else None,
        date=date_told(date) if date else None,
        note=link.note,
    )


def _heading(appraisal: Appraisal, state: str, linked: bool) -> str:
    """A sentence; where no link says more, with the place that says so."""
    if appraisal.told_by_list and appraisal.listed is not None:
        return listed_briefly(appraisal.listed)
    if not linked and appraisal.integrity_reason:
        return appraisal.integrity_reason
    return f"{STATES.get(state, 'Something has been published about this article')}."


def _dated(
    state: str, links: Sequence[Correction], linked: Mapping[int, Article]
) -> PubDate | None:
    """When the notice that gave the state was published.

    By its own record, else by NLM's words. None for an article that is a notice.
    """
    for link in links:
        if BY_LINK.get(link.kind) == state and link.kind not in FROM_NOTICES:
            notice = linked.get(link.pmid) if link.pmid else None
            date = published(notice) if notice is not None else None
            if date is not None and date.year is not None:
                return date
            return date_in_source(link.source) if link.source else None
    return None


def address_of(pmid: int, kept: Collection[int]) -> str | None:
    """Our page of an article, or PubMed's where we do not keep it.

    None for an invented one that is not kept: it is nowhere.
    """
    if pmid in kept:
        return f"/articles/{pmid}"
    if is_example(pmid):
        return None
    return record_address(pmid)


def _kind(integrity: str) -> str:
    if integrity in GRAVE or integrity == "concern":
        return "danger"
    return "quiet" if integrity.startswith("notice") else "warn"
