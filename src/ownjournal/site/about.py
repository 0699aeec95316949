"""How it works: the rules that judge and choose, told from the rules themselves."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownjournal.appraisal.designs import DESIGNS, design_named
from ownjournal.appraisal.judge import RULES_VERSION
from ownjournal.appraisal.levels import LEVELS, QUESTIONS
from ownjournal.appraisal.signs import (
    DESIGN_POINTS,
    HIGH_QUALITY,
    HIGH_SIGNIFICANCE,
    KINDS,
    SIZE_POINTS,
)


@dataclass(frozen=True, slots=True)
class DesignRow:
    """A study design and the points it earns by itself."""

    name: str
    explanation: str
    quality: int
    significance: int


@dataclass(frozen=True, slots=True)
class SignRow:
    """A further sign and its points."""

    name: str
    quality: int
    significance: int


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The levels of a design."""

    design: str
    levels: tuple[str, ...]  # one for each question; "–" where there is none


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Everything about.html may use."""

    rules_version: int
    designs: tuple[DesignRow, ...]  # the most trusted first
    signs: tuple[SignRow, ...]
    questions: tuple[str, ...]
    levels: tuple[LevelRow, ...]
    high_quality: int
    high_significance: int


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """How it works."""
    return render(request, "about.html", {"page": about_page()})


@cache
def about_page() -> AboutPage:
    """The same until the program changes."""
    ordered = sorted(DESIGNS.values(), key=lambda design: design.rank)
    return AboutPage(
        rules_version=RULES_VERSION,
        designs=tuple(
            DesignRow(each.name, each.explanation, *DESIGN_POINTS[each.code])
            for each in ordered
        ),
        signs=_signs(),
        questions=tuple(QUESTIONS.values()),
        levels=_levels(),
        high_quality=HIGH_QUALITY,
        high_significance=HIGH_SIGNIFICANCE,
    )


def _signs() -> tuple[SignRow, ...]:
    """Sizes first, then the signs whose points are fixed."""
    sizes = [
        SignRow(f"{least:,} people or more", quality, significance)
        for least, quality, significance in SIZE_POINTS
    ]
    fixed = [
        SignRow(kind.name, kind.quality, kind.significance)
        for kind in KINDS.values()
        if kind.quality or kind.significance
    ]
    return (*sizes, *fixed)


def _levels() -> tuple[LevelRow, ...]:
    designs = dict.fromkeys(code for table in LEVELS.values() for code in table)
    rows = [
        LevelRow(
            design_named(code).name,
            tuple(str(LEVELS[question].get(code, "–")) for question in QUESTIONS),
        )
        for code in designs
    ]
    return tuple(sorted(rows, key=lambda row: min(row.levels)))
