"""What an export has to say, from the independent reading of the XML.

Where exports may say other than NLM, the rule stands here with its reason:

* "RETRACTED: " stands before a retracted title that does not say so itself.
* "[Not Available]." is no title: the original one stands for it.
* Names that a correction withdrew (ValidYN="N") are left out.
* A name has its initials where NLM has no fore name; a group loses a full stop.
* Pages are given in full: 1016-22 is 1016-1022.
* The item number of a publisher stands for pages if NLM gives it as the place
  of an article that has been printed, and if it is not of Elsevier's form.
"""

import re

from pubmed import independent_citation
from pubmed.independent import Formula, Person, Said, Summary, Title, When

Ends = tuple[tuple[int, ...], ...]

LANGUAGES = {
    "chi": "zh", "cze": "cs", "dut": "nl", "eng": "en", "fre": "fr", "geo": "ka",
    "ger": "de", "hun": "hu", "ita": "it", "kor": "ko", "pol": "pl", "por": "pt",
    "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr",
}  # fmt: skip
SEASONS = {"Spring": 1, "Summer": 2, "Fall": 3, "Winter": 4}


def title(said: Said) -> Title:
    text = said.title
    if text is None or (text == "[Not Available]." and said.vernacular_title):
        text = said.vernacular_title or ""
    return Title(mark(said) + text)


def mark(said: Said) -> str:
    retracted = "RetractionIn" in {each.kind for each in said.links}
    retracted = retracted or "Retracted Publication" in said.types
    says_so = re.match(r"\W*(retract|withdraw)", said.title or "", re.IGNORECASE)
    return "RETRACTED: " if retracted and not says_so else ""


def original_title(said: Said) -> Title | None:
    own = said.vernacular_title
    return Title(own) if own and title(said) != Title(own) else None


def names(said: Said) -> tuple[tuple[str, ...], ...]:
    """(family, given, suffix) of people and (name,) of groups."""
    return tuple(name(each) for each in said.authors if each.valid)


def name(person: Person) -> tuple[str, ...]:
    if person.group:
        return (person.group.removesuffix("."),)
    parts = (person.last, person.fore or person.initials, person.suffix)
    return tuple(part for part in parts if part)


def counts(said: Said) -> When:
    """The date that counts, by the model of publication; a chapter's own."""
    if said.is_book and said.title and said.contributed:
        return said.contributed
    by_article = ("Electronic-Print", "Electronic-eCollection")
    if said.article.get("PubModel") in by_article:
        return said.electronic or said.printed
    return said.printed if said.printed != When() else said.electronic or When()


def in_nbib(said: Said) -> When:
    """DP is the issue's or the book's; the article's own day is DEP, or CTDT."""
    if said.is_book or said.printed != When():
        return said.printed
    return said.electronic or When()


def ends(date: When | None) -> Ends:
    """Its numbers as far as printed; both ends of a range in words."""
    if date is None:
        return ()
    if date.words is None:
        parts = (date.year, date.month, date.day)
        return (tuple(part for part in parts if part),) if date.year else ()
    first, _, last = date.words.partition("-")
    begin = point(first)
    return (begin, point(last, begin[0])) if last else (begin,)


def point(words: str, year: int | None = None) -> tuple[int, ...]:
    """ "1998 Dec" → (1998, 12)."""
    months = independent_citation.SHORT
    parts = words.split()
    numbers = [
        int(part) if part.isdigit() else months.index(part) + 1 for part in parts
    ]
    return tuple(numbers) if parts[0].isdigit() else (year or 0, *numbers)


def season(said: Said) -> str | None:
    date = counts(said)
    return date.season if date.month is None else None


def journal(said: Said) -> str | None:
    return said.one("Journal/Title") or said.one("Book/BookTitle")


def abbreviation(said: Said) -> str | None:
    """Of the journal, as NLM has it in MEDLINE."""
    return said.info("MedlineJournalInfo/MedlineTA") or said.one(
        "Journal/ISOAbbreviation"
    )


def volume(said: Said) -> str | None:
    return without_gap(said.one("Journal/JournalIssue/Volume"))


def number(said: Said) -> str | None:
    return without_gap(said.one("Journal/JournalIssue/Issue"))


def without_gap(text: str | None) -> str | None:
    """NLM has "146 ( Pt 1)" in volumes and "146(Pt 1)" in citations."""
    return text.replace("( ", "(") if text else None


def pages(said: Said) -> str | None:
    found = independent_citation.pages(said)
    if found is None or said.one("Pagination/MedlinePgn"):
        return in_full(found) if found else None
    ahead = said.data.findtext("PublicationStatus") == "aheadofprint"
    if said.pii and (ahead or independent_citation.PII.fullmatch(said.pii)):
        return None
    return found


def in_full(printed: str) -> str:
    """Each range of "100-4; discussion S53-8" as 100-104 and S53-S58."""
    parts = re.split("([,;] ?(?:[a-z ]+ )?)", printed)
    return "".join(range_in_full(part) for part in parts)


def range_in_full(printed: str) -> str:
    """1016-22 as 1016-1022; anything else as printed."""
    found = re.fullmatch(
        r"([A-Za-z]*)(\d+)([A-Za-z]*) ?[-–] ?([A-Za-z]*)(\d+)([A-Za-z]*)", printed
    )
    if found is None:
        return printed
    before, first, after, again, last, end = found.groups()
    full = first[: max(0, len(first) - len(last))] + last
    if int(full) <= int(first) or again not in ("", before) or end not in ("", after):
        return printed
    if after and not end:
        return printed
    return f"{before}{first}{after}-{before}{full}{end}"


def language(said: Said) -> str | None:
    """Of the languages that are known the first."""
    return next(iter(languages(said)), None)


def languages(said: Said) -> tuple[str, ...]:
    codes = said.many("Article/Language") + said.many("Language")
    return tuple(LANGUAGES[code] for code in codes if code != "und")


def abstract(said: Said) -> str | None:
    return joined(said.abstract)


def joined(summary: Summary | None) -> str | None:
    """The sections with their labels in one text."""
    if summary is None or not summary.sections:
        return None
    parts = [labelled(label, text) for label, text in summary.sections]
    loose = any(isinstance(part, Formula) for part in parts)
    return Formula(" ".join(parts)) if loose else " ".join(parts)


def labelled(label: str | None, text: str) -> str:
    """ "METHODS: We …"."""
    return type(text)(f"{label}: {text}") if label else text


def subjects(said: Said) -> tuple[str, ...]:
    """The keywords, then the MeSH headings; each once."""
    own = said.many("KeywordList/Keyword")
    return tuple(dict.fromkeys((*own, *(each.name for each in said.mesh))))
