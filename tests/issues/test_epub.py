from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.test import Client
from lxml import etree
from msgspec.structs import replace

from made.shelf import shelve
from made.trials import trials
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.epub import MEDIA_TYPE, book
from ownjournal.issues.models import Issue
from ownjournal.pubmed.article import Markup
from ownjournal.readers import registry
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture
def issue(alice: Reader) -> Issue:
    made = compile_issue(alice, now=NOW)
    assert made is not None
    return made


def parts_of(content: bytes) -> dict[str, bytes]:
    """The files of a book, which is checked as the standard asks."""
    with ZipFile(BytesIO(content)) as file:
        first, *_ = file.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert content[38:58] == MEDIA_TYPE.encode()  # where programs look
        parts = {name: file.read(name) for name in file.namelist()}
    assert parts["mimetype"].decode() == MEDIA_TYPE
    container = etree.fromstring(parts["META-INF/container.xml"])
    [root] = container.xpath("//*[local-name()='rootfile']/@full-path")  # type: ignore[misc]
    package = etree.fromstring(parts[str(root)])
    items = {
        each.get("id"): each for each in package.findall(f"{OPF}manifest/{OPF}item")
    }
    named = {f"EPUB/{each.get('href')}" for each in items.values()}
    assert named | {"mimetype", "META-INF/container.xml", root} == set(parts)
    spine = [each.get("idref") for each in package.findall(f"{OPF}spine/{OPF}itemref")]
    assert spine
    assert set(spine) <= set(items)
    for name, part in parts.items():
        if name.endswith(".xhtml"):
            page = etree.fromstring(part)
            assert page.tag == f"{XHTML}html"
            assert page.findtext(f"{XHTML}head/{XHTML}title")
            assert not page.findall(f".//{XHTML}img")
            assert not page.findall(f".//{XHTML}script")
    [nav] = etree.fromstring(parts["EPUB/nav.xhtml"]).findall(f".//{XHTML}nav")
    assert nav.get(EPUB_TYPE) == "toc"
    links = [each.get("href") for each in nav.findall(f".//{XHTML}a")]
    assert {f"EPUB/{link}" for link in links} <= set(parts)
    return parts


def test_a_book_has_every_article_of_the_issue_and_ends(issue: Issue) -> None:
    parts = parts_of(book(issue))

    text = b"".join(part for name, part in parts.items() if name.endswith(".xhtml"))
    for row in issue.articles.all():
        assert text.count(f"/articles/{row.pmid}".encode()) == 1
        assert row.why.encode() in text
    assert b"You have reached the end of this issue." in parts["EPUB/end.xhtml"]


def test_the_same_issue_is_the_same_book(issue: Issue) -> None:
    assert book(issue) == book(Issue.objects.get())


def test_hostile_titles_leave_a_book_well_formed(alice: Reader) -> None:
    evil = Markup(
        "Fever ]]&gt; &lt;script&gt;x&lt;/script&gt; \u202e<sup>2</sup> & \x0b"
    )
    shelve(*(replace(each, title=evil) for each in trials(99_201_000, 3)), at=NOW)
    made = compile_issue(alice, now=NOW)
    assert made is not None
    made.articles.filter(position=2).update(
        title="\x01\x07<b>]]>", why="\x08<i>&\ufffe", pmid=99_999_999
    )

    parts = parts_of(book(made))

    assert b"<script" not in b"".join(parts.values())


def test_a_book_is_its_reader_s_alone(client: Client, issue: Issue) -> None:
    assert client.get("/issues/1.epub")["Location"] == "/sign-in"
    client.force_login(registry.add("bob@merrow.test"))
    assert client.get("/issues/1.epub").status_code == 404
    client.force_login(issue.reader)

    answer = client.get("/issues/1.epub")

    assert answer["Content-Type"] == MEDIA_TYPE
    assert 'filename="issue-1.epub"' in answer["Content-Disposition"]
    parts_of(answer.content)
