"""Forms of an English word that a reader means when typing one of them.

Plural and singular (Latin and Greek ones too), -ed and -ing, British and
American spelling: "tumour" also finds "tumors". Forms that do not exist cost
nothing, as no document has them, so the rules may be generous with those; they
are careful never to reach another word's meaning ("organ" does not find
"organism", as a stemmer's root would).
"""

import re
from functools import lru_cache

_BRITISH = {
    "aemi": "emi",
    "aemo": "emo",
    "haem": "hem",
    "anaest": "anest",
    "caesar": "cesar",
    "faec": "fec",
    "gynaec": "gynec",
    "paedi": "pedi",
    "ischaem": "ischem",
    "oedem": "edem",
    "oesoph": "esoph",
    "oestr": "estr",
    "foet": "fet",
    "rrhoe": "rrhe",
    "pnoe": "pne",
    "coeli": "celi",
    "tumour": "tumor",
    "behaviour": "behavior",
    "colour": "color",
    "labour": "labor",
    "favour": "favor",
    "fibre": "fiber",
    "litre": "liter",
    "centre": "center",
    "sulph": "sulf",
    "programme": "program",
    "isation": "ization",
    "omise": "omize",
    "omising": "omizing",
    "analyse": "analyze",
    "ageing": "aging",
}
_AMERICAN = {american: british for british, american in _BRITISH.items()}
_EITHER = _BRITISH | _AMERICAN
_SPELLING = re.compile("|".join(sorted(_EITHER, key=len, reverse=True)))

_PLURALS = (  # singular, plural; the first pair that fits is used
    ("sis", "ses"),
    ("itis", "itides"),
    ("trix", "trices"),
    ("dex", "dices"),
    ("tex", "tices"),
    ("us", "i"),
    ("um", "a"),
    ("oma", "omata"),
    ("on", "a"),
    ("a", "ae"),
)
_IRREGULAR = {
    "child": "children",
    "woman": "women",
    "man": "men",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
}
_IRREGULAR |= {plural: singular for singular, plural in _IRREGULAR.items()}
_HISSING = ("s", "x", "z", "ch", "sh")
_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_DOUBLES = re.compile(r"[^aeiou]+[aeiou][bdgmnprt]")  # stop, stopped
_SHORT_ROOT = re.compile(r"[aeiou][^aeiouy]")  # of using, not of seed


@lru_cache(maxsize=8192)
def variants(word: str) -> tuple[str, ...]:
    """The word, then its other forms; (word,) for a number or a short word."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return (word,)
    if word in _IRREGULAR:
        return (word, _IRREGULAR[word])
    spelled = dict.fromkeys((word, _SPELLING.sub(lambda m: _EITHER[m[0]], word)))
    bases = dict.fromkeys(base for each in spelled for base in _bases(each))
    forms = dict.fromkeys(form for base in bases for form in _forms(base))
    return tuple(dict.fromkeys((*spelled, *bases, *forms)))


def _bases(word: str) -> list[str]:
    """The word itself and what it may be a form of."""
    return [word, *_singulars(word), *_verbs(word)]


def _singulars(word: str) -> list[str]:
    if len(word) < 4:
        return []
    found = [
        word.removesuffix(plural) + singular
        for singular, plural in _PLURALS
        if word.endswith(plural) and len(word) >= len(plural) + 2
    ]
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    elif word.endswith("es") and word[:-2].endswith(_HISSING):
        found += [word[:-2], word[:-1]]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.append(word[:-1])
    return found


def _verbs(word: str) -> list[str]:
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and _SHORT_ROOT.fullmatch(root):
            return [root + "e"]
        if root != word and len(root) > 2 and _VOWEL.search(root):
            if ending == "ed" and root.endswith("i"):
                return [root[:-1] + "y"]
            if _DOUBLED.search(root):
                return [root, root[:-1]]
            return [root, root + "e"]
    return []


def _forms(base: str) -> list[str]:
    return [*_plurals(base), *_participles(base)]


def _plurals(base: str) -> list[str]:
    found = [
        base.removesuffix(singular) + plural
        for singular, plural in _PLURALS
        if base.endswith(singular) and len(base) >= len(singular) + 2
    ]
    if base.endswith("y") and base[-2] not in "aeiou":
        found.append(base[:-1] + "ies")
    elif base.endswith(_HISSING):
        found.append(base + "es")
    else:
        found.append(base + "s")
    return found


def _participles(base: str) -> list[str]:
    if base.endswith(("s", "ing", "ed")):
        return []
    if base.endswith("e"):
        return [base + "d", base[:-1] + "ing"]
    if base.endswith("y") and base[-2] not in "aeiou":
        return [base[:-1] + "ied", base + "ing"]
    root = base + base[-1] if _DOUBLES.fullmatch(base) else base
    return [root + "ed", root + "ing"]
