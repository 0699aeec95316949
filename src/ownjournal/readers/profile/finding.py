"""The articles that a reader named, found here or, where that is allowed, at NLM."""

import time
from collections.abc import Sequence

from msgspec import Struct

from ownjournal.catalogue import lookups, store, unknown
from ownjournal.readers.profile.pasted import Named
from ownjournal.search.index import IndexUnusable

LOOKED_AT = 50  # articles named, of which the first are looked for
FETCH_SECONDS = 10.0  # after which no further one is asked for


class Missing(Struct, frozen=True):
    """An article that was named and is not here."""

    name: str  # "PMID 123"
    reason: str  # a sentence


class Found(Struct, frozen=True):
    """What became of a list of named articles."""

    pmids: tuple[int, ...]  # in the order of their naming, each once
    missing: tuple[Missing, ...]
    left: int  # that were not looked for


def find(named: Sequence[Named]) -> Found:
    """Look for the first `LOOKED_AT`."""
    some = named[:LOOKED_AT]
    here = store.get_many([each.pmid for each in some if each.pmid is not None])
    ends = time.monotonic() + FETCH_SECONDS
    pmids: dict[int, None] = {}
    missing = []
    for each in some:
        if each.pmid in here:
            pmids[each.pmid] = None
            continue
        try:
            pmids[_elsewhere(each, may_ask=time.monotonic() < ends)] = None
        except LookupError as error:
            missing.append(Missing(each.told(), str(error.args[0])))
    return Found(tuple(pmids), tuple(missing), len(named) - len(some))


def _elsewhere(named: Named, *, may_ask: bool) -> int:
    """By DOI or PMCID, then from NLM. Raises LookupError with a sentence."""
    try:
        found = lookups.with_doi(named.doi) if named.doi else []
        found = found or (lookups.with_pmcid(named.pmcid) if named.pmcid else [])
    except IndexUnusable:
        if named.pmid is None:
            raise LookupError("It cannot be looked up just now.") from None
        found = []
    if found:
        return found[0].article.pmid
    if named.pmid is None:
        raise LookupError("No article here has it.")
    if not may_ask:
        raise LookupError("There was no time to ask NLM for it. Name it once more.")
    try:
        unknown.fetch(named.pmid)
    except unknown.NoArticle as absent:
        raise LookupError(absent.told) from absent
    return named.pmid
