"""Where in its journal or book an article stands: pages, or an article number.

NLM prints both in one field and does not say which it is. A page is one to four
digits, alone or with one capital before or one letter behind them: 251, S63,
F6, 1S; or a Roman number. Any other single item with a digit in it is taken for
an article number: e4277, E83, a1190, CD002020, 9724371, AAC0168421.
"""

import re

from msgspec import Struct

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.citation import ELSEVIER_PII, item_number, printed_pages
from ownjournal.pubmed.exports.clean import line

_RANGE = re.compile(
    r"([A-Za-z]*)([0-9]{1,9})([A-Za-z]*) ?[-–] ?([A-Za-z]*)([0-9]{1,9})([A-Za-z]*)"
)
_RANGE_AT_END = re.compile(rf"(?<![^ ]){_RANGE.pattern}$")
_SEVERAL = re.compile("([,;])")
_PAGE = re.compile(r"[A-DF-Z]?[0-9]{1,4}[A-Za-z]?|[ivxlcdmIVXLCDM]+")
_ONE_ITEM = re.compile("[A-Za-z0-9._/]+")
_DIGIT = re.compile("[0-9]")


class Pages(Struct, frozen=True):
    """Pages as they are cited, with full ends: 1016-22 is 1016 to 1022."""

    text: str  # "1016-1022", "100-104; discussion 104-105"
    first: str  # "1016"; of more than one range the first page of all
    last: str | None = None  # "1022"
    number: bool = False  # it is an article number


def pages(article: Article) -> Pages | None:
    """Pages or article number; else the item number that NLM gives as the place.

    Before print there is no such place, and Elsevier's numbers are none.
    """
    if printed := line(printed_pages(article)):
        return read(printed)
    number = line(item_number(article))
    ahead = article.publication_status == "aheadofprint"
    if number is None or ahead or ELSEVIER_PII.fullmatch(number):
        return None
    return Pages(number, number, number=True)


def first_range(found: Pages) -> Pages:
    """Of "100-104; discussion 104-105" what stands first: 100 to 104."""
    return read(_SEVERAL.split(found.text, maxsplit=1)[0].strip())


def numbering(text: str | None) -> str | None:
    """A volume or issue as printed: "146 (Pt 1)", which NLM has as "146 ( Pt 1)"."""
    found = line(text)
    return found.replace("( ", "(") if found else None


def read(printed: str) -> Pages:
    """What was printed, as pages or as an article number."""
    first, *others = _SEVERAL.split(printed)
    if others and _ONE_ITEM.fullmatch(first.replace("-", "").replace("–", "")):
        return Pages("".join(map(_in_full, (first, *others))), read(first).first)
    if (found := _RANGE.fullmatch(printed)) and (ends := _ends(found)):
        return Pages("-".join(ends), *ends)
    return Pages(printed, printed, number=_is_number(printed))


def _in_full(part: str) -> str:
    """ " discussion 104-5" → " discussion 104-105"."""
    found = _RANGE_AT_END.search(part)
    ends = _ends(found) if found else None
    return part[: found.start()] + "-".join(ends) if found and ends else part


def _ends(found: re.Match[str]) -> tuple[str, str] | None:
    """Both ends in full; None where the second is not behind the first."""
    before, start, after, end_before, end, end_after = found.groups()
    if end_before not in ("", before) or end_after not in ("", after):
        return None
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    if int(end) <= int(start) or (after and not end_after):
        return None
    return f"{before}{start}{after}", f"{before}{end}{end_after}"


def _is_number(printed: str) -> bool:
    if not _ONE_ITEM.fullmatch(printed) or not _DIGIT.search(printed):
        return False
    return not _PAGE.fullmatch(printed)
