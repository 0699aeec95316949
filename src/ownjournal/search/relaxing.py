"""What to ask when no article has all the words: those that have most of them.

A question in plain words is not meant word for word. Tags, dates and what is left
out by NOT still hold; only words without a tag may be missing, and quotations, each
as a whole.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ownjournal.search.query import And, Mapped, Not, Or, Phrase, Query, Term

SHORTEST = 2  # words; of one there is nothing to leave out
ANYWHERE = (None, "all")  # fields that are no sign
MOST_PAIRS = 20  # of words that stood next to each other


def relaxed(query: Query) -> Query | None:
    """Articles that have any of the words, best those with most; None: not so meant.

    query  as it was read (`mapping.read_as`), before it is exploded
    """
    match query:
        case Not(kept, removed):
            wider = relaxed(kept)
            return None if wider is None else Not(wider, removed)
        case And(parts):
            held = tuple(part for part in parts if not _is_plain(part))
            plain = [part for part in parts if _is_plain(part)]
        case _:
            held, plain = (), [query] if _is_plain(query) else []
    words = tuple(dict.fromkeys(word for part in plain for word in _apart(part)))
    if sum(map(_count, plain)) < SHORTEST:
        return None
    anything = _better_together(Or(words) if len(words) > 1 else words[0], plain)
    return And((anything, *held)) if held else anything


def _better_together(anything: Query, plain: Sequence[Query]) -> Query:
    """Articles where words stand next to each other as they were typed go before.

    Measured: a title finds its own abstract first among 42,000 in 79.4 % instead of
    78.4 %, and no worse the articles that are right for a question.
    """
    typed = [word for part in plain for word in _typed(part)]
    pairs = {
        Phrase(f"{first.text} {last.text}"): None
        for first, last in pairwise(typed)
        if first.at and last.at and last.at[0] == first.at[1] + 1
    }
    return Mapped(anything, tuple(pairs)[:MOST_PAIRS]) if pairs else anything


def _typed(query: Query) -> Iterator[Term]:
    match query:
        case Term(_, None):
            yield query
        case Mapped(typed, _):
            yield from _typed(typed)
        case And(parts):
            for part in parts:
                yield from _typed(part)


def _is_plain(query: Query) -> bool:
    """Whether a part is words that were typed without a sign."""
    match query:
        case Term(_, field) | Phrase(_, field):
            return field in ANYWHERE
        case Mapped(typed, _):
            return _is_plain(typed)
        case And(parts) | Or(parts):
            return all(map(_is_plain, parts))
        case _:
            return False


def _apart(query: Query) -> Iterator[Query]:
    """The words of a part, each with what it is read as; a name keeps its meaning."""
    match query:
        case And(parts):
            for part in parts:
                yield from _apart(part)
        case Mapped(And(parts), others):
            yield Mapped(
                Or(tuple(word for part in parts for word in _apart(part))), others
            )
        case _:
            yield query


def _count(query: Query) -> int:
    """How many words may be missing, one by one."""
    match query:
        case And(parts):
            return sum(map(_count, parts))
        case Mapped(typed, _):
            return _count(typed)
        case _:
            return 1
