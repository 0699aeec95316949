import pytest

from made.articles import an_article
from ownjournal.appraisal.teaching import by_people, examples
from ownjournal.pubmed.article import (
    Article,
    JournalIssue,
    MeshHeading,
    PubDate,
    PublicationType,
)

TRIAL = PublicationType("D016449", "Randomized Controlled Trial")
HUMANS = MeshHeading("D006801", "Humans")
COHORT = MeshHeading("D015331", "Cohort Studies")
PAST = JournalIssue(PubDate(2015))


def indexed(*mesh: MeshHeading, **changes: object) -> Article:
    return an_article(**{"mesh": mesh or (HUMANS,), "journal_issue": PAST, **changes})


@pytest.mark.parametrize(
    ("changes", "people"),
    [
        ({}, True),
        ({"indexing_method": "Automated"}, False),
        ({"indexing_method": "Curated"}, False),
        ({"completed_on": PubDate(2022, 5, 1)}, False),
        ({"completed_on": PubDate(2021, 5, 1)}, True),
        ({"journal_issue": None}, False),
    ],
)
def test_people_indexed_what_no_machine_did(
    changes: dict[str, object], people: bool
) -> None:
    assert by_people(indexed(**changes)) is people


def test_without_headings_nobody_indexed_it() -> None:
    assert not by_people(an_article(journal_issue=PAST))


def test_indexers_teach_by_types_then_by_headings() -> None:
    trial, cohort, neither = examples(
        [
            indexed(COHORT, publication_types=(TRIAL,)),
            indexed(COHORT),
            indexed(HUMANS),
        ]
    )

    assert (trial.label, cohort.label, neither.label) == ("rct", "cohort", None)
    assert trial.when == 2015
    assert trial.weight == 1.0


def test_authors_teach_without_the_words_that_name_the_design() -> None:
    [example] = examples(
        [an_article(title="Gout: a cohort study.", abstract={"": "They drank."})]
    )

    assert example.label == "cohort"
    assert example.weight < 1
    assert "title:gout" in example.terms
    assert "abstract:they drank" in example.terms
    assert not [each for each in example.terms if "cohort" in each]
    assert not [each for each in example.terms if each.startswith("flag:title")]


def test_machine_types_teach_nothing() -> None:
    machine = indexed(publication_types=(TRIAL,), indexing_method="Automated")

    assert list(examples([machine])) == []


def test_letters_notices_and_what_is_unclear_teach_nothing() -> None:
    articles = [
        an_article(),
        an_article(title="Erratum: Gout."),
        an_article(title="Letter to the editor", abstract=None),
        Article(pmid=1),
    ]

    assert list(examples(articles)) == []
