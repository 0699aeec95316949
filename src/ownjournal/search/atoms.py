"""Read the parts of a query that have no operators inside.

These are runs of words, quotations and ranges, each with the tag behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ownjournal.search.analysis import words
from ownjournal.search.dates import is_date
from ownjournal.search.lexer import Mark, Token
from ownjournal.search.query import (
    FIELDS,
    LEVELS,
    OPERATORS,
    PLAIN_WORD,
    TAGS,
    All,
    And,
    Field,
    Kind,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)

MAX_TERMS = 1_000
"""Words of a query; what follows is left out."""

LONGEST_WORD = 200  # characters
LONGEST_PHRASE = 100  # words; the longest titles have about 50
SHORTEST_PREFIX = 3
LARGEST_DISTANCE = 1_000

_STOP_WORDS = """
a an and are as at be been by for from has have in into is it its of on or not than
that the their these this those to was were which with
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Left out of a run of words, never of a quotation; alone they are searched for."""

_NEAR = re.compile(r"(.*):~(\d{1,9})")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMCID = re.compile(r"PMC\d{1,9}", re.IGNORECASE)
_EDGES = re.compile(r"^\W+|\W+$")
_DIGITS = re.compile(r"[0-9]{1,10}")
_SHORT_NUMBER = re.compile(r"[0-9]{1,3}")
_OPEN_END = "3000"  # PubMed's way to say "until now"


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a query that could not be read, and why, in a sentence."""

    start: int
    end: int
    message: str


class Reader:
    """Takes one part after the other from the tokens, and notes problems."""

    def __init__(self, tokens: list[Token], problems: list[Problem]) -> None:
        self.tokens = tokens
        self.problems = problems
        self.at = 0
        self.terms = 0  # words read so far

    def peek(self, ahead: int = 0) -> Token | None:
        """A token that comes next; None behind the last one."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def skip(self) -> Token:
        """Take the next token."""
        self.at += 1
        return self.tokens[self.at - 1]

    def problem(self, first: Token, last: Token, message: str) -> None:
        """Note what cannot be read, from one token to another."""
        self.problems.append(Problem(first.start, last.end, message))

    def atom(self) -> Query | None:
        """The next part; None where there is nothing to search for in it.

        The next token is there and is no parenthesis and no operator.
        """
        if (found := self._range_at(self.at)) is not None:
            return self._range(*found)
        token = self.skip()
        if token.mark is Mark.QUOTED:
            self.terms += 1 + token.text.count(" ")
            return self._quoted(token, self._tag_behind())
        if token.mark is Mark.WORD:
            run = [token]
            while (
                self._next_is(Mark.WORD)
                and self.terms + len(run) < MAX_TERMS
                and self._range_at(self.at) is None
            ):
                run.append(self.skip())
            self.terms += len(run)
            return self._run(run, self._tag_behind())
        if token.mark is not Mark.COLON:
            what = f"[{token.text}]" if token.mark is Mark.TAG else token.text
            self.problem(token, token, f"{what} does not belong to anything.")
        return None

    def _next_is(self, mark: Mark) -> bool:
        token = self.peek()
        return token is not None and token.mark is mark

    def _tag_behind(self) -> Token | None:
        return self.skip() if self._next_is(Mark.TAG) else None

    # Ranges: low:high[tag], each side may be missing, quoted or tagged itself

    def _range_at(
        self, at: int
    ) -> tuple[Token | None, Token | None, int, Field] | None:
        """Low, high, the index behind it, and the field; None if it is no range."""
        low, at = self._side(at)
        if at >= len(self.tokens) or self.tokens[at].mark is not Mark.COLON:
            return None
        high, at = self._side(at + 1)
        tag = self.tokens[at - 1] if high else None
        if (tag is None or tag.mark is not Mark.TAG) and at < len(self.tokens):
            tag = self.tokens[at]
            at += 1
        if tag is None or tag.mark is not Mark.TAG:
            return None
        field = _field(tag.text)
        if field is None or (field.kind is not Kind.DATE and field.tag != "level"):
            return None
        return low, high, at, field

    def _side(self, at: int) -> tuple[Token | None, int]:
        if at >= len(self.tokens):
            return None, at
        token = self.tokens[at]
        if token.mark not in (Mark.WORD, Mark.QUOTED):
            return None, at
        behind = at + 1
        if behind < len(self.tokens) and self.tokens[behind].mark is Mark.TAG:
            behind += 1
        return token, behind

    def _range(
        self, low: Token | None, high: Token | None, behind: int, field: Field
    ) -> Query | None:
        first, last = self.tokens[self.at], self.tokens[behind - 1]
        self.at = behind
        self.terms += 1
        values = [_bound(side) for side in (low, high)]
        for side, value in zip((low, high), values, strict=True):
            if side is not None and value is not None and not _fits(value, field):
                self.problem(side, side, _misfit(value, field))
                return None
        if values == [None, None]:
            self.problem(first, last, "A range needs a beginning or an end.")
            return None
        return Range(values[0], values[1], field.tag)

    # Quotations and runs of words

    def _quoted(self, token: Token, tag: Token | None) -> Query | None:
        field, distance = self._resolve(tag)
        starred = token.text.rstrip().endswith("*")
        text = self._unstarred(token, token.text)
        if distance is not None:
            return self._near(token, text, distance, field)
        if field is not None and field.kind in (Kind.CODE, Kind.DATE):
            return self._value(token, token, text, starred, field)
        if not self._has_words(token, token, text):
            return None
        if starred:
            return self._prefix(token, text, field)
        return Phrase(text, _tag(field))

    def _run(self, run: Sequence[Token], tag: Token | None) -> Query | None:
        field, distance = self._resolve(tag)
        first, last = run[0], run[-1]
        texts = (self._unstarred(each, each.text) for each in run)
        text = " ".join(filter(None, texts))
        if distance is not None:
            return self._near(first, text, distance, field)
        if field is not None and field.kind in (Kind.CODE, Kind.DATE):
            starred = last.text.endswith("*")
            return self._value(first, last, text, starred, field)
        useful = [each for each in run if each.text.lower() not in STOP_WORDS] or run
        parts = [self._word(each, field) for each in useful]
        return _conjunction([each for each in parts if each is not None])

    def _unstarred(self, token: Token, text: str) -> str:
        """Without the star at the end, which is looked at elsewhere, or any other."""
        text = " ".join(text.split()).rstrip("* ")
        if "*" in text:
            self.problem(token, token, "A * can only stand at the end of a word.")
            text = " ".join(text.replace("*", " ").split())
        return text

    def _word(self, token: Token, field: Field | None) -> Query | None:
        starred = token.text.endswith("*")
        text = _EDGES.sub("", " ".join(token.text.replace("*", " ").split()))
        if not self._has_words(token, token, text):
            return None
        if starred:
            return self._prefix(token, text, field)
        if field is None and (_DOI.fullmatch(text) or _PMCID.fullmatch(text)):
            return Term(text, "aid")
        if field is None and text.lower() == "hasabstract":
            return Term("hasabstract", "sb")
        if not PLAIN_WORD.fullmatch(text) or text.upper() in OPERATORS:
            return Phrase(text, _tag(field))
        return Term(text, _tag(field))

    def _prefix(self, token: Token, text: str, field: Field | None) -> Query | None:
        ends = words(text)
        if len(ends[-1]) < SHORTEST_PREFIX and len("".join(ends)) == len(ends[-1]):
            self.problem(
                token, token, f"A * needs at least {SHORTEST_PREFIX} letters before it."
            )
            return None
        return Prefix(text, _tag(field))

    def _near(
        self, token: Token, text: str, distance: int, field: Field | None
    ) -> Query | None:
        tag = field.tag if field is not None else "tiab"
        if not self._has_words(token, token, text):
            return None
        near = words(text)
        if len(near) == 1:
            return Phrase(text, tag)
        if len(set(near)) != 2 or len(near) != 2 or FIELDS[tag].kind is not Kind.WORDS:
            self.problem(
                token, token, "Only two different words of [ti] or [tiab] can be near."
            )
            return None
        return Near(text, min(distance, LARGEST_DISTANCE), tag)

    def _value(
        self, first: Token, last: Token, text: str, starred: bool, field: Field
    ) -> Query | None:
        """The value of a CODE or DATE field."""
        text = text.strip()
        if not self._has_words(first, last, text):
            return None
        if not _fits(text, field):
            self.problem(first, last, _misfit(text, field))
            return None
        if field.kind is Kind.DATE:
            return Range(text, text, field.tag)
        if field.tag == "sb" and text.lower() == "all":
            return All()
        if starred and field.tag != "pmid":
            return self._prefix(first, text, field)
        return Term(text, field.tag)

    def _has_words(self, first: Token, last: Token, text: str) -> bool:
        parts = text.split()
        if len(parts) > LONGEST_PHRASE:
            self.problem(first, last, f"A phrase has at most {LONGEST_PHRASE} words.")
        elif max(map(len, parts), default=0) > LONGEST_WORD:
            message = f"A word has at most {LONGEST_WORD} characters."
            self.problem(first, last, message)
        elif not words(text):
            self.problem(first, last, "There is no letter and no digit to search for.")
        else:
            return True
        return False

    def _resolve(self, tag: Token | None) -> tuple[Field | None, int | None]:
        """The field and, for words near each other, their distance."""
        if tag is None:
            return None, None
        near = _NEAR.fullmatch(tag.text.strip())
        name = near[1] if near else tag.text
        field = _field(name)
        if field is None and name.strip().lower() not in ("all", "all fields"):
            self.problem(
                tag, tag, f"[{tag.text}] is no field here: all fields were searched."
            )
        return field, int(near[2]) if near else None


def _tag(field: Field | None) -> str | None:
    return None if field is None else field.tag


def _field(name: str) -> Field | None:
    tag = TAGS.get(" ".join(name.lower().split()))
    return FIELDS[tag] if tag else None


def _bound(side: Token | None) -> str | None:
    if side is None or side.text.strip() in ("", _OPEN_END):
        return None
    return " ".join(side.text.split())


def _fits(value: str, field: Field) -> bool:
    if field.kind is Kind.DATE:
        return is_date(value)
    if field.tag == "level":
        return value in map(str, LEVELS)
    if field.tag == "pmid":
        return _DIGITS.fullmatch(value) is not None
    return True


def _misfit(value: str, field: Field) -> str:
    if field.kind is Kind.DATE:
        return f"{value} is no date: write 2019, 2019/06 or 2019/06/04."
    if field.tag == "level":
        return f"{value} is no level of evidence: they go from 1 to 5."
    return f"{value} is no PMID, which has digits only."


def _conjunction(parts: list[Query]) -> Query | None:
    """All words of a run; a short number may be part of the word before it."""
    joined: list[Query] = []
    for part in parts:
        before = joined[-1] if joined else None
        if isinstance(before, Term) and _continues(before, part):
            together = Term(before.text + str(getattr(part, "text", "")), before.field)
            joined[-1] = Or((And((before, part)), together))
        else:
            joined.append(part)
    if not joined:
        return None
    return joined[0] if len(joined) == 1 else And(tuple(joined))


def _continues(before: Term, part: Query) -> bool:
    """ "IL 6" may be "IL6"."""
    return (
        isinstance(part, Term)
        and part.field == before.field
        and before.text.isalpha()
        and _SHORT_NUMBER.fullmatch(part.text) is not None
    )
