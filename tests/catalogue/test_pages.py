import csv
import gzip
from pathlib import Path

import pytest

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue.pages import (
    TYPES_BY_EVIDENCE,
    card,
    short_authors,
    type_badges,
)
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed.article import (
    Article,
    Author,
    Book,
    Correction,
    Identifiers,
    Journal,
    Markup,
    PublicationType,
)


def kept(article: Article) -> Kept:
    return Kept(article, judge(article), revision=1, first_revision=1)


def test_a_card_leads_to_the_text_where_it_is_free_to_all() -> None:
    free = an_article(pmid=1001, identifiers=Identifiers(pmcid="PMC9900001"))

    assert "PMC9900001" in str(card(kept(free)).free)
    assert card(kept(an_article(pmid=1002))).free is None


def test_a_card_says_what_a_list_needs() -> None:
    shown = card(kept(an_article(title="Velotrine for <i>fever</i> &amp; falls.")))

    assert shown.title == "Velotrine for <i>fever</i> &amp; falls"
    assert shown.address == "/articles/99100001"
    assert (shown.journal, shown.date, shown.date_machine) == (
        "J Invent Med",
        "March 2025",
        "2025-03",
    )
    assert shown.authors == "Quillfeather AB, Okonfold T"
    assert shown.example and not shown.struck


def test_a_journal_is_named_as_in_its_citation() -> None:
    """PMID 11543891: "Hum. Immunol." by ISO, "Hum Immunol" by NLM."""
    journal = Journal("Human bogs", "Hum. Bogs", "Hum Bogs")

    assert card(kept(an_article(journal=journal))).journal == "Hum Bogs"


def test_a_retracted_article_is_struck_and_marked() -> None:
    shown = card(kept(an_article(corrections=(Correction("RetractionIn", pmid=7),))))

    assert shown.struck
    assert shown.integrity is not None and shown.integrity.name == "Retracted"


def test_a_corrected_article_is_marked_and_not_struck() -> None:
    shown = card(kept(an_article(corrections=(Correction("ErratumIn", pmid=7),))))

    assert not shown.struck
    assert shown.integrity is not None and shown.integrity.name == "Corrected"


def test_a_design_that_nothing_tells_is_not_shown() -> None:
    shown = card(kept(an_article(title="Fever.", abstract=None)))

    assert shown.design is None


@pytest.mark.parametrize(
    ("count", "complete", "told"),
    [
        (0, True, ""),
        (1, True, "A0 X"),
        (3, True, "A0 X, A1 X, A2 X"),
        (4, True, "A0 X, A1 X, A2 X, et al."),
        (2, False, "A0 X, A1 X, et al."),
    ],
)
def test_three_authors_stand_for_all(count: int, complete: bool, told: str) -> None:
    authors = tuple(Author(last_name=f"A{n}", initials="X") for n in range(count))

    assert short_authors(an_article(authors=authors, authors_complete=complete)) == told


def test_badges_go_from_the_most_telling_type_to_the_least() -> None:
    types = (
        PublicationType("D016428", "Journal Article"),
        PublicationType("D016454", "Review"),
        PublicationType("D013485", "Research Support, Non-U.S. Gov't"),
        PublicationType("D016422", "Letter"),
        PublicationType("D017418", "Meta-Analysis"),
        PublicationType("D016454", "Review"),
        PublicationType(None, "Something new"),
    )

    assert [(each.name, each.address) for each in type_badges(types)] == [
        ("Meta-Analysis", "/types/D017418/meta-analysis"),
        ("Review", "/types/D016454/review"),
        ("Letter", "/types/D016422/letter"),
        ("Something new", "/search?q=%22Something%20new%22%5Bpt%5D"),
    ]


def test_a_list_does_not_say_a_design_twice() -> None:
    types = (
        PublicationType("D016449", "Randomized Controlled Trial"),
        PublicationType("D016448", "Multicenter Study"),
    )

    shown = card(kept(an_article(publication_types=types)))

    assert shown.design and shown.design.name == "Randomised controlled trial"
    assert [each.name for each in shown.types] == ["Multicenter Study"]


def test_every_type_with_a_place_is_the_one_that_it_is_called(
    shared_data: Path,
) -> None:
    """By MeSH of 2021, whose letter case is not NLM's own everywhere."""
    with gzip.open(shared_data / "mesh" / "mesh2021_descriptors.tsv.gz", "rt") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        names = {row["ui"]: row["name"] for row in rows}

    for ui, name in TYPES_BY_EVIDENCE.items():
        assert names[ui].lower() == name.lower()


def test_a_list_does_not_say_a_retraction_twice() -> None:
    types = (PublicationType("D016441", "Retracted Publication"),)

    shown = card(kept(an_article(publication_types=types)))

    assert shown.integrity is not None and shown.integrity.name == "Retracted"
    assert shown.types == ()


def test_a_book_article_stands_in_its_book() -> None:
    book = Book(title=Markup("Fever <i>and</i> falls"))

    shown = card(kept(an_article(journal=None, journal_issue=None, book=book)))

    assert shown.journal == "Fever and falls"


def test_a_whole_book_is_shown_by_its_own_title_authors_and_publisher() -> None:
    book = Book(
        title=Markup("Fever <i>and</i> falls."),
        publisher="Merrow Press",
        authors=(Author(last_name="Bog", initials="A"),),
    )
    article = Article(pmid=5, book=book)

    shown = card(kept(article))

    assert shown.title == "Fever <i>and</i> falls"
    assert (shown.journal, shown.authors) == ("Merrow Press", "Bog A")
