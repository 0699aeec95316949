"""What a query means beyond what it says: narrower topics, filters, dates, readers.

`exploded` is the last step before a search: names of filters become the queries
that they stand for, "last 30 days" becomes a range, and a heading becomes itself
and everything below it, one wide `Or` of exact terms. A reader sees and keeps
the query as it was before.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache

from ownjournal.search import filters
from ownjournal.search.codes import heading
from ownjournal.search.dates import is_before_now, since
from ownjournal.search.parser import parse
from ownjournal.search.qualifiers import narrower, qualifier
from ownjournal.search.query import (
    FIELDS,
    OF_A_READER,
    All,
    Kind,
    Leaf,
    Not,
    Or,
    Query,
    Range,
    Term,
    leaves,
    replaced,
)
from ownjournal.search.vocabulary import Topic, Vocabulary

MOST_TERMS = 100_000
"""Of one query: what would pass it stays as it is (see `not_exploded`). All of
MeSH has 30,000 headings."""

NOTHING = Not(All(), All())
"""A query that finds no article."""

_TYPES_BELOW = {
    "D000068397": "D064888 D000078325 D016430",  # clinical study
    "D016430": "D000076362 D017426 D017427 D017428 D017429 D018848",  # clinical trial
    "D018848": "D016449",  # controlled clinical trial
    "D016449": "D000073843 D065007",  # randomized controlled trial
    "D016431": "D017065",  # guideline
    "D016446": "D016447",  # consensus development conference
    "D016454": "D016446",  # review
    "D016428": "D054711 D016454",  # journal article
    "D057689": "D013487 D013486 D057666",  # research support, U.S. government
    "D013487": "D052061 D052060",
}
_TYPES_BY_NAME = {
    "clinical study": "D000068397",
    "clinical trial": "D016430",
    "controlled clinical trial": "D018848",
    "randomized controlled trial": "D016449",
    "guideline": "D016431",
    "consensus development conference": "D016446",
    "review": "D016454",
    "journal article": "D016428",
}
"""The trees of publication types that matter most, for sites without NLM's file."""


def exploded(query: Query, vocabulary: Vocabulary, today: date) -> Query:
    """The query with all names in it resolved; what nobody knows stays as it is."""
    query = replaced(query, lambda leaf: _plain(leaf, today))
    names = {each.text: heading(each.text)[0] for each in _headings(query)}
    topics = vocabulary.topics(set(names.values()))
    known = {text: topics[name] for text, name in names.items() if name in topics}
    wide = {
        known[each.text].ui for each in _headings(query, *_WIDE) if each.text in known
    }
    explosion = _Explosion(known, vocabulary.narrower(wide))
    return replaced(query, explosion.of)


def bound(query: Query, resolve: Callable[[Term], Iterable[int]]) -> Query:
    """The query with PMIDs in place of has:note, in:saved, sent:me and the like.

    `resolve` gives them for one such term, whose text is what stands behind the
    colon; it raises what it likes for one that it does not know.
    """
    return replaced(
        query,
        lambda leaf: (
            any_of(Term(str(pmid), "pmid") for pmid in resolve(leaf))
            if isinstance(leaf, Term) and leaf.field in OF_A_READER
            else leaf
        ),
    )


def not_exploded(query: Query) -> tuple[Term, ...]:
    """Headings that `exploded` left as they are, since there would be too many terms.

    They find articles with these very headings.
    """
    return tuple(_headings(query, *_WIDE))


def unheard(query: Query, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Headings of a query that nobody knows; `query` is as it was before `exploded`.

    They may still find an article that has such a heading.
    """
    asked = list(_headings(query, "mh", "majr", *_NARROW))
    names = {each: heading(each.text)[0] for each in asked}
    known = vocabulary.topics(set(names.values()))
    return tuple(each for each in asked if names[each] not in known)


def any_of(terms: Iterable[Term]) -> Query:
    """Articles that any of the terms finds; none where there is no term."""
    parts = tuple(dict.fromkeys(terms))
    if not parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else Or(parts)


_WIDE = ("mh", "majr", "pt")
_NARROW = ("mh:noexp", "majr:noexp")


def _headings(query: Query, *fields: str) -> Iterable[Term]:
    wanted = fields or (*_WIDE, *_NARROW)
    for leaf in leaves(query):
        if isinstance(leaf, Term) and leaf.field in wanted:
            yield leaf


def _plain(leaf: Leaf, today: date) -> Query:
    """A filter as its query, a time before now as a range."""
    if not isinstance(leaf, Term) or leaf.field is None:
        return leaf
    if leaf.field == "sb" and (text := filters.query_of(leaf.text)) is not None:
        return replaced(_parsed(text), lambda inner: _plain(inner, today))
    if FIELDS[leaf.field].kind is Kind.DATE and is_before_now(leaf.text):
        return Range(f"{since(leaf.text, today):%Y/%m/%d}", None, leaf.field)
    return leaf


@lru_cache(maxsize=256)
def _parsed(text: str) -> Query:
    query = parse(text).query
    assert query is not None
    return query


class _Explosion:
    """Puts terms in place of headings, as long as there are not too many."""

    def __init__(
        self, topics: Mapping[str, Topic], below: Mapping[str, frozenset[str]]
    ) -> None:
        self.topics = topics
        self.below = below
        self.made: dict[Term, Query] = {}
        self.count = 0

    def of(self, leaf: Leaf) -> Query:
        """What a leaf is replaced by."""
        if not isinstance(leaf, Term):
            return leaf
        if leaf not in self.made:
            self.made[leaf] = self._made(leaf)
        made = self.made[leaf]
        size = len(made.parts) if isinstance(made, Or) else 1
        if self.count + size > MOST_TERMS:
            return leaf
        self.count += size
        return made

    def _made(self, term: Term) -> Query:
        match term.field:
            case "mh" | "majr" | "mh:noexp" | "majr:noexp":
                values = self._topics(term)
            case "pt":
                values = self._types(term)
            case "sh":
                letters = qualifier(term.text)
                values = [] if letters is None else sorted(narrower(letters))
            case _:
                return term
        exact = f"{term.field.removesuffix(':noexp')}:noexp"
        return any_of(Term(value, exact) for value in [term.text, *values])

    def _topics(self, term: Term) -> list[str]:
        """UIs, each with each subheading where there is one."""
        topic = self.topics.get(term.text)
        if topic is None:
            return []
        _, letters = heading(term.text)
        wide = term.field in _WIDE
        uis = sorted(self.below[topic.ui]) if wide else [topic.ui]
        if letters is None:
            return uis
        aspects = sorted(narrower(letters)) if wide else [letters]
        return [f"{ui}/{aspect}" for ui in uis for aspect in aspects]

    def _types(self, term: Term) -> list[str]:
        topic = self.topics.get(term.text)
        name = " ".join(term.text.lower().split())
        ui = topic.ui if topic is not None else _TYPES_BY_NAME.get(name, term.text)
        found = set(self.below.get(ui, ())) | {ui.upper()}
        waiting = list(found)
        while waiting:
            below = set(_TYPES_BELOW.get(waiting.pop(), "").split()) - found
            found |= below
            waiting += below
        return sorted(found)
