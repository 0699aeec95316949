"""Every style by its id, and an article written in it."""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from ownjournal.pubmed.article import Article, Markup
from ownjournal.pubmed.citation import without_full_stop
from ownjournal.pubmed.example import MARK, is_example
from ownjournal.pubmed.exports import csl_json
from ownjournal.pubmed.exports.exported import prefix
from ownjournal.pubmed.markup import plain
from ownjournal.pubmed.styles import csl, pandoc
from ownjournal.pubmed.styles.ama import ama
from ownjournal.pubmed.styles.apa import apa
from ownjournal.pubmed.styles.headline import full_name
from ownjournal.pubmed.styles.names import roman
from ownjournal.pubmed.styles.nlm import nlm, vancouver
from ownjournal.pubmed.styles.rich import Formatted, escaped, formatted, joined

KEPT_CITATIONS = 2048  # of other styles, in each process


class Style(Struct, frozen=True):
    """A style to choose: the id in addresses, the name for people."""

    id: str
    name: str
    short: str  # as in "Copied in AMA style"


class UnknownStyle(LookupError):
    """There is no style of that id, or none but the main ones are installed."""


MAIN_STYLES = (
    Style("vancouver", "Vancouver/ICMJE", "Vancouver"),
    Style("nlm", "NLM", "NLM"),
    Style("ama", "AMA, 11th edition", "AMA"),
    Style("apa", "APA, 7th edition", "APA"),
)

ALIASES = {
    "icmje": "vancouver",
    "nlm-citation-sequence": "vancouver",
    "national-library-of-medicine": "nlm",
    "american-medical-association": "ama",
    "apa-7th-edition": "apa",
}
"""Names under which other programs know the main styles."""

_WRITERS: dict[str, Callable[[Article, str | None], Markup]] = {
    "vancouver": vancouver,
    "nlm": nlm,
    "ama": ama,
    "apa": apa,
}
_MAIN = {style.id: style for style in MAIN_STYLES}


def others_installed() -> bool:
    """Whether styles beside the main ones can be used here."""
    return csl.count() > 0 and pandoc.program() is not None


def named(style_id: str) -> Style:
    """The style of that id or alias; raises UnknownStyle."""
    style_id = ALIASES.get(style_id, style_id)
    if style_id in _MAIN:
        return _MAIN[style_id]
    if not others_installed() or csl.find(style_id) is None:
        raise UnknownStyle(style_id)
    name = csl.name(style_id)
    return Style(style_id, name, name)


def search(query: str, most: int = 50) -> list[Style]:
    """Styles by their names, main ones first."""
    asked = query.casefold().split()
    found = [
        style
        for style in MAIN_STYLES
        if asked and all(word in style.name.casefold() for word in asked)
    ]
    if others_installed():
        found += [
            Style(each.id, each.name, each.short or each.name)
            for each in csl.search(query, most)
            if each.id not in ALIASES and each.id not in _MAIN
        ]
    return found[:most]


def cite(article: Article, style_id: str, language: str | None = None) -> Formatted:
    """The article as one entry of a reference list, without a number.

    language  the name of a language that is not English, "German"

    The main styles take microseconds; others run a program and are kept. Raises
    UnknownStyle, pandoc.TooSlow, pandoc.NoAnswer.
    """
    style = named(style_id)
    writer = _WRITERS.get(style.id)
    if writer is None:
        return _by_program(article, style.id)
    told = writer(article, language)
    if is_example(article.pmid):
        told = joined(told, escaped(MARK), by=" ")
    return formatted(told)


def _by_program(article: Article, style_id: str) -> Formatted:
    found = csl.find(style_id)
    if found is None:
        raise UnknownStyle(style_id)
    items = json.dumps([_item(article)], ensure_ascii=False, sort_keys=True)
    return formatted(_kept(found.path, found.locale, items))


@lru_cache(maxsize=KEPT_CITATIONS)
def _kept(path: Path, locale: str | None, items: str) -> Markup:
    """By all that it is made of, so that no change of an article is missed."""
    return pandoc.written(path, locale, items)


def _item(article: Article) -> dict[str, Any]:
    """What a style may print; a retraction stands before the title."""
    found = csl_json.item(article)
    for unused in ("abstract", "keyword"):
        found.pop(unused, None)
    found["title"] = prefix(article) + found.get("title", "")
    for person in (*found.get("author", ()), *found.get("editor", ())):
        if suffix := roman(person.get("suffix")):
            person["suffix"] = suffix
    if article.journal is not None and (name := full_name(article.journal)):
        found["container-title"] = plain(name)
    elif isinstance(book := found.get("container-title"), str):
        found["container-title"] = without_full_stop(Markup(book))
    return found
