"""How articles are appraised and chosen: the page, made from the rules that run.

What is written here is what numbers cannot say. Tables, points, thresholds,
constants and the rules' own words are read from their modules (`rule_tables`,
`documented`); models show their cards. A rule that changes, changes the page.
"""

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ownjournal import appraisal, ranking
from ownjournal.appraisal import judge, levels, signs, variety
from ownjournal.catalogue import worth
from ownjournal.catalogue.pages import DIGEST_ROLES
from ownjournal.catalogue.spread import HighShares, high_shares
from ownjournal.issues import compile as compiling
from ownjournal.issues import worth as relevance
from ownjournal.ranking import issue
from ownjournal.readers import models as readers
from ownjournal.site import rule_tables as tables
from ownjournal.site.documented import Documented, documented
from ownjournal.site.models_told import ModelRow, model_rows

NO_RULES = frozenset(
    {
        "appraisal.judge",
        "appraisal.passage",
        "appraisal.reading",
        "appraisal.rule",
        "appraisal.sentence_teaching",
        "appraisal.teaching",
        "appraisal.training",
        "appraisal.verdict",
        "ranking.candidate",
        "ranking.explain",
        "ranking.many",
    }
)
"""Modules that decide nothing by themselves, or only while a model is trained."""

SECTIONS = {
    "appraisal": "design",
    "appraisal.levels": "level",
    "appraisal.signs": "points",
    "appraisal.evidence": "points",
    "appraisal.registries": "points",
    "appraisal.integrity": "integrity",
    "appraisal.later": "integrity",
    "appraisal.digest": "digest",
    "appraisal.sentences": "digest",
    "appraisal.model": "models",
    "appraisal.features": "models",
    "appraisal.sentence_features": "models",
    "ranking": "relevance",
    "ranking.issue": "issue",
    "ranking.slots": "issue",
    "ranking.places": "issue",
    "ranking.duplicates": "issue",
    "ranking.exploring": "issue",
    "ranking.reasons": "issue",
    "catalogue.worth": "points",
    "issues.worth": "relevance",
    "issues.compile": "issue",
}
"""The part of the page that tells a module; of others, that of their package."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many points a value is told by which word."""

    name: str
    high: str
    some: str


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Everything rules.html may use."""

    appraisal_version: int
    issue_version: int
    thresholds: tuple[Threshold, ...]
    shares: str | None  # a sentence; None while nothing is here to be counted
    designs: tuple[tables.DesignRow, ...]  # the most trusted first
    varieties: tuple[str, ...]  # names of what a trial can be
    order: tuple[tables.OrderRow, ...]
    precision: tuple[tables.Told, ...]  # how often rules are right, as measured
    signs: tuple[tables.SignRow, ...]
    questions: tuple[str, ...]
    levels: tuple[tables.LevelRow, ...]
    without_level: tuple[tables.Told, ...]
    integrity: tuple[tables.Told, ...]
    roles: tuple[str, ...]  # of the sentences of a digest
    places: tuple[tables.Told, ...]  # of an issue
    length: int  # articles of an issue, where its reader asks for no other number
    most: int  # that a reader may ask for
    models: tuple[ModelRow, ...]  # none: rules alone
    words: dict[str, tuple[Documented, ...]]  # by section, the rules' own


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """How articles are appraised and chosen."""
    return render(request, "rules.html", {"page": rules_page(high_shares())})


@require_safe
def moved(request: HttpRequest) -> HttpResponse:
    """From the address that the page once had."""
    return redirect("appraisal", permanent=True)


def rules_page(shares: HighShares) -> RulesPage:
    """The page; `shares`: what is high among the articles that came in last."""
    length = readers.Reader._meta.get_field("issue_length").default
    return RulesPage(
        appraisal_version=judge.RULES_VERSION,
        issue_version=issue.RULES_VERSION,
        thresholds=tuple(_thresholds()),
        shares=_shares(shares),
        designs=tables.design_rows(),
        varieties=tuple(variety.VARIETIES.values()),
        order=tables.order_rows(),
        precision=tables.precision_rows(),
        signs=tables.sign_rows(),
        questions=tuple(levels.QUESTIONS.values()),
        levels=tables.level_rows(),
        without_level=tables.without_level(),
        integrity=tables.integrity_rows(),
        roles=tuple(DIGEST_ROLES.values()),
        places=tables.place_rows(length),
        length=length,
        most=readers.MOST_ARTICLES,
        models=model_rows(),
        words=own_words(),
    )


def _thresholds() -> Iterator[Threshold]:
    for name, high in (
        ("Quality", signs.HIGH_QUALITY),
        ("Significance", signs.HIGH_SIGNIFICANCE),
        ("Relevance", relevance.HIGH_RELEVANCE),
    ):
        yield Threshold(name, f"{high:g}", f"{high * worth.SOME:g}")


def _shares(shares: HighShares) -> str | None:
    if not shares.articles:
        return None
    quality, significance = (
        f"{100 * number / shares.articles:.1f}\u00a0%"
        for number in (shares.quality, shares.significance)
    )
    return (
        f"Of the {shares.articles:,} articles that came in last here, {quality} are "
        f"high in quality and {significance} in significance."
    )


def own_words() -> dict[str, tuple[Documented, ...]]:
    """What each module of rules says of itself, by section."""
    found: dict[str, list[Documented]] = {}
    for module in rule_modules():
        name = module.__name__.removeprefix("ownjournal.")
        package = name.partition(".")[0]
        section = SECTIONS.get(name) or SECTIONS[package]
        found.setdefault(section, []).append(documented(module))
    return {section: tuple(told) for section, told in found.items()}


@cache
def rule_modules() -> tuple[ModuleType, ...]:
    """All modules of appraisal and ranking but NO_RULES, and the few beside them."""
    names = [
        each.name.removeprefix("ownjournal.")
        for package in (appraisal, ranking)
        for each in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    modules = [
        import_module(f"ownjournal.{name}") for name in names if name not in NO_RULES
    ]
    return (*modules, worth, relevance, compiling)
