"""Interest: one subject a reader follows. One model each, never one a reader."""

from msgspec import Struct

from ownjournal.ranking.candidate import Candidate


class Interest(Struct, frozen=True):
    """What a reader declared; the order of its parts does not matter."""

    key: str  # unique among the reader's interests
    name: str  # as the reader knows it
    topics: tuple[str, ...] = ()  # MeSH descriptor UIs, narrower ones included
    words: tuple[str, ...] = ()  # words or phrases
    journals: tuple[str, ...] = ()  # NLM ids
    seeds: tuple[Candidate, ...] = ()  # articles the reader found worth reading
    matches: tuple[int, ...] = ()  # PMIDs of the pool that a saved search finds
