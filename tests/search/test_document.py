"""What an index keeps of an article."""

from datetime import date
from pathlib import Path
from typing import Any

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    ArticleDate,
    ArticleId,
    Author,
    Book,
    Chemical,
    Correction,
    DataBank,
    HistoryDate,
    Identifiers,
    JournalIssue,
    Keyword,
    Markup,
    MeshHeading,
    OtherAbstract,
    PubDate,
    PublicationType,
    Qualifier,
    Reference,
    Section,
)
from ownjournal.search.document import Document, document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.parser import parse


def made(article: Article) -> Document:
    return document(article, judge(article))


def test_a_whole_book_is_found_by_the_title_of_the_book() -> None:
    book = Book(title=Markup("Fever <i>and</i> falls"))

    assert made(Article(5, book=book)).title == ("Fever and falls",)
    assert made(Article(5, title=Markup("Peat"), book=book)).title == ("Peat",)


def test_a_part_of_a_book_has_a_date_of_its_own() -> None:
    """PMID 29320137: of 2018, in a book that began in 2002."""
    book = Book(date=PubDate(2002), contributed_on=PubDate(2018, 8, 28))

    assert made(Article(5, book=book)).published_on == (date(2018, 8, 28),)


def test_texts_are_plain_and_those_of_the_abstracts_and_keywords() -> None:
    article = an_article(
        title=Markup("H<sub>2</sub>O &lt;pure&gt;"),
        vernacular_title=Markup("Reines Wasser"),
        abstract={"AIM": "First <i>part</i>", "RESULTS": "Second part"},
        other_abstracts=(OtherAbstract("plain", "ger", (Section(Markup("Dritter")),)),),
        keywords=(Keyword(Markup("merrow <b>water</b>"), "NOTNLM"),),
    )

    kept = made(article)

    assert kept.title == ("H2O <pure>", "Reines Wasser")
    assert set(kept.texts) == {"First part", "Second part", "Dritter", "merrow water"}


def test_names_are_of_headings_substances_and_registrations() -> None:
    article = an_article(
        mesh=(MeshHeading("D005334", "Fever"),),
        chemicals=(Chemical("velotrine", None, None),),
        data_banks=(DataBank("ClinicalTrials.gov", ("NCT99999999",)),),
    )

    assert made(article).names == ("Fever", "velotrine", "NCT99999999")


def test_an_author_is_found_by_name_and_by_each_beginning_of_the_initials() -> None:
    article = an_article(
        authors=(
            Author(last_name="O'Merrow-Ødegård", initials="AB"),
            Author(group=Markup("Velotrine <i>Study</i> Group")),
            Author(last_name="Solo"),
        )
    )

    codes = {each for each in made(article).codes if each.startswith("au:")}

    assert codes == {
        "au:omerrow_odegard",
        "au:omerrow_odegard_a",
        "au:omerrow_odegard_ab",
        "au:velotrine_study_group",
        "au:solo",
    }


def test_headings_and_types_are_found_by_ui_and_by_name() -> None:
    article = an_article(
        mesh=(
            MeshHeading("D005334", "Fever", qualifiers=(Qualifier("Q1", "x", True),)),
            MeshHeading("D000001", "Merrow, Lower"),
        ),
        publication_types=(PublicationType("D016449", "Randomized Controlled Trial"),),
    )

    codes = set(made(article).codes)

    assert {"mh:d005334", "mh:fever", "majr:d005334", "majr:fever"} <= codes
    assert {"mh:d000001", "mh:merrow_lower"} <= codes
    assert {"pt:d016449", "pt:randomized_controlled_trial"} <= codes
    assert not {"majr:d000001", "majr:merrow_lower"} & codes


def test_a_journal_is_found_by_every_name_it_has() -> None:
    codes = set(made(an_article()).codes)

    assert {
        "ta:journal_of_invented_medicine",
        "ta:j_invent_med",
        "ta:9999_0001",
        "ta:99000001x",
    } <= codes


def test_facts_that_filters_ask_for_are_kept() -> None:
    article = an_article(
        identifiers=Identifiers(doi="10.99999/JIM.1", pmcid="PMC9999999"),
        languages=("ger",),
    )

    codes = set(made(article).codes)

    assert {"aid:10.99999/jim.1", "aid:pmc9999999", "sb:free_full_text"} <= codes
    assert {"la:ger", "sb:hasabstract"} <= codes
    assert any(each.startswith("design:") for each in codes)


def coded(tag: str, **changes: Any) -> list[str]:
    codes = made(an_article(**changes)).codes
    return [each for each in codes if each.startswith(f"{tag}:")]


def test_an_article_is_found_by_the_articles_it_is_linked_with() -> None:
    links = (
        Correction("CommentIn", pmid=99_100_009, version=2),
        Correction("ErratumIn", pmid=99_100_009),
        Correction("ErratumIn", source="Elsewhere. 2026"),
    )

    assert coded("link", corrections=links) == ["link:99100009"]


def test_an_article_is_found_by_the_works_it_cites() -> None:
    def ids(*pairs: tuple[str, str]) -> Reference:
        return Reference(ids=tuple(ArticleId(*pair) for pair in pairs))

    references = (
        ids(("pubmed", "7"), ("doi", "10.9/x")),
        ids(("pubmed", "7")),
        ids(("pubmed", "x")),
        ids(("pubmed", "٧")),
        ids(("pubmed", "0012")),
        Reference(Markup("A book. 1999")),
    )

    assert coded("cites", references=references) == ["cites:7"]


def test_an_article_is_found_by_numbers_listed_and_numbers_told() -> None:
    kept = coded(
        "si",
        data_banks=(
            DataBank("ClinicalTrials.gov", ("NCT99999999",)),
            DataBank("JPRN", ("UMIN000099999",)),
        ),
        abstract={
            "METHODS": "Registered as <b>NCT</b>99999999 and JPRN-UMIN000099999.",
            "REGISTRATION": "EudraCT number: 2099-012345-12; ISRCTN 99999999.",
        },
    )

    assert sorted(kept) == [
        "si:2099-012345-12",
        "si:clinicaltrials.gov",
        "si:isrctn99999999",
        "si:jprn",
        "si:nct99999999",
        "si:umin000099999",
    ]


def test_an_empty_abstract_is_none() -> None:
    for abstract in (None, Abstract()):
        kept = made(an_article(abstract=abstract))
        assert kept.texts == ()
        assert "sb:hasabstract" not in kept.codes


def test_newest_goes_by_publication_but_never_after_pubmed_had_it() -> None:
    """A journal's issue is often dated months ahead."""
    ahead = an_article(
        journal_issue=JournalIssue(PubDate(2026, 12)),
        history=(HistoryDate("entrez", PubDate(2026, 6, 4)),),
    )
    online = an_article(
        article_dates=(ArticleDate("Electronic", PubDate(2019, 3, 5)),),
        journal_issue=JournalIssue(PubDate(2019)),
        history=(HistoryDate("entrez", PubDate(2019, 3, 7)),),
    )

    assert made(ahead).sorted_on == date(2026, 6, 4)
    assert made(ahead).published_on == (date(2026, 12, 1),)
    assert made(online).sorted_on == date(2019, 3, 5)
    assert made(online).published_on == (date(2019, 3, 5), date(2019, 1, 1))


def test_an_article_without_any_date_has_none() -> None:
    article = an_article(journal_issue=None, article_dates=(), history=())

    assert (made(article).sorted_on, made(article).published_on) == (None, ())


def test_a_retracted_article_is_known_as_one() -> None:
    article = an_article(corrections=(Correction("RetractionIn", pmid=99_100_009),))

    assert made(article).retracted
    assert not made(an_article()).retracted


def test_an_article_is_found_by_all_that_it_says(tmp_path: Path) -> None:
    article = an_article()
    index = EmbeddedIndex.open(tmp_path / "index")
    index.apply([made(article)], (), 1)

    for text in (
        "velotrine fever",
        '"lower merrow"[ti]',
        "quillfeather",
        "quillfeather ab[au]",
        "Quillfeather A[Author]",
        "J Invent Med[ta]",
        '"journal of invented medicine"',
        "9999-0001[ta]",
        "2025/03[dp]",
        "english[la]",
        "D016428[pt]",
        "journal article[pt]",
        "10.99999/jim.2025.0001",
        "99100001",
        "hasabstract",
    ):
        query = parse(text).query
        assert query is not None
        assert index.count(query) == 1, text
