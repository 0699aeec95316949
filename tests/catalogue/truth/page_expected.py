"""What an article page has to say, from the independent reading of the XML.

Where the page may say other than NLM, the rule stands here with its reason:

* Names that a correction withdrew (ValidYN="N") are left out.
* "Journal Article" and "Research Support, …" are no badges: they say nothing
  of what kind of study it is.
* Headings of abstracts of more than four capitals are written in small letters.
* Main points stand before the other MeSH headings.
* What is an update of a preprint is said to be what became of it.
* A date that is the printed one is not said again as the one online.
* A title that NLM gives in the article's own language alone is the title.
* The titles of sections stand for the sections of a book; those without one do not.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from catalogue.truth.page_reading import Page
from pubmed.agreement import Fact, Facts
from pubmed.independent import Link, Person, Said, Summary, Title, When
from pubmed.independent_citation import source

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LANGUAGES = {
    "chi": "Chinese", "cze": "Czech", "dan": "Danish", "dut": "Dutch",
    "fre": "French", "geo": "Georgian", "ger": "German", "hun": "Hungarian",
    "ita": "Italian", "kor": "Korean", "pol": "Polish", "por": "Portuguese",
    "rus": "Russian", "spa": "Spanish", "swe": "Swedish", "tur": "Turkish",
    "und": "an unknown language",
}  # fmt: skip
WRITERS = {
    "AIDS": "AIDSLINE",
    "NASA": "NASA",
    "PIP": "the Population Information Program",
}
LINKS = {
    "CommentIn": "Comment in",
    "CommentOn": "Comment on",
    "ErratumFor": "Erratum for",
    "ErratumIn": "Erratum in",
    "OriginalReportIn": "Original report in",
    "RepublishedFrom": "Republished from",
    "RepublishedIn": "Republished in",
    "RetractionIn": "Retraction in",
    "RetractionOf": "Retraction of",
    "SummaryForPatientsIn": "Summary for patients in",
    "UpdateIn": "Update in",
    "UpdateOf": "Update of",
}
PREPRINTS = ("bioRxiv", "medRxiv", "ArXiv", "Res Sq")
WARNINGS = {
    "This article has been retracted.": {"RetractionIn", "Retracted Publication"},
    "A correction to this article has been published.": {"ErratumIn"},
    "A later version of this article has been published.": {"UpdateIn"},
    "This is the notice of a retraction.": {
        "RetractionOf",
        "Retraction of Publication",
        "Retraction Notice",
    },
    "This is an expression of concern about another article.": {
        "Expression of Concern"
    },
    "This is a correction to another article.": {"ErratumFor", "Published Erratum"},
}
"""{heading of a banner: links and types that call for it}, the gravest first."""


def told(date: When | None) -> str | None:
    """ "19 June 2017", with no more than was printed."""
    if date is None:
        return None
    if date.words:
        return date.words
    if date.month is None:
        parts = [date.season, date.year]
    else:
        parts = [date.day, MONTHS[date.month - 1], date.year]
    return " ".join(str(part) for part in parts if part) or None


def machine(date: When) -> str | None:
    if date.year is None:
        return None
    parts = (f"{date.year:04}", date.month, date.day)
    return "-".join(
        part if isinstance(part, str) else f"{part:02}" for part in parts if part
    )


def when_published(said: Said) -> When:
    return said.contributed or said.printed


def kicker(said: Said) -> tuple[str, ...]:
    online = said.electronic if said.electronic != when_published(said) else None
    foreign = foreign_language(said)
    parts = (
        journal(said),
        told(when_published(said)),
        f"online {told(online)}" if online else None,
        f"in {foreign}" if foreign else None,
    )
    return tuple(part for part in parts if part)


def foreign_language(said: Said) -> str | None:
    """The name of the first one, of an article that is not in English."""
    found = said_languages(said)
    return None if "eng" in found else LANGUAGES[found[0]]


def said_languages(said: Said) -> tuple[str, ...]:
    found = said.many("Article/Language") or said.many("Language")
    return found or ("eng",)


def journal(said: Said) -> str | None:
    return (
        said.info("MedlineJournalInfo/MedlineTA")
        or said.one("Journal/ISOAbbreviation")
        or said.one("Journal/Title")
        or said.one("Book/BookTitle")
    )


def name(person: Person) -> str:
    parts = (person.fore or person.initials, person.last, person.suffix)
    return person.group or " ".join(part for part in parts if part)


def authors(said: Said) -> tuple[tuple[str, str | None, tuple[str, ...], bool], ...]:
    return tuple(
        (
            name(each),
            each.orcid,
            tuple(dict.fromkeys(x for x in each.affiliations if says_something(x))),
            each.equal,
        )
        for each in said.authors
        if each.valid
    )


def says_something(affiliation: str) -> bool:
    """Not where it is an e-mail address and nothing else."""
    key = getattr(affiliation, "key", str)
    return bool(key(affiliation))


def sections(abstract: Summary | None) -> tuple[tuple[str | None, str], ...]:
    if abstract is None:
        return ()
    return tuple((small(label), text) for label, text in abstract.sections)


def small(label: str | None) -> str | None:
    if label and len(label) > 4 and label.isupper():
        return label[0] + label[1:].lower()
    return label or None


def others(
    said: Said,
) -> tuple[tuple[str, tuple[tuple[str | None, str], ...], str | None], ...]:
    return tuple(
        (abstract_name(each), sections(each), each.copyright)
        for each in said.other_abstracts
    )


def abstract_name(other: Summary) -> str:
    english = other.language == "eng"
    if other.kind == "plain-language-summary":
        start = "Plain-language summary"
    elif other.kind in WRITERS:
        start = f"Abstract by {WRITERS[other.kind]}"
    else:
        start, english = "Abstract", False
    return (
        start if english else f"{start} in {LANGUAGES.get(other.language, 'English')}"
    )


def badges(said: Said) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                each
                for each in said.types
                if each != "Journal Article" and not each.startswith("Research Support")
            }
        )
    )


def mesh(said: Said) -> tuple[tuple[str, bool], ...]:
    found = [
        (
            " / ".join([each.name, *(name for name, _ in each.qualifiers)]),
            each.major or any(major for _, major in each.qualifiers),
        )
        for each in said.mesh
    ]
    return tuple(sorted(found, key=lambda each: not each[1]))


def grants(said: Said) -> tuple[str, ...]:
    """Each in a line, and that there are others where NLM says so."""
    cut = said.article.find("GrantList[@CompleteYN='N']") is not None
    found = tuple(" · ".join(each) for each in said.grants)
    return (*found, "and others") if cut and found else found


def substances(said: Said) -> Iterator[str]:
    """Each with its number, where NLM knows one, and the register that gave it."""
    names = said.many("ChemicalList/Chemical/NameOfSubstance")
    numbers = said.many("ChemicalList/Chemical/RegistryNumber")
    for each, number in zip(names, numbers, strict=True):
        register = "CAS " if number.count("-") == 2 else ""
        if len(number) == 10 and number.isalnum():
            register = "UNII "
        yield each if number == "0" else f"{each} ({register}{number})"


def fact(label: str) -> Callable[[Page], Any]:
    return lambda page: page.facts.get(label, ())


def alone(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def joined(values: tuple[str, ...]) -> tuple[str, ...]:
    return alone(" · ".join(values))


def banks(said: Said) -> dict[str, tuple[str, ...]]:
    """{bank: its numbers in a line}; of banks that stand in no other fact."""
    return {bank: joined(numbers) for bank, numbers in said.banks if numbers}


def notices(said: Said) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted((notice(each), each.pmid) for each in said.links))


def notice(link: Link) -> str:
    source = link.source or "the linked article"
    of_preprint = link.kind == "UpdateOf" and source.startswith(PREPRINTS)
    label = "Preprint of this article" if of_preprint else LINKS[link.kind]
    return f"{label}: {source}" + (f" · {link.note}" if link.note else "")


def warning(said: Said) -> str | None:
    known = {each.kind for each in said.links} | set(said.types)
    return next((text for text, signs in WARNINGS.items() if signs & known), None)


def is_retracted(said: Said) -> bool:
    links = {each.kind for each in said.links}
    return "RetractionIn" in links or "Retracted Publication" in said.types


def history(said: Said) -> tuple[str, ...]:
    dates = [told(date) for _, date in said.history] + [told(said.revised)]
    status = said.main.get("Status")
    return tuple(each for each in (*dates, status) if each)


def references(said: Said) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(text, identifiers that lead somewhere) of each."""
    return tuple(
        (
            each.text or "",
            tuple(value for kind, value in each.ids if leads_somewhere(kind, value)),
        )
        for each in said.cited
    )


def leads_somewhere(kind: str, value: str) -> bool:
    form = {"pubmed": "[0-9]{1,9}", "doi": "10[.].+/.+", "pmc": "PMC[0-9]+"}.get(kind)
    return form is not None and re.fullmatch(form, value) is not None


BANKS = {
    "ClinicalTrials.gov", "Dryad", "GENBANK", "GEO", "ISRCTN", "OMIM", "PDB",
    "PIR", "RefSeq", "SRA", "SWISSPROT", "UMIN CTR", "figshare",
}  # fmt: skip


FACTS: Facts = {
    "title": Fact(
        lambda said: Title(said.title or said.vernacular_title or "[No title]"),
        lambda page: page.title,
        660,
    ),
    "original title": Fact(
        lambda said: (
            said.vernacular_title and said.title and Title(said.vernacular_title)
        ),
        lambda page: page.original_title,
        56,
    ),
    "journal and dates": Fact(kicker, lambda page: page.kicker, 660),
    "machine date": Fact(
        lambda said: machine(when_published(said)), lambda page: page.machine_date, 660
    ),
    "types": Fact(badges, lambda page: tuple(sorted(page.types)), 259),
    "authors": Fact(authors, lambda page: page.authors, 641),
    "et al.": Fact(
        lambda said: not said.complete and bool(authors(said)),
        lambda page: page.et_al,
        2,
    ),
    "investigators": Fact(
        lambda said: ", ".join(map(name, said.investigators)) or None,
        lambda page: page.investigators,
        26,
    ),
    "abstract": Fact(
        lambda said: sections(said.abstract), lambda page: page.abstract, 507
    ),
    "copyright": Fact(
        lambda said: said.abstract and said.abstract.copyright,
        lambda page: page.copyright,
        140,
    ),
    "other abstracts": Fact(others, lambda page: page.other_abstracts, 20),
    "keywords": Fact(
        lambda said: said.many("KeywordList/Keyword"), lambda page: page.keywords, 216
    ),
    "MeSH": Fact(mesh, lambda page: page.mesh, 508),
    "PMID": Fact(lambda said: (said.pmid,), fact("PMID"), 660),
    "PMCID": Fact(lambda said: alone(said.pmcid), fact("PMCID"), 143),
    "DOI": Fact(lambda said: alone(said.doi), fact("DOI"), 370),
    "PII": Fact(
        lambda said: alone(said.pii if said.pii != said.doi else None),
        fact("PII"),
        200,
    ),
    "version": Fact(
        lambda said: alone(str(said.version) if said.version > 1 else None),
        fact("Version"),
        11,
    ),
    "data banks": Fact(
        banks,
        lambda page: {
            bank: values for bank, values in page.facts.items() if bank in BANKS
        },
        31,
    ),
    "concepts": Fact(
        lambda said: joined(said.many("SupplMeshList/SupplMeshName")),
        fact("Concepts"),
        18,
    ),
    "substances": Fact(
        lambda said: joined(tuple(substances(said))),
        fact("Substances"),
        238,
    ),
    "genes": Fact(
        lambda said: joined(said.many("GeneSymbolList/GeneSymbol")), fact("Genes"), 1
    ),
    "people it is about": Fact(
        lambda said: joined(
            tuple(map(name, said.subjects)),
        ),
        fact("About"),
        6,
    ),
    "grants": Fact(
        grants,
        fact("Funding"),
        98,
    ),
    "conflicts of interest": Fact(
        lambda said: alone(said.info("CoiStatement")), fact("Conflicts of interest"), 63
    ),
    "notes": Fact(lambda said: said.many("GeneralNote"), fact("Note"), 24),
    "sections of a book": Fact(
        lambda said: said.many("Sections//SectionTitle"), lambda page: page.sections, 6
    ),
    "history": Fact(history, lambda page: page.history, 660),
    "notices": Fact(notices, lambda page: page.notices, 78),
    "references": Fact(references, lambda page: page.references, 162),
    "source": Fact(
        lambda said: None if said.is_book else source(said),
        lambda page: page.source if page.at("p.kicker a") else None,
        654,
    ),
    "warning": Fact(warning, lambda page: page.warning, 37),
    "struck through": Fact(is_retracted, lambda page: page.struck, 4),
}
