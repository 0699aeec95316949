"""What the styles of AMA and APA ask of a record, read once for both.

Where the record does not say a thing, it is None, and the styles leave it out.
"""

import re

from msgspec import Struct

from ownjournal.pubmed.article import Article, Correction, Markup, PubDate
from ownjournal.pubmed.citation import heading, without_full_stop
from ownjournal.pubmed.exports.clean import line
from ownjournal.pubmed.exports.dates import electronic, issued, read
from ownjournal.pubmed.exports.exported import (
    PLACEHOLDERS,
    RETRACTED_BY,
    is_retracted,
)
from ownjournal.pubmed.exports.place import numbering
from ownjournal.pubmed.styles.rich import joined, tidied

LETTER, EDITORIAL = "D016422", "D016421"
LONGEST_SOURCE = 500  # characters of a place that is taken apart
LONGEST_NUMBERING = 200  # characters of a volume or issue likewise

_FURTHER = re.compile(
    r"(?P<main>.*?)(?:^|[ ,]{1,2})\(?(?P<kind>Suppl|Supplement|Pt|Part)\b\.?"
    r" ?(?P<label>[^()]*)\)?",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?P<journal>[^;:]+?)\.? (?P<year>[0-9]{4})\b[^;:]*;(?P<volume>[^():;]*)"
    r"(?:\((?P<number>[^()]*(?:\([^()]*\))?[^()]*)\))?"
    r":(?P<pages>[^ ;.]+(?:\.e?[0-9]+)?)"
    r"\.?(?: doi: (?P<doi>10\.\S+?)\.?)?(?: .*)?"
)


class Numbering(Struct, frozen=True):
    """A volume and an issue, with the supplement or part that either may name."""

    volume: str | None = None  # "42"
    number: str | None = None  # "12"
    supplement: str | None = None  # "7"; "" for one without a number
    part: str | None = None  # "B"


class Notice(Struct, frozen=True):
    """The place of a notice as NLM prints it, taken apart."""

    journal: str
    year: str
    volume: str | None
    number: str | None
    pages: str
    doi: str | None


def numbering_of(volume: str | None, number: str | None) -> Numbering:
    """ "42 Suppl 2" and "9 Pt B" taken apart."""
    found: dict[str, str] = {}
    volume = _without_further(numbering(volume), found)
    number = _without_further(numbering(number), found)
    return Numbering(volume, number, found.get("suppl"), found.get("pt"))


def _without_further(text: str | None, found: dict[str, str]) -> str | None:
    """What stands before a supplement or part, which goes to `found`."""
    for _ in range(2):  # a supplement and a part
        short = text is not None and len(text) < LONGEST_NUMBERING
        further = _FURTHER.fullmatch(text) if text and short else None
        if further is None:
            break
        kind = "suppl" if further["kind"].lower().startswith("s") else "pt"
        found[kind] = further["label"].strip()
        text = further["main"].strip() or None
    return text


def year_of(when: PubDate | None) -> str | None:
    """ "2019", "1998-1999", or the words that stand for a date."""
    if when is None:
        return None
    dated = read(when)
    years = list(dict.fromkeys(str(end[0]) for end in dated.ends))
    if years:
        return "-".join(years)
    return str(when.year) if when.year else line(dated.words)


def day_ahead(article: Article) -> PubDate | None:
    """The day it went online, of an article that has no place in print yet."""
    issue = article.journal_issue
    placed = issue is not None and (issue.volume or issue.number)
    if placed or article.publication_status != "aheadofprint":
        return None
    return electronic(article) or issued(article)


def title_of(article: Article) -> Markup | None:
    """The title with its own end; the original one before NLM's translation of it.

    "Torf und Moor [Peat and bog]"; "[Peat and bog]" where NLM has no other.
    """
    own = article.vernacular_title
    title = heading(article)
    if own and (title is None or title in PLACEHOLDERS or title == own):
        return without_stop(own)
    if title is None:
        return None
    if own and (shown := without_stop(title)).startswith("["):
        return joined(without_stop(own), shown, by=" ")
    return without_stop(title)


def without_stop(title: Markup) -> Markup:
    """Tidied, without the full stop that NLM ends every title with."""
    return without_full_stop(tidied(title))


def types(article: Article) -> frozenset[str]:
    """The UIs of the publication types."""
    return frozenset(each.ui for each in article.publication_types if each.ui)


def retraction(article: Article) -> Correction | None:
    """The link to the notice that retracted it."""
    for link in article.corrections:
        if link.kind in RETRACTED_BY and (link.source or link.pmid):
            return link
    return None


def is_retracted_somewhere(article: Article) -> bool:
    """Whether it is retracted and NLM links no notice that could be cited."""
    return is_retracted(article) and retraction(article) is None


def notice(source: str | None) -> Notice | None:
    """NLM's "J Bog Med. 2020 Jan;13(1):7. doi: 10.5555/x." taken apart."""
    told = " ".join((source or "").split())
    found = _SOURCE.fullmatch(told) if len(told) < LONGEST_SOURCE else None
    return Notice(**found.groupdict()) if found else None
