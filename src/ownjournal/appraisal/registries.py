"""Registries of trials and of reviews, as NLM and authors name them."""

import re

from ownjournal.appraisal.passage import starts_of

REGISTRIES = frozenset(
    {
        "ANZCTR",
        "ChiCTR",
        "ClinicalTrials.gov",
        "CRiS",
        "CTRI",
        "DRKS",
        "EudraCT",
        "IRCT",
        "ISRCTN",
        "JapicCTI",
        "JMACCT",
        "jRCT",
        "JPRN",
        "KCT",
        "LBCTR",
        "NTR",
        "PACTR",
        "ReBec",
        "REPEC",
        "RPCEC",
        "SLCTR",
        "TCTR",
        "UMIN CTR",
    }
)
"""Data banks that hold registrations; the others hold sequences and data.

List: https://www.nlm.nih.gov/bsd/medline_databank_source.html
"""

_NUMBERS = {
    prefix: re.compile(pattern)
    for prefix, pattern in (
        ("nct0", r"nct\d{8}\b"),
        ("isrctn", r"isrctn ?\d{6,8}\b"),
        ("crd4", r"crd4\d{7,10}\b"),
        ("actrn", r"actrn\d{14}\b"),
        ("chictr", r"chictr-?\w+(?:-\d+)*\b"),
        ("umin0", r"umin\d{9}\b"),
        ("drks0", r"drks\d{8}\b"),
        ("ctri/", r"ctri/[\d/]+\d\b"),
        ("eudract", r"eudract\b[\w :-]{0,12}?\d{4}-\d{6}-\d\d\b"),
        ("jprn", r"jprn-\w+"),
        ("irct", r"irct\d\w+"),
        ("kct0", r"kct\d{7}\b"),
        ("pactr", r"pactr\d+"),
        ("jrct", r"jrct\w?\d+"),
        ("japiccti", r"japiccti-\d+"),
        ("rbr-", r"rbr-\w{5,8}\b"),
        ("rpcec0", r"rpcec\d{8}\b"),
        ("tctr2", r"tctr\d{11}\b"),
        ("slctr/", r"slctr/\d{4}/\d+"),
        ("inplasy2", r"inplasy\d{9,10}\b"),
    )
}
"""How the registration numbers of each registry begin and go on."""


STARTS = starts_of(
    "regist|isrctn|actrn|drks0|chictr|umin0|crd42|eudract|pactr|japiccti|rpcec0|tctr2"
    f"|slctr|inplasy|{'|'.join(f'nct0{digit}' for digit in range(10))}"
)
"""One begins a word of any text that has a registration number, nearly always."""

_HINTS = ("nct0", "regist", "isrctn", "prospero", "actrn", "drks0", "chictr", "umin0")
"""One of them stands by any registration number, in nearly all abstracts."""


MOST_IN_A_TEXT = 50


def registrations_in(text: str) -> list[str]:
    """Every registration number in a text in lower case, each once.

    At most MOST_IN_A_TEXT; in the order of the registries.
    """
    if not any([hint in text for hint in _HINTS]):
        return []
    found: dict[str, None] = {}
    for prefix, pattern in _NUMBERS.items():
        if prefix in text:
            found |= dict.fromkeys(pattern.findall(text))
    return list(found)[:MOST_IN_A_TEXT]


def registration_in(text: str) -> str | None:
    """A registration number in a text in lower case, "nct01234567"."""
    if not any([hint in text for hint in _HINTS]):
        return None
    for prefix, pattern in _NUMBERS.items():
        place = text.find(prefix)
        if place >= 0 and (match := pattern.match(text, place)):
            return match.group()
    return None
