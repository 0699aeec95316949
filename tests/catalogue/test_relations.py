"""What other records say of an article, from the store through a real index."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from made.articles import an_article
from made.related import PREPRINTED, SAME, TRIAL, citing, keep, linking
from made.shelf import shelve
from ownjournal.catalogue import store
from ownjournal.catalogue.relations import (
    _PAIRS,
    MOST_ALIKE,
    MOST_NUMBERS,
    REVERSE,
    RelationsView,
    completed,
    relations,
    reverse_corrections,
)
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed.article import (
    Author,
    Correction,
    DataBank,
    JournalIssue,
    Markup,
    PubDate,
    PublicationType,
)
from ownjournal.search.document import linked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def kept(pmid: int) -> Kept:
    found = store.get(pmid)
    assert found is not None
    return found


def of(pmid: int) -> RelationsView:
    own = kept(pmid)
    return relations(own, store.get_many([n for n in linked(own.article) if n < 2**31]))


def in_year(year: int) -> JournalIssue:
    return JournalIssue(PubDate(year), volume="7", number="2")


# Links


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("CommentOn", "Comment in"),
        ("CommentIn", "Comment on"),
        ("SummaryForPatientsIn", "Original report in"),
        ("UpdateOf", "Update in"),
        ("RepublishedFrom", "Republished in"),
        ("AssociatedPublication", "Dataset"),
    ],
)
def test_a_link_that_only_the_other_record_has_is_shown_from_its_side(
    kind: str, label: str
) -> None:
    keep(an_article(pmid=77), linking(78, kind, 77))

    [link] = of(77).linked

    assert (link.label, link.title, link.address) == (
        label,
        "Marrowleaf number 78",
        "/articles/78",
    )
    assert link.source == "J Invent Med. 2025 Mar;7(2)"


def test_every_kind_has_its_reverse_and_back() -> None:
    assert len(REVERSE) == 2 * len(_PAIRS)
    assert all(REVERSE[REVERSE[kind]] == kind for kind in REVERSE)


def test_a_link_that_both_records_have_is_shown_once_in_its_own_words() -> None:
    own = Correction("CommentIn", source="Elsewhere. 2026", pmid=78, note="a note")
    keep(
        an_article(pmid=77, corrections=(own, own)),
        linking(78, "CommentOn", 77),
    )

    [link] = of(77).linked

    assert (link.label, link.source, link.note) == (
        "Comment in",
        "Elsewhere. 2026",
        "a note",
    )
    assert [each.label for each in of(78).linked] == ["Comment on"]


def test_a_link_to_what_is_not_kept_leads_to_pubmed_or_is_text() -> None:
    links = (
        Correction("CommentIn", source="Merrow. 2026;1:1", pmid=31999999),
        Correction("CommentIn", source="A newspaper"),
        Correction("CommentIn", pmid=2**40),
    )
    keep(an_article(pmid=77, corrections=links))

    addresses = [each.address for each in of(77).linked]

    assert addresses[:2] == ["https://pubmed.ncbi.nlm.nih.gov/31999999/", None]
    assert of(77).linked[1].title is None


def test_what_the_banner_says_is_not_said_again() -> None:
    keep(linking(77, "ErratumIn", 78), linking(78, "ErratumFor", 77))

    assert of(77).linked == of(78).linked == ()


def test_an_article_linked_with_itself_is_not_its_own_relation() -> None:
    """As PMID 34853674, whose versions name each other."""
    keep(linking(77, "CommentOn", 77), citing(78, 78))

    assert of(77).linked == ()
    assert of(78).cited_by is None


def test_a_link_whose_record_has_changed_since_is_gone() -> None:
    keep(
        an_article(pmid=77, data_banks=TRIAL),
        linking(78, "CommentOn", 77),
        citing(79, 77),
        an_article(pmid=80, data_banks=TRIAL),
    )
    shelve(*(an_article(pmid=pmid) for pmid in (78, 79, 80)))  # the index lags

    found = of(77)

    assert (found.linked, found.registrations, found.cited_by) == ((), (), None)


def test_without_a_usable_index_the_records_own_links_remain(tmp_path: Path) -> None:
    keep(linking(77, "CommentOn", 79), linking(78, "CommentOn", 77))
    (tmp_path / "index" / "live").write_text("lost")

    found = of(77)

    assert [each.label for each in found.linked] == ["Comment on"]
    assert (found.forms, found.registrations, found.cited_by) == ((), (), None)
    assert completed([kept(77)]) == [kept(77)]
    assert reverse_corrections(kept(77)) == ()


# Integrity


@pytest.mark.parametrize(
    ("said", "kind", "state"),
    [
        ("RetractionOf", "RetractionIn", "retracted"),
        ("ExpressionOfConcernFor", "ExpressionOfConcernIn", "concern"),
        ("ErratumFor", "ErratumIn", "corrected"),
    ],
)
def test_a_notice_reaches_the_article_that_does_not_name_it_yet(
    said: str, kind: str, state: str
) -> None:
    keep(an_article(pmid=77), linking(78, said, 77))

    [link] = reverse_corrections(kept(77))
    [article] = completed([kept(77)])

    assert (link.kind, link.pmid) == (kind, 78)
    assert article.article.corrections == (link,)
    assert article.appraisal.integrity == state
    assert reverse_corrections(article) == ()
    assert completed([kept(78)]) == [kept(78)]


def test_what_was_printed_again_says_what_became_of_the_first_print() -> None:
    again = (PublicationType("D016439", "Corrected and Republished Article"),)
    keep(
        an_article(pmid=77),
        linking(78, "RetractedandRepublishedFrom", 77, publication_types=again),
    )

    [article] = completed([kept(77)])

    assert article.appraisal.integrity == "retracted"


def test_a_retracted_article_counts_for_nothing_also_by_its_notice_alone() -> None:
    keep(an_article(pmid=77), linking(78, "RetractionOf", 77), an_article(pmid=79))

    retracted, other = completed([kept(77), kept(79)])

    assert kept(77).appraisal.integrity is None
    assert (retracted.appraisal.integrity, other) == ("retracted", kept(79))
    assert completed([]) == []


def test_a_notice_that_both_records_name_changes_nothing() -> None:
    keep(linking(77, "RetractionIn", 78), linking(78, "RetractionOf", 77))

    assert completed([kept(77), kept(78)]) == [kept(77), kept(78)]


def test_a_notice_says_of_each_article_what_it_says_of_it() -> None:
    links = (Correction("RetractionOf", pmid=77), Correction("CommentOn", pmid=79))
    keep(
        an_article(pmid=77),
        an_article(pmid=78, title=Markup("Of both."), corrections=links),
        an_article(pmid=79),
    )

    assert [each.kind for each in reverse_corrections(kept(77))] == ["RetractionIn"]
    assert reverse_corrections(kept(79)) == ()
    assert [each.label for each in of(79).linked] == ["Comment in"]


def test_a_comment_is_no_notice() -> None:
    keep(an_article(pmid=77), linking(78, "CommentOn", 77))

    assert reverse_corrections(kept(77)) == ()


# A preprint and what became of it


def test_a_preprint_and_its_article_are_named_as_what_they_are() -> None:
    keep(
        linking(77, "UpdateIn", 78, publication_types=PREPRINTED),
        linking(78, "UpdateOf", 77),
    )

    [published], [preprint] = of(77).forms, of(78).forms

    assert (published.label, published.address) == ("Published as", "/articles/78")
    assert (preprint.label, preprint.address) == (
        "Preprint of this article",
        "/articles/77",
    )
    assert of(77).linked == of(78).linked == ()


def test_one_side_is_enough() -> None:
    keep(
        an_article(pmid=77, title=Markup("X."), publication_types=PREPRINTED),
        linking(78, "UpdateOf", 77),
    )

    assert [each.label for each in of(77).forms] == ["Published as"]


def test_a_preprint_that_is_not_kept_is_known_by_its_server() -> None:
    links = (
        Correction("UpdateOf", source="medRxiv. 2024 May 1:2024.05.01", pmid=31999999),
        Correction(
            "UpdateOf", source="Cochrane Database Syst Rev. 2019;4", pmid=31999998
        ),
    )
    keep(an_article(pmid=77, corrections=links))

    found = of(77)

    assert [each.label for each in found.forms] == ["Preprint of this article"]
    assert [each.label for each in found.linked] == ["Update of"]


def test_the_same_title_and_first_author_make_a_preprint_certain() -> None:
    keep(
        an_article(pmid=77, title=SAME, publication_types=PREPRINTED),
        an_article(pmid=78, title=Markup("VELOTRINE for fever after a fall - a trial")),
    )

    [published], [preprint] = of(77).forms, of(78).forms

    assert (published.label, published.address) == ("Published as", "/articles/78")
    assert (preprint.label, preprint.address) == (
        "Preprint of this article",
        "/articles/77",
    )
    assert (
        preprint.note == "The same title and first author; PubMed does not link them."
    )


@pytest.mark.parametrize(
    "other",
    [
        {"authors": (Author(last_name="Okonfold", initials="AB"),)},
        {"authors": (Author(last_name="Quillfeather", initials="X"),)},
        {"title": Markup("Velotrine for fever after a fall: a second trial.")},
        {"publication_types": PREPRINTED},
    ],
)
def test_what_is_not_certain_is_not_joined(other: dict[str, Any]) -> None:
    keep(
        an_article(pmid=77, title=SAME, publication_types=PREPRINTED),
        an_article(**{"pmid": 78, "title": SAME, **other}),
    )

    assert of(77).forms == of(78).forms == ()


def test_a_title_of_few_words_names_no_work() -> None:
    short = Markup("In reply.")
    keep(
        an_article(pmid=77, title=short, publication_types=PREPRINTED),
        an_article(pmid=78, title=short),
    )

    assert of(78).forms == ()


# The same registration


def test_articles_with_the_same_registration_are_grouped_newest_first() -> None:
    told = "Registered as NCT09999999, and CRD42099999999."
    keep(
        an_article(pmid=77, title=Markup("A."), data_banks=TRIAL),
        an_article(
            pmid=78, title=Markup("B."), abstract=told, journal_issue=in_year(2020)
        ),
        an_article(
            pmid=79,
            title=Markup("Marrowleaf for coughs: protocol of a randomised trial."),
            data_banks=TRIAL,
            journal_issue=in_year(2018),
        ),
        an_article(pmid=80, title=Markup("C."), abstract="See NCT09999998."),
    )

    [group] = of(77).registrations

    assert (group.number, group.total, group.address) == ("NCT09999999", 3, None)
    assert [each.address for each in group.articles] == ["/articles/78", "/articles/79"]
    assert group.articles[1].label == "Study protocol"
    assert [each.number for each in of(78).registrations] == ["NCT09999999"]


def test_more_articles_than_are_shown_are_a_search_away() -> None:
    pmids = range(101, 103 + MOST_ALIKE)
    keep(*(an_article(pmid=n, title=Markup(f"{n}."), data_banks=TRIAL) for n in pmids))

    [group] = of(101).registrations

    assert len(group.articles) == MOST_ALIKE
    assert group.total == MOST_ALIKE + 2
    assert group.address == "/search?q=NCT09999999%5Bsi%5D"


def test_a_review_of_many_trials_shows_the_first_ones() -> None:
    numbers = tuple(f"NCT0999999{n}" for n in range(9))
    bank = (DataBank("ClinicalTrials.gov", numbers),)
    keep(
        an_article(pmid=77, title=Markup("A."), data_banks=bank),
        an_article(pmid=78, title=Markup("B."), data_banks=bank),
    )

    found = of(77).registrations

    assert [each.number for each in found] == list(numbers[:MOST_NUMBERS])


def test_a_gene_in_common_is_no_registration() -> None:
    bank = (DataBank("GENBANK", ("AF999999",)),)
    keep(
        an_article(pmid=77, title=Markup("A."), data_banks=bank),
        an_article(pmid=78, title=Markup("B."), data_banks=bank),
    )

    assert of(77).registrations == ()


def test_what_is_linked_already_is_not_told_again_by_its_number() -> None:
    keep(
        an_article(pmid=77, title=Markup("A."), data_banks=TRIAL),
        linking(78, "CommentOn", 77, data_banks=TRIAL),
    )

    assert of(77).registrations == ()


# Cited here by


def test_the_newest_of_those_that_cite_it_are_shown_and_all_counted() -> None:
    years = range(2010, 2018)
    keep(
        an_article(pmid=77),
        *(
            an_article(
                pmid=year,
                title=Markup(f"Of {year}."),
                journal_issue=in_year(year),
                references=citing(1, 5, 77).references,
            )
            for year in years
        ),
    )

    found = of(77).cited_by

    assert found is not None
    assert (found.total, found.address) == (8, "/articles/77/cited-by")
    assert [each.title for each in found.newest] == [
        f"Of {year}" for year in (2017, 2016, 2015, 2014, 2013)
    ]


def test_a_retracted_article_among_them_is_struck() -> None:
    """One says so itself, one only its notice."""
    works = citing(1, 77).references
    keep(
        an_article(pmid=77),
        linking(78, "RetractionIn", 81, references=works),
        citing(79, 77),
        citing(80, 77),
        linking(82, "RetractionOf", 79),
    )

    found = of(77).cited_by

    assert found is not None
    assert [each.struck for each in found.newest] == [False, True, True]


# Everywhere


@pytest.mark.parametrize(
    "address",
    [
        "/articles/77",
        "/articles/77.txt",
        "/articles/77.ris",
        "/articles/77/citation.txt?style=ama",
        "/unapi?id=pmid:77&format=bibtex",
        "/export?pmid=77&format=csv",
        "/search?q=77[pmid]+OR+78[pmid]",
        "/",
    ],
)
def test_what_only_the_notice_says_is_said_wherever_the_article_is(
    client: Client, address: str
) -> None:
    keep(an_article(pmid=77), linking(78, "RetractionOf", 77))

    said = client.get(address).content.decode().lower()

    # The notice itself is on the lists too; it is no retracted article.
    assert "retracted" in said.replace("notice of retraction", "")
