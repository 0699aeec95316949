"""Integrity: what is known against an article, or what it says against another.

First NLM's word: publication types (by UI, since NLM renames them: D016440 is
now "Retraction Notice"), the links of CommentsCorrections, and the prefix that
publishers put before a title. Then the list of Retraction Watch, where one was
loaded. The gravest fact counts, of equally grave ones NLM's. A notice of
retraction may bear the title of what it retracts, prefix and all (PMID
38075128), and its DOI, so against a notice neither counts.
"""

from collections.abc import Iterable

from msgspec import Struct

from ownjournal.pubmed.article import Article, Correction
from ownjournal.pubmed.retraction_list import Entry

STATES = {
    "retracted": "This article has been retracted",
    "withdrawn": "This article has been withdrawn",
    "concern": "An expression of concern has been published about this article",
    "republished": "This article was corrected and published again",
    "corrected": "A correction to this article has been published",
    "updated": "A later version of this article has been published",
    "notice-of-retraction": "This is the notice of a retraction",
    "notice-of-concern": "This is an expression of concern about another article",
    "notice-of-correction": "This is a correction to another article",
}
"""Codes, as they are stored, gravest first, and how a sentence begins."""

GRAVE = frozenset({"retracted", "withdrawn"})
"""States after which an article's results count for nothing."""

_BY_TYPE = {
    "D016441": "retracted",  # Retracted Publication
    "D016440": "notice-of-retraction",  # Retraction of Publication
    "D000075742": "notice-of-concern",  # Expression of Concern: the notice itself
    "D016425": "notice-of-correction",  # Published Erratum
}

BY_LINK = {
    "RetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
    "ExpressionOfConcernIn": "concern",
    "CorrectedandRepublishedIn": "republished",
    "ErratumIn": "corrected",
    "UpdateIn": "updated",
    "RetractionOf": "notice-of-retraction",
    "ExpressionOfConcernFor": "notice-of-concern",
    "ErratumFor": "notice-of-correction",
}
"""Links of a record and the state that each gives it."""

_NOTICES = frozenset(
    {"notice-of-retraction", "notice-of-concern", "notice-of-correction"}
)

_BY_PREFIX = {
    "retracted:": "retracted",
    "retracted article:": "retracted",
    "[retracted]": "retracted",
    "withdrawn:": "withdrawn",
    "withdrawn article:": "withdrawn",
    "[withdrawn]": "withdrawn",
}

_ORDER = {state: place for place, state in enumerate(STATES)}

_LISTED = {
    "retracted": "Retraction Watch lists it as retracted",
    "concern": "Retraction Watch lists an expression of concern about it",
    "corrected": "Retraction Watch lists a correction of it",
}
"""How a sentence begins about what only the list says."""


class Listed(Struct, frozen=True, array_like=True):
    """What Retraction Watch says of an article in all, the gravest of its entries."""

    state: str  # a key of STATES
    since: str | None = None  # "2024-05-20"
    notice: str | None = None  # "PMID 123", or a DOI
    reasons: str | None = None  # as the list has them, joined by "; "


def listed_of(entries: Iterable[Entry]) -> Listed | None:
    """What the entries about one article come to; None where nothing stands.

    A reinstatement undoes the retractions up to its day; where one of the two
    has no day, it undoes it all the same, as nothing is reinstated before.
    """
    known = list(entries)
    again = [each.dated for each in known if each.nature == "reinstated"]
    standing = [
        each
        for each in known
        if each.nature in _LISTED
        and not (each.nature == "retracted" and _undone(each, again))
    ]
    if not standing:
        return None
    gravest = min(standing, key=lambda each: (_ORDER[each.nature], each.dated or ""))
    return Listed(gravest.nature, gravest.dated, gravest.notice, gravest.reasons)


def _undone(entry: Entry, reinstated: Iterable[str | None]) -> bool:
    retracted = entry.dated
    return any(
        retracted is None or day is None or retracted <= day for day in reinstated
    )


def integrity_of(
    article: Article, title: str, listed: Listed | None = None
) -> tuple[str | None, str | None]:
    """The gravest state and where it is said; `title` is plain and in lower case.

    Where only the list says it, there is no place: see `listed_told`.
    """
    found: list[tuple[int, str, str | None]] = []
    for link in article.corrections:
        if state := BY_LINK.get(link.kind):
            found.append((_ORDER[state], state, _place(link)))
    for each in article.publication_types:
        if each.ui in _BY_TYPE:
            state = _BY_TYPE[each.ui]
            found.append((_ORDER[state], state, f"publication type {each.name}"))
    is_notice = any(state == "notice-of-retraction" for _, state, _ in found)
    if title[:2] in ("re", "wi", "[r", "[w") and not is_notice:
        found += [
            (_ORDER[state], state, "its title says so")
            for prefix, state in _BY_PREFIX.items()
            if title.startswith(prefix)
        ]
    if listed is not None and not (_NOTICES & {state for _, state, _ in found}):
        found.append((_ORDER[listed.state], listed.state, None))
    if not found:
        return None, None
    # Of equally grave facts the first listed is told: a link names the notice.
    _, state, words = min(found, key=lambda each: each[0])
    return state, words


def integrity_told(state: str, words: str | None) -> str:
    """One sentence about a state; `words` say where it is said."""
    beginning = STATES.get(state, "Something has been published about this article")
    return f"{beginning}: {words}." if words else f"{beginning}."


def listed_told(listed: Listed) -> str:
    """One sentence about what the list says, with the list's own reasons."""
    said = [
        listed.since and f"since {listed.since}",
        listed.notice and f"notice: {listed.notice}",
        listed.reasons and f"reasons it gives: {listed.reasons}",
    ]
    details = "; ".join(filter(None, said))
    beginning = listed_briefly(listed)
    return f"{beginning[:-1]} ({details})." if details else beginning


def listed_briefly(listed: Listed) -> str:
    """The same without day, notice and reasons."""
    return f"{_LISTED.get(listed.state, 'Retraction Watch lists it')}."


def _place(link: Correction) -> str:
    if link.pmid is not None:
        return f"PMID {link.pmid}"
    return link.source or "NLM links it without saying where"
