"""What an index keeps of an article."""

from datetime import date
from pathlib import Path
from typing import Any

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    ArticleId,
    Author,
    Book,
    Chemical,
    Correction,
    DataBank,
    Grant,
    Identifiers,
    Investigator,
    Journal,
    JournalIssue,
    Keyword,
    Markup,
    MeshHeading,
    OtherAbstract,
    Pagination,
    PersonSubject,
    PubDate,
    PublicationType,
    Qualifier,
    Reference,
    Section,
    SupplementaryConcept,
)
from ownjournal.search.document import Document, document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.filters import LINKS
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


def test_names_with_brackets_are_found_with_and_without_them(tmp_path: Path) -> None:
    article = an_article(
        journal=Journal(title="Medicine", abbreviation="Medicine (Baltimore)"),
        mesh=(MeshHeading(None, "Benzo(a)pyrene"),),
        book=Book(title=Markup("GeneReviews<sup>®</sup>")),
    )
    index = EmbeddedIndex.open(tmp_path / "index")
    index.apply([made(article)], (), 1)

    for text in (
        "medicine baltimore[ta]",
        "Medicine (Baltimore)[ta]",
        '"Medicine (Baltimore)"[ta]',
        "benzo a pyrene[mh]",
        "Benzo(a)pyrene[mh]",
        "genereviews[book]",
    ):
        query = parse(text).query
        assert query is not None
        assert index.count(query) == 1, text


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


def test_people_are_kept_by_their_part_and_by_full_name() -> None:
    codes = set(
        made(
            an_article(
                authors=(
                    Author(last_name="Quill", fore_name="Ada B", initials="AB"),
                    Author(group=Markup("Merrow Group")),
                    Author(last_name="de la Merrow", initials="O", suffix="Jr"),
                    Author(group=Markup("Another")),
                ),
                investigators=(Investigator("Alder", "Tom", "T"),),
                person_subjects=(PersonSubject("Bay", "Una", "U"),),
                editors=(
                    Author(last_name="Cole", initials="C"),
                    Author(group=Markup("X")),
                ),
            )
        ).codes
    )

    assert {"1au:quill=ab", "lastau:de_la_merrow=o", "fau:quill=ada_b"} <= codes
    assert {"cn:merrow_group", "au:merrow_group", "au:de_la_merrow_o_jr"} <= codes
    assert {"ir:alder=t", "fir:alder=tom", "ps:bay=u", "ed:cole=c"} <= codes
    assert coded("ed", editors=(Author(group=Markup("X")),)) == []


def test_an_orcid_is_kept_without_its_signs() -> None:
    author = Author(last_name="Quill", orcid="0000-0002-1825-0097")

    assert coded("auid", authors=(author,)) == ["auid:0000000218250097"]
    member = Investigator("Alder", orcid="0000-0002-1825-0097")
    assert coded("auid", investigators=(member,)) == ["auid:0000000218250097"]


def test_a_heading_is_kept_with_its_subheadings_and_its_main_points() -> None:
    heading = MeshHeading(
        "D005334",
        "Fever",
        qualifiers=(
            Qualifier("Q000188", "drug therapy", major=True),
            Qualifier("Q000175", "diagnosis"),
            Qualifier(None, "not yet known"),
        ),
    )
    starred = MeshHeading("D000001", "Merrow", True, qualifiers=heading.qualifiers[1:])

    codes = set(made(an_article(mesh=(heading, starred))).codes)

    assert {"mh:d005334/dt", "mh:d005334/di", "sh:dt", "sh:not_yet_known"} <= codes
    assert {"majr:d005334", "majr:d005334/dt", "majr:d000001/di"} <= codes
    assert "majr:d005334/di" not in codes
    unnumbered = MeshHeading(None, "Bay", qualifiers=heading.qualifiers)
    assert "mh:bay/dt" in coded("mh", mesh=(unnumbered,))


def test_substances_are_kept_by_name_ui_and_number() -> None:
    changes = {
        "chemicals": (
            Chemical("velotrine", "D1", "EC 1.1.1.1"),
            Chemical("x", None, None),
        ),
        "supplementary_concepts": (
            SupplementaryConcept("C1", "Merrow fever", "Disease"),
        ),
    }

    assert coded("nm", **changes) == [
        *("nm:c1", "nm:merrow_fever", "nm:d1", "nm:velotrine", "nm:x")
    ]
    assert coded("rn", **changes) == ["rn:1.1.1.1"]


def test_a_place_in_a_journal_is_kept() -> None:
    article = {
        "journal_issue": JournalIssue(PubDate(2025), volume="12A", number="3 Pt 1"),
        "pagination": Pagination("S101-9", "S101", "S109"),
    }

    assert coded("vi", **article) == ["vi:12a"]
    assert coded("ip", **article) == ["ip:3_pt_1"]
    assert coded("pg", **article) == ["pg:s101"]
    assert coded("pg", pagination=Pagination("e7-e9")) == ["pg:e7"]


def test_a_book_is_kept_by_its_facts() -> None:
    book = Book(
        title=Markup("Fever <i>and</i> falls"),
        publisher="Merrow Press",
        place="Alder Bay (ME)",
        isbns=("978-0-306-40615-7",),
        ids=(ArticleId("bookaccession", "NBK99"),),
        editors=(Author(last_name="Cole", initials="C"),),
    )

    codes = set(made(Article(5, book=book)).codes)

    assert {"book:fever_and_falls", "book:nbk99", "isbn:9780306406157"} <= codes
    assert {"pubn:merrow_press", "pl:alder_bay_me", "ed:cole=c"} <= codes
    assert "sb:booksdocs" in codes


def test_what_filters_ask_of_a_record_is_kept() -> None:
    def filters(**changes: Any) -> set[str]:
        return set(coded("sb", **changes)) - {"sb:hasabstract", "sb:free_full_text"}

    assert filters(status="MEDLINE", citation_subsets=("IM", "AIM")) == {
        *("sb:medline", "sb:jsubsetim", "sb:jsubsetaim")
    }
    assert filters(status="In-Data-Review", citation_subsets=()) == {"sb:inprocess"}
    assert filters(
        status="Publisher", publication_status="aheadofprint", citation_subsets=()
    ) == {"sb:publisher", "sb:aheadofprint"}
    assert coded("owner", owner="NASA") == ["owner:nasa"]


def test_an_article_is_found_by_what_its_record_has() -> None:
    def has(**changes: Any) -> set[str]:
        plain = {"abstract": None, "citation_subsets": (), "status": None}
        kept = coded("sb", **(plain | changes))
        return {each.removeprefix("sb:") for each in kept}

    told = (Correction("RetractionIn", pmid=1), Correction("RetractionIn"))
    german = (OtherAbstract("Publisher", "ger", (Section(Markup("Drei")),)),)
    nothing = has()
    assert has(corrections=told) - nothing == {"hasretractionin"}
    assert has(corrections=(Correction("ReprintOf"),)) - nothing == {
        "hasrepublishedfrom"
    }
    assert has(corrections=(Correction("Novel"),)) == nothing
    assert has(abstract={"AIM": "One"}) - nothing == {
        *("hasabstract", "hasstructuredabstract")
    }
    assert has(other_abstracts=german) - nothing == {"hasnonenglishabstract"}
    assert has(keywords=(Keyword(Markup("peat"), None),)) - nothing == {"haskeyword"}
    assert has(conflict_of_interest=Markup("None")) - nothing == {"hascois"}
    assert has(data_banks=(DataBank("GENBANK"),)) - nothing == {"hasdatabanklist"}
    manuscript = Identifiers(others=(ArticleId("mid", "NIHMS1"),))
    assert has(identifiers=manuscript) - nothing == {"hasnihmsid"}
    assert has(indexing_method="Curated") - nothing == {"indexingmethodcurated"}


def test_a_book_and_a_chapter_are_told_apart() -> None:
    whole = made(Article(5, book=Book(title=Markup("Peat")))).codes
    part = made(Article(5, title=Markup("Bogs"), book=Book())).codes

    assert "sb:pmcbooktitle" in whole
    assert "sb:pmcbookchapter" not in whole
    assert "sb:pmcbookchapter" in part


def test_every_link_is_found_by_its_command(tmp_path: Path) -> None:
    article = an_article(corrections=tuple(Correction(kind) for kind in LINKS))
    index = EmbeddedIndex.open(tmp_path / "index")
    index.apply([made(article)], (), 1)

    for command in LINKS.values():
        query = parse(command).query
        assert query is not None
        assert index.count(query) == 1, command


def test_grants_are_kept_by_number_and_by_who_gave_them() -> None:
    given = Grant("R01 LM-99", "LM", "NLM NIH HHS", "United States")

    codes = coded("gr", grants=(given, given))
    assert {"gr:r01_lm99", "gr:lm99", "gr:lm", "gr:united_states"} <= set(codes)
    assert {"gr:nlm_nih_hhs", "gr:nlm", "gr:nih", "gr:nlm_nih"} <= set(codes)
    assert coded("gr", grants=(Grant(agency="Bog Trust"),)) == ["gr:bog_trust"]


def test_addresses_are_of_authors_groups_and_their_members() -> None:
    def at(place: str) -> tuple[Markup]:
        return (Markup(place),)

    article = an_article(
        authors=(
            Author(last_name="Quill", affiliations=at("Alder Bay")),
            Author(group=Markup("Merrow Group"), affiliations=at("Peat <i>Hall</i>")),
        ),
        investigators=(
            Investigator("Alder", affiliations=at("Bog End")),
            Investigator("Cole", affiliations=at("Bog End")),
        ),
    )

    assert made(article).addresses == ("Alder Bay", "Peat Hall", "Bog End")


def test_other_texts_are_kept_by_themselves() -> None:
    kept = made(
        an_article(
            vernacular_title=Markup("Fieber <i>bei</i> Würmern"),
            keywords=(Keyword(Markup("merrow <b>water</b>"), "NOTNLM"),),
            conflict_of_interest=Markup("None &amp; none"),
        )
    )

    assert kept.vernacular == ("Fieber bei Würmern",)
    assert kept.keywords == ("merrow water",)
    assert kept.interests == ("None & none",)


def test_no_code_has_a_space_and_none_is_there_twice() -> None:
    group = Markup("A  B\u2003C")
    codes = made(an_article(authors=(Author(group=group), Author(group=group)))).codes

    assert len(codes) == len(set(codes))
    assert not any(each.split() != [each] for each in codes)


def test_quality_and_significance_go_along() -> None:
    appraisal = judge(an_article())
    kept = document(an_article(), appraisal)

    assert (kept.quality, kept.significance) == (
        appraisal.quality,
        appraisal.significance,
    )
