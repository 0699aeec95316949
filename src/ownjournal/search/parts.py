"""What an engine must be able to look for, so that every index finds the same.

`lowering` decides what a query means and makes it of these parts; `tantivy_parts` and
`opensearch_parts` say how an engine looks for each. Columns and codes are those of
`columns` and `codes`, and terms are cut by `analysis`, in every engine.
"""

import math
from collections.abc import Sequence
from typing import Protocol, TypeVar

Q = TypeVar("Q")


class Parts(Protocol[Q]):
    """Makes the engine's queries, for one state of its index."""

    def total(self) -> int:
        """How many articles the index has."""

    def frequencies(self, column: str, terms: Sequence[str]) -> dict[str, int]:
        """How many articles have each term there; those that none has are left out."""

    def sequence(self, column: str, terms: Sequence[str]) -> Q:
        """A term, or several next to each other in this order, scored by BM25."""

    def near(self, column: str, terms: Sequence[str], distance: int) -> list[Q]:
        """Different terms in any order, at most so many others among them."""

    def begun(self, column: str, beginnings: Sequence[str]) -> list[Q]:
        """What has terms that begin with any of these."""

    def begun_sequence(self, column: str, terms: Sequence[str], last: str) -> Q:
        """Terms next to each other, and behind them one that begins so."""

    def codes(self, codes: Sequence[str]) -> list[Q]:
        """What has any of these codes."""

    def named(self, codes: Sequence[str], score: float) -> list[Q]:
        """The same, each code with about this score."""

    def patterns(self, patterns: Sequence[str]) -> list[Q]:
        """What has a code that one of these regular expressions fits as a whole.

        Their language: characters, `\\` before one that means itself, `.*`, groups,
        `|` and `?`.
        """

    def pmids(self, pmids: Sequence[int]) -> list[Q]:
        """The articles with these numbers."""

    def between(self, column: str, low: int, high: int) -> Q:
        """What has a number from low to high there."""

    def prefers_codes(self, years: Sequence[int]) -> bool:
        """Whether whole years are found faster by their codes than by their days,
        where other parts of the query leave few articles."""

    def every(self) -> Q:
        """All articles."""

    def nothing(self) -> Q:
        """No article."""

    def any_of(self, parts: Sequence[Q]) -> Q:
        """What any of one or more parts finds; scores are added."""

    def all_of(self, parts: Sequence[Q]) -> Q:
        """What each of one or more parts finds; scores are added."""

    def without(self, kept: Q, removed: Q) -> Q:
        """What the first finds and the second does not."""

    def boosted(self, part: Q, weight: float) -> Q:
        """The same with its scores times a weight."""

    def constant(self, part: Q, score: float) -> Q:
        """The same with one score for all that it finds."""


def rarity(count: int, total: int) -> float:
    """BM25's weight of a term that so many of all articles have."""
    total = max(total, count)
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
