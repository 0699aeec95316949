"""Names: which articles an author wrote, found by the name as PubMed prints it.

Who asks for "Smith J" also gets "Smith JA", as in PubMed; who asks for "Smith JA"
does not get "Smith J". Upper and lower case are one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ownjournal.ranking.candidate import Candidate

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a pool's authors, as sums of four bytes: a pool has 300,000."""

    sums: NDArray[np.uint32]  # rising; one for each form of a name in an article
    rows: Ints

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> "Names":
        """The names in articles, which are known by their places."""
        pairs = sorted(
            (crc32(form.encode()), row)
            for row, each in enumerate(candidates)
            for form in {form for name in each.authors for form in _forms(name)}
        )
        table = np.array(pairs, np.uint32).reshape(-1, 2)
        return cls(table[:, 0].copy(), table[:, 1].astype(np.int32))

    def rows_by(self, author: str, candidates: Sequence[Candidate]) -> Ints:
        """Places of the articles by an author, rising."""
        wanted = author.lower().strip()
        number = np.uint32(crc32(wanted.encode()))
        first = np.searchsorted(self.sums, number, "left")
        last = np.searchsorted(self.sums, number, "right")
        # Two names may have one sum, so the articles themselves are asked.
        rows = self.rows[first:last].tolist()
        found = [row for row in rows if is_by(candidates[row], author)]
        return np.array(found, np.int32)


def is_by(candidate: Candidate, author: str) -> bool:
    """Whether an author wrote an article."""
    wanted = author.lower().strip()
    return any(wanted in _forms(name) for name in candidate.authors)


def _forms(name: str) -> Iterator[str]:
    """What a name is found by: with all of its initials, and with the first ones."""
    name = name.lower()
    yield name
    last, space, initials = name.rpartition(" ")
    if space and len(initials) <= 3:
        for end in range(1, len(initials)):
            yield f"{last} {initials[:end]}"
