"""Names with brackets before a tag: Medicine (Baltimore)[ta], J Hand Surg [Am][ta].

Elsewhere round brackets group and square ones are a tag. PubMed has such names typed
without them, which works here too, as neither a code nor a look-up has the signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ownjournal.search.lexer import Mark, Token
from ownjournal.search.query import Field
from ownjournal.search.tags import field_of

FIELDS = frozenset(
    ("ta", "book", "mh", "mh:noexp", "majr", "majr:noexp", "nm", "cn", "pubn", "pl")
)
"""Tags of fields whose names may have brackets in them."""

MOST = 2  # pairs of brackets in one name
LONGEST = 100  # words


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A name, by its words without the brackets, and its field."""

    words: Sequence[Token]
    behind: int  # the index behind its tag
    field: Field


def bracketed(tokens: Sequence[Token], at: int) -> Bracketed | None:
    """The name that begins at an index; None where none with brackets does."""
    found: list[Token] = []
    for _ in range(MOST):
        words, start = _words(tokens, at)
        inside, behind = _in_brackets(tokens, start) if found or words else ((), at)
        if not inside:
            break
        found += [*words, *inside]
        at = behind
    if not found or len(found) > LONGEST:
        return None
    words, at = _words(tokens, at)
    field = _field(tokens, at)
    if field is None or field.tag not in FIELDS:
        return None
    return Bracketed((*found, *words), at + 1, field)


def _mark(tokens: Sequence[Token], at: int) -> Mark | None:
    return tokens[at].mark if at < len(tokens) else None


def _field(tokens: Sequence[Token], at: int) -> Field | None:
    """The field of the tag at an index, if it is one."""
    return field_of(tokens[at].text) if _mark(tokens, at) is Mark.TAG else None


def _words(tokens: Sequence[Token], at: int) -> tuple[Sequence[Token], int]:
    """The words from an index on, at most as many as a name has, and what is behind."""
    behind = at
    while _mark(tokens, behind) is Mark.WORD and behind - at <= LONGEST:
        behind += 1
    return tokens[at:behind], behind


def _in_brackets(tokens: Sequence[Token], at: int) -> tuple[Sequence[Token], int]:
    """The words in round or square brackets at an index, and what is behind them."""
    mark = _mark(tokens, at)
    if mark is Mark.TAG:
        is_name = _field(tokens, at) is None and _field(tokens, at + 1) is not None
        return (tokens[at : at + 1], at + 1) if is_name else ((), at)
    if mark is not Mark.OPEN:
        return (), at
    words, behind = _words(tokens, at + 1)
    return (words, behind + 1) if _mark(tokens, behind) is Mark.CLOSE else ((), at)
