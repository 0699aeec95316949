"""Registries of trials and of reviews, as NLM and authors name them."""

import re

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

_HINTS = ("nct0", "regist", "isrctn", "prospero", "trial number", "eudract")
"""One of these stands beside every registration number met so far."""

_NUMBER = re.compile(
    r"\b(?:nct\d{8}|isrctn ?\d{8}|crd4\d{10}|actrn\d{14}|chictr-?\w+(?:-\d+)*"
    r"|umin\d{9}|drks\d{8}|ctri/[\d/]+\d|jprn-\w+|irct\d\w+|kct\d{7}|pactr\d+"
    r"|tctr\d+|jrct\w?\d+|20\d\d-\d{6}-\d\d)\b"
)


def registration_in(text: str) -> str | None:
    """The first registration number in a text in lower case, "nct01234567"."""
    if not any(hint in text for hint in _HINTS):
        return None
    match = _NUMBER.search(text)
    return match and match.group()
