"""Headings and authors as they are counted: name forms are kept apart."""

from pathlib import Path

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import Author, Markup, MeshHeading, Qualifier
from ownjournal.search.document import author_name, document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.subjects import query_of, subjects


def told(*authors: Author, **changes: object) -> list[tuple[str, str]]:
    article = an_article(authors=authors, **changes)
    return list(subjects(document(article, judge(article))))


def test_a_name_form_has_all_of_its_parts() -> None:
    authors = (
        Author(last_name="van der Merrow", initials="JA"),
        Author(last_name="Müller-Quill", initials="J-P", suffix="Jr"),
        Author(last_name="Plato"),
        Author(group=Markup("<i>Merrow</i> Study Group")),
    )

    assert [author_name(each) for each in authors] == [
        "van der Merrow JA",
        "Müller-Quill J-P Jr",
        "Plato",
        "Merrow Study Group",
    ]
    assert [value for _, value in told(*authors)] == [
        "van_der_merrow_ja",
        "muller_quill_j_p_jr",
        "plato",
        "merrow_study_group",
    ]
    assert author_name(Author()) is None


def test_more_initials_are_another_name_form(tmp_path: Path) -> None:
    forms = ("J", "JA", "JAB")
    index = EmbeddedIndex.open(tmp_path / "index")
    articles = [
        an_article(pmid=pmid, authors=(Author(last_name="Merrow", initials=form),))
        for pmid, form in enumerate(forms, 1)
    ]
    index.apply((document(each, judge(each)) for each in articles), (), 1)

    for pmid, form in enumerate(forms, 1):
        for typed in (f"Merrow {form}", f"merrow {' '.join(form)}"):
            found = index.search(query_of("author", typed), limit=9).hits
            assert [hit.pmid for hit in found] == [pmid], typed


def test_an_author_who_stands_on_an_article_twice_counts_once() -> None:
    twice = Author(last_name="Merrow", initials="J")

    assert told(twice, twice) == [("author", "merrow_j")]


def test_a_heading_counts_once_whatever_its_subheadings() -> None:
    heading = MeshHeading(
        ui="D005334", name="Fever", qualifiers=(Qualifier("Q000188", "drug therapy"),)
    )

    assert told(mesh=(heading,)) == [("heading", "D005334")]
