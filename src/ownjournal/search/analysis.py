"""How text becomes terms: one way for documents and for queries.

Documents are indexed as they are spelled, cut and folded by the analyzers here;
nothing is stemmed and no word is left out. So phrases and truncation are exact,
and indexing takes little more than half the time that a stemmer would. What
should count as the same is decided when a query is read: `spellings` for what
is written together or apart (IL-6, IL6; TNF-α, TNFalpha), `variants` for
inflection and for British and American spelling.

Everything is general English and Latin: no rule knows an article or a topic.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

MAX_SPELLINGS = 16
"""Of one word or phrase; a longer list is cut, the text as typed comes first."""

_GREEK = """
αΑ alpha βΒϐ beta γΓ gamma δΔ∆ delta εΕϵ epsilon ζΖ zeta ηΗ eta θΘϑ theta ιΙ iota
κΚϰ kappa λΛ lambda μΜ\u00b5 mu νΝ nu ξΞ xi οΟ omicron πΠϖ pi ρΡϱ rho σΣς sigma
τΤ tau υΥ upsilon φΦϕ phi χΧ chi ψΨ psi ωΩ\u2126 omega
"""
_SPELLED = {
    letter: f" {name} "
    for letters, name in zip(*[iter(_GREEK.split())] * 2, strict=True)
    for letter in letters
}
_SPELLED |= dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
_UNUSUAL = re.compile("[" + "".join(_SPELLED) + "\ud800-\udfff]")

_GREEK_PART = re.compile(
    "(alpha|beta|gamma|delta|epsilon|kappa|lambda|omega|sigma|theta)"
)
_RUN = re.compile(r"\d+|\D+")


def _folding(tokenizer: Tokenizer) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(tokenizer)
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


WORDS = _folding(Tokenizer.simple())
"""Cuts at everything that is no letter and no digit."""

CODES = TextAnalyzerBuilder(Tokenizer.whitespace()).build()
"""Cuts at spaces; `code` and `identifier` have folded everything before."""

_WHOLE = _folding(Tokenizer.raw())


def fold(text: str) -> str:
    """Text that the analyzers read alike however it is encoded.

    Greek letters become their names as words of their own, accents are composed,
    invisible characters and halves of characters go. Most text is ASCII and
    returned as it is.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return _UNUSUAL.sub(lambda found: _SPELLED.get(found[0], ""), composed)


def words(text: str) -> tuple[str, ...]:
    """The terms of a text, in order."""
    return tuple(WORDS.analyze(fold(text)))


_SIGNS = "()[]&®™"
_UNSIGNED = str.maketrans(dict.fromkeys(_SIGNS, " "))
_APART = str.maketrans({"-": " ", ",": None, ".": None, "'": None, "’": None})
_APART |= _UNSIGNED | {ord("_"): " "}  # so that the code of a code is itself


def unsigned(name: str) -> str:
    """A name without brackets and signs, as PubMed has it typed.

    "J Hand Surg [Am]" → "J Hand Surg Am", "Benzo(a)pyrene" → "Benzo a pyrene".
    """
    return " ".join(name.translate(_UNSIGNED).split())


@lru_cache(maxsize=1 << 16)
def code(text: str) -> str:
    """A name as one term: "Heart Failure" and "heart-failure" → "heart_failure".

    "" where nothing is left.
    """
    if text.isalpha() and text.isascii():
        return text.lower()
    return _folded("_".join(fold(text).translate(_APART).split()))


def identifier(text: str) -> str:
    """An identifier as one term; nothing but case and spaces is ignored."""
    return _folded("".join(fold(text).split()))


_NAMED_BEFORE = re.compile(r"\A(?:jprn\W?(?=\w)|eudract[^0-9]*(?=[0-9]))")


def source_id(text: str) -> str:
    """The number of a trial or a deposit as one term, without its registry's name.

    "EudraCT: 2010-012345-12" → "2010-012345-12", "JPRN-UMIN000001234" →
    "umin000001234"; a name that belongs to the number stays, as in "NCT01234567".
    """
    folded = identifier(text)
    return _NAMED_BEFORE.sub("", folded, count=1) if folded[:1] in "ej" else folded


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else "".join(_WHOLE.analyze(text))


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[tuple[str, ...], ...]:
    """The sequences of terms that a text stands for, as typed first.

    Each word may be written together or apart wherever it changes between
    letters and digits, at punctuation, and around the name of a Greek letter:
    "IL6" → (il6), (il, 6). Two numbers are never written together. Empty for a
    text without letters and digits.
    """
    ways = [way for way in map(_ways, text.split()) if way]
    if not ways:
        return ()
    choices = islice(product(*ways), MAX_SPELLINGS)
    return tuple(dict.fromkeys(sum(choice, ()) for choice in choices))


def _ways(word: str) -> list[tuple[str, ...]]:
    """The spellings of one word: every one for up to three places, else a few."""
    typed = words(word)
    pieces: list[str] = []
    free: list[int] = []  # places where writing together is allowed
    for token in typed:
        for piece in _pieces(token):
            if pieces and not (pieces[-1].isdigit() and piece.isdigit()):
                free.append(len(pieces))
            pieces.append(piece)
    if not free:
        return [typed] if typed else []
    if len(free) > 3:
        closings = [frozenset[int](), frozenset(free)]
    else:
        closings = [
            frozenset(place for place, shut in zip(free, mask, strict=True) if shut)
            for mask in product((False, True), repeat=len(free))
        ]
    return list(dict.fromkeys([typed, *(_joined(pieces, each) for each in closings)]))


def _pieces(token: str) -> list[str]:
    return [
        piece
        for run in _RUN.findall(token)
        for piece in _GREEK_PART.split(run)
        if piece
    ]


def _joined(pieces: list[str], closed: frozenset[int]) -> tuple[str, ...]:
    terms: list[str] = []
    for place, piece in enumerate(pieces):
        if place in closed:
            terms[-1] += piece
        else:
            terms.append(piece)
    return tuple(terms)
