"""Articles that have something to do with each other, kept and indexed."""

from typing import Any

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.pubmed.article import (
    Article,
    ArticleId,
    Correction,
    DataBank,
    Markup,
    PublicationType,
    Reference,
)
from ownjournal.pubmed.citation import PREPRINT

PREPRINTED = (PublicationType(PREPRINT, "Preprint"),)
TRIAL = (DataBank("ClinicalTrials.gov", ("NCT09999999",)),)
SAME = Markup("Velotrine for <i>fever</i> after a fall: a trial.")


def keep(*articles: Article) -> None:
    shelve(*articles)
    following.follow(following.index())


def linking(pmid: int, kind: str, to: int | None, **more: Any) -> Article:
    """An article of its own title whose record has one link."""
    more.setdefault("title", Markup(f"Marrowleaf number {pmid}."))
    return an_article(pmid=pmid, corrections=(Correction(kind, pmid=to),), **more)


def citing(pmid: int, *works: int) -> Article:
    references = tuple(Reference(ids=(ArticleId("pubmed", str(n)),)) for n in works)
    return an_article(
        pmid=pmid, title=Markup(f"Citing number {pmid}."), references=references
    )
