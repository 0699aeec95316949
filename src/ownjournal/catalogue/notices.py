"""Links between an article and notices about it, or articles it is about."""

from collections.abc import Collection
from dataclasses import dataclass

from ownjournal.appraisal.integrity import GRAVE, STATES
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import Article, Correction
from ownjournal.pubmed.example import is_example

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


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One linked notice or partner."""

    label: str  # "Retraction in"
    source: str | None  # "Lancet. 2020 Jun 13;395(10240):1820", as NLM gives it
    pmid: int | None
    address: str | None  # here if we keep the article, else at PubMed, or nowhere
    note: str | None


@dataclass(frozen=True, slots=True)
class BannerView:
    """What stands above the title when something is known against an article."""

    kind: str  # class of the banner: "danger", "warn" or "quiet"
    heading: str
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
    article: Article, appraisal: Appraisal, kept: Collection[int]
) -> BannerView | None:
    """`kept` are the PMIDs among the links that have a page here."""
    if appraisal.integrity is None:
        return None
    notices = tuple(
        notice_view(link, kept)
        for link in article.corrections
        if link.kind in ABOUT_INTEGRITY
    )
    heading = STATES.get(appraisal.integrity, appraisal.integrity_reason or "Notice")
    return BannerView(_kind(appraisal.integrity), f"{heading}.", notices)


def notice_view(link: Correction, kept: Collection[int]) -> NoticeView:
    """A link of the record; `kept` as for `banner`."""
    return NoticeView(
        label=LABELS.get(link.kind, link.kind),
        source=link.source,
        pmid=link.pmid,
        address=address_of(link.pmid, kept) if link.pmid else None,
        note=link.note,
    )


def address_of(pmid: int, kept: Collection[int]) -> str | None:
    """Our page of an article, or PubMed's where we do not keep it.

    None for an invented one that is not kept: it is nowhere.
    """
    if pmid in kept:
        return f"/articles/{pmid}"
    if is_example(pmid):
        return None
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def _kind(integrity: str) -> str:
    if integrity in GRAVE or integrity == "concern":
        return "danger"
    return "quiet" if integrity.startswith("notice") else "warn"
