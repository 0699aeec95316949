"""What programs read in the head of an article page, and what it has to say.

Rules: of a range in words a program is given the beginning. Names have no comma
or semicolon inside, and may end with one, by which Zotero knows where they end.
"""

import json
import re
from typing import Any
from urllib.parse import unquote

from catalogue.truth.page_expected import says_something
from catalogue.truth.page_reading import Page
from pubmed.agreement import Fact, Facts
from pubmed.exports.truth import expected
from pubmed.independent import Person, Said, Title

MOST_WITH_PLACES = 50  # authors; with more of them no place of work is named


class Letters(str):
    """A name: the same letters, whatever stands between them."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and letters(self) == letters(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(letters(self))


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def all_tags(page: Page) -> list[tuple[str, str]]:
    found = page.root.xpath("//head/meta[starts-with(@name, 'citation_')]")
    return [(x.get("name").removeprefix("citation_"), x.get("content")) for x in found]


def every(page: Page, name: str) -> tuple[str, ...]:
    return tuple(content for tag, content in all_tags(page) if tag == name)


def one(name: str) -> Any:
    return lambda page: next(iter(every(page, name)), None)


def authors(page: Page) -> tuple[tuple[str, tuple[str, ...], str | None], ...]:
    """(name, places of work, ORCID) of each."""
    found: list[tuple[str, tuple[str, ...], str | None]] = []
    for tag, content in all_tags(page):
        if tag == "author":
            found.append((content, (), None))
        elif tag == "author_institution":
            name, places, orcid = found[-1]
            found[-1] = (name, (*places, content), orcid)
        elif tag == "author_orcid":
            name, places, _ = found[-1]
            found[-1] = (name, places, content.removeprefix("https://orcid.org/"))
    return tuple(found)


def people(said: Said) -> tuple[tuple[str, tuple[str, ...], str | None], ...]:
    valid = [each for each in said.authors if each.valid]
    with_places = len(valid) <= MOST_WITH_PLACES
    return tuple(
        (
            Letters("".join(expected.name(each))),
            tuple(filter(says_something, each.affiliations)) if with_places else (),
            each.orcid,
        )
        for each in valid
    )


def date(said: Said, sign: str = "/") -> str | None:
    ends = expected.ends(expected.counts(said))
    return sign.join(f"{part:02}" for part in ends[0]) if ends else None


def online(said: Said) -> str | None:
    ends = expected.ends(said.electronic)
    return "/".join(f"{part:02}" for part in ends[0]) if ends else None


def issns(said: Said) -> tuple[str, ...]:
    found = (said.one("Journal/ISSN"), said.info("MedlineJournalInfo/ISSNLinking"))
    return tuple(dict.fromkeys(each for each in found if each))


def ends_of_pages(said: Said) -> tuple[str | None, str | None]:
    """Of more than one range the first."""
    first = re.split("[,;]", expected.pages(said) or "")[0].strip()
    found = re.fullmatch(r"([A-Za-z0-9]+)-([A-Za-z0-9]+)", expected.in_full(first))
    if found is None:
        return first or None, None
    return found[1], found[2]


def json_ld(page: Page) -> dict[str, Any]:
    [text] = page.root.xpath("//head/script[@type='application/ld+json']/text()")
    found: dict[str, Any] = json.loads(text)
    return found


def numbers(page: Page) -> dict[str, str]:
    return {each["propertyID"]: each["value"] for each in json_ld(page)["identifier"]}


def own_numbers(said: Said) -> dict[str, str]:
    found = {"pmid": said.pmid, "pmcid": said.pmcid, "doi": said.doi}
    return {name: value for name, value in found.items() if value}


def wholes(page: Page) -> dict[str, str]:
    """Journal, volume and issue, from inside to outside."""
    found: dict[str, str] = {}
    whole = json_ld(page).get("isPartOf")
    while whole:
        for name in ("issueNumber", "volumeNumber", "name"):
            if name in whole:
                found[name] = whole[name]
        whole = whole.get("isPartOf")
    return found


def own_wholes(said: Said) -> dict[str, str]:
    found = {
        "issueNumber": expected.number(said),
        "volumeNumber": expected.volume(said),
        "name": expected.journal(said),
    }
    return {name: value for name, value in found.items() if value}


def title(said: Said) -> Title:
    return Title(said.title or said.vernacular_title or "")


FACTS: Facts = {
    "title": Fact(title, one("title"), 660),
    "authors": Fact(people, authors, 641),
    "date": Fact(date, one("publication_date"), 660),
    "online": Fact(online, one("online_date"), 200),
    "journal": Fact(
        expected.journal,
        lambda page: one("journal_title")(page) or one("book_title")(page),
        660,
    ),
    "abbreviation": Fact(
        lambda said: said.one("Journal/ISOAbbreviation"), one("journal_abbrev"), 654
    ),
    "ISSNs": Fact(issns, lambda page: every(page, "issn"), 640),
    "volume": Fact(expected.volume, one("volume"), 600),
    "issue": Fact(expected.number, one("issue"), 500),
    "pages": Fact(
        ends_of_pages, lambda page: (one("firstpage")(page), one("lastpage")(page)), 600
    ),
    "DOI": Fact(lambda said: said.doi, one("doi"), 370),
    "PMID": Fact(lambda said: said.pmid, one("pmid"), 660),
    "PMCID": Fact(lambda said: said.pmcid, one("pmcid"), 143),
    "language": Fact(
        lambda said: (
            expected.LANGUAGES.get(said.many("Article/Language")[0])
            if said.many("Article/Language")
            else "en"
        ),
        one("language"),
        650,
    ),
    "keywords": Fact(
        lambda said: (
            "; ".join(
                each.replace(";", ",") for each in said.many("KeywordList/Keyword")
            )
            or None
        ),
        one("keywords"),
        216,
    ),
    "abstract": Fact(expected.abstract, one("abstract"), 507),
    "headline": Fact(title, lambda page: json_ld(page)["headline"], 660),
    "names": Fact(
        lambda said: tuple(
            Letters(whole_name(each) if len(said.authors) > 50 else parts_of(each))
            for each in said.authors
            if each.valid
        ),
        lambda page: tuple(
            "".join(sorted(named(each))) for each in json_ld(page).get("author", ())
        ),
        641,
    ),
    "date published": Fact(
        lambda said: date(said, "-"),
        lambda page: json_ld(page).get("datePublished"),
        660,
    ),
    "numbers": Fact(own_numbers, numbers, 660),
    "part of": Fact(own_wholes, wholes, 660),
    "types": Fact(
        lambda said: said.types,
        lambda page: tuple(json_ld(page)["publicationType"]),
        660,
    ),
    "canonical address": Fact(
        lambda said: f"/articles/{said.pmid}",
        lambda page: unquote(
            page.root.xpath("//head/link[@rel='canonical']/@href")[0]
        ).partition("8000")[2],
        660,
    ),
}


def parts_of(person: Person) -> str:
    return "".join(map(str, sorted(expected.name(person))))


def whole_name(person: Person) -> str:
    """Where there are very many people, they have nothing but their names."""
    parts = (person.fore or person.initials, person.last, person.suffix)
    return person.group or " ".join(part for part in parts if part)


def named(person: dict[str, str]) -> list[str]:
    """The parts of a name; of a group its name."""
    order = ("familyName", "givenName", "honorificSuffix")
    parts = [person[part] for part in order if part in person]
    return parts or [person["name"]]
