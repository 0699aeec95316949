"""nbib by its fields, as NLM describes them, and what they have to say.

The form: https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format. A small reading
of our own beside the package nbib, as that one keeps a part of the fields only.
"""

import re
from collections.abc import Callable

from pubmed.agreement import Fact, Facts
from pubmed.exports.truth import expected
from pubmed.independent import Person, Said, Title
from pubmed.independent_citation import short, source

Fields = dict[str, tuple[str, ...]]

LINKS = {
    "CommentIn": "CIN", "CommentOn": "CON", "ErratumFor": "EFR", "ErratumIn": "EIN",
    "OriginalReportIn": "ORI", "RepublishedFrom": "RPF", "RepublishedIn": "RPI",
    "RetractionIn": "RIN", "RetractionOf": "ROF", "SummaryForPatientsIn": "SPIN",
    "UpdateIn": "UIN", "UpdateOf": "UOF",
}  # fmt: skip


def read(text: str) -> list[Fields]:
    return [fields(record) for record in re.split(r"(?:\r\n){2,}", text.strip())]


def fields(record: str) -> Fields:
    """{tag: values}; a line that begins with six spaces goes on."""
    found: dict[str, tuple[str, ...]] = {}
    for line in re.sub(r"\r\n {6}", " ", record).split("\r\n"):
        tag, value = line[:4].rstrip(), line[6:]
        assert line[4:6] == "- ", line
        found[tag] = (*found.get(tag, ()), value)
    return found


def one(tag: str) -> Callable[[Fields], str | None]:
    return lambda record: record.get(tag, (None,))[0]


def all_of(tag: str) -> Callable[[Fields], tuple[str, ...]]:
    return lambda record: record.get(tag, ())


def full_names(said: Said) -> tuple[str, ...]:
    """`Family, Given Suffix`."""
    people = [
        ", ".join(filter(None, (each[0], " ".join(each[1:]))))
        for each, person in zip(expected.names(said), valid(said), strict=True)
        if not person.group
    ]
    return (*people, *(("et al",) if people and not said.complete else ()))


def valid(said: Said) -> list[Person]:
    return [each for each in said.authors if each.valid]


def short_names(said: Said) -> tuple[str, ...]:
    people = [
        " ".join(filter(None, (each.last, each.initials, each.suffix)))
        for each in valid(said)
        if not each.group
    ]
    return (*people, *(("et al",) if people and not said.complete else ()))


def headings(said: Said) -> tuple[str, ...]:
    return tuple(
        "/".join(
            f"*{name}" if major else name
            for name, major in ((each.name, each.major), *each.qualifiers)
        )
        for each in said.mesh
    )


def links(said: Said) -> tuple[str, ...]:
    return tuple(
        sorted(
            " ".join(
                filter(None, (LINKS[x.kind], x.source, x.pmid and f"PMID: {x.pmid}"))
            )
            for x in said.links
        )
    )


def substances(said: Said) -> tuple[str, ...]:
    return tuple(
        f"{each.findtext('RegistryNumber')} ({each.findtext('NameOfSubstance')})"
        for each in said.main.iterfind("ChemicalList/Chemical")
    )


def without_version(said: Said) -> str | None:
    """Readers take "PMC" and figures here, and no ".2" behind them."""
    return said.pmcid and said.pmcid.partition(".")[0]


def moments(said: Said) -> tuple[str, ...]:
    steps = said.data.findall("History/PubMedPubDate")
    return tuple(
        f"{date.year}/{date.month:02}/{date.day:02} "
        f"{int(step.findtext('Hour') or 0):02}:{int(step.findtext('Minute') or 0):02} "
        f"[{status}]"
        for step, (status, date) in zip(steps, said.history, strict=True)
        if date.day
    )


FACTS: Facts = {
    "PMID": Fact(lambda said: said.pmid, one("PMID"), 768),
    "status": Fact(lambda said: said.main.get("Status"), one("STAT"), 762),
    "title": Fact(
        lambda said: Title(expected.mark(said) + (said.title or "")),
        lambda record: record.get("TI", ("",))[0],
        760,
    ),
    "original title": Fact(lambda said: said.vernacular_title, one("TT"), 68),
    "full names": Fact(full_names, all_of("FAU"), 737),
    "names": Fact(short_names, all_of("AU"), 737),
    "groups": Fact(
        lambda said: tuple(each.group for each in valid(said) if each.group),
        all_of("CN"),
        39,
    ),
    "ORCIDs": Fact(
        lambda said: tuple(f"ORCID: {x.orcid}" for x in valid(said) if x.orcid),
        all_of("AUID"),
        79,
    ),
    "affiliations": Fact(
        lambda said: tuple(x for each in valid(said) for x in each.affiliations),
        all_of("AD"),
        563,
    ),
    "investigators": Fact(
        lambda said: tuple(
            " ".join(filter(None, (x.last, x.initials, x.suffix)))
            for x in said.investigators
        ),
        all_of("IR"),
        30,
    ),
    "date": Fact(lambda said: short(expected.in_nbib(said)), one("DP"), 768),
    "electronic date": Fact(
        lambda said: (
            "".join(f"{x:02}" for x in expected.ends(said.electronic)[0])
            if said.electronic
            else None
        ),
        one("DEP"),
        233,
    ),
    "volume": Fact(expected.volume, one("VI"), 715),
    "issue": Fact(expected.number, one("IP"), 604),
    "pages": Fact(lambda said: said.one("Pagination/MedlinePgn"), one("PG"), 710),
    "journal": Fact(lambda said: said.one("Journal/Title"), one("JT"), 762),
    "abbreviation": Fact(expected.abbreviation, one("TA"), 762),
    "NLM number": Fact(
        lambda said: said.info("MedlineJournalInfo/NlmUniqueID"), one("JID"), 762
    ),
    "country": Fact(
        lambda said: (
            said.info("MedlineJournalInfo/Country")
            or said.one("Book/Publisher/PublisherLocation")
        ),
        one("PL"),
        768,
    ),
    "DOI": Fact(
        lambda said: said.doi and f"{said.doi} [doi]",
        lambda record: next(
            (x for x in record.get("AID", ())[::-1] if x.endswith("[doi]")), None
        ),
        405,
    ),
    "PMCID": Fact(without_version, one("PMC"), 143),
    "languages": Fact(
        lambda said: said.many("Article/Language") + said.many("Language"),
        all_of("LA"),
        768,
    ),
    "types": Fact(
        lambda said: said.types + (("Book Chapter",) if said.is_book else ()),
        all_of("PT"),
        768,
    ),
    "abstract": Fact(expected.abstract, one("AB"), 579),
    "copyright": Fact(
        lambda said: said.abstract and said.abstract.copyright, one("CI"), 147
    ),
    "other abstracts": Fact(
        lambda said: tuple(map(expected.joined, said.other_abstracts)),
        all_of("OAB"),
        23,
    ),
    "keywords": Fact(
        lambda said: said.many("KeywordList/Keyword"),
        lambda record: tuple(x.removeprefix("*") for x in record.get("OT", ())),
        230,
    ),
    "MeSH": Fact(headings, all_of("MH"), 604),
    "concepts": Fact(
        lambda said: said.many("SupplMeshList/SupplMeshName"), all_of("NM"), 20
    ),
    "substances": Fact(substances, all_of("RN"), 287),
    "grants": Fact(
        lambda said: tuple("/".join(each) for each in said.grants), all_of("GR"), 104
    ),
    "data banks": Fact(
        lambda said: tuple(f"{bank}/{x}" for bank, xs in said.banks for x in xs),
        all_of("SI"),
        34,
    ),
    "links": Fact(
        links,
        lambda record: tuple(
            sorted(
                f"{tag} {x}" for tag in set(LINKS.values()) for x in record.get(tag, ())
            )
        ),
        102,
    ),
    "conflicts of interest": Fact(
        lambda said: said.info("CoiStatement"), one("COIS"), 63
    ),
    "history": Fact(moments, all_of("PHST"), 766),
    "publication status": Fact(
        lambda said: said.data.findtext("PublicationStatus"), one("PST"), 767
    ),
    "source": Fact(
        lambda said: None if said.is_book else source(said),
        lambda record: None if "BTI" in record else record["SO"][0],
        762,
    ),
}
