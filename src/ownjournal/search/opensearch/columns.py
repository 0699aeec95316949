"""How an article lies in the cluster: the mapping, and a document as one row.

The terms are made here, by `analysis`, as for the embedded index, and sent with spaces
between them: the cluster cuts at spaces and does nothing more, so that both engines
hold the same terms at the same places.

A row is written once and never changed. It says from which commit on it is to be seen;
the row of a later commit with the same PMID takes its place when that commit is
published, at one moment for all shards: see `state`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ownjournal.search import tallies
from ownjournal.search.analysis import words
from ownjournal.search.columns import TEXTS, best_key, class_code, newest_key, texts
from ownjournal.search.document import DATED, Document
from ownjournal.search.standing import evidence_class, weight
from ownjournal.search.subjects import subjects

SCHEMA_VERSION = 2
"""Goes up with every change of columns, codes or analysis; then all is rebuilt."""

WRITABLE = (SCHEMA_VERSION,)
READABLE = (1, SCHEMA_VERSION)
"""An index of an earlier version answers until the new one is built."""

LONGEST = 8_000
"""Characters of a term; the engine refuses those of more than 32,766 bytes."""

NOTHING = "\u2400"
"""Stands in scored columns of articles that have no words there. BM25 counts as all
only those that have the column, and the embedded index counts every article."""

_SCORED = ("title", "text")

CLAUSES = 65_536
"""Parts of one query; a reader's thousand words in all their forms are many."""


def index_settings(shards: int, replicas: int) -> dict[str, Any]:
    """Settings of an index: nothing is to be seen before a commit refreshes it."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "max_regex_length": 100_000,
        "max_terms_count": 1_000_000,
        "analysis": {
            "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 32_766}},
            "analyzer": {"terms": {"type": "custom", "tokenizer": "spaces"}},
        },
    }


def _fact(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, **more}


def mapping() -> dict[str, Any]:
    """The columns; others are refused. No text of an article is stored."""
    text = _fact("text", analyzer="terms", position_increment_gap=1)
    number = _fact("integer")
    tally = _fact("keyword", index=False, ignore_above=LONGEST)
    return {
        "dynamic": "strict",
        "_source": {"includes": ["state", "pmids"]},
        "properties": {
            **dict.fromkeys(TEXTS, text),
            "codes": _fact("keyword", doc_values=False, ignore_above=LONGEST),
            "said": _fact("keyword", index=False, ignore_above=LONGEST),
            "pmid": _fact("long"),
            "since": _fact("long"),
            "revision": _fact("long", index=False),
            "newest": _fact("long"),
            "best": _fact("long"),
            "evidence": number,
            "standing": _fact("double", index=False),
            "published": number,
            **dict.fromkeys(DATED, number),
            **dict.fromkeys((*tallies.NAMES, *tallies.MANY.values()), tally),
            # of rows that are no articles: `state`
            "state": {"type": "object", "enabled": False},
            "pmids": _fact("long", index=False, doc_values=False),
        },
    }


def row(document: Document, since: int) -> dict[str, Any]:
    """A document as the engine takes it, to be seen from a commit on."""
    evidence = evidence_class(document)
    made: dict[str, Any] = {
        "pmid": document.pmid,
        "since": since,
        "revision": document.revision,
        "newest": newest_key(document),
        "best": best_key(document),
        "evidence": evidence,
        "standing": weight(document),
        "codes": [*document.codes, *_own_codes(document, evidence)],
        "published": [day.toordinal() for day in document.published_on],
        **tallies.cells(document, evidence),
    }
    for tag, day in document.dated:
        made.setdefault(tag, []).append(day.toordinal())
    for column, found in texts(document):
        made[column] = list(_lines(found)) or _nothing(column)
    for subject, value in subjects(document):
        made.setdefault(tallies.MANY[subject], []).append(value)
    made["said"] = sorted({word for line in made["text"] for word in line.split()})
    return made


def _nothing(column: str) -> list[str]:
    return [NOTHING] if column in _SCORED else []


def _own_codes(document: Document, evidence: int) -> list[str]:
    years = {f"year:{day.year}" for day in document.published_on}
    return [class_code(evidence), *sorted(years)]


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """The terms of each text, with spaces between."""
    for text in texts:
        terms = [term for term in words(text) if len(term) <= LONGEST]
        if terms:
            yield " ".join(terms)
