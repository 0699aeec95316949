"""Interest: one subject a reader follows. One model each, never one a reader."""

from msgspec import Struct

from ownjournal.ranking.candidate import Candidate
from ownjournal.ranking.feedback import Opinion


class Interest(Struct, frozen=True):
    """What a reader declared, and said since; the order of parts does not matter."""

    key: str  # unique among the reader's interests
    name: str  # as the reader knows it
    topics: tuple[str, ...] = ()  # MeSH descriptor UIs, narrower ones included
    words: tuple[str, ...] = ()  # words or phrases
    journals: tuple[str, ...] = ()  # NLM ids
    seeds: tuple[Candidate, ...] = ()  # articles the reader found worth reading
    matches: tuple[int, ...] = ()  # PMIDs of the pool that a saved search finds
    authors: tuple[str, ...] = ()  # "Smith J", who is also "Smith JA"
    liked: tuple[Opinion, ...] = ()
    dismissed: tuple[Opinion, ...] = ()
    passed: tuple[Opinion, ...] = ()  # shown above one that was opened, and not opened

    def articles(self) -> tuple[Candidate, ...]:
        """Those that the reader named or said something of, all known by now."""
        said = (*self.liked, *self.dismissed, *self.passed)
        return (*self.seeds, *(opinion.candidate for opinion in said))
