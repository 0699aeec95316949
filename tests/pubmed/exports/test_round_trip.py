"""What we write, a second program reads back with the same fields.

Readers: rispy, bibtexparser with pylatexenc, nbib, and Python's json and csv. Each
field of each article is compared with what the article itself says, cleaned by
the written rule of `clean` alone. White space is compared as one space.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bibtexparser
import nbib
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from made.articles import an_article
from made.hostile_articles import HOSTILE, hostile_articles
from ownjournal.pubmed.article import Article, Author, Markup
from ownjournal.pubmed.citation import is_whole_book, signers
from ownjournal.pubmed.exports.clean import line, paragraphs, words
from ownjournal.pubmed.exports.exported import (
    Exported,
    identifiers,
    marked_title,
    prefix,
    pubmed_number,
    warnings,
)
from ownjournal.pubmed.exports.formats import FORMATS
from ownjournal.pubmed.exports.place import numbering, pages
from ownjournal.pubmed.records import read_records
from pubmed import truth

Fields = dict[str, Any]
TAGS = re.compile("</?(?:b|i|sup|sub)>")
LIGATURES = re.compile("[-–—`'\"“”‘’!?¡¿^ˆ]+")  # LaTeX sets some of these together


def said(article: Article) -> Fields:
    """What the article says, in plain words."""
    own, issue, place = identifiers(article), article.journal_issue, pages(article)
    whole = issue or article.book
    people = [each for each in signers(article) if each.valid]
    return {
        "title": marked_title(article),
        "doi": line(own.doi),
        "pmid": pubmed_number(article),
        "pmcid": line(own.pmcid),
        "volume": numbering(whole.volume) if whole is not None else None,
        "issue": numbering(issue.number) if issue is not None else None,
        "pages": place.text if place is not None else None,
        "journal": _journal(article),
        "abstract": " ".join(paragraphs(article.abstract)),
        "authors": [name for each in people if (name := person(each))],
        "keywords": sorted(
            {text for each in article.keywords if (text := words(each.text))}
            | {text for each in article.mesh if (text := line(each.name))}
        ),
        "keywords_own": [
            ("*" if each.major else "") + text
            for each in article.keywords
            if (text := words(each.text))
        ],
        "warning": " ".join(warnings(Exported(article))),
    }


def _journal(article: Article) -> str | None:
    if (journal := article.journal) is None:
        return None
    short = journal.medline_abbreviation or journal.abbreviation
    return line(journal.title or short)


def person(author: Author) -> list[str]:
    """The words of a name in the order of the alphabet, as formats order them."""
    if group := words(author.group):
        return spelled(group.rstrip("."))
    last, suffix = line(author.last_name), line(author.suffix)
    fore = line(author.fore_name) or line(author.initials)
    known = last or fore
    return spelled(" ".join(filter(None, (last, fore, suffix)))) if known else []


def spelled(name: str) -> list[str]:
    return sorted(re.findall(r"[^\s,.]+", LIGATURES.sub("", name))) or [""]


def same(value: object) -> object:
    """Strings with one space for white space; nothing at all is "" and []."""
    if isinstance(value, list):
        return [same(each) for each in value]
    return " ".join(TAGS.sub("", str(value or "")).split())


def from_ris(text: str) -> Iterator[Fields]:
    for each in rispy.loads(text):
        ends = (each.get("start_page"), each.get("end_page"))
        yield {
            "title": each.get("title"),
            "doi": each.get("doi"),
            "pmid": each.get("accession_number"),
            "volume": each.get("volume"),
            "issue": each.get("number"),
            "pages": "-".join(end for end in ends if end),
            "abstract": each.get("abstract"),
            "authors": [*map(spelled, each.get("authors", ()))],
            "keywords": sorted(each.get("keywords", ())),
        }


def from_bibtex(text: str) -> Iterator[Fields]:
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors()])
    assert [each.raw for each in library.failed_blocks] == []
    for entry in library.entries:
        each = {field.key: field.value for field in entry.fields}
        names = [name for name in each.get("author", ()) if name != "others"]
        yield {
            "title": unlatex(each.get("title")),
            "doi": each.get("doi"),
            "pmid": each.get("pmid"),
            "pmcid": unlatex(each.get("pmcid")),
            "volume": unlatex(each.get("volume")),
            "pages": unlatex(each.get("pages")),
            "journal": unlatex(each.get("journal")),
            "abstract": unlatex(each.get("abstract")),
            "authors": [spelled(unlatex(name)) for name in names],
            "warning": unlatex(each.get("note")),
        }


def unlatex(value: str | None) -> str:
    for name, brace in (("left", "{"), ("right", "}")):  # pylatexenc lacks the names
        value = (value or "").replace(f"{{\\textbrace{name}}}", f"\\{brace}")
    text: str = LatexNodes2Text().latex_to_text(value)
    return LIGATURES.sub("-", text)


def from_nbib(text: str) -> Iterator[Fields]:
    for each in nbib.read(text):
        pmcid = each.get("pmcid")
        headings = {part["descriptor"] for part in each.get("descriptors", ())}
        yield {
            "title": each.get("title"),
            "doi": each.get("doi"),
            "pmid": str(each["pubmed_id"]),
            "pmcid": f"PMC{pmcid}" if pmcid else None,
            "volume": each.get("journal_volume"),
            "issue": each.get("journal_issue"),
            "journal": each.get("journal"),
            "abstract": each.get("abstract"),
            "mesh": sorted(heading for heading in headings if heading),
            "authors": [spelled(one["author"]) for one in each.get("authors", ())],
            "keywords_own": each.get("keywords", []),
        }


def from_csl_json(text: str) -> Iterator[Fields]:
    for each in json.loads(text):
        yield {
            "title": each.get("title"),
            "doi": each.get("DOI"),
            "pmid": each.get("PMID"),
            "pmcid": each.get("PMCID"),
            "volume": each.get("volume"),
            "issue": each.get("issue"),
            "pages": each.get("page"),
            "abstract": each.get("abstract"),
            "authors": [
                spelled(" ".join(name.values())) for name in each.get("author", ())
            ],
        }


def from_csv(text: str) -> Iterator[Fields]:
    file = io.StringIO(text.removeprefix("\ufeff"), newline="")
    for row in csv.DictReader(file, strict=True):
        assert None not in row
        yield {
            "title": row["title"],
            "doi": row["doi"],
            "pmcid": row["pmcid"],
            "volume": row["volume"],
            "issue": row["issue"],
            "pages": row["pages"],
            "journal": row["journal"],
            "abstract": row["abstract"],
            "warning": row["warning"],
        }


READERS: dict[str, Callable[[str], Iterator[Fields]]] = {
    "ris": from_ris,
    "bibtex": from_bibtex,
    "nbib": from_nbib,
    "csl-json": from_csl_json,
    "csv": from_csv,
}


def difference(code: str, article: Article, read: Fields) -> list[str]:
    """The fields in which what was read is not what the article says."""
    expected = said(article) | SAID_IN.get(code, lambda _: {})(article)
    alike = ALIKE.get(code, same)
    return [
        f"{article.pmid} {name}: {value!r} is not {expected[name]!r}"
        for name, value in read.items()
        if alike(same(value)) != alike(same(expected[name]))
    ]


def said_in_nbib(article: Article) -> Fields:
    """NLM's title as it is, any article's number; groups apart from persons."""
    people = [each for each in signers(article) if each.valid and not each.group]
    names = [name for each in people if (name := person(each))]
    if signers(article) and not article.authors_complete:
        names.append(["al", "et"])
    pmcid = (identifiers(article).pmcid or "").partition(".")[0]
    headings = (line(each.name) or "" for each in article.mesh)
    descriptors = (each.split("/")[0].lstrip("*") for each in headings)
    return {
        "title": line(prefix(article) + (words(article.title) or "")),
        "pmid": str(article.pmid),
        "pmcid": pmcid if re.fullmatch("PMC[0-9]+", pmcid) else None,
        "journal": line(article.journal.title) if article.journal else None,
        "authors": names,
        "mesh": sorted({each for each in descriptors if each}),
    }


def said_in_a_table(article: Article) -> Fields:
    """A chapter's book stands where the journal does."""
    if article.book is None or is_whole_book(article):
        return {}
    return {"journal": words(article.book.title)}


SAID_IN: dict[str, Callable[[Article], Fields]] = {
    "nbib": said_in_nbib,
    "csv": said_in_a_table,
}


def alike_in_latex(value: object) -> object:
    if isinstance(value, list):
        return value
    return "".join(LIGATURES.sub("-", unquote(str(value))).split())


def alike_in_a_table(value: object) -> object:
    """Without the apostrophes that make a cell harmless."""
    return str(value).replace("'", "")


ALIKE = {"bibtex": alike_in_latex, "csv": alike_in_a_table}


def differences(code: str, articles: Iterable[Article]) -> list[str]:
    articles = [*articles]
    exported = (Exported(each, address="https://j.example/1") for each in articles)
    text = "".join(FORMATS[code].write(exported)).encode().decode()
    read = [*READERS[code](text)]
    assert len(read) == len(articles)
    pairs = zip(articles, read, strict=True)
    return [
        each for article, fields in pairs for each in difference(code, article, fields)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("code", READERS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(articles=st.lists(hostile_articles, max_size=2, unique_by=lambda one: one.pmid))
def test_what_is_written_of_hostile_articles_is_read_back(
    code: str, articles: list[Article]
) -> None:
    assert differences(code, articles) == []


@pytest.mark.parametrize("code", READERS)
def test_each_hostile_text_in_every_place_is_read_back(code: str) -> None:
    for text in HOSTILE:
        article = an_article(
            pmid=1,
            title=Markup(text),
            abstract=text,
            authors=(Author(text, text, text), Author(group=Markup(text))),
        )

        assert differences(code, [article, an_article(pmid=2)]) == []


@pytest.mark.slow
@pytest.mark.parametrize("code", READERS)
def test_what_is_written_of_every_real_record_is_read_back(
    code: str, shared_data: Path
) -> None:
    articles = {  # of the versions of a record one, as keys are unique in a file
        each.pmid: each
        for path in truth.files(shared_data)
        for each in read_records(io.BytesIO(truth.content(path)))
        if isinstance(each, Article)
    }
    assert len(articles) >= 580

    assert differences(code, articles.values()) == []


def test_a_field_that_is_lost_is_found_out() -> None:
    article = an_article(pmid=1)

    assert difference("ris", article, {"volume": "8"}) == ["1 volume: '8' is not '7'"]
