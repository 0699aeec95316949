"""BibTeX as bibtexparser reads it, with LaTeX decoded, and what it has to say."""

import re
from collections.abc import Callable
from typing import Any

import bibtexparser
from bibtexparser import middlewares

from pubmed import independent_citation
from pubmed.agreement import Fact, Facts
from pubmed.exports.truth import expected
from pubmed.independent import Said

LATEX = middlewares.LatexDecodingMiddleware()


def read(text: str) -> list[dict[str, Any]]:
    """Entry by entry, since a record that two files hold has one key in both."""
    return [_entry(each) for each in re.split(r"\n\n(?=@)", text)]


def _entry(text: str) -> dict[str, Any]:
    library = bibtexparser.parse_string(text, append_middleware=[LATEX])
    assert library.failed_blocks == []
    [entry] = library.entries
    return {field.key: field.value for field in entry.fields}


def printed(fact: Callable[[Said], str | None]) -> Callable[[Said], str | None]:
    """As LaTeX prints it: two hyphens are a dash, two apostrophes a closing quote."""

    def as_printed(said: Said) -> str | None:
        text = fact(said)
        if text is None:
            return None
        return type(text)(text.replace("--", "–").replace("''", "”"))

    return as_printed


def keywords(said: Said) -> str | None:
    return "; ".join(expected.subjects(said)) or None


def names(said: Said) -> str | None:
    """`Family, Suffix, Given and …`; "others" behind them where NLM lists the first."""
    found = [", ".join((each[0], *reversed(each[1:]))) for each in expected.names(said)]
    if found and not said.complete:
        found.append("others")
    return " and ".join(found) or None


def month(said: Said) -> str | None:
    date = expected.counts(said)
    return independent_citation.SHORT[date.month - 1].lower() if date.month else None


FACTS: Facts = {
    "title": Fact(printed(expected.title), lambda entry: entry["title"], 768),
    "authors": Fact(names, lambda entry: entry.get("author"), 746),
    "year": Fact(
        lambda said: str(expected.counts(said).year),
        lambda entry: entry.get("year"),
        768,
    ),
    "month": Fact(month, lambda entry: entry.get("month"), 627),
    "journal": Fact(
        printed(expected.journal),
        lambda entry: entry.get("journal") or entry.get("booktitle"),
        768,
    ),
    "volume": Fact(expected.volume, lambda entry: entry.get("volume"), 715),
    "issue": Fact(expected.number, lambda entry: entry.get("number"), 604),
    "pages": Fact(
        expected.pages,
        lambda entry: (entry.get("pages") or "").replace("–", "-") or None,
        737,
    ),
    "DOI": Fact(lambda said: said.doi, lambda entry: entry.get("doi"), 405),
    "PMID": Fact(lambda said: said.pmid, lambda entry: entry.get("pmid"), 768),
    "PMCID": Fact(lambda said: said.pmcid, lambda entry: entry.get("pmcid"), 143),
    "language": Fact(expected.language, lambda entry: entry.get("language"), 762),
    "abstract": Fact(
        printed(expected.abstract), lambda entry: entry.get("abstract"), 579
    ),
    "keywords": Fact(
        printed(keywords),
        lambda entry: entry.get("keywords"),
        696,
    ),
}
