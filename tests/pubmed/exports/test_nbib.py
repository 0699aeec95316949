"""MEDLINE/nbib: fields and lines as PubMed writes them."""

from typing import Any

from msgspec.structs import replace

from made.articles import PLAIN_ARTICLE, an_article
from ownjournal.pubmed.article import (
    ArticleDate,
    ArticleId,
    Author,
    Book,
    Chemical,
    Correction,
    DataBank,
    Grant,
    HistoryDate,
    Identifiers,
    Investigator,
    JournalIssue,
    Keyword,
    Markup,
    MeshHeading,
    Note,
    PubDate,
    Qualifier,
)
from ownjournal.pubmed.exports import nbib
from ownjournal.pubmed.exports.exported import Exported


def record(**changes: Any) -> str:
    [text] = nbib.write([Exported(an_article(**changes), address="https://j.example")])
    return text


def lines(**changes: Any) -> list[str]:
    return record(**{"pmid": 5} | changes).replace("\r\n      ", " ").split("\r\n")


def tagged(tag: str, **changes: Any) -> list[str]:
    start = f"{tag:<4}- "
    return [x.removeprefix(start) for x in lines(**changes) if x.startswith(start)]


def test_a_record_begins_with_its_number_and_ends_with_a_blank_line() -> None:
    text = record(pmid=5)

    assert text.startswith("PMID- 5\r\nOWN - NLM\r\nSTAT- MEDLINE\r\n")
    assert text.endswith(".\r\n\r\n")
    assert "\n" not in text.replace("\r\n", "")


def test_long_fields_go_on_behind_six_spaces_and_lose_nothing() -> None:
    abstract = "Fever  after a fall, " * 30 + "x" * 200
    text = record(pmid=5, abstract=abstract)

    shown = [line for line in text.split("\r\n") if "xxx" not in line]
    assert max(map(len, shown)) <= 88
    assert "Fever  after" in text
    assert tagged("AB", abstract=abstract) == [abstract]


def test_fields_that_readers_do_not_join_are_never_cut() -> None:
    doi = "10.1/" + "a " * 80 + "b"

    assert f"AID - {doi} [doi]\r\n" in record(pmid=5, identifiers=Identifiers(doi))


def test_authors_have_full_and_short_names_orcid_and_affiliations() -> None:
    found = lines(
        authors=(
            Author(
                "Quillfeather",
                "Ada B",
                "AB",
                "Jr",
                orcid="0000-0002-1825-0097",
                affiliations=(Markup("Merrow <i>Hospital</i>."),),
            ),
            Author(group=Markup("Merrow Tea Group")),
            Author("Gone", "Una", "U", valid=False),
        ),
        authors_complete=False,
    )
    start = found.index("FAU - Quillfeather, Ada B Jr")

    assert found[start : start + 7] == [
        "FAU - Quillfeather, Ada B Jr",
        "AU  - Quillfeather AB Jr",
        "AUID- ORCID: 0000-0002-1825-0097",
        "AD  - Merrow Hospital.",
        "CN  - Merrow Tea Group",
        "FAU - et al",
        "AU  - et al",
    ]
    assert not any("Gone" in line for line in found)


def test_headings_have_stars_and_qualifiers() -> None:
    mesh = (
        MeshHeading("D1", "Tea", major=True),
        MeshHeading("D2", "Fever", qualifiers=(Qualifier("Q1", "etiology", True),)),
    )

    assert tagged("MH", mesh=mesh) == ["*Tea", "Fever/*etiology"]


def test_lists_that_nlm_indexes_have_their_tags() -> None:
    changes = {
        "keywords": (Keyword(Markup("tea"), "NOTNLM", True),),
        "chemicals": (
            Chemical("Caffeine", "D1", "3G6A5W338E"),
            Chemical("T", "D2", None),
        ),
        "grants": (Grant("R01 HL000001", "HL", "NHLBI NIH HHS", "United States"),),
        "data_banks": (DataBank("ClinicalTrials.gov", ("NCT00000000",)),),
        "investigators": (Investigator("Okonfold", "Tam", "T"),),
        "notes": (Note("A note.", "NASA"),),
        "conflict_of_interest": Markup("None."),
    }

    def found(tag: str) -> list[str]:
        return tagged(tag, **changes)

    assert (found("OTO"), found("OT")) == (["NOTNLM"], ["*tea"])
    assert found("RN") == ["3G6A5W338E (Caffeine)", "0 (T)"]
    assert found("GR") == ["R01 HL000001/HL/NHLBI NIH HHS/United States"]
    assert found("SI") == ["ClinicalTrials.gov/NCT00000000"]
    assert (found("FIR"), found("IR")) == (["Okonfold, Tam"], ["Okonfold T"])
    assert found("GN") == ["Ownjournal: https://j.example", "NASA: A note."]
    assert found("COIS") == ["None."]


def test_notices_have_their_tags_and_the_number_of_the_notice() -> None:
    corrections = (
        Correction("RetractionIn", "J Invent Med. 2026;8(1):3", pmid=6),
        Correction("ErratumIn", "J Invent Med. 2026;8(1):4"),
        Correction("SomethingNew", "J Invent Med. 2026;8(1):5"),
    )
    found = lines(corrections=corrections)

    assert "RIN - J Invent Med. 2026;8(1):3 PMID: 6" in found
    assert "EIN - J Invent Med. 2026;8(1):4" in found
    assert not any("8(1):5" in line for line in found)
    assert not any(line.startswith("    -") for line in found)


def test_the_history_has_every_step_with_a_day() -> None:
    history = (
        HistoryDate("received", PubDate(2017, 2, 13)),
        HistoryDate("revised", PubDate(2017, 2)),
        HistoryDate("pubmed", PubDate(2017, 7, 15), 6, 0),
        HistoryDate("medline", PubDate(2017, 7, 15), 6, 1),
        HistoryDate("entrez", PubDate(2017, 7, 14), 6, 0),
    )

    assert tagged("EDAT", history=history) == ["2017/07/15 06:00"]
    assert tagged("MHDA", history=history) == ["2017/07/15 06:01"]
    assert tagged("CRDT", history=history) == ["2017/07/14 06:00"]
    assert tagged("PHST", history=history)[0] == "2017/02/13 00:00 [received]"
    assert len(tagged("PHST", history=history)) == 4


def test_a_publisher_s_own_number_is_a_place_only_where_nlm_gives_it_as_one() -> None:
    twice = Identifiers("10.1/b", pii="E83", others=(ArticleId("pii", "nu11010083"),))
    once = Identifiers("10.1/b", pii="PONE-D-16-47379")

    assert tagged("LID", identifiers=twice) == ["E83 [pii]", "10.1/b [doi]"]
    assert tagged("LID", identifiers=once) == ["10.1/b [doi]"]


def test_the_date_of_publication_is_the_issue_s() -> None:
    """As PMID 29447299: DP 2018, DEP 20180215."""
    issue = JournalIssue(PubDate(2018), volume="13")
    online = (ArticleDate("Electronic", PubDate(2017, 12, 15)),)
    model = "Electronic-eCollection"

    told = {
        tag: tagged(
            tag, journal_issue=issue, article_dates=online, publication_model=model
        )
        for tag in ("DP", "DEP")
    }

    assert told == {"DP": ["2018"], "DEP": ["20171215"]}


def test_identifiers_are_told_by_kind_and_the_doi_that_counts_is_last() -> None:
    ids = Identifiers(
        "10.1/b",
        "PMC9.1",
        "b",
        (
            ArticleId("doi", "10.1/a"),
            ArticleId("doi", "10.1/wrong", valid=False),
            ArticleId("mid", "NIHMS1"),
            ArticleId("x]\n", "odd"),
        ),
    )

    assert tagged("AID", identifiers=ids) == ["10.1/a [doi]", "b [pii]", "10.1/b [doi]"]
    assert tagged("LID", identifiers=ids) == ["10.1/b [doi]"]
    assert tagged("PMC", identifiers=ids) == ["PMC9"]
    assert tagged("MID", identifiers=ids) == ["NIHMS1"]


def test_an_issn_that_is_none_is_left_out() -> None:
    def issn(text: str) -> list[str]:
        return tagged("IS", journal=replace(PLAIN_ARTICLE.journal, issn=text))

    assert issn("9999-0001") == ["9999-0001 (Electronic)", "9999-0001 (Linking)"]
    assert issn("no\nISSN") == ["9999-0001 (Linking)"]


def test_a_chapter_has_its_book_and_a_type_that_programs_know() -> None:
    book = Book(
        title=Markup("Tea in Merrow"),
        publisher="Merrow Press",
        place="Merrow",
        date=PubDate(2024),
        editors=(Author("Editrix", "Una", "U"),),
        isbns=("9780000000002",),
        contributed_on=PubDate(2024, 5, 6),
    )
    changes = {"book": book, "journal": None, "journal_issue": None}
    found = lines(**changes)

    assert {
        "BTI - Tea in Merrow",
        "PB  - Merrow Press",
        "PL  - Merrow",
        "DP  - 2024",
        "FED - Editrix, Una",
        "ED  - Editrix U",
        "ISBN- 9780000000002",
        "CTDT- 20240506",
        "PT  - Book Chapter",
    } <= {*found}
    assert "PT  - Book" in lines(**changes, title=None)
