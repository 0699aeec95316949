"""A small MeSH, invented, and articles with headings of it."""

from typing import Any

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following, mesh
from ownjournal.pubmed.article import Article, JournalIssue, MeshHeading, PubDate
from ownjournal.pubmed.mesh import Descriptor

FEVER, QUARTAN = "D900001", "D900002"
FALLS, VELOTRINE, BONES = "D900003", "D900004", "D900005"
MERROW, REVIEW = "D900006", "D900007"
NAMES = {
    FEVER: "Merrow Fever",
    QUARTAN: "Merrow Fever, Quartan",
    FALLS: "Accidental Falls in Merrow",
    VELOTRINE: "Velotrine",
    BONES: "Bones of Merrow",
    MERROW: "Merrow Diseases",
    REVIEW: "Merrow Review",
}
_PLACES = {
    MERROW: ("C90.100",),
    FEVER: ("C90.100.200",),
    QUARTAN: ("C90.100.200.300",),
    FALLS: ("N90.100",),
    VELOTRINE: ("D90.100",),
    BONES: ("A90.100",),
    REVIEW: ("V90",),
}


def load_headings() -> None:
    """Put the small MeSH into the place of NLM's file."""
    mesh.load(
        Descriptor(
            ui=ui,
            name=name,
            tree_numbers=_PLACES[ui],
            entry_terms=("ague of merrow", "Merrow heat", "heat, Merrow")
            if ui == FEVER
            else (),
            scope_note="A fever that is had in Merrow." if ui == FEVER else None,
            kind="publication-type" if ui == REVIEW else "topic",
        )
        for ui, name in NAMES.items()
    )


def about(pmid: int, *uis: str, **changes: Any) -> Article:
    """An article with these headings."""
    headings = tuple(MeshHeading(ui=ui, name=NAMES.get(ui, ui)) for ui in uis)
    year = changes.pop("year", 2024)
    issue = JournalIssue(PubDate(year, 3), volume="7", number="2")
    return an_article(pmid=pmid, mesh=headings, journal_issue=issue, **changes)


def shelve_followed(*articles: Article) -> None:
    """Shelve articles, and let the index follow."""
    shelve(*articles)
    following.follow(following.index())
