"""Files that are refused as a whole, and that nothing happens on the way."""

import io
import socket
import threading
from collections.abc import Iterator

import pytest

from made.records import a_record, a_set, read_all
from ownjournal.pubmed import cutting
from ownjournal.pubmed.records import read_records
from ownjournal.pubmed.refusal import FileRefused

RECORD = a_record()


def refusal(xml: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_all(xml)
    return caught.value


def titled(title: str) -> bytes:
    return a_set(a_record(title=f"<ArticleTitle>{title}</ArticleTitle>"))


@pytest.mark.parametrize(
    ("xml", "code", "words"),
    [
        (b"", "EMPTY", "nothing in the file"),
        (b" \n\t ", "EMPTY", "nothing in the file"),
        (a_set(), "EMPTY", "no record"),
        (b"<PubmedArticleSet/>", "EMPTY", "no record"),
        (b"<!DOCTYPE html><html><body><p>404", "XML", "web page"),
        (b"<?xml version='1.0'?>\n<html></html>", "XML", "web page"),
        (b"<HTML>", "XML", "web page"),
        (b"<eSearchResult></eSearchResult>", "XML", "its root is eSearchResult"),
        (b"%PDF-1.4", "XML", "Line 1, column 1"),
        (a_set(RECORD)[:-1], "XML", "Line 1"),
        (a_set(RECORD) + b"<a/>", "XML", "Extra content"),
        (a_set(RECORD)[:300], "XML", "Premature end"),
        (a_set(RECORD, "<x></y>"), "XML", "mismatch"),
        (titled("<mml:math/>"), "XML", "column"),
        (titled("a &nbsp; b"), "ENTITY", "nbsp"),
        (titled("a\x01b"), "XML_CHAR", "column"),
        (titled("a&#1;b"), "XML_CHAR", "Line 1, column"),
        (titled("a&#xD800;b"), "XML_CHAR", "column"),
        (titled("a\x00b"), "XML_CHAR", "column"),
        (titled("a\ufffeb"), "XML_CHAR", "column"),
        (
            titled("a").replace(b"<ArticleTitle>a", b"<ArticleTitle>\xff"),
            "ENCODING",
            "",
        ),
        (
            b'<?xml version="1.0" encoding="UTF-7"?>' + a_set(RECORD),
            "ENCODING",
            "UTF-7",
        ),
        (b'<?xml version="1.0" encoding="tea"?>' + a_set(RECORD), "ENCODING", "tea"),
        (b'<?xml version="1.0" encoding=""?>' + a_set(RECORD), "ENCODING", "no enc"),
        ("\ufeff<a".encode("utf-16-le") + b"\x00\xd8\x00", "ENCODING", "UTF-16"),
        (titled("<i>" * 300 + "x" + "</i>" * 300), "XML_DEPTH", "at byte"),
        (titled("x" * 10_000_001), "XML", "limit"),
    ],
)
def test_a_bad_file_is_refused_with_its_code(xml: bytes, code: str, words: str) -> None:
    refused = refusal(xml)

    assert (refused.code, words in refused.message) == (code, True), refused.message


@pytest.mark.parametrize("before", ["", "\n\n  "])
def test_the_depth_that_is_too_much_is_named_by_its_byte(before: str) -> None:
    deep = "<i>" * 260 + "x" + "</i>" * 260
    xml = a_set(before, a_record(title=f"<ArticleTitle>{deep}</ArticleTitle>"))

    byte = int(refusal(xml).message.rstrip(".").split()[-1])

    outside = 5  # set, record, MedlineCitation, Article and ArticleTitle
    assert xml[:byte].count(b"<i>") == 256 - outside


def test_a_depth_that_libxml2_takes_is_read_to_its_bottom() -> None:
    [article] = read_all(titled("<i>" * 240 + "x" + "</i>" * 240))

    assert article.title == "<i>" * 240 + "x" + "</i>" * 240


LAUGHS = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;">]>'
)
SECRET = '<!DOCTYPE PubmedArticleSet [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE PubmedArticleSet [<!ENTITY % a SYSTEM "{address}"> %a;]>'


@pytest.mark.parametrize("prolog", [LAUGHS, SECRET, PARAMETER])
def test_a_file_with_entities_of_its_own_is_refused(prolog: str) -> None:
    record = a_record(title="<ArticleTitle>&d;&a;</ArticleTitle>")

    assert refusal(a_set(record, prolog=prolog)).code == "ENTITY"


@pytest.fixture
def listening() -> Iterator[tuple[str, list[object]]]:
    """The address of a server that only notes who came."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    visits: list[object] = []
    stopped = threading.Event()

    def listen() -> None:
        while not stopped.is_set():
            try:
                visits.append(server.accept())
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/pubmed.dtd", visits
    stopped.set()
    thread.join()
    server.close()


def test_no_dtd_and_no_entity_is_ever_fetched(
    listening: tuple[str, list[object]],
) -> None:
    address, visits = listening
    doctype = f'<!DOCTYPE PubmedArticleSet SYSTEM "{address}">'

    assert len(read_all(a_set(RECORD, prolog=doctype))) == 1
    refusal(a_set(RECORD, prolog=PARAMETER.format(address=address)))
    refusal(titled(f'<x xmlns:xi="a"/><xi:include href="{address}"/>'))
    assert visits == []


def test_too_many_records_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MAX_RECORDS", 3)

    assert len(read_all(a_set(*[RECORD] * 3))) == 3
    assert refusal(a_set(*[RECORD] * 4)).code == "RECORDS"


@pytest.mark.parametrize("filling", ["x", "<!-- -->", "<Author/>"])
def test_a_record_without_an_end_is_not_gathered_for_ever(
    monkeypatch: pytest.MonkeyPatch, filling: str
) -> None:
    monkeypatch.setattr(cutting, "BLOCK", 1_000)
    monkeypatch.setattr(cutting, "MAX_RECORD", 20_000)
    xml = b"<PubmedArticleSet><PubmedArticle>" + filling.encode() * 100_000

    file = io.BytesIO(xml)
    with pytest.raises(FileRefused) as caught:
        list(read_records(file))

    assert caught.value.code == "RECORD_SIZE"
    assert file.tell() < 100_000


def test_records_inside_each_other_are_refused() -> None:
    inside = RECORD.replace("</PubmedArticle>", f"{RECORD}</PubmedArticle>")

    assert refusal(a_set(inside)).code == "XML"
