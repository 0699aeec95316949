"""Candidates for tests of ranking, invented and short."""

import random
from typing import Any

from ownjournal.ranking.candidate import Candidate

SUBJECTS = {
    "gout": "gout urate joint swelling colchine flare podagra tophus",
    "sepsis": "sepsis fever shock lactate fluids vasopressor infection organ",
    "sleep": "sleep insomnia bed night rest waking melatonin snoring",
    "falls": "falls hip fracture balance frailty walking bone stairs",
}
"""Words of four invented specialties."""

COMMON = "women men clinic months outcome group difference care measured treatment"


def a_candidate(pmid: int, title: str = "Velotrine", **changes: Any) -> Candidate:
    """A candidate whose other fields say nothing."""
    return Candidate(pmid=pmid, title=title, **changes)


def about(subject: str, pmid: int, **changes: Any) -> Candidate:
    """A candidate about one subject; the same PMID has the same words always."""
    chance = random.Random(pmid)
    words = SUBJECTS[subject].split()
    title = " ".join(chance.sample(words, 3))
    text = chance.choices(words, k=12) + chance.choices(COMMON.split(), k=4)
    chance.shuffle(text)
    return a_candidate(
        pmid,
        f"Number {pmid}a of {title}",
        abstract=" ".join([*text, f"word{pmid}", f"other{pmid * 7}"]),
        first_author=f"Author{pmid} A",
        **changes,
    )


def a_mixed_pool(size: int = 80, **changes: Any) -> list[Candidate]:
    """Candidates of all subjects in turn, of varying quality and significance."""
    subjects = list(SUBJECTS)
    return [
        about(
            subjects[number % len(subjects)],
            99_200_000 + number,
            quality=number * 37 % 90,
            significance=number * 53 % 80,
            **changes,
        )
        for number in range(size)
    ]
