"""Read the parts of a query that have no operators inside.

These are runs of words, quotations and ranges, each with the tag behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, factorial

from ownjournal.search import filters
from ownjournal.search.analysis import words
from ownjournal.search.bracketed import Bracketed, bracketed
from ownjournal.search.dates import is_before_now, is_date
from ownjournal.search.lexer import Mark, Token
from ownjournal.search.query import (
    FIELDS,
    LEVELS,
    NEARNESS,
    OF_A_READER,
    OPERATORS,
    PLAIN_WORD,
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
    ends_in_initials,
    is_bare,
)
from ownjournal.search.tags import ANYWHERE, UNANSWERED, field_of, squashed, unknown

MAX_TERMS = 1_000
"""Words of a query; what follows is left out."""

MAX_PREFIXES = 150
"""Words with a *: each is looked for among all words that there are."""

MAX_RANGES = 50
"""Dates and ranges of a query: each one is a look at every article."""

LONGEST_WORD = 200  # characters
LONGEST_PHRASE = 100  # words; the longest titles have about 50
MOST_ARRANGEMENTS = 100
"""Of words near each other: each order with each distance is one phrase. Three
words may have four others among them, four words one. Two words may have any."""

MOST_ARRANGED = 300
A_PAIR = 6
"""Of a whole query, and what two words count for: there may be 50 such pairs."""

QUOTES = ('"', "“", "”", "„")

SHORTEST_PREFIX = 3  # PubMed asks for four, but "flu*" and "HIV*" are of use
LARGEST_DISTANCE = 1_000

NEVER_BEGUN = ("pmid", "sb", "level", *OF_A_READER)
"""Fields whose values are never truncated."""

_STOP_WORDS = """
a about again all almost also although always among an and another any are as at be
because been before being between both but by can could did do does done due during
each either enough especially etc for found from further had has have having here how
however i if in into is it its itself just kg km made mainly make may mg might ml mm
most mostly must nearly neither no nor not obtained of often on or our overall perhaps
pmid quite rather really regarding seem seen several should show showed shown shows
significantly since so some such than that the their theirs them then there therefore
these they this those through thus to upon use used using various very was we were
what when which while with within without would
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""PubMed's. Left out of a run of words, never of a quotation; alone they are
searched for.

Source: Stopwords in the PubMed User Guide, https://pubmed.ncbi.nlm.nih.gov/help/
"""

_NEAR = re.compile(r"(.*):~(\d{1,9})")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMCID = re.compile(r"PMC\d{1,9}", re.IGNORECASE)
_EDGES = re.compile(r"^\W+|\W+$")
_DIGITS = re.compile(r"[0-9]{1,10}")
_EARLIER = re.compile(r"#[0-9]{1,3}")  # a search of PubMed's history
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
        self.ranges = 0
        self.arranged = 0
        self.prefixes = 0

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
        if (name := bracketed(self.tokens, self.at)) is not None:
            return self._bracketed(name)
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
        if token.mark is Mark.ASKED:
            self.terms += 1
            tag, _, value = token.text.partition(":")
            return self._value(token, token, value, False, FIELDS[tag.lower()])
        if token.mark is not Mark.COLON:
            what = f"[{token.text}]" if token.mark is Mark.TAG else token.text
            message = f"{what} does not belong to anything."
            if what in QUOTES:
                message = "This quotation mark has no other."
            self.problem(token, token, message)
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
        field = field_of(tag.text)
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
        if not self._one_more_range(first, last):
            return None
        return Range(values[0], values[1], field.tag)

    def _one_more_range(self, first: Token, last: Token) -> bool:
        self.ranges += 1
        if self.ranges > MAX_RANGES:
            message = f"Only the first {MAX_RANGES} dates of a query are looked for."
            self.problem(first, last, message)
        return self.ranges <= MAX_RANGES

    def _bracketed(self, name: Bracketed) -> Query | None:
        first, last = name.words[0], name.words[-1]
        self.at = name.behind
        self.terms += len(name.words)
        text = self._unstarred(first, " ".join(each.text for each in name.words))
        return self._value(first, last, text, False, name.field)

    # Quotations and runs of words

    def _quoted(self, token: Token, tag: Token | None) -> Query | None:
        if tag is not None and self._unanswered(token, tag):
            return None
        field, distance = self._resolve(tag)
        starred = token.text.rstrip().endswith("*")
        text = self._unstarred(token, token.text)
        if distance is not None:
            return self._near(token, text, distance, field)
        if field is not None and field.kind in (Kind.CODE, Kind.DATE):
            field = field if starred else _with_no_more_initials(text, field)
            return self._value(token, token, text, starred, field)
        if not self._has_words(token, token, text):
            return None
        if starred:
            return self._prefix(token, text, field)
        return Phrase(text, _tag(field))

    def _run(self, run: Sequence[Token], tag: Token | None) -> Query | None:
        first, last = run[0], run[-1]
        if tag is not None and self._unanswered(first, tag):
            return None
        field, distance = self._resolve(tag)
        texts = (self._unstarred(each, each.text) for each in run)
        text = " ".join(filter(None, texts))
        if distance is not None:
            return self._near(first, text, distance, field)
        if field is not None and field.kind in (Kind.CODE, Kind.DATE):
            starred = last.text.endswith("*")
            if not is_bare(text):
                field = _with_no_more_initials(text, field)
            return self._value(first, last, text, starred, field)
        parts = [
            self._word(each[0], field, untagged=tag is None)
            if len(each) == 1
            else Phrase(" ".join(token.text for token in each), _tag(field))
            for each in _useful(run, tagged=tag is not None)
        ]
        return _conjunction([each for each in parts if each is not None])

    def _unstarred(self, token: Token, text: str) -> str:
        """Without the star at the end, which is looked at elsewhere, or any other."""
        text = " ".join(text.split()).rstrip("* ")
        if "*" in text:
            self.problem(token, token, "A * can only stand at the end of a word.")
            text = " ".join(text.replace("*", " ").split())
        return text

    def _word(
        self, token: Token, field: Field | None, *, untagged: bool
    ) -> Query | None:
        starred = token.text.endswith("*")
        text = _EDGES.sub("", " ".join(token.text.replace("*", " ").split()))
        if untagged and _EARLIER.fullmatch(token.text):
            message = f"{token.text} is no search here: write it out."
            self.problem(token, token, message)
            return None
        if not self._has_words(token, token, text):
            return None
        if starred:
            return self._prefix(token, text, field)
        if field is None and (_DOI.fullmatch(text) or _PMCID.fullmatch(text)):
            return Term(text, "aid")
        if _tag(field) in (None, "tw", "all"):
            if (reason := filters.unanswered(text)) is not None:
                self.problem(token, token, reason)
                return None
            if (asked := filters.command(text)) is not None:
                return Term(*asked)
        if not PLAIN_WORD.fullmatch(text) or text.upper() in OPERATORS:
            return Phrase(text, _tag(field))
        place = (token.start, token.end) if untagged else None
        return Term(text, _tag(field), place)

    def _prefix(self, token: Token, text: str, field: Field | None) -> Query | None:
        text = _EDGES.sub("", text)  # quoted or not, it is the same word
        ends = words(text)
        if len(ends[-1]) < SHORTEST_PREFIX and len("".join(ends)) == len(ends[-1]):
            self.problem(
                token, token, f"A * needs at least {SHORTEST_PREFIX} letters before it."
            )
            return None
        self.prefixes += 1
        if self.prefixes > MAX_PREFIXES:
            message = f"Only the first {MAX_PREFIXES} words with a * are looked for."
            self.problem(token, token, message)
            return None
        return Prefix(text, _tag(field))

    def _near(
        self, token: Token, text: str, distance: int, field: Field | None
    ) -> Query | None:
        tag = field.tag if field is not None else "tiab"
        if not self._has_words(token, token, text):
            return None
        near = words(text)
        distance = min(distance, LARGEST_DISTANCE)
        if tag not in NEARNESS or len(set(near)) < len(near):
            message = "Only different words of [ti], [tiab] or [ad] can be near."
        elif len(near) > 2 and arrangements(len(near), distance) > MOST_ARRANGEMENTS:
            message = (
                "These are too many words, or too far apart: three can have at most "
                "four others among them, four one. Two can have any number."
            )
        elif len(near) == 1:
            return Phrase(text, tag)
        elif self._one_more_near(token, near, distance):
            return Near(text, distance, tag)
        else:
            return None
        self.problem(token, token, message)
        return None

    def _one_more_near(self, token: Token, near: Sequence[str], distance: int) -> bool:
        several = len(near) > 2
        self.arranged += arrangements(len(near), distance) if several else A_PAIR
        if self.arranged > MOST_ARRANGED:
            self.problem(token, token, "Too many words near each other: left out.")
        return self.arranged <= MOST_ARRANGED

    def _value(
        self, first: Token, last: Token, text: str, starred: bool, field: Field
    ) -> Query | None:
        """The value of a CODE or DATE field."""
        text = " ".join(text.strip('"“”„ ').split())
        if not self._has_words(first, last, text):
            return None
        if field.kind is Kind.DATE and is_before_now(text.lower()):
            text = text.lower()
        elif not _fits(text, field):
            self.problem(first, last, _misfit(text, field))
            return None
        elif field.kind is Kind.DATE:
            one_more = self._one_more_range(first, last)
            return Range(text, text, field.tag) if one_more else None
        if field.tag == "sb" and filters.squashed(text) in filters.ALL:
            return All()
        if starred and field.tag not in NEVER_BEGUN:
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

    def _unanswered(self, first: Token, tag: Token) -> bool:
        """Say so where PubMed could answer and we cannot."""
        reason = UNANSWERED.get(squashed(tag.text))
        if reason is not None:
            self.problem(first, tag, reason)
        return reason is not None

    def _resolve(self, tag: Token | None) -> tuple[Field | None, int | None]:
        """The field and, for words near each other, their distance."""
        if tag is None:
            return None, None
        near = _NEAR.fullmatch(tag.text.strip())
        name = near[1] if near else tag.text
        field = field_of(name)
        if field is None:
            self.problem(tag, tag, unknown(name))
            field = FIELDS[ANYWHERE]
        return field, int(near[2]) if near else None


def arrangements(count: int, distance: int) -> int:
    """In how many ways so many words can stand with so many others among them."""
    return factorial(count) * comb(distance + count - 1, count - 1)


def _tag(field: Field | None) -> str | None:
    return None if field is None else field.tag


def _is_word(text: str) -> bool:
    return text.isalnum() and len(text) <= LONGEST_WORD


def _useful(run: Sequence[Token], *, tagged: bool) -> list[list[Token]]:
    """The words of a run that say something; all of them where none does.

    A letter behind a word that has a tag makes another thing of it, "hepatitis
    a[ti]"; without a tag, `mapping` knows where it does.
    """
    useful: list[list[Token]] = []
    joins = False  # whether the word before takes a letter
    for token in run:
        if token.text.lower() not in STOP_WORDS:
            useful.append([token])
        elif joins and len(token.text) == 1:
            useful[-1].append(token)
        joins = tagged and useful[-1:] == [[token]] and _is_word(token.text)
    return useful or [[each] for each in run]


def _with_no_more_initials(name: str, field: Field) -> Field:
    """The field of a name in quotation marks, which PubMed does not truncate.

    Without initials there is nothing to truncate: "Okonfold" is everybody of it.
    """
    exact = field.tag == "au" and ends_in_initials(name)
    return FIELDS["au:noexp"] if exact else field


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
    if field.tag == "sb":
        return filters.squashed(value) in filters.NAMES
    return True


def _misfit(value: str, field: Field) -> str:
    if field.kind is Kind.DATE:
        return f"{value} is no date: write 2019, 2019/06, 2019/06/04 or last 30 days."
    if field.tag == "level":
        return f"{value} is no level of evidence: they go from 1 to 5."
    if field.tag == "sb":
        return filters.misfit(value)
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
