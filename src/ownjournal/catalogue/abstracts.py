"""Abstracts as a page shows them: NLM's own, and others in other words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ownjournal.catalogue.languages import language_name, language_tag
from ownjournal.catalogue.registrations import numbers_in
from ownjournal.catalogue.safe_html import safe
from ownjournal.pubmed.article import Abstract, Article, OtherAbstract, Section
from ownjournal.pubmed.example import is_example

PLAIN_LANGUAGE = "plain-language-summary"
PARTNERS = {
    "AAMC": "the Association of American Medical Colleges",
    "AIDS": "AIDSLINE",
    "KIE": "the Kennedy Institute of Ethics",
    "NASA": "NASA",
    "PIP": "the Population Information Program",
}
"""Kinds of other abstracts that say which partner of NLM wrote them."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of an abstract; the heading as a page shows it."""

    heading: str | None
    html: SafeString


@dataclass(frozen=True, slots=True)
class AbstractView:
    """The abstract, or another one in other words."""

    name: str  # "Abstract", "Abstract in French", "Plain-language summary"
    tab: str  # the same in a word or two: "French", "In plain language"
    lang: str | None  # tag for a lang attribute; None: the page's own
    sections: tuple[SectionView, ...]
    copyright: str | None


def abstracts_view(article: Article) -> tuple[AbstractView, ...]:
    """NLM's abstract, then the others in NLM's order; none without any text."""
    own, others = article.abstract or Abstract(), article.other_abstracts
    numbers = _numbers(article)
    found = [
        AbstractView(
            "Abstract", "Abstract", None, _sections(own, numbers), own.copyright
        )
    ]
    for each in others:
        name, tab = abstract_name(each)
        tag = language_tag(each.language or "eng")
        sections = _sections(each, numbers)
        found.append(AbstractView(name, tab, tag, sections, each.copyright))
    return tuple(each for each in found if each.sections)


def abstract_name(abstract: OtherAbstract) -> tuple[str, str]:
    """What another abstract is called, and in a word or two."""
    language = language_name(abstract.language or "eng")
    if abstract.kind == PLAIN_LANGUAGE:
        name, tab = "Plain-language summary", "In plain language"
    elif abstract.kind in PARTNERS:
        name, tab = f"Abstract by {PARTNERS[abstract.kind]}", f"By {abstract.kind}"
    else:
        return f"Abstract in {language}", language
    foreign = abstract.language not in (None, "eng")
    return (f"{name} in {language}", f"{tab}, {language}") if foreign else (name, tab)


def _numbers(article: Article) -> dict[str, str]:
    """The numbers in its abstracts that are links, with their addresses.

    A number of an invented article leads nowhere.
    """
    if is_example(article.pmid):
        return {}
    sections = [each for other in article.other_abstracts for each in other.sections]
    if article.abstract is not None:
        sections += article.abstract.sections
    return numbers_in(sections, article.data_banks)


def _sections(
    abstract: Abstract | OtherAbstract, numbers: Mapping[str, str]
) -> tuple[SectionView, ...]:
    return tuple(_section(each, numbers) for each in abstract.sections)


def _section(section: Section, numbers: Mapping[str, str]) -> SectionView:
    heading = section.label
    if heading is not None and heading.isupper() and len(heading) > 4:
        heading = heading.capitalize()
    return SectionView(heading, safe(section.text, numbers))
