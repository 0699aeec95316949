"""Compose an issue: choose what one reader gets, and say why of each."""

from msgspec import Struct

RULES_VERSION = 1
"""Goes up with any change that could choose or order otherwise."""


class Chosen(Struct, frozen=True):
    """One article of an issue, with the facts that chose it."""

    pmid: int
    slot: str  # "lead", "practice" or "outside"
    interest: str | None  # Interest.key; None for what stands outside
    relevance: float  # in standard deviations over the pool, of its best interest
    quality: int
    significance: int
    terms: tuple[str, ...]  # at most 3, strongest first, all present in the article
    nearest_seed: int | None  # PMID
    why: str  # one true sentence


class Composition(Struct, frozen=True):
    """An issue before it is stored: lead first, then by falling score."""

    chosen: tuple[Chosen, ...]
    considered: int  # articles in the pool that could have been chosen
    rules_version: int
