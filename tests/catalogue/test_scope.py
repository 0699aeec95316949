import pytest

from made.articles import an_article
from ownjournal.catalogue.scope import Scope
from ownjournal.pubmed.article import (
    ArticleDate,
    JournalIssue,
    MeshHeading,
    PubDate,
)

HUMANS = MeshHeading("D006801", "Humans")
ANIMALS = MeshHeading("D000818", "Animals")
PAIN = MeshHeading("D010146", "Pain")


def published(year: int | None, online: int | None = None) -> dict[str, object]:
    dates = (ArticleDate("Electronic", PubDate(online)),) if online else ()
    return {"journal_issue": JournalIssue(PubDate(year)), "article_dates": dates}


def test_no_scope_keeps_everything() -> None:
    assert Scope().has(an_article())
    assert Scope().has(an_article(journal=None, journal_issue=None, languages=()))


@pytest.mark.parametrize("given", ["99000001X", "9999-0001", "J Invent Med"])
def test_a_journal_is_known_by_its_id_its_issn_and_its_abbreviation(given: str) -> None:
    assert Scope(journals=frozenset({given})).has(an_article())


def test_another_journal_is_left_out() -> None:
    assert not Scope(journals=frozenset({"1234"})).has(an_article())
    assert not Scope(journals=frozenset({"1234"})).has(an_article(journal=None))


def test_one_of_an_articles_languages_is_enough() -> None:
    scope = Scope(languages=frozenset({"eng", "spa"}))

    assert scope.has(an_article(languages=("fre", "eng")))
    assert not scope.has(an_article(languages=("fre",)))


@pytest.mark.parametrize(
    ("year", "online", "kept"),
    [
        (2019, None, False),
        (2020, None, True),
        (2022, None, False),
        (2022, 2021, True),  # online before it was printed
        (None, None, True),  # not known: kept rather than lost
    ],
)
def test_years_count_print_and_online(
    year: int | None, online: int | None, kept: bool
) -> None:
    scope = Scope(first_year=2020, last_year=2021)

    assert scope.has(an_article(**published(year, online))) is kept


def test_headings_are_asked_once_there_are_any() -> None:
    scope = Scope(mesh=frozenset({"D010146"}))

    assert scope.has(an_article(mesh=()))
    assert scope.has(an_article(mesh=(HUMANS, PAIN)))
    assert not scope.has(an_article(mesh=(HUMANS,)))


def test_animals_alone_are_left_out_and_with_humans_kept() -> None:
    scope = Scope(humans_only=True)

    assert not scope.has(an_article(mesh=(ANIMALS,)))
    assert scope.has(an_article(mesh=(ANIMALS, HUMANS)))
    assert scope.has(an_article(mesh=(PAIN,)))
