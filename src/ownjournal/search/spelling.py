"""Suggest another spelling for words that no article has, or hardly any.

The words come from the index itself as it stands, so there is nothing to keep and
nothing that can be out of date. A suggestion is made only when it finds something,
and is only ever shown: no query is changed by itself. Names in capitals, words with
digits and what the vocabulary knows (drugs, topics, authors) are left as they are.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from math import log10
from string import ascii_lowercase
from typing import Protocol

from msgspec import Struct

from ownjournal.search.inflection import variants
from ownjournal.search.parser import parse
from ownjournal.search.query import And, Mapped, Not, Or, Phrase, Query, Term
from ownjournal.search.vocabulary import Vocabulary

MAX_WORDS = 3
"""Words of a query that are looked at closely; with more of them it is no English."""

MAX_LOOKED_UP = 40
"""Words of a query that are looked up at all."""

SHORTEST, LONGEST = 4, 30  # letters
TWO_ERRORS_FROM = 7  # letters
BEGINNING = 3  # letters that are right where there are two errors
OF_A_BEGINNING = 3_000  # words, the commonest
LEAST_ARTICLES = 3  # that have the word suggested
RARE_TO_A_USUAL_ERROR, RARE = 100, 1_000
"""A word that some articles have is rare beside one that so many times more have."""

USUAL_ERROR = 0.8  # what it costs; see `distance`
MOST_ARTICLES = 10_000
"""A word that more articles have is not looked at: nothing is so much commoner."""

TRIED = 4  # spellings of one word
FINDS_NOTHING = -100.0  # what it takes from how likely a spelling is

_WORD = re.compile(r"[A-Z]?[a-z]+")
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(
    frozenset(pair) for pair in ("ck", "cs", "sz", "kq", "fv", "gj", "mn", "td", "cx")
)
_INN_STEMS = re.compile(
    "(?:mab|nib|tide|gliptin|gliflozin|glitazone|statin|sartan|pril|olol|dipine|azole"
    "|cillin|mycin|micin|floxacin|cycline|vir|vudine|triptan|setron|azepam|zolam|caine"
    "|platin|taxel|rubicin|xaban|gatran|parin|grel|lukast|terol|sone|olone|profen|coxib"
    "|siran|rsen|cept|kinra|leucel|vec)s?$"
)
"""How the names of drugs end that WHO gives, for the larger classes."""


class Words(Protocol):
    """What is needed of an index."""

    def frequencies(self, words: Collection[str]) -> Mapping[str, int]:
        """How many articles have each of these terms in their text, roughly."""

    def beginning(self, prefix: str, most: int) -> Sequence[tuple[str, int]]:
        """Terms that begin so and how many articles have them, the commonest first."""

    def count(self, query: Query) -> int:
        """How many articles a query finds."""


class Suggestion(Struct, frozen=True):
    """Another spelling of a query, and what it would find."""

    text: str  # the whole query
    words: tuple[str, ...]  # those that differ, as they would be
    total: int  # articles


class _Doubtful(Struct, frozen=True):
    """A word that may be misspelled, and what it may be meant to be."""

    start: int
    end: int
    text: str
    spellings: tuple[tuple[str, float], ...]  # the likeliest first


def suggestion(
    query: Query, text: str, index: Words, vocabulary: Vocabulary
) -> Suggestion | None:
    """A spelling that finds more; None where the words are right, or nothing is.

    query  of `parser.parse(text)`
    """
    typed = islice(_words(query, text), MAX_LOOKED_UP)
    doubtful = _doubtful(list(typed), index)
    names = vocabulary.topics({each.text for each in doubtful}) if doubtful else {}
    doubtful = [each for each in doubtful if each.text not in names]
    if not 0 < len(doubtful) <= MAX_WORDS:
        return None
    spelled = _Spelled(text, doubtful, index)
    chosen = spelled.likeliest()
    better = spelled.text(chosen)
    total = spelled.total(chosen)
    if total == 0 or total <= index.count(query):
        return None
    return Suggestion(better, tuple(chosen), total)


class _Spelled:
    """A query with other words put in for those in doubt."""

    def __init__(self, typed: str, doubtful: Sequence[_Doubtful], index: Words) -> None:
        self._typed = typed
        self._doubtful = doubtful
        self._index = index

    def likeliest(self) -> list[str]:
        """For each word the spelling that fits it and the rest of the query best."""
        chosen = [word.spellings[0][0] for word in self._doubtful]
        for number, word in enumerate(self._doubtful):
            fits = {}
            for spelling, likely in word.spellings:
                tried = [*chosen[:number], spelling, *chosen[number + 1 :]]
                found = self.total(tried)
                fits[spelling] = likely + (log10(found) if found else FINDS_NOTHING)
            chosen[number] = max(fits, key=fits.__getitem__)
        return chosen

    def text(self, chosen: Sequence[str]) -> str:
        """The whole query; a capital stays one."""
        text = self._typed
        pairs = list(zip(self._doubtful, chosen, strict=True))
        for word, other in reversed(pairs):
            put = other.capitalize() if text[word.start].isupper() else other
            text = text[: word.start] + put + text[word.end :]
        return text

    def total(self, chosen: Sequence[str]) -> int:
        """How many articles it would find."""
        query = parse(self.text(chosen)).query
        return 0 if query is None else self._index.count(query)


def _words(query: Query, text: str) -> Iterator[tuple[int, int, str]]:
    """Words without a tag that may be misspelled: place, and in small letters."""
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part, text)
        case Mapped(typed, _):
            yield from _words(typed, text)
        case Not(kept, _):
            yield from _words(kept, text)
        case Term(word, None, (start, end)):
            at = text.find(word, start, end)
            if at >= 0 and _WORD.fullmatch(word) and SHORTEST <= len(word) <= LONGEST:
                yield at, at + len(word), word.lower()


def _doubtful(typed: Sequence[tuple[int, int, str]], index: Words) -> list[_Doubtful]:
    """Those of the words that are rare, and for which there is another spelling."""
    forms = {word: {word, *variants(word)} for _, _, word in typed}
    held = index.frequencies({form for each in forms.values() for form in each})
    found = []
    for start, end, word in typed:
        own = sum(held[form] for form in forms[word])
        if own and (own > MOST_ARTICLES or _INN_STEMS.search(word)):
            continue
        if not own and index.count(Term(word)):  # an author, or a name
            continue
        spellings = _spellings(word, own, index)
        if spellings:
            found.append(_Doubtful(start, end, word, spellings))
    return sorted(found, key=lambda word: word.start)


def _spellings(word: str, own: int, index: Words) -> tuple[tuple[str, float], ...]:
    """What a word may be meant to be, with how likely that is; the likeliest first."""
    near = index.frequencies(set(_one_edit(word)))
    common = {each: count for each, count in near.items() if count}
    if not own and len(word) >= TWO_ERRORS_FROM:
        begun = index.beginning(word[:BEGINNING], OF_A_BEGINNING)
        common |= {each: count for each, count in begun if _may_be(each, word)}
    found = [
        (each, log10(count) - 3 * cost)
        for each, count in common.items()
        if count >= LEAST_ARTICLES
        and (cost := distance(word, each)) <= (1 if own else 2)
        and count >= own * (RARE_TO_A_USUAL_ERROR if cost <= USUAL_ERROR else RARE)
    ]
    found += [] if own else _apart(word, index)
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:TRIED])


def _apart(word: str, index: Words) -> list[tuple[str, float]]:
    """A word read as two that stand next to each other: heartattack."""
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    held = index.frequencies({part for cut in cuts for part in cut})
    likely = sorted(cuts, key=lambda cut: -min(held[part] for part in cut))[:2]
    found = []
    for cut in likely:
        both = " ".join(cut)
        if min(held[part] for part in cut) >= LEAST_ARTICLES:
            count = index.count(Phrase(both))
            if count >= LEAST_ARTICLES:
                found.append((both, log10(count) - 3))
    return found


def _one_edit(word: str) -> Iterator[str]:
    """Every word that one letter more, less, other or changed in place makes."""
    for at in range(len(word) + 1):
        before, behind = word[:at], word[at:]
        yield before + behind[1:]
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
        for letter in ascii_lowercase:
            yield before + letter + behind
            yield before + letter + behind[1:]


def _may_be(other: str, word: str) -> bool:
    """Whether two errors might lead from one to the other; quick, to look further."""
    return (
        abs(len(other) - len(word)) <= 2
        and other != word
        and len(set(other) ^ set(word)) <= 4
        and _WORD.fullmatch(other) is not None
    )


def distance(typed: str, meant: str) -> float:
    """What it costs to misspell a word so: about 1 for each error, less for usual ones.

    Optimal string alignment: letters put in, left out, changed, or two exchanged. A
    vowel for another, letters that sound alike and doubled letters are usual; the
    first letter is seldom wrong.
    """
    before: list[float] = []
    row = [float(at) for at in range(len(meant) + 1)]
    for i, letter in enumerate(typed, start=1):
        last, row, before_last = row, [float(i)], before
        for j, other in enumerate(meant, start=1):
            costs = [
                last[j - 1] + _changed(letter, other, first=i == 1),
                last[j] + _single(typed, i - 1),
                row[j - 1] + _single(meant, j - 1),
            ]
            if i > 1 and j > 1 and letter == meant[j - 2] and other == typed[i - 2]:
                costs.append(before_last[j - 2] + 0.8)
            row.append(min(costs))
        before = last
    return row[-1]


def _changed(letter: str, other: str, *, first: bool) -> float:
    if letter == other:
        return 0
    alike = frozenset((letter, other)) in _ALIKE or _VOWELS.issuperset((letter, other))
    return (0.6 if alike else 1) + (0.3 if first else 0)


def _single(word: str, at: int) -> float:
    """Of a letter that one of the words lacks."""
    if at and word[at] == word[at - 1]:
        return 0.5
    return 0.8 if word[at] in "he" else 1
