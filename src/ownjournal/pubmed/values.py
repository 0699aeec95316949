"""The rules by which text of a record becomes a value.

Both readers use these, so a value is made in one place only. Nothing here knows
XML: text comes in as it stands between the tags, with its escapes undone.

Odd values never raise. The rules:

* White space: a run that holds a line break or a tab becomes one space, as such
  runs come from the layout of the file. Other spaces stay as they are, none is
  added, and white space at both ends goes.
* A text without characters is None.
* A date keeps the parts that are one; a part that is none stays in `printed`.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from operator import mul

from ownjournal.pubmed.article import ArticleId, Identifiers, PubDate
from ownjournal.pubmed.months import MONTH_NUMBERS

XML_SPACE = " \t\r\n"
FIRST_YEAR, LAST_YEAR = 1500, 2199  # outside, a year is a misprint

_LAYOUT = re.compile(r" *[\t\r\n][ \t\r\n]*")
_YEAR_INSIDE = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_ORCID_PLACE = re.compile(r"^(https?://)?(www\.)?orcid\.org/+|/+$", re.IGNORECASE)
_HYPHENS = re.compile("[-\u2010\u2011\u2012\u2013\u2212 ]")
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
_ORCID_DIGITS = re.compile(r"[0-9]{15}[0-9X]")
_ORCID_WEIGHTS = [2**power for power in range(15, 0, -1)]
_PMCID = re.compile(r"PMC[0-9]{1,12}(\.[0-9]+)?")  # some with a version


def text(raw: str | None) -> str | None:
    """The text with its layout undone; None where there is none."""
    if not raw:
        return None
    if "\n" in raw or "\t" in raw or "\r" in raw:
        raw = _LAYOUT.sub(" ", raw)
    return raw.strip(XML_SPACE) or None


def number(raw: str | None) -> int | None:
    """A whole number in up to nine ASCII digits, else None."""
    raw = text(raw)
    if raw is None or len(raw) > 9 or not (raw.isascii() and raw.isdigit()):
        return None
    return int(raw)


def pmid(raw: str | None) -> int | None:
    """A PMID, or the version of one: a number above 0, else None."""
    return number(raw) or None


def orcid(raw: str) -> str | None:
    """0000-0000-0000-000X from any way to write it; None with a wrong check digit.

    Check digit: ISO 7064 MOD 11-2, https://support.orcid.org, "Structure of the
    ORCID identifier".
    """
    if not _ORCID.fullmatch(raw):
        digits = _HYPHENS.sub("", _ORCID_PLACE.sub("", raw.strip(XML_SPACE))).upper()
        if not _ORCID_DIGITS.fullmatch(digits):
            return None
        raw = "-".join((digits[:4], digits[4:8], digits[8:12], digits[12:]))
    digits = raw.replace("-", "")
    total = sum(map(mul, map(int, digits[:15]), _ORCID_WEIGHTS))
    return raw if "0123456789X"[(12 - total % 11) % 11] == digits[15] else None


def year(raw: str | None) -> int | None:
    """A year that can be one, else None."""
    value = number(raw)
    return value if value and FIRST_YEAR <= value <= LAST_YEAR else None


def month(raw: str | None) -> int | None:
    """A month from "6", "06", "Jun", "June" or "Sept", else None."""
    value = number(raw)
    if value is None:
        return MONTH_NUMBERS.get((text(raw) or "").lower())
    return value if 1 <= value <= 12 else None


def pub_date(
    year_text: str | None,
    month_text: str | None = None,
    day_text: str | None = None,
    season: str | None = None,
) -> PubDate:
    """A date from its parts as printed.

    Each part needs the one before it: without a month that is one there is no
    day, so a date never mixes parts. `printed` holds all parts if one is none.
    """
    printed = [part for part in map(text, (year_text, month_text, day_text)) if part]
    the_year = year(year_text)
    the_month = month(month_text) if the_year else None
    the_day = number(day_text) if the_year and the_month else None
    if the_year and the_month and the_day:
        the_day = the_day if the_day <= monthrange(the_year, the_month)[1] else None
    understood = [part for part in (the_year, the_month, the_day) if part]
    lost = len(understood) < len(printed)
    return PubDate(
        the_year,
        the_month,
        the_day or None,
        text(season),
        " ".join(printed) if lost else None,
    )


def medline_date(raw: str | None) -> PubDate:
    """A date in words: verbatim, with the leading year to sort by if it has one."""
    printed = text(raw)
    if printed is None:
        return PubDate()
    first = _YEAR_INSIDE.search(printed)
    return PubDate(year=year(first.group()) if first else None, printed=printed)


def clock(raw: str | None, limit: int) -> int | None:
    """An hour or a minute below `limit`, else None."""
    value = number(raw)
    return value if value is not None and value < limit else None


def identifiers(own_pmid: int, ids: Iterable[ArticleId]) -> Identifiers:
    """Sort the article's own ids, in document order: the first valid of a kind wins.

    Repeats go (DOIs are compared without regard to case, as they are one then), so
    an id that NLM first marks as not valid stays so. The PMID goes too, as the
    article has it already.
    """
    first: dict[str, str] = {}
    others: list[ArticleId] = []
    seen: set[tuple[str, str]] = set()
    for each in ids:
        same = (each.kind, each.value.lower() if each.kind == "doi" else each.value)
        if same in seen or same == ("pubmed", str(own_pmid)):
            continue
        seen.add(same)
        if each.kind not in first and each.valid and _leads(each):
            first[each.kind] = each.value
        else:
            others.append(each)
    return Identifiers(
        first.get("doi"), first.get("pmc"), first.get("pii"), tuple(others)
    )


def _leads(candidate: ArticleId) -> bool:
    """Whether an id can stand for the article under its kind."""
    if candidate.kind == "doi":
        return candidate.value.startswith("10.") and "/" in candidate.value
    if candidate.kind == "pmc":
        return _PMCID.fullmatch(candidate.value) is not None
    return candidate.kind == "pii"
