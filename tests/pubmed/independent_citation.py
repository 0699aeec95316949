"""Where an article stands, in NLM's form, from the independent reading.

Written from NLM's own rules for the field SO and from nothing of the product:
https://www.nlm.nih.gov/bsd/licensee/journal_source.html. One rule is the house's:
where a record has no pages, the publisher's item number stands in their place
if the record gives it as the article's location, or if it has Elsevier's form.
"""

import re

from pubmed.independent import Said, When

SHORT = re.findall("...", "JanFebMarAprMayJunJulAugSepOctNovDec")
PII = re.compile(r"[BS][0-9X]{4}-[0-9X]{4}\(\d\d\)\d{5}-[0-9X]")


def short(date: When | None) -> str | None:
    """ "2017 Jun 19", with no more than was printed."""
    if date is None:
        return None
    if date.words:
        return date.words
    month = SHORT[date.month - 1] if date.month else date.season
    return " ".join(str(x) for x in (date.year, month, date.day) if x) or None


def source(said: Said, language: str | None = None) -> str:
    """`Neural Plast. 2017;2017:9724371. doi: 10.1155/…. Epub 2017 Jun 19.`

    The name of a language stands before the DOI.
    """
    printed, electronic = short(said.printed), short(said.electronic)
    model = said.article.get("PubModel")
    by_article = model in ("Electronic-Print", "Electronic-eCollection")
    first = electronic or printed if by_article else printed or electronic
    text = (first or "") + issue(said)
    if where := pages(said):
        text += f":{where}"
    name = said.info("MedlineJournalInfo/MedlineTA") or said.one("Journal/Title")
    if "Preprint" in said.types:
        name = f"{name} [Preprint]"
    doi = f"doi: {said.doi}" if said.doi else None
    parts = [name, text, language, doi, other_date(said)]
    return " ".join(part.removesuffix(".") + "." for part in parts if part)


def issue(said: Said) -> str:
    volume = said.one("Journal/JournalIssue/Volume") or ""
    number = said.one("Journal/JournalIssue/Issue")
    place = volume.replace("( ", "(") + (f"({number})" if number else "")
    return f";{place}" if place else ""


def pages(said: Said) -> str | None:
    printed = said.one("Pagination/MedlinePgn")
    if printed:
        return printed
    if said.pii and (len(said.ids("pii")) > 1 or PII.fullmatch(said.pii)):
        return said.pii
    return None


def other_date(said: Said) -> str | None:
    if said.data.findtext("PublicationStatus") == "aheadofprint":
        return "Online ahead of print"
    printed, electronic = short(said.printed), short(said.electronic)
    if not printed or not electronic or printed == electronic:
        return None
    labels = {"Electronic-Print": "Print", "Electronic-eCollection": "eCollection"}
    label = labels.get(said.article.get("PubModel") or "")
    return f"{label} {printed}" if label else f"Epub {electronic}"
