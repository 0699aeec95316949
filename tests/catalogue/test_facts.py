from ownjournal.catalogue.facts import LinkedFact, facts_view
from ownjournal.pubmed.article import (
    Article,
    ArticleId,
    Book,
    BookSection,
    Chemical,
    DataBank,
    Grant,
    HistoryDate,
    Identifiers,
    Journal,
    Markup,
    PersonSubject,
    PubDate,
)

CHAPTER = Article(
    pmid=77,
    book=Book(
        isbns=("9789999990011",),
        ids=(ArticleId("bookaccession", "NBK77"),),
        sections=(BookSection(Markup("Fever in <i>E. coli</i>")), BookSection(None)),
    ),
)


def test_a_part_of_a_book_has_the_numbers_and_sections_of_its_book() -> None:
    """PMID 29320137."""
    view = facts_view(CHAPTER)

    assert view.identifiers[1:] == (
        LinkedFact("Bookshelf", "NBK77", "https://www.ncbi.nlm.nih.gov/books/NBK77/"),
        LinkedFact("ISBN", "9789999990011", None),
    )
    assert view.sections == ("Fever in <i>E. coli</i>",)


def test_no_number_of_an_invented_article_leads_anywhere() -> None:
    book, bank = CHAPTER.book, DataBank("ISRCTN", ("ISRCTN99000077",))
    identifiers = Identifiers("10.5555/a", "PMC99000001")
    view = facts_view(
        Article(99_000_001, book=book, data_banks=(bank,), identifiers=identifiers)
    )

    assert len(view.identifiers) == 5
    assert {each.address for each in (*view.identifiers, *view.registrations)} == {None}


def test_the_people_whom_it_is_about_are_named() -> None:
    """PMID 12227380."""
    article = Article(77, person_subjects=(PersonSubject("Bog", "Ada", suffix="Jr"),))

    assert facts_view(article).subjects == ("Ada Bog Jr",)


def test_the_history_is_told_in_words_and_as_printed() -> None:
    steps = (
        HistoryDate("pmc-release", PubDate(2025, 3)),
        HistoryDate("nlm-new-step", PubDate(2025)),
    )

    view = facts_view(Article(77, history=steps, status="MEDLINE"))

    assert [(each.name, each.value) for each in view.history] == [
        ("Free in PMC", "March 2025"),
        ("nlm-new-step", "2025"),
        ("Status", "MEDLINE"),
    ]


def test_a_substance_has_its_number_with_the_register_that_gave_it() -> None:
    chemicals = (
        Chemical("Velotrine", None, "50-78-2"),
        Chemical("Merrowase", None, "EC 1.1.1.1"),
        Chemical("Alderol", None, "R16CO5Y76E"),
        Chemical("Peat", None, None),
    )

    assert facts_view(Article(77, chemicals=chemicals)).chemicals == (
        "Velotrine (CAS 50-78-2)",
        "Merrowase (EC 1.1.1.1)",
        "Alderol (UNII R16CO5Y76E)",
        "Peat",
    )


def test_a_publishers_number_that_is_the_doi_is_told_once() -> None:
    """PMID 41578200."""
    same = Article(77, identifiers=Identifiers(doi="10.5555/1", pii="10.5555/1"))
    other = Article(77, identifiers=Identifiers(doi="10.5555/1", pii="S1"))

    assert [each.name for each in facts_view(same).identifiers] == ["PMID", "DOI"]
    assert [each.name for each in facts_view(other).identifiers][2:] == ["PII"]


def test_the_journal_has_its_full_title_and_numbers() -> None:
    journal = Journal("Neural work", issn="9999-0001", issn_linking="9999-0002")
    same = Journal(issn="9999-0001", issn_linking="9999-0001", country="Merrowland")

    assert facts_view(Article(77, journal=journal)).journal == (
        "Neural work · ISSN 9999-0001, 9999-0002"
    )
    assert facts_view(Article(77, journal=same)).journal == (
        "ISSN 9999-0001 · Merrowland"
    )
    assert facts_view(Article(77, journal=Journal())).journal is None
    assert facts_view(Article(99_000_001, journal=journal)).journal == "Neural work"


def test_a_list_of_grants_that_nlm_cut_short_says_so() -> None:
    grants = (Grant("G-7", agency="Merrow Fund"),)
    whole, cut = (
        Article(7, grants=grants),
        Article(7, grants=grants, grants_complete=False),
    )

    assert facts_view(whole).grants == ("G-7 · Merrow Fund",)
    assert facts_view(cut).grants == ("G-7 · Merrow Fund", "and others")
