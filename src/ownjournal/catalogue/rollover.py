"""NLM's new year: a new baseline replaces everything that came before it.

Its files are applied like any others; their keys are above all of the old
year's, so each record is replaced the moment its file arrives, and search and
reading go on. What the old year had and the new baseline no longer contains is
taken back at the end, in one transaction (docs/decisions/0005).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ownjournal.catalogue.merging import TAKEN_BACK, UNNUMBERED, Version
from ownjournal.catalogue.models import Article, Baseline, OtherVersion
from ownjournal.catalogue.writing import change
from ownjournal.pubmed.files import YEAR

MOST_VANISHED = 0.02  # of all live articles; above it a person must look
ROWS = 1_000


class TooManyVanished(Exception):
    """A baseline that lacks more of the known articles than can be right."""


def vanished(year: int) -> int:
    """How many live articles closing this baseline would take back."""
    return _older(Article, year).count()


def see_vanished(year: int, comes: Callable[[tuple[int, int]], bool]) -> None:
    """Raise TooManyVanished where a baseline that is still to come lacks too much.

    comes  whether a (PMID, version) is in those files of it that wait
    """
    older = _older(Article, year).values_list("pmid", "version")
    lost = sum(not comes(pair) for pair in older.iterator(chunk_size=ROWS))
    _see_few(year, lost)


def _see_few(year: int, lost: int) -> None:
    live = Article.objects.filter(live=True).count()
    if lost > MOST_VANISHED * live:
        raise TooManyVanished(
            f"The baseline of 20{year:02} lacks {lost:,} of {live:,} articles."
            " If that is right, close it by hand."
        )


def close_baseline(year: int, *, now: datetime, force: bool = False) -> Baseline:
    """Take back whatever the complete baseline of this year (two digits) lacks.

    Call it once all its files are applied. Articles from files without an NLM
    number stay. Raises TooManyVanished above `MOST_VANISHED`, unless forced;
    nothing is changed then.
    """
    with change() as writing:
        lost = vanished(year)
        if not force:
            _see_few(year, lost)
        older = _older_versions(year)
        for start in range(0, len(older), ROWS):
            writing.put(
                [
                    Version(pmid, version, year * YEAR, TAKEN_BACK)
                    for pmid, version in older[start : start + ROWS]
                ]
            )
        return Baseline.objects.create(
            year=year, closed_at=now, revision=writing.revision, vanished=lost
        )


def _older_versions(year: int) -> list[tuple[int, int]]:
    """(PMID, version) of all that older years wrote, in order."""
    return sorted(
        pair
        for model in (Article, OtherVersion)
        for pair in _older(model, year).values_list("pmid", "version")
    )


def _older(model: type[Article] | type[OtherVersion], year: int) -> "QuerySet[Any]":
    return model.objects.filter(
        live=True, file_key__gt=UNNUMBERED, file_key__lt=year * YEAR
    )
