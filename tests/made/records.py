"""XML of single records, and what was read from it as JSON.

A record is made from the parts that a test is about; all the rest is as plain
as NLM's DTD allows.
"""

import io
from typing import Any

from msgspec import UNSET, Struct
from msgspec.structs import fields

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.outcome import Counts
from ownjournal.pubmed.records import read_records

PMID = '<PMID Version="1">99000001</PMID>'
PUB_DATE = "<Year>2026</Year>"
DOCTYPE = (
    "<!DOCTYPE PubmedArticleSet PUBLIC"
    ' "-//NLM//DTD PubMedArticle, 1st January 2025//EN"'
    ' "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">'
)


def a_record(
    *,
    pmid: str = PMID,
    title: str = "<ArticleTitle>Tea in Lower Merrow.</ArticleTitle>",
    date: str = PUB_DATE,
    before: str = "",
    article: str = "",
    citation: str = "",
    data: str = "",
    attributes: str = 'Status="MEDLINE" Owner="NLM"',
) -> str:
    """A PubmedArticle; `before` stands before the authors' place in Article,
    `article`, `citation` and `data` at the ends of those elements."""
    return (
        f"<PubmedArticle><MedlineCitation {attributes}>{pmid}"
        '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print">'
        f"<PubDate>{date}</PubDate></JournalIssue><Title>Invented tea</Title></Journal>"
        f"{title}{before}<Language>eng</Language>{article}</Article>"
        "<MedlineJournalInfo><MedlineTA>Invent Tea</MedlineTA></MedlineJournalInfo>"
        f"{citation}</MedlineCitation><PubmedData>"
        f"<PublicationStatus>ppublish</PublicationStatus>{data}"
        "</PubmedData></PubmedArticle>"
    )


def a_set(*records: str, root: str = "PubmedArticleSet", prolog: str = "") -> bytes:
    return f"{prolog}<{root}>{''.join(records)}</{root}>".encode()


def read_all(xml: bytes, counts: Counts | None = None) -> list[Any]:
    return list(read_records(io.BytesIO(xml), counts))


def read_one(record: str, counts: Counts | None = None) -> Article:
    """The one article of a record that must be one."""
    [article] = read_all(a_set(record), counts)
    assert isinstance(article, Article), article
    return article


def as_json(value: object) -> object:
    """What differs from the defaults, by field name; tuples as lists."""
    if isinstance(value, Struct):
        shown: dict[str, object] = {}
        for field in fields(value):
            part = getattr(value, field.name)
            default = field.default
            if part is not None and (default is UNSET or part != default):
                shown[field.name] = as_json(part)
        return shown
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
    if isinstance(value, bytes):
        return value.decode()
    return value
