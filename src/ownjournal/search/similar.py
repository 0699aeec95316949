"""Which articles are like one, and because of which words.

An index finds candidates by the strongest terms of the article; all the terms
they share with it put them in order here, so that every index ends with the
same order. Nothing but words and MeSH headings counts: it works for an article
that has no abstract or that nobody has indexed yet.

The score is BM25 with the article as the query. A word counts 1 + ln(how often
the article says it), words of the title twice; a heading counts as a word that
is said once, or twice where it is a main point. It is done twice: the second time
the query is drawn towards the middle of the LEADING first of the first time, which
say with the article what it is about. On judged articles this came out above the
topic model of PubMed's own similar articles (docs/ranking.md).

Sources: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and
Beyond, 2009, doi:10.1561/1500000019. Headings as terms, and the title twice: Lin
and Wilbur, PubMed related articles, 2007, doi:10.1186/1471-2105-8-423.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from ownjournal.ranking.terms import COMMON, STOP_WORDS, term_of
from ownjournal.search.analysis import code, fold, words
from ownjournal.search.document import Document
from ownjournal.search.parts import rarity

STRONGEST = 30
"""Terms that candidates are found by; 60 found hardly better ones."""

CANDIDATES = 60
"""Articles that are looked at; 200 changed nothing in the order of the first ten."""

LEADING, DRAWN = 20, 2.0
"""How many lead, and how much their middle weighs beside the article."""

TOLD = 5
"""Shared terms that are told, at most."""

_K1, _B = 1.2, 0.75
_MEAN_LENGTH = 120  # of PubMed's articles, in terms; with that of the candidates
# themselves, the order would depend on which ones an index found
_TITLE = 2
_TOLD_AGAIN = re.compile(r"mh:(?:[cd]\d{6,9}|.+/.+)")  # by UI, or with a subheading
_SURFACE = re.compile(r"[^\W_]+")
_APART = re.compile(r"[^\w\s-]+")
_A_PHRASE = 2  # times that an article says it
_SHORTEST_TOLD = 3
_SHOUTED = 7  # letters
_LONGEST_GENERIC = 3  # words; longer titles name a work

Frequency = Callable[[str], int]
"""How many articles have a term."""

Read = Callable[[Sequence[int]], Iterable[Document]]
"""Gives the documents with these PMIDs, in any order, without those that are gone."""


class Similar(Struct, frozen=True, array_like=True):
    """An article that is like another one."""

    pmid: int
    score: float  # compares within one answer only
    terms: tuple[str, ...]  # what both say, the most telling first, as it is written


def is_heading(term: str) -> bool:
    """Whether a term is a code, "mh:fever", and not a word."""
    return ":" in term


def profile(document: Document) -> dict[str, int]:
    """The terms of an article and how often it says them; stop words are none."""
    counts: Counter[str] = Counter()
    for title in document.title:
        for word in words(title):
            counts[word] += _TITLE
    for text in document.texts:
        counts.update(words(text))
    for word in [each for each in counts if _says_nothing(each)]:
        del counts[word]
    codes = frozenset(document.codes)
    for each in document.codes:
        if each.startswith("mh:") and not _TOLD_AGAIN.fullmatch(each):
            counts[each] = 2 if f"majr:{each[3:]}" in codes else 1
    return counts


def strongest(
    terms: Mapping[str, int], frequency: Frequency, total: int
) -> list[tuple[str, float]]:
    """The terms to find candidates by, each with how much the article says it."""
    weighed = []
    for term, count in terms.items():
        held = frequency(term)
        if held:
            said = 1 + math.log(count)
            weighed.append((said * rarity(held, total), term, said))
    weighed.sort(reverse=True)
    return [(term, said) for _, term, said in weighed[:STRONGEST]]


def most_similar(
    document: Document,
    others: Iterable[Document],
    frequency: Frequency,
    total: int,
    limit: int,
) -> tuple[Similar, ...]:
    """Those of the others that are like it, the likest first.

    Left out are the article itself, other forms of the same work, what NLM links
    with it, what was retracted or gives notice of something, and what shares no
    two telling terms.

    frequency, total   as the index has them: articles with a term, and all
    """
    own = profile(document)
    needed = min(2, sum(map(_is_telling, own)))
    weights = _Weights(frequency, total)
    asked = weights.of(own)
    compared = []
    for other in others:
        if not _is_other(document, other):
            continue
        terms = profile(other)
        parts = _parts(asked, terms)
        told = [term for _, term in parts if _is_telling(term)]
        if told and len(told) >= needed:
            score = math.fsum(part for part, _ in parts)
            compared.append(_Compared(score, other, terms, told))
    drawn = _drawn(asked, [weights.of(terms) for terms in _leading(compared)])
    wording = _Wording(document)
    found = [
        (math.fsum(part for part, _ in _parts(drawn, each.terms)), each)
        for each in compared
    ]
    found.sort(key=lambda pair: (pair[0], *pair[1].newness()), reverse=True)
    return tuple(
        Similar(each.other.pmid, score, wording.told(each.told, each.other))
        for score, each in found[:limit]
    )


class _Compared(Struct, frozen=True):
    """Another article beside the one that is asked about."""

    score: float  # by the terms of that one alone
    other: Document
    terms: Mapping[str, int]
    told: Sequence[str]  # terms that both have, the most telling first

    def newness(self) -> tuple[int, int]:
        """What decides between equals."""
        day = self.other.sorted_on
        return (day.toordinal() if day else 0, self.other.pmid)


class _Weights:
    """How much articles say their terms, times how rare these are."""

    def __init__(self, frequency: Frequency, total: int) -> None:
        self._frequency, self._total = frequency, total
        self._rarity: dict[str, float] = {}

    def of(self, terms: Mapping[str, int]) -> dict[str, float]:
        """The weight of each term of an article, as a query."""
        return {
            term: (1 + math.log(count)) * self._of_term(term)
            for term, count in terms.items()
        }

    def _of_term(self, term: str) -> float:
        if term not in self._rarity:
            held = max(1, self._frequency(term))
            self._rarity[term] = rarity(held, self._total)
        return self._rarity[term]


def _leading(compared: Iterable[_Compared]) -> list[dict[str, int]]:
    """The terms of those that lead; what one of them alone says is left out."""
    ordered = sorted(compared, key=lambda each: (each.score, *each.newness()))
    leaders = [each.terms for each in ordered[-LEADING:]]
    saying = Counter(term for terms in leaders for term in terms)
    return [
        {term: count for term, count in terms.items() if saying[term] > 1}
        for terms in leaders
    ]


def _drawn(
    asked: Mapping[str, float], leaders: Sequence[Mapping[str, float]]
) -> dict[str, float]:
    """A query, drawn towards the middle of what leads; each has length 1 in it."""
    drawn: dict[str, float] = {}
    for weights, share in ((asked, 1.0), *((e, DRAWN / len(leaders)) for e in leaders)):
        length = math.sqrt(math.fsum(each * each for each in weights.values()))
        for term, weight in weights.items():
            drawn[term] = drawn.get(term, 0.0) + share * weight / (length or 1.0)
    return drawn


def _parts(
    asked: Mapping[str, float], terms: Mapping[str, int]
) -> list[tuple[float, str]]:
    """What each shared term adds, most first."""
    length = sum(count for term, count in terms.items() if not is_heading(term))
    damped = _K1 * (1 - _B + _B * length / _MEAN_LENGTH)
    parts = []
    for term in asked.keys() & terms.keys():
        count = terms[term]
        saturation = count + (_K1 if is_heading(term) else damped)
        parts.append((asked[term] * count * (_K1 + 1) / saturation, term))
    parts.sort(reverse=True)
    return parts


def _says_nothing(word: str) -> bool:
    return len(word) < 2 or word.isdigit() or word in STOP_WORDS


def _is_telling(term: str) -> bool:
    """Whether a reader would take it as a reason."""
    if is_heading(term):
        return term.removeprefix("mh:") not in _CHECK_TAGS
    return len(term) >= _SHORTEST_TOLD and term_of(term) not in COMMON


_CHECK_TAGS = frozenset(
    """
    adolescent adult aged aged_80_and_over animals child child_preschool female
    follow-up_studies humans infant infant_newborn male mice middle_aged pregnancy
    prospective_studies rats retrospective_studies risk_factors time_factors
    treatment_outcome young_adult
    """.replace("-", "_").split()
)
"""Headings that indexers tick for most articles."""


def _is_other(document: Document, other: Document) -> bool:
    """Whether it may stand in the list at all."""
    if other.pmid == document.pmid or other.retracted:
        return False
    if f"link:{other.pmid}" in document.codes or f"link:{document.pmid}" in other.codes:
        return False
    if any(each.startswith("integrity:notice") for each in other.codes):
        return False
    return not _same_work(document, other)


def _same_work(one: Document, other: Document) -> bool:
    """The same title and an author in common, such as a preprint of it."""
    titles = {words(title) for title in one.title} & {words(t) for t in other.title}
    if not any(len(title) > _LONGEST_GENERIC for title in titles):
        return False
    names = {each for each in one.codes if each.startswith("au:")}
    return not names or not names.isdisjoint(other.codes)


class _Wording:
    """How an article words its terms, to tell which it shares with another."""

    def __init__(self, document: Document) -> None:
        self._headings = {code(name): name for name in document.names}
        self._spelled = _spelled(document)
        self._pairs = _pairs(document)

    def told(self, terms: Sequence[str], other: Document) -> tuple[str, ...]:
        """The first few terms, none in two forms.

        Words that both articles have beside each other are told together.
        """
        theirs = _pairs(other)
        together = {pair: n for pair, n in self._pairs.items() if pair in theirs}
        told: list[str] = []
        said: set[str] = set()
        for term in terms:
            shown = self._shown(term, terms, together)
            forms = {term_of(word) or word for word in words(shown)}
            if not said.issuperset(forms):
                told.append(shown)
                said |= forms
            if len(told) == TOLD:
                break
        return tuple(told)

    def _shown(
        self, term: str, terms: Sequence[str], together: Mapping[tuple[str, str], int]
    ) -> str:
        if is_heading(term):
            name = term.partition(":")[2]
            return self._headings.get(name, name.replace("_", " "))
        pair = _phrase(term, terms, together)
        return " ".join(self._spelled.get(word, word) for word in pair)


def _phrase(
    word: str, others: Sequence[str], together: Mapping[tuple[str, str], int]
) -> tuple[str, ...]:
    """The word, with that one of the others which most often stands beside it."""
    pairs = [
        pair
        for other in others
        for pair in ((word, other), (other, word))
        if together.get(pair, 0) >= _A_PHRASE
    ]
    return max(pairs, key=together.__getitem__, default=(word,))


def _pairs(document: Document) -> Counter[tuple[str, str]]:
    """Words with nothing but a space or a hyphen between them; as often as said."""
    found: Counter[tuple[str, str]] = Counter()
    for text in (*document.title * _TITLE, *document.texts):
        for piece in _APART.split(text):
            run = words(piece)
            found.update(zip(run, run[1:], strict=False))
    return found


def _spelled(document: Document) -> dict[str, str]:
    """Words that are never written in small letters: {"hba1c": "HbA1c"}.

    Long ones all in capitals are shouted, not spelled so.
    """
    text = fold(" ".join((*document.title, *document.texts)))
    surfaces = dict.fromkeys(_SURFACE.findall(text))
    return {
        surface.lower(): surface
        for surface in surfaces
        if surface.lower() not in surfaces
        and not (len(surface) >= _SHOUTED and surface.isalpha() and surface.isupper())
    }
