"""Name the Creative Commons licence of a text, where that is certain.

Copyright lines are written by hand in a thousand ways. One that names a single
Creative Commons licence, by its letters, its words or its address, is given in
the short form that people know: "CC BY-NC-ND 4.0". A line that names none, or
two that differ, or denies one, gives None: the line itself can still be read.

Licences and their addresses: https://creativecommons.org/share-your-work/cclicenses/
"""

import re
from collections.abc import Iterator

from msgspec import Struct

_MOST = 5_000  # characters of a line that are read
_VERSION = r"[1-4]\.[0-9]"

_ADDRESS = re.compile(
    rf"creativecommons\.org/licen[sc]es/(?P<terms>by(?:-(?:nc|nd|sa)){{0,2}})"
    rf"(?:/(?P<version>{_VERSION}))?"
)
_LETTERS = re.compile(
    r"\bcc[ -]?(?P<terms>by(?:[ /-]{0,3}(?:nc|nd|sa)\b){0,2})\b"
    rf"[ ,v-]{{0,3}}(?P<version>{_VERSION})?"
)
_WORDS = re.compile(
    r"\bcreative commons[ (-]{1,3}"
    r"(?P<terms>attribution(?:[ /,&-]{0,3}(?:and )?(?:non[ -]?commercial|"
    r"no[n]?[ -]?deriv[a-z]*|share[ -]?alike)){0,2})\b"
    r"(?: (?:international|unported|public|license|licence|version)){0,3}"
    rf"[ ,v(]{{0,3}}(?P<version>{_VERSION})?"
)
_ZERO = re.compile(
    r"\bcc[ -]?0\b|\bcreative commons (?:cc[ -]?0|zero)\b"
    r"|creativecommons\.org/publicdomain/zero/"
)
_DENIED = re.compile(
    r"\b(?:not|no longer|without)\b[^.;]{0,60}(?:creative ?commons|\bcc[ -]?(?:by|0)\b)"
)
_TERMS = (("nc", re.compile(r"nc|commercial")), ("sa", re.compile(r"sa|alike")))
_TERM_ND = re.compile(r"nd|deriv")
_RESTRICTIONS = {  # in words, wherever they stand: the name must have them too
    "NC": re.compile(r"\bnon[ -]?commercial|\bno commercial"),
    "ND": re.compile(r"\bno[n]?[ -]?deriv"),
    "SA": re.compile(r"\bshare[ -]?alike"),
}


class _Named(Struct, frozen=True):
    terms: str  # "BY-NC", or "0"
    version: str | None


def licence_named(text: str) -> str | None:
    """The short name of the one licence that a copyright line names: "CC BY 4.0".

    Without its version where the line gives none.
    """
    plain = re.sub(r"[\s‐‑–—]", lambda sign: _plain(sign[0]), text[:_MOST])
    plain = re.sub(" +", " ", plain).casefold()
    if _DENIED.search(plain):
        return None
    named = set(_licences(plain))
    terms = {each.terms for each in named}
    versions = {each.version for each in named if each.version}
    if len(terms) != 1 or len(versions) > 1:
        return None
    [only] = terms
    if any(
        word.search(plain) and key not in only for key, word in _RESTRICTIONS.items()
    ):
        return None
    return _short(only, versions.pop() if versions else None)


def licence_coded(code: str) -> str | None:
    """The short name of a licence given as a code: "cc-by-nc" is "CC BY-NC".

    None for codes that are no open licence, such as "publisher-specific-oa".
    """
    folded = code.strip().casefold()
    if folded in {"cc0", "cc-0", "pd", "public-domain"}:
        return "CC0" if folded.startswith("cc") else "public domain"
    match = re.fullmatch(r"cc-(by(?:-(?:nc|nd|sa)){0,2})", folded)
    return _short(_terms(match[1]), None) if match else None


def licence_address(name: str) -> str | None:
    """Where a licence can be read: "CC BY 4.0" has an address, "CC BY" has none."""
    match = re.fullmatch(rf"CC (BY(?:-[A-Z]{{2}})*) ({_VERSION})", name)
    if match:
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    if name == "CC0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return None


def _plain(sign: str) -> str:
    return " " if sign.isspace() else "-"


def _licences(text: str) -> Iterator[_Named]:
    for form in (_ADDRESS, _LETTERS, _WORDS):
        for match in form.finditer(text):
            yield _Named(_terms(match["terms"]), match["version"])
    if _ZERO.search(text):
        yield _Named("0", None)


def _terms(text: str) -> str:
    """The terms in Creative Commons' own order, whatever order they were given in."""
    rest = re.sub("^(?:by|attribution)", "", text)
    found = [code for code, form in _TERMS if form.search(rest)]
    if _TERM_ND.search(rest):
        found.append("nd")
    return "-".join(["BY", *(code.upper() for code in found)])


def _short(terms: str, version: str | None) -> str:
    if terms == "0":
        return "CC0"
    return f"CC {terms} {version}" if version else f"CC {terms}"
