"""Read words as what they name: a topic of MeSH, a journal, an author.

This is PubMed's automatic term mapping. Words without a tag, next to each other
and with no operator among them, are looked up from the left, the longest first;
what is found is added to the words, which keep their own meaning and count more
(see `query.Mapped`). What is in quotation marks, has a tag or ends in a * is what
it is and is never looked up.

Source: PubMed User Guide, https://pubmed.ncbi.nlm.nih.gov/help/, "How PubMed works:
automatic term mapping".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from msgspec import Struct

from ownjournal.search import qualifiers
from ownjournal.search.atoms import STOP_WORDS
from ownjournal.search.inflection import variants
from ownjournal.search.query import (
    OPERATORS,
    PLAIN_WORD,
    And,
    Mapped,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)
from ownjournal.search.vocabulary import KnownJournal, Topic, Vocabulary

LONGEST = 8
"""Words of a name; few topics that anybody types have more."""

MAX_WORDS = 60
"""Words next to each other that are still looked up; more are a text, not a name."""

MAX_NAMES = 2_000
"""Names that are looked up, the first ones of a query; a strategy has a few hundred."""

Kind = Literal["topic", "publication type", "subheading", "journal", "author", "words"]

_AROUND = " \t\r\n.,;!?'’<>"
_APART = re.compile(r"[\s,]+")
_LAST_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+(?:['’-][^\W\d_]+)*")
_INITIALS = re.compile(r"[a-z]{1,2}", re.IGNORECASE)


class Reading(Struct, frozen=True):
    """Words of a query, and what they were read as."""

    start: int  # in what was typed
    end: int
    text: str  # as typed
    kind: Kind
    as_text: str  # "Myocardial Infarction"


class Read(Struct, frozen=True):
    """A query with what its words were read as, by their place."""

    query: Query
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class _Typed:
    """One word as typed, or two that may be one, as IL 6."""

    query: Query
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What the vocabulary knows of all names in a query."""

    topics: Mapping[str, Topic]
    journals: Mapping[str, tuple[KnownJournal, ...]]
    authors: frozenset[str]
    abbreviations: Mapping[str, tuple[str, ...]]


def read_as(query: Query, text: str, vocabulary: Vocabulary) -> Read:
    """What a query means besides its words.

    query  of `parser.parse(text)`
    text   what was typed
    """
    reader = _Reader(text)
    every = (name for run in _runs(query, text) for name in reader.names(run))
    names = set(islice(every, MAX_NAMES))
    if not names:
        return Read(query)
    reader.known = _Known(
        vocabulary.topics(names),
        vocabulary.journals(names),
        vocabulary.authors({name for name in names if _is_author(name)}),
        vocabulary.abbreviations(names),
    )
    mapped = reader.map(query)
    return Read(mapped, tuple(sorted(reader.readings, key=lambda each: each.start)))


def _runs(query: Query, text: str) -> Iterator[list[_Typed]]:
    """The words that stand together, everywhere in a query."""
    match query:
        case And(parts):
            for some in _grouped(parts, text):
                if isinstance(some, list):
                    yield some
                else:
                    yield from _runs(some, text)
        case Or(parts) if _typed(query) is None:
            for part in parts:
                yield from _runs(part, text)
        case Not(kept, removed):
            yield from _runs(kept, text)
            yield from _runs(removed, text)
        case _:
            if (typed := _typed(query)) is not None:
                yield [typed]


def _grouped(parts: Sequence[Query], text: str) -> list[list[_Typed] | Query]:
    """The parts of an And: words that stand together as one list, others alone."""
    found: list[list[_Typed] | Query] = []
    for part in parts:
        typed = _typed(part)
        if typed is None:
            found.append(part)
            continue
        last = found[-1] if found else None
        if isinstance(last, list) and _together(text[last[-1].end : typed.start]):
            last.append(typed)
        else:
            found.append([typed])
    return found


def _typed(query: Query) -> _Typed | None:
    """A word with its place; None for whatever else."""
    match query:
        case Term(_, None, (start, end)):
            return _Typed(query, start, end)
        case Or((And((Term(_, None, (start, _)), Term(_, None, (_, end)))), Term())):
            return _Typed(query, start, end)  # "IL 6", see atoms
        case _:
            return None


def _together(between: str) -> bool:
    """Whether nothing but words that say little stands between two words."""
    words = between.split()
    return not any(
        word in OPERATORS or word.lower() not in STOP_WORDS for word in words
    )


def _is_author(name: str) -> bool:
    """Whether a name may be an author's, "smith j"."""
    parts = name.split()
    return (
        len(parts) == 2
        and _LAST_NAME.fullmatch(parts[0]) is not None
        and _INITIALS.fullmatch(parts[1]) is not None
    )


class _Reader:
    """Maps the runs of one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.known = _Known({}, {}, frozenset(), {})
        self.readings: list[Reading] = []

    def names(self, run: Sequence[_Typed]) -> Iterator[str]:
        """What words of a run may be the name of."""
        if len(run) > MAX_WORDS:
            return
        for first in range(len(run)):
            for last in range(first, min(first + LONGEST, len(run))):
                yield from self._names(run[first : last + 1])

    def _names(self, words: Sequence[_Typed]) -> tuple[str, ...]:
        """As typed, and without the words that say little."""
        typed = self._text(words).lower()
        plain = " ".join(
            each for each in typed.split() if each not in STOP_WORDS or len(words) == 1
        )
        return (typed, plain) if plain and plain != typed else (typed,)

    def _text(self, words: Sequence[_Typed]) -> str:
        start, end = self._place(words)
        return " ".join(self.text[start:end].split())

    def _place(self, words: Sequence[_Typed]) -> tuple[int, int]:
        """Without what a sentence puts around its words."""
        typed = self.text[words[0].start : words[-1].end]
        start = words[0].start + len(typed) - len(typed.lstrip(_AROUND))
        return start, words[-1].end - len(typed) + len(typed.rstrip(_AROUND))

    def map(self, query: Query) -> Query:
        """The query with what its words are read as."""
        match query:
            case And(parts):
                return _and(
                    part
                    for some in _grouped(parts, self.text)
                    for part in (
                        self._run(some) if isinstance(some, list) else [self.map(some)]
                    )
                )
            case Or(parts) if _typed(query) is None:
                return Or(tuple(map(self.map, parts)))
            case Not(kept, removed):
                return Not(self.map(kept), self.map(removed))
            case _:
                typed = _typed(query)
                return query if typed is None else _and(self._run([typed]))

    def _run(self, run: Sequence[_Typed]) -> Iterator[Query]:
        """Longest match from the left."""
        at = 0
        while at < len(run):
            longest = min(LONGEST, len(run) - at) if len(run) <= MAX_WORDS else 0
            for length in range(longest, 0, -1):
                words = run[at : at + length]
                found = self._segment(words, whole=length == len(run))
                if found is not None:
                    yield found
                    at += length
                    break
            else:
                yield run[at].query
                at += 1

    def _segment(self, words: Sequence[_Typed], *, whole: bool) -> Query | None:
        """Words that are a name, with what it names; None where they are none."""
        typed = _and(each.query for each in words)
        for name in self._names(words):
            author = name in self.known.authors
            if author and whole and name not in self.known.topics:
                self._note(words, "author", self._text(words))
                return Term(self._text(words), "au")
            others = [*self._others(name, words, whole=whole)]
            if not others and author:
                self._note(words, "author", self._text(words))
                others = [Term(self._text(words), "au")]
            if others:
                return Mapped(typed, tuple(dict.fromkeys(others)))
        return None

    def _others(
        self, name: str, words: Sequence[_Typed], *, whole: bool
    ) -> Iterator[Query]:
        """What a name is read as; a topic goes before a journal, as in PubMed."""
        text = self._text(words)
        topic = self.known.topics.get(name)
        subheading = name in _SUBHEADINGS
        journals = self.known.journals.get(name, ()) if len(words) > 1 or whole else ()
        if topic is not None:
            kind = "pt" if topic.kind == "publication-type" else "mh"
            self._note(words, _KINDS[kind], topic.name)
            yield Term(topic.name, kind)
        if subheading:
            self._note(words, "subheading", name)
            yield Term(name, "sh")
        if topic is None and not subheading:
            for journal in journals:
                known_as = journal.abbreviation or journal.title or journal.nlm_id
                self._note(words, "journal", known_as)
                yield Term(known_as, "ta")
        elif len(words) > 1 and '"' not in text:
            yield Phrase(text)
        if topic is not None:
            yield from _said_otherwise(topic.name, text)
        for other in self.known.abbreviations.get(name, ()):
            if topic is None or other.lower() != topic.name.lower():
                self._note(words, "words", other)
                yield Phrase(other)

    def _note(self, words: Sequence[_Typed], kind: Kind, as_text: str) -> None:
        reading = Reading(*self._place(words), self._text(words), kind, as_text)
        if reading not in self.readings:
            self.readings.append(reading)


_KINDS: dict[str, Kind] = {"mh": "topic", "pt": "publication type"}
_SUBHEADINGS = frozenset(qualifiers.NAMES.values())


def _said_otherwise(name: str, text: str) -> Iterator[Query]:
    """The words of a topic's name, where they are not those typed."""
    said = {word.lower() for word in _APART.split(text)}
    words = [
        word
        for word in _APART.split(name)
        if word and word.lower() not in STOP_WORDS and PLAIN_WORD.fullmatch(word)
    ]
    known = {form for word in said for form in (word, *variants(word))}
    if words and not known.issuperset(word.lower() for word in words):
        yield _and(map(Term, words))


def _and(parts: Iterable[Query]) -> Query:
    whole = tuple(parts)
    return whole[0] if len(whole) == 1 else And(whole)
