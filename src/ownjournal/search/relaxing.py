"""What to ask when no article has all the words: those that have most of them.

A question in plain words is not meant word for word. Tags, dates and what is left
out by NOT still hold; only words without a tag may be missing, and quotations, each
as a whole.
"""

from collections.abc import Iterator

from ownjournal.search.query import And, Mapped, Not, Or, Phrase, Query, Term

SHORTEST = 2  # words; of one there is nothing to leave out


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
    anything = Or(words) if len(words) > 1 else words[0]
    return And((anything, *held)) if held else anything


def _is_plain(query: Query) -> bool:
    """Whether a part is words that were typed without a sign."""
    match query:
        case Term(_, None) | Phrase(_, None):
            return True
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
