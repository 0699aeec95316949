"""Places: give the places of an issue away, one offer at a time.

An article gets none if the work was shown, or if its section of a journal has
enough of them. What is refused is kept with the rule that refused it, so that an
explanation tells what happened and not what may have.
"""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from ownjournal.ranking.candidate import OF_OTHERS, Candidate
from ownjournal.ranking.duplicates import Shown
from ownjournal.ranking.pool import Pool

MOST_OF_A_SECTION = 2

_SECTIONS = {
    **dict.fromkeys(OF_OTHERS, "reviews and guidelines"),
    "case-series": "case reports",
    "comment": "opinion",
    "news": "news",
    "notice": "notices",
    "protocol": "protocols",
    "bench": "bench research",
}
"""PubMed does not say in which section of a journal an article stands; what
kind of article it is tells nearly the same. All others are research."""


class Place(Struct, frozen=True):
    """What an article was given."""

    slot: str
    interest: int | None  # number of the interest it was chosen for
    rule: str  # a sentence: what gave it the place


class Places:
    """The places of one issue, and the rows of a pool that have them."""

    def __init__(
        self, pool: Pool, shown: Shown, length: int, declared: frozenset[str]
    ) -> None:
        self.taken: dict[int, Place] = {}  # in the order they were given
        self.refused: dict[int, str] = {}  # row → a sentence: which rule
        self.per_interest: Counter[int | None] = Counter()
        self.length = length  # articles at most
        self._pool, self._shown = pool, shown
        self._declared = declared  # journals without a limit
        self._sections: Counter[tuple[str, str]] = Counter()

    def left(self, kept_free: int = 0) -> int:
        """How many may still be given, so many being kept free; 0 at least."""
        return max(self.length - len(self.taken) - kept_free, 0)

    def offer(self, row: int, place: Place) -> bool:
        """Give an article a place, unless it has one or a rule keeps it out."""
        if row in self.taken:
            return False
        if rule := self.rule_against(row):
            self.refused[row] = rule
            return False
        self.refused.pop(row, None)
        self.taken[row] = place
        self._shown.add(row)
        self.per_interest[place.interest] += 1
        if section := section_of(self._pool.candidates[row], self._declared):
            self._sections[section] += 1
        return True

    def give(self, rows: Iterable[int], place: Place, most: int) -> list[int]:
        """Offer a place to one row after the other until so many have taken one."""
        given: list[int] = []
        for row in rows:
            if len(given) >= most:
                break
            if self.offer(row, place):
                given.append(row)
        return given

    def rule_against(self, row: int) -> str | None:
        """What keeps an article out as the issue is now, in a sentence."""
        if repeat := self._shown.repeats(row):
            return f"It repeats PMID {repeat.pmid}, which was shown: {repeat.told()}."
        section = section_of(self._pool.candidates[row], self._declared)
        if section and self._sections[section] >= MOST_OF_A_SECTION:
            return (
                f"{MOST_OF_A_SECTION} articles of the same journal’s {section[1]} are "
                "in the issue, the most there may be of a journal not followed."
            )
        return None


def section_of(
    candidate: Candidate, declared: frozenset[str]
) -> tuple[str, str] | None:
    """Journal and section; None where the limit does not hold or none is known."""
    if candidate.journal is None or candidate.journal in declared:
        return None
    return candidate.journal, _SECTIONS.get(candidate.design, "research")
