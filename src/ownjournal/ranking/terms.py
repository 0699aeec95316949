"""Terms: the words of articles as ranking counts them.

A term is a word in lower case without accents and without a plural s. Single
letters, bare numbers and the commonest English words are no terms. Phrases are
not kept: a phrase is asked for as all of its words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")

_ALPHANUMERIC = b"abcdefghijklmnopqrstuvwxyz0123456789"
_SPACED_OUT = bytes(each if each in _ALPHANUMERIC else 32 for each in range(256))

STOP_WORDS = frozenset(
    WORD.findall(
        """
    a about above after again against all also although am among an and any are as
    at be because been before being below between both but by can could did do does
    doing done due during each either et etc few for from further had has have
    having he her here hers him his how however i if in into is it its itself just
    may me might more most much must my neither no nor not of off on once only or
    other our ours out over own per rather same she should since so some such than
    that the their theirs them then there therefore these they this those through
    thus to too toward towards under until up upon used using various very via was
    we were what when whereas whether which while who whom whose why will with
    within without would you your al
    """
    )
)

_COMMON_WORDS = {
    0.4: """
    conclusion patient result study
    """,
    0.2: """
    analysis associated background based clinical compared data effect group method
    objective one significant significantly time treatment two year
    """,
    0.1: """
    activity age aim article assess assessed assessment author baseline care case
    change children clinic condition control controlled day determine determined
    development difference different disease drug effective efficacy evaluate
    evaluated evidence factor finding first follow followed found function health
    high higher hospital identified identify important improve improved include
    included including increase increased individual investigate level low lower
    mean measure measured men month new non number observed obtained outcome
    participant performed period positive possible potential present previous
    primary provide quality randomized rate ratio reduced related report reported
    research respectively response risk role sample score show showed shown similar
    specific subject suggest system term test therapy three total treated trial type
    value variable versus vs week well women
    """,
}

COMMON = {
    term: share
    for share, words in _COMMON_WORDS.items()
    for term in WORD.findall(words)
}
"""Terms that abstracts of any subject hold, and in which share of them, roughly.

A pool of thirty articles cannot tell "patient" from "podagra" by counting; this
is what is known of them before."""

NO_TERM = -1
"""What a word that is no term is numbered."""

MOST_MET = 1 << 18
"""Words whose numbers are kept; a week of PubMed has some 130,000."""


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, in order, terms or not."""
    text = text.lower()
    if text.isascii():  # three times as fast
        return text.encode().translate(_SPACED_OUT).decode().split()
    return WORD.findall(text)


@lru_cache(maxsize=1 << 16)
def term_of(word: str) -> str | None:
    """The term of a word in lower case; None where it is none.

    Plurals lose their s by the rules of Harman (How effective is suffixing?,
    1991), which seldom join words of different meaning as longer stemmers do.
    Words in -is keep it: sepsis, dialysis.
    """
    if len(word) < 2 or word in STOP_WORDS or word.isdecimal():
        return None
    if not word.isascii():
        word = _without_accents(word)
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if not word.endswith(("us", "ss", "is")):
        return word[:-1]
    return word


class Vocabulary(dict[str, int]):
    """Words and the numbers of their terms; words met for the first time get one.

    Many words share a number, as they are forms of one term. Subscripting
    learns; `known` does not.
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        super().__init__()
        self._numbers = {term: number for number, term in enumerate(terms)}
        self._met = _Met(self._numbers)

    def __missing__(self, word: str) -> int:
        term = term_of(word)
        number = NO_TERM
        if term is not None:
            number = self._numbers.setdefault(term, len(self._numbers))
        self[word] = number
        self._met.clear()  # what was no term may be one now
        return number

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms by number."""
        return tuple(self._numbers)

    def known(self, word: str) -> int:
        """The number of a word's term, or NO_TERM; learns nothing."""
        return self._met[word]

    def all_known(self, words: Iterable[str]) -> Iterator[int]:
        """The same of many words, in their order."""
        return map(self._met.__getitem__, words)


class _Met(dict[str, int]):
    """Numbers of the words asked for so far."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_MET:
            self.clear()
        term = term_of(word)
        number = NO_TERM if term is None else self._numbers.get(term, NO_TERM)
        self[word] = number
        return number


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(each for each in parts if not unicodedata.combining(each))
