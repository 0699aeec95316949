"""Integrity: what is known against an article, or what it says against another.

Everything here is NLM's word: publication types (by UI, since NLM renames
them: D016440 is now "Retraction Notice"), the links of CommentsCorrections,
and the prefix that publishers put before a title. The gravest fact counts. A
notice of retraction may bear the title of what it retracts, prefix and all (PMID
38075128), so in a notice the prefix counts for nothing.
"""

from ownjournal.pubmed.article import Article, Correction

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

_BY_PREFIX = {
    "retracted:": "retracted",
    "retracted article:": "retracted",
    "[retracted]": "retracted",
    "withdrawn:": "withdrawn",
    "withdrawn article:": "withdrawn",
    "[withdrawn]": "withdrawn",
}

_ORDER = {state: place for place, state in enumerate(STATES)}


def integrity_of(article: Article, title: str) -> tuple[str | None, str | None]:
    """The gravest state and where it is said; `title` is plain and in lower case."""
    found: list[tuple[int, str, str]] = []
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
    if not found:
        return None, None
    # Of equally grave facts the first listed is told: a link names the notice.
    _, state, words = min(found, key=lambda each: each[0])
    return state, words


def integrity_told(state: str, words: str | None) -> str:
    """One sentence about a state; `words` say where it is said."""
    beginning = STATES.get(state, "Something has been published about this article")
    return f"{beginning}: {words}." if words else f"{beginning}."


def _place(link: Correction) -> str:
    if link.pmid is not None:
        return f"PMID {link.pmid}"
    return link.source or "NLM links it without saying where"
