"""Find abbreviations and what they stand for, where a text defines them.

"chronic obstructive pulmonary disease (COPD)", or the other way round. The letters
of the short form are looked for in the words before it, from the right; the first
must begin a word. Beyond the published rules a pair has to look like one: what is
right counts more than what is complete, as one definition in a thousand texts is
enough.

Source: Schwartz and Hearst, A simple algorithm for identifying abbreviation
definitions in biomedical text, Pac Symp Biocomput 2003:451-62.
"""

import re
from collections.abc import Iterator

LONGEST_SHORT = 10  # characters
MAX_PAIRS = 100  # of one text
MAX_CHARACTERS = 20_000  # of one text that are read

_IN_PARENTHESES = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]")
_SHORT = re.compile(r"[^\W_][\w/+.&’'-]*")
_ROMAN = re.compile(r"[IVX]+")
_PLACE = re.compile(r"\b(?:Fig|Figs|Figure|Table|Tables|Suppl|Ref|Eq)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;:!?]\s")
_WORD = re.compile(r"\S+")
_PLURAL = re.compile(r"\w\w[^\Wisu]s$")  # "trials", not "virus", "mass" or "sepsis"
_SMALL_WORDS = "a an and as at by for from in into is of on or the to was were with"
_SMALL = frozenset(_SMALL_WORDS.split())
_NEVER_FIRST = ("and", "of", "or", "the")


def find(text: str) -> tuple[tuple[str, str], ...]:
    """Short and long forms that a plain text defines, in order, each pair once.

    The long form is as it is written, with single spaces.
    """
    pairs: dict[tuple[str, str], None] = {}
    for found in _IN_PARENTHESES.finditer(text[:MAX_CHARACTERS]):
        before = text[max(0, found.start() - 200) : found.start()]
        pair = _defined(before, found[1])
        if pair is not None:
            pairs[pair] = None
            if len(pairs) == MAX_PAIRS:
                break
    return tuple(pairs)


def folded(long: str) -> str:
    """A long form as it is counted: case, hyphens and a plural make no difference."""
    plain = " ".join(long.replace("-", " ").split()).lower()
    return plain[:-1] if _PLURAL.search(plain) else plain


def _defined(before: str, inside: str) -> tuple[str, str] | None:
    """The pair that text and what stands in parentheses behind it make."""
    inside = re.split(r"[,;:=]", inside)[0].strip()
    if not before.endswith((" ", "\n")):
        return None  # "IL(6)", "f(x)"
    before = _SENTENCE.split(before)[-1].rstrip()
    if _is_short(inside):
        long = _long_form(inside, before)
        return None if long is None else (inside, long)
    if (last := before.rsplit(maxsplit=1)[-1:]) and _is_short(last[0]):
        long = _long_form(last[0], inside)
        if long is not None and long == inside:
            return last[0], long
    return None


def _is_short(text: str) -> bool:
    return (
        2 <= len(text) <= LONGEST_SHORT
        and _SHORT.fullmatch(text) is not None
        and any(each.isupper() for each in text)
        and sum(each.isalpha() for each in text) >= 2
        and text[1:] != text[1:].lower().strip("s")  # a capital beyond the first
        and _ROMAN.fullmatch(text) is None
        and _PLACE.fullmatch(text) is None
    )


def _long_form(short: str, before: str) -> str | None:
    """The words that a short form stands for; None where it does not fit them."""
    letters = [each for each in short.lower() if each.isalnum()]
    words = [found for found in _WORD.finditer(before)]
    most = min(len(letters) + 5, len(letters) * 2)
    if not words:
        return None
    start = words[-most:][0].start()
    at = _matched(letters, before[start:])
    if at is None:
        return None
    long = " ".join(before[start + at :].split())
    return long if _is_long(long, short) else None


def _matched(letters: list[str], text: str) -> int | None:
    """Where the long form begins: each letter in order, the first begins a word."""
    text = text.lower()
    at = len(text)
    for number in range(len(letters) - 1, -1, -1):
        at = text.rfind(letters[number], 0, at)
        while number == 0 and at > 0 and text[at - 1].isalnum():
            at = text.rfind(letters[0], 0, at)
        if at < 0:
            return None
    return at


def _is_long(long: str, short: str) -> bool:
    """Whether words look like what a short form stands for."""
    words = [each.strip(".,").lower() for each in long.split()]
    letters = sum(each.isalnum() for each in short)
    return (
        len(long) > len(short)
        and words[0] not in _NEVER_FIRST
        and short.lower() not in words
        and len(_initials(words)) <= letters + 1
        and (len(words) == 1 or _begun(short, words) * 2 >= letters)
        and not any(each in '()[]{}<>=%"|' for each in long)
    )


def _initials(words: list[str]) -> str:
    """The letters that parts of words begin with; small words have none."""
    return "".join(
        part[0]
        for word in words
        if word not in _SMALL
        for part in re.split(r"[-/]", word)
        if part
    )


def _begun(short: str, words: list[str]) -> int:
    """How many letters of the short form begin a word, in order."""
    rest = iter(_initials(words))
    return sum(letter in rest for letter in _letters(short))


def _letters(short: str) -> Iterator[str]:
    return (each for each in short.lower() if each.isalnum())
