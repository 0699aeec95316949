"""A record read: odd records in tests/pubmed/data, and what a file may be."""

import io
import json
from pathlib import Path

import pytest

from made.records import DOCTYPE, a_record, a_set, as_json, read_all, read_one
from ownjournal.pubmed import cutting, lxml_reader
from ownjournal.pubmed.article import Article, Deletion
from ownjournal.pubmed.outcome import Counts, NotKept, Rejected

RECORDS = sorted((Path(__file__).parent / "data").glob("*.xml"))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_reads_as_expected(path: Path) -> None:
    """data/people.xml must read as data/people.json says."""
    expected = json.loads(path.with_suffix(".json").read_text())
    counts = Counts()

    outcomes = read_all(path.read_bytes(), counts)

    shown = [{type(each).__name__: as_json(each)} for each in outcomes]
    for each in shown:
        each.get("Rejected", {}).pop("raw", None)
    assert shown == expected["outcomes"]
    assert dict(counts.unknown) == expected.get("unknown", {})
    assert counts.bad_orcids == expected.get("bad_orcids", 0)
    assert counts.balanced()


def test_a_file_is_read_in_its_order() -> None:
    deletion = '<DeleteCitation><PMID Version="2">7</PMID></DeleteCitation>'
    first, second = (a_record(pmid=f'<PMID Version="1">{n}</PMID>') for n in (9, 8))

    outcomes = read_all(a_set(first, deletion, second))

    assert [each.pmid for each in outcomes] == [9, 7, 8]
    assert outcomes[1] == Deletion(7, 2)


@pytest.mark.parametrize(
    "doctype",
    ["", DOCTYPE, DOCTYPE.replace("2025", "2008"), DOCTYPE.replace("2025", "2031")]
    + ["<!DOCTYPE PubmedArticleSet>", '<?xml version="1.0"?>\n<!-- a [ b ] -->'],
)
def test_any_doctype_or_none_is_taken(doctype: str) -> None:
    assert len(read_all(a_set(a_record(), prolog=doctype))) == 1


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("UTF-16", "utf-16-be"),
        ("ISO-8859-1", "iso-8859-1"),
        ("iso-8859-1", "iso-8859-1"),
    ],
)
def test_accepted_encodings_give_the_same_article(encoding: str, codec: str) -> None:
    text = a_set(a_record(title="<ArticleTitle>Café £ über.</ArticleTitle>")).decode()
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{text}'

    [article] = read_all(xml.encode(codec))

    assert article.title == "Café £ über."


def test_line_breaks_of_other_systems_change_nothing() -> None:
    xml = a_set(a_record()).replace(b"><", b">\n  <")

    assert read_all(xml.replace(b"\n", b"\r\n")) == read_all(xml)


@pytest.mark.parametrize("root", ["PubmedArticle", "MedlineCitation"])
def test_a_record_alone_is_read(root: str) -> None:
    record = a_record()
    alone = record[record.index(f"<{root}") : record.index(f"</{root}>")]

    [article] = read_all(f"{alone}</{root}>".encode())

    assert article.title == read_one(record).title


def test_a_prefix_declared_at_the_root_is_known_in_records() -> None:
    title = "<ArticleTitle>A <m:math><m:mi>x</m:mi></m:math></ArticleTitle>"
    space = "http://www.w3.org/1998/Math/MathML"
    xml = a_set(a_record(title=title)).replace(
        b"<PubmedArticleSet>", f'<PubmedArticleSet xmlns:m="{space}">'.encode()
    )

    [article] = read_all(xml)

    assert article.title == "A <mml:math><mml:mi>x</mml:mi></mml:math>"


def test_a_rejected_record_keeps_its_xml_and_the_others_are_read() -> None:
    bad = a_record(pmid="")
    counts = Counts()

    outcomes = read_all(a_set(a_record(), bad, a_record()), counts)

    assert [type(each) for each in outcomes] == [Article, Rejected, Article]
    assert outcomes[1].raw == bad.encode()
    assert (counts.seen, counts.articles, counts.rejected) == (3, 2, 1)


def test_more_authors_than_any_article_has_are_rejected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lxml_reader, "MAX_AUTHORS", 3)
    author = '<Author ValidYN="Y"><LastName>Quill</LastName></Author>'

    def listed(times: int) -> str:
        people = f'<AuthorList CompleteYN="Y">{author * times}</AuthorList>'
        return a_set(a_record(before=people)).decode()

    [three] = read_all(listed(3).encode())
    [four] = read_all(listed(4).encode())

    assert len(three.authors) == 3
    assert four == Rejected("The record has 4 authors.", four.raw, 99000001)


def test_a_pmid_twice_is_given_twice() -> None:
    """The last one wins in the store; nothing is dropped here."""
    assert len(read_all(a_set(a_record(), a_record()))) == 2


def test_very_many_unknown_names_are_counted_as_one() -> None:
    names = "".join(f"<New{number}/>" for number in range(1_500))
    counts = Counts()

    read_one(a_record(before=names), counts)

    assert len(counts.unknown) == 1_001
    assert counts.unknown.total() == 1_500


def test_counts_add_up_over_files() -> None:
    counts = Counts()

    read_all(a_set(a_record()), counts)
    read_all(a_set(a_record(), a_record(pmid="")), counts)

    assert (counts.seen, counts.articles, counts.rejected) == (3, 2, 1)


def test_records_come_before_the_file_is_at_its_end() -> None:
    """Memory stays constant: a block is read, its records are given."""
    xml = a_set(*[a_record()] * 5_000)
    file = io.BytesIO(xml)

    next(cutting.cut(file, Counts()))

    assert file.tell() <= cutting.BLOCK


def test_a_version_that_is_not_given_is_the_first() -> None:
    assert read_one(a_record(pmid="<PMID>99000001</PMID>")).version == 1


def test_a_record_without_article_is_not_kept() -> None:
    xml = a_set("<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation>")
    xml = xml.replace(b"</PubmedArticleSet>", b"</PubmedArticle></PubmedArticleSet>")

    [rejected] = read_all(xml)

    assert rejected.reason == "The record has no Article element."
    assert str(NotKept(rejected.reason)) == rejected.reason
