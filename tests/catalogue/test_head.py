"""What programs read of an article page, read the way that they do."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from made.articles import an_article
from made.shelf import shelve
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue.head import HeadView, head_view, link_header
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed import fulltext
from ownjournal.pubmed.article import (
    Article,
    ArticleDate,
    Author,
    Book,
    Correction,
    Identifiers,
    Journal,
    JournalIssue,
    Keyword,
    Markup,
    Pagination,
    PubDate,
)
from ownjournal.pubmed.records import read_records

ADDRESS = "https://journal.example.org/articles/77"
EVIL = "</title></script><script>alert(1)</script>\r\nSet-Cookie: a=b\x00\u202e"


def head(article: Article) -> HeadView:
    free = any(link.free for link in fulltext.links(article))
    return head_view(Kept(article, judge(article), 1, 1), ADDRESS, free=free)


def tags(article: Article) -> dict[str, list[str]]:
    """Contents by name, without "citation_"."""
    found: dict[str, list[str]] = {}
    for tag in head(article).tags:
        found.setdefault(tag.name.removeprefix("citation_"), []).append(tag.content)
    return found


def told(article: Article) -> dict[str, Any]:
    """The JSON-LD."""
    text = head(article).json_ld
    assert text is not None
    loaded = json.loads(text)
    assert isinstance(loaded, dict)
    return loaded


def creators(names: list[str]) -> Iterator[tuple[str | None, str]]:
    """(first, last) as Zotero's Embedded Metadata reads tags of authors."""
    for name in names:
        people = re.split(r"\s*;\s*", name)
        if len(people) == 1 and len(names) == 1:
            parts = re.split(r"\s*,\s*", people[0])
            if len(parts) > 1 and " " in parts[0] and " " in parts[1]:
                people = parts
        for person in filter(None, people):
            whole = person.strip(" .,/[]:")
            if "," in person:
                last, *rest = re.split(", ?", whole)
                yield (rest[0] if rest else None), last
            else:
                first, _, last = whole.rpartition(" ")
                yield first or None, last


def an_author(last: str | None = None, fore: str | None = None, **more: Any) -> Author:
    return Author(last_name=last, fore_name=fore, **more)


def group(name: str) -> Author:
    return Author(group=Markup(name))


@pytest.mark.parametrize(
    ("author", "read"),
    [
        (an_author("Quillfeather", "Ada B"), ("Ada B", "Quillfeather")),
        (an_author("de la Merrow", "Ada"), ("Ada", "de la Merrow")),
        (an_author("Bog Fen", "Ada Tam"), ("Ada Tam", "Bog Fen")),
        (an_author("Bog", "Ada", suffix="Jr"), ("Ada Jr", "Bog")),
        (an_author("Bog", initials="AB"), ("AB", "Bog")),
        (an_author("Plato"), (None, "Plato")),
        (an_author("van Merrow"), (None, "van Merrow")),
        (an_author("Bog, Fen; Moor", "Ada"), ("Ada", "Bog Fen Moor")),
        (group("LOWER <i>Merrow</i> Group"), (None, "LOWER Merrow Group")),
        (group("the University, Merrow, Study Group"),) * 2,
    ],
    ids=str,
)
def test_a_reference_manager_reads_each_name_in_its_parts(
    author: Author, read: Any
) -> None:
    """Alone and among others. PMID 25908469 has a group with commas in its name."""
    if read is author:
        read = (None, "the University Merrow Study Group")
    other = an_author("Okonfold", "Tam")

    alone = tags(an_article(authors=(author,)))["author"]
    among = tags(an_article(authors=(author, other)))["author"]

    assert list(creators(alone)) == [read]
    assert list(creators(among)) == [read, ("Tam", "Okonfold")]


def test_places_and_orcid_follow_their_author() -> None:
    first = an_author(
        "Bog",
        "Ada",
        orcid="0000-0002-1825-0097",
        affiliations=(Markup("Ward &amp; Hall, Merrow. a@b.example"), Markup("Alder")),
    )
    withdrawn = an_author("Wrong", "Name", valid=False)

    found = head(an_article(pmid=77, authors=(first, withdrawn, an_author("Fen"))))

    people = [tag for tag in found.tags if tag.name.startswith("citation_author")]
    assert [(tag.name[9:], tag.content) for tag in people] == [
        ("author", "Bog, Ada"),
        ("author_institution", "Ward & Hall, Merrow."),
        ("author_institution", "Alder"),
        ("author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("author", "Fen"),
    ]


def test_so_many_authors_come_without_their_places() -> None:
    people = [an_author(f"N{n}", affiliations=(Markup("Merrow"),)) for n in range(51)]

    fifty = tags(an_article(authors=tuple(people[:50])))
    more = tags(an_article(authors=tuple(people)))

    assert len(fifty["author_institution"]) == 50
    assert "author_institution" not in more
    assert len(more["author"]) == 51


def test_so_many_authors_are_told_by_name_alone() -> None:
    people = tuple(an_author(f"N{n}", "Ada") for n in range(51))

    fifty = told(an_article(pmid=77, authors=people[:50]))
    more = told(an_article(pmid=77, authors=people))

    assert fifty["author"][49] == {
        "@type": "Person",
        "name": "Ada N49",
        "familyName": "N49",
        "givenName": "Ada",
    }
    assert more["author"][50] == {"@type": "Person", "name": "Ada N50"}


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        (PubDate(2017), "2017"),
        (PubDate(2017, 6), "2017/06"),
        (PubDate(2017, 6, 9), "2017/06/09"),
        (PubDate(2017, season="Summer"), "2017"),
        (PubDate(2017, printed="2017 Mar-Apr"), "2017/03"),
    ],
)
def test_a_date_is_as_precise_as_it_was_printed(printed: PubDate, date: str) -> None:
    article = an_article(
        pmid=77,
        journal_issue=JournalIssue(printed),
        article_dates=(ArticleDate("Electronic", PubDate(2016, 12, 30)),),
    )

    assert tags(article)["publication_date"] == [date]
    assert tags(article)["online_date"] == ["2016/12/30"]
    assert told(article)["datePublished"] == date.replace("/", "-")


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("1016-22", "1016", "1022"),
        ("S12-S18", "S12", "S18"),
        ("9724371", "9724371", None),
        ("100-4; discussion 104-5", "100", "104"),
        ("251", "251", None),
    ],
)
def test_pages_are_whole_and_an_article_number_is_a_first_page(
    printed: str, first: str, last: str | None
) -> None:
    found = tags(an_article(pagination=Pagination(printed)))

    assert found["firstpage"] == [first]
    assert found.get("lastpage") == ([last] if last else None)


def test_the_rest_of_a_journal_article() -> None:
    article = an_article(
        pmid=77,
        title="H<sub>2</sub>O for <i>fever</i> &amp; falls.",
        vernacular_title=Markup("Wasser."),
        languages=("ger",),
        journal=Journal("J of Merrow", "J Merrow", "J Merr", issn="9999-0001"),
        journal_issue=JournalIssue(PubDate(2025), volume="7", number="2 ( Pt 1)"),
        identifiers=Identifiers("10.5555/a<b>", "PMC77"),
        keywords=(Keyword(Markup("fever; high"), None), Keyword(Markup("falls"), None)),
        abstract={"METHODS": "We <i>drank</i> it.", "RESULTS": "It helped."},
    )

    found = tags(article)

    assert {name: values for name, values in found.items() if name != "author"} == {
        "title": ["H2O for fever & falls"],
        "publication_date": ["2025"],
        "journal_title": ["J of Merrow"],
        "journal_abbrev": ["J Merrow"],
        "issn": ["9999-0001"],
        "volume": ["7"],
        "issue": ["2 (Pt 1)"],
        "doi": ["10.5555/a<b>"],
        "pmid": ["77"],
        "pmcid": ["PMC77"],
        "language": ["de"],
        "keywords": ["fever, high; falls"],
        "abstract": ["METHODS: We drank it. RESULTS: It helped."],
        "abstract_html_url": [ADDRESS],
        "public_url": [ADDRESS],
    }
    assert told(article)["isPartOf"]["isPartOf"]["isPartOf"] == {
        "@type": "Periodical",
        "name": "J of Merrow",
        "alternateName": "J Merrow",
        "issn": ["9999-0001"],
    }
    assert told(article)["sameAs"] == [
        "https://pubmed.ncbi.nlm.nih.gov/77/",
        "https://doi.org/10.5555/a%3Cb%3E",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC77/",
    ]


BOOK = Book(
    title=Markup("Fever and <i>falls</i>"),
    publisher="Merrow Press",
    date=PubDate(2024),
    editors=(Author(last_name="Moor", fore_name="Ada Tam"),),
    isbns=("9789999990011", "9789999990028"),
)


def test_a_chapter_stands_in_its_book() -> None:
    article = an_article(pmid=77, journal=None, journal_issue=None, book=BOOK)

    found = tags(article)

    assert found["book_title"] == ["Fever and falls"]
    assert found["editor"] == ["Moor, Ada Tam"]
    assert found["publisher"] == ["Merrow Press"]
    assert found["isbn"] == ["9789999990011", "9789999990028"]
    assert found["publication_date"] == ["2024"]
    assert told(article)["@type"] == "Chapter"
    assert told(article)["isPartOf"]["name"] == "Fever and falls"


def test_a_whole_book_is_a_book() -> None:
    article = an_article(
        pmid=77, title=None, journal=None, journal_issue=None, book=BOOK
    )

    assert tags(article)["title"] == ["Fever and falls"]
    assert "book_title" not in tags(article)
    assert told(article)["@type"] == "Book"
    assert "isPartOf" not in told(article)


def test_an_invented_article_gives_no_identifier() -> None:
    article = an_article(
        pmid=99_000_001,
        authors=(an_author("Bog", orcid="0000-0002-1825-0097"),),
        book=BOOK,
    )
    given = {tag.name for tag in head(article).tags}

    assert head(article).json_ld is None
    assert {"citation_title", "citation_author"} <= given
    for name in ("doi", "pmid", "pmcid", "issn", "isbn", "author_orcid"):
        assert f"citation_{name}" not in given
    assert "orcid" not in link_header(article, ADDRESS)
    assert f'<{ADDRESS}>; rel="cite-as"' in link_header(article, ADDRESS)


def test_a_retraction_and_a_free_text_are_told() -> None:
    article = an_article(
        pmid=77,
        identifiers=Identifiers(pmcid="PMC77"),
        corrections=(Correction("RetractionIn", pmid=78),),
    )

    assert told(article)["creativeWorkStatus"] == "Retracted"
    assert told(article)["isAccessibleForFree"] is True
    assert "isAccessibleForFree" not in told(an_article(pmid=77))


def test_an_article_is_cited_by_its_doi_or_else_by_its_page() -> None:
    with_doi = an_article(
        pmid=77,
        identifiers=Identifiers("10.1000/a<b>;(c),\r\nX: y\x00"),
        authors=(an_author("Bog", orcid="0000-0002-1825-0097"),),
    )
    ugly = an_article(pmid=77, identifiers=Identifiers("10.1000/a<b>;(c),é"))

    assert link_header(ugly, ADDRESS).split(", ")[:3] == [
        f'<{ADDRESS}>; rel="canonical"',
        '<https://doi.org/10.1000/a%3Cb%3E%3B%28c%29%2C%C3%A9>; rel="cite-as"',
        f'<{ADDRESS}.ris>; rel="describedby"; '
        'type="application/x-research-info-systems"',
    ]
    # what has a line break in it is no DOI
    assert f'<{ADDRESS}>; rel="cite-as"' in link_header(with_doi, ADDRESS)
    assert '<https://orcid.org/0000-0002-1825-0097>; rel="author"' in (
        link_header(with_doi, ADDRESS)
    )


def test_a_header_is_no_place_for_many_authors() -> None:
    authors = (an_author("Bog", orcid="0000-0002-1825-0097"),) * 21

    assert "author" not in link_header(an_article(pmid=77, authors=authors), ADDRESS)
    assert "author" in link_header(an_article(pmid=77, authors=authors[:20]), ADDRESS)


@given(st.text() | st.sampled_from([EVIL, f"10.1000/{EVIL}"]))
def test_no_text_splits_a_header_or_ends_a_script(text: str) -> None:
    article = an_article(
        pmid=77,
        title=text,
        authors=(an_author(text, text, orcid=text), group(text)),
        identifiers=Identifiers(text, text),
        journal=Journal(text, text, text, issn=text),
    )

    header = link_header(article, ADDRESS)

    assert header.isascii() and header.isprintable()
    json_ld = head(article).json_ld
    assert json_ld is not None and not set("<>&") & set(json_ld)
    assert isinstance(json.loads(json_ld), dict)
    assert all(tag.content.isprintable() or text for tag in head(article).tags)
    assert not any("\n" in tag.content for tag in head(article).tags)


@pytest.mark.django_db
def test_the_page_carries_all_of_it_and_no_more(client: Client) -> None:
    evil = Markup(EVIL)
    article = an_article(
        pmid=77, title=evil, authors=(an_author(EVIL, "Ada"),), abstract=EVIL
    )
    shelve(article)

    response = client.get("/articles/77")

    root = html.document_fromstring(response.text)
    metas = [
        (each.get("name"), each.get("content"))
        for each in root.iterfind("head/meta")
        if (each.get("name") or "").startswith("citation_")
    ]
    here = response.context["page"].head
    assert metas == [(tag.name, tag.content) for tag in here.tags]
    [data] = root.xpath("//script[@type='application/ld+json']")
    assert json.loads(data.text)["url"].endswith("/articles/77")
    assert len(root.xpath("//script[not(@src)]")) == 1
    assert "Z3988" not in response.text  # COinS are for lists
    assert response["Link"].startswith("<")


@pytest.mark.django_db
def test_every_address_that_describes_it_answers_in_the_form_it_says(
    client: Client,
) -> None:
    shelve(an_article(pmid=77))

    header = client.get("/articles/77")["Link"]

    found = re.findall(
        r'<https?://[^/>]+(/[^>]+)>; rel="describedby"; type="([^"]+)"', header
    )
    assert {path.rpartition(".")[2] for path, _ in found} == {
        *("ris", "bib", "nbib", "json", "csv", "txt")
    }
    for path, media_type in found:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["Content-Type"].partition(";")[0] == media_type


@pytest.mark.django_db
def test_a_reference_manager_that_asks_by_unapi_gets_this_article_alone(
    client: Client,
) -> None:
    shelve(an_article(pmid=77))
    root = html.document_fromstring(client.get("/articles/77").text)

    [server] = root.xpath("//head/link[@rel='unapi-server']/@href")
    [identifier] = root.xpath("//abbr[@class='unapi-id']/@title")
    path = re.sub(r"^https?://[^/]+", "", server)
    answer = client.get(path, {"id": identifier, "format": "ris"})

    assert answer.status_code == 200
    assert b"77" in b"".join(answer)


@pytest.mark.django_db
def test_the_text_names_the_page_as_the_one_to_find(client: Client) -> None:
    shelve(an_article(pmid=77))

    link = client.get("/articles/77.txt")["Link"]

    assert re.fullmatch(r'<https?://[^>]+/articles/77>; rel="canonical"', link)


def test_the_sample_article_is_told_right(shared_data: Path) -> None:
    """PMID 28706741."""
    path = shared_data / "pubmed" / "sample_article" / "28706741.xml"
    with path.open("rb") as file:
        [article] = read_records(file)
    assert isinstance(article, Article)

    found = tags(article)

    assert found["publication_date"] == ["2017"]
    assert found["online_date"] == ["2017/06/19"]
    assert (found["volume"], found["firstpage"]) == (["2017"], ["9724371"])
    assert found["doi"] == ["10.1155/2017/9724371"]
    assert found["pmcid"] == ["PMC5494581"]
    told_of = "\n".join(tag.content for tag in head(article).tags).split("Wang, Yicun")
    assert "Birmingham" in told_of[1].split("Cui, Ranji")[0]
    assert "Birmingham" not in told_of[0]
    assert told(article)["datePublished"] == "2017"
    assert '<https://doi.org/10.1155/2017/9724371>; rel="cite-as"' in (
        link_header(article, ADDRESS)
    )
