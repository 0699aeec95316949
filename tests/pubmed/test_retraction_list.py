"""The list of Retraction Watch as Crossref publishes it, and files that are none."""

import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed.article import ArticleId, Identifiers
from ownjournal.pubmed.refusal import FileRefused
from ownjournal.pubmed.retraction_list import (
    Entry,
    Unusable,
    dois_of,
    normal_doi,
    read,
)

CROSSREF = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,"
    "ArticleType,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,"
    "OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes"
)


def a_row(**cells: str) -> str:
    """A row of Crossref's table, with a comma and a line break in its title."""
    made = {"Record ID": "1", "Title": '"Gout,\nrevisited"'} | cells
    return ",".join(made.get(name, "") for name in CROSSREF.split(","))


def entries(tmp_path: Path, *lines: str) -> list[Entry | Unusable]:
    path = tmp_path / "list.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return list(read(path))


def test_crossrefs_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    row = a_row(
        RetractionDate="5/3/2024 0:00",
        RetractionDOI="10.9999/notice",
        RetractionPubMedID="99300009",
        OriginalPaperDOI="https://doi.org/10.9999/GOUT.1",
        OriginalPaperPubMedID="99300001",
        RetractionNature="Retraction",
        Reason="+Concerns/Issues About Data;+Notice - Limited Information;"
        "+Date of Retraction/Other Unknown;",
    )

    assert entries(tmp_path, CROSSREF, row) == [
        Entry(
            "retracted",
            99_300_001,
            "10.9999/gout.1",
            "2024-05-03",
            "PMID 99300009",
            "Concerns/Issues About Data",
        )
    ]


def test_names_of_columns_may_be_written_in_any_way(tmp_path: Path) -> None:
    found = entries(
        tmp_path,
        "\ufeffretraction nature,ORIGINAL_PAPER_PUBMED_ID,Retraction Date",
        "Expression of Concern,99300001.0,2024-05-03",
    )

    assert found == [Entry("concern", 99_300_001, None, "2024-05-03")]


def test_a_table_of_doi_and_nature_alone_may_say_several_things(
    tmp_path: Path,
) -> None:
    found = entries(
        tmp_path,
        "doi,retractionwatch",
        "10.9999/a,Correction;Retraction",
        "10.9999/b,Reinstatement",
    )

    assert [(each.doi, each.nature) for each in found if isinstance(each, Entry)] == [
        ("10.9999/a", "corrected"),
        ("10.9999/a", "retracted"),
        ("10.9999/b", "reinstated"),
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("Unavailable,Retraction", "neither a PMID nor a DOI"),
        (",Retraction", "neither a PMID nor a DOI"),
        ("10.9999/a,", "does not say what happened"),
        ("10.9999/a", "does not say what happened"),
        ("10.9999/a,Praise", "“Praise”, which is not known"),
        (f"10.9999/a,{'x' * 200_000}", "It is no CSV"),
    ],
)
def test_a_row_that_says_nothing_is_named_and_the_others_count(
    tmp_path: Path, cells: str, reason: str
) -> None:
    bad, good = entries(tmp_path, "doi,retractionwatch", cells, "10.9999/z,Retraction")

    assert isinstance(bad, Unusable)
    assert bad.line == 2
    assert reason in bad.reason
    assert good == Entry("retracted", None, "10.9999/z")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY"),
        (b"doi,title\n10.9999/a,Gout\n", "COLUMNS"),
        (b"<html><body>Not found</body></html>\n", "XML"),
        (b"nature of retraction\nRetraction\n", "COLUMNS"),
        (
            gzip.compress(b"doi,retractionwatch\n10.9999/a,Retraction")[:-9],
            "GZ_TRUNCATED",
        ),
    ],
    ids=["empty", "no nature", "a page", "no number", "cut"],
)
def test_a_file_that_is_no_list_or_is_cut_is_refused(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(FileRefused) as refused:
        list(read(path))

    assert refused.value.code == code
    assert "list.csv" in str(refused.value)


def test_a_notice_under_the_articles_own_number_is_not_named(tmp_path: Path) -> None:
    [found] = entries(
        tmp_path,
        "OriginalPaperDOI,OriginalPaperPubMedID,RetractionDOI,RetractionPubMedID,"
        "RetractionNature",
        "10.9999/a,99300001,10.9999/A,99300001,Retraction",
    )

    assert isinstance(found, Entry)
    assert found.notice is None


@pytest.mark.parametrize("day", ["13/40/2024", "2024-02-30", "soon", "0/0/0000"])
def test_a_day_that_is_none_is_left_out(tmp_path: Path, day: str) -> None:
    [found] = entries(
        tmp_path, "doi,RetractionNature,RetractionDate", f"10.9999/a,Retraction,{day}"
    )
    assert found == Entry("retracted", None, "10.9999/a")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_whatever_stands_in_a_list_it_is_read_or_named(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("list") / "list.csv"
    path.write_text(f"doi,RetractionNature,Reason\n{text}", encoding="utf-8")

    for each in read(path):
        assert isinstance(each, Entry | Unusable)


def test_a_record_may_have_several_dois_and_wrong_ones_do_not_count() -> None:
    own = Identifiers(
        doi="10.9999/A",
        others=(
            ArticleId("doi", "10.9999/b"),
            ArticleId("doi", "10.9999/c", valid=False),
            ArticleId("pii", "10.9999/d"),
        ),
    )

    assert dois_of(own) == ("10.9999/a", "10.9999/b")
    assert dois_of(Identifiers()) == ()
    assert normal_doi(" DOI: 10.9999/A ") == "10.9999/a"
    assert normal_doi("unavailable") is None


def test_the_real_list_is_read_whole(shared_data: Path) -> None:
    found = list(read(shared_data / "retractions" / "retractionwatch_doi.csv.gz"))
    natures = Counter(each.nature for each in found if isinstance(each, Entry))

    assert natures["retracted"] == 54_774
    assert natures["reinstated"] == 152
    assert sum(isinstance(each, Unusable) for each in found) == 2
