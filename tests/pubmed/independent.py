"""What a record of PubMed says, read from its XML and from NLM's DTD alone.

No reader, date, markup or citation of the product is used: a page or an export
is held against this. Text is what stands between the tags, with one space for
any run of white space. What a record does not say is None or ().

Three strings are looser than their letters, each for one written reason:

    Formula     MathML is written in a line, with / ( ) ; √ where its layout
                was, and in another order where signs stand before their base
    Address     an e-mail address in an affiliation is not shown, nor the words
                that lead up to it
    Title       NLM's full stop at the end may be left out
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from pubmed.truth import NOT_KEPT, content

Element = ElementTree.Element
MATH = "{http://www.w3.org/1998/Math/MathML}"
UNSEEN = {MATH + name for name in ("annotation", "annotation-xml", "mphantom")}
TOKENS = {MATH + name for name in ("mi", "mn", "mo", "mtext", "ms")}
MAIL = re.compile(r"\S*@\S*")
LEADS_UP = re.compile(
    r"\b(electronic address|e-?mails?( address(es)?)?)\b[:\s]*$", re.IGNORECASE
)


class Loose(str):
    """A string that is equal to others with the same `key`."""

    __slots__ = ()

    @staticmethod
    def key(text: str) -> str:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.key(self) == self.key(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.key(self))


class Formula(Loose):
    """Text with a formula in it: the same characters, in whatever order."""

    @staticmethod
    def key(text: str) -> str:
        return "".join(sorted(re.sub(r"[\s/()√;,]", "", text)))


class Address(Loose):
    """An affiliation with an e-mail address: the same letters without that."""

    @staticmethod
    def key(text: str) -> str:
        parts = MAIL.split(text)
        without = [LEADS_UP.sub("", part.rstrip(" ;,(")) for part in parts[:-1]]
        return re.sub(r"[\W_]", "", "".join([*without, parts[-1]]))


class Title(Loose):
    """A title: with its full stop or without."""

    @staticmethod
    def key(text: str) -> str:
        return text.removesuffix(".")


@dataclass(frozen=True)
class When:
    """A date as printed: year, month and day as numbers, or words."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str | None = None
    words: str | None = None

    @property
    def beginning(self) -> "When":
        """The first year and month of a range in words: of "1998 Dec-1999 Jan" too."""
        found = re.match(r"(\d{4})(?: ([A-Z][a-z]{2}))?", self.words or "")
        if found is None:
            return self
        return When(int(found[1]), month_number(found[2]))


@dataclass(frozen=True)
class Person:
    last: str | None
    fore: str | None
    initials: str | None
    suffix: str | None
    group: str | None
    orcid: str | None
    affiliations: tuple[str, ...]
    valid: bool
    equal: bool


@dataclass(frozen=True)
class Heading:
    name: str
    major: bool
    qualifiers: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Link:
    kind: str  # RefType
    source: str | None
    pmid: str | None
    note: str | None


@dataclass(frozen=True)
class Cited:
    text: str | None
    ids: tuple[tuple[str, str], ...]  # (IdType, value)


@dataclass(frozen=True)
class Summary:
    """An abstract: (label, text) of each section."""

    kind: str | None
    language: str
    sections: tuple[tuple[str | None, str], ...]
    copyright: str | None


class Said:
    """One record; its facts are worked out when asked for."""

    def __init__(self, main: Element, data: Element | None) -> None:
        self.main = main
        self.data = Element("PubmedData") if data is None else data
        self.is_book = main.tag == "BookDocument"
        found = main if self.is_book else main.find("Article")
        assert found is not None
        self.article: Element = found

    def one(self, path: str) -> str | None:
        """The text at a path below the Article or BookDocument."""
        return said(self.article.find(path))

    def info(self, path: str) -> str | None:
        """The text at a path below the citation."""
        return said(self.main.find(path))

    def many(self, path: str) -> tuple[str, ...]:
        return there(map(said, self.main.findall(path)))

    @property
    def pmid(self) -> str:
        return self.info("PMID") or ""

    @property
    def version(self) -> int:
        pmid = self.main.find("PMID")
        assert pmid is not None
        return int(pmid.get("Version", "1"))

    @property
    def title(self) -> str | None:
        return self.one("ArticleTitle")

    @property
    def vernacular_title(self) -> str | None:
        return self.one("VernacularTitle")

    @property
    def authors(self) -> tuple[Person, ...]:
        lists = self.article.findall("AuthorList")
        return people(
            each for every in lists if every.get("Type") != "editors" for each in every
        )

    @property
    def complete(self) -> bool:
        lists = self.article.findall("AuthorList")
        return all(each.get("CompleteYN") != "N" for each in lists)

    @property
    def investigators(self) -> tuple[Person, ...]:
        return people(self.main.iterfind("InvestigatorList/Investigator"))

    @property
    def subjects(self) -> tuple[Person, ...]:
        path = "PersonalNameSubjectList/PersonalNameSubject"
        return people(self.main.iterfind(path))

    @property
    def printed(self) -> When:
        """The date of the journal's issue; of a book, the book's."""
        found = next(self.main.iter("PubDate"), None)
        return When() if found is None else when(found)

    @property
    def contributed(self) -> When | None:
        found = self.main.find("ContributionDate")
        return None if found is None else when(found)

    @property
    def electronic(self) -> When | None:
        found = self.article.find("ArticleDate")
        return None if found is None else when(found)

    @property
    def history(self) -> tuple[tuple[str, When], ...]:
        steps = self.data.findall("History/PubMedPubDate")
        return tuple((each.get("PubStatus", ""), when(each)) for each in steps)

    @property
    def revised(self) -> When | None:
        found = self.main.find("DateRevised")
        return None if found is None else when(found)

    @property
    def abstract(self) -> Summary | None:
        found = self.article.find("Abstract")
        return None if found is None else summary(found)

    @property
    def other_abstracts(self) -> tuple[Summary, ...]:
        return tuple(map(summary, self.main.findall("OtherAbstract")))

    @property
    def mesh(self) -> tuple[Heading, ...]:
        return tuple(map(heading, self.main.findall("MeshHeadingList/MeshHeading")))

    @property
    def grants(self) -> tuple[tuple[str, ...], ...]:
        names = ("GrantID", "Acronym", "Agency", "Country")
        return tuple(
            there(said(each.find(name)) for name in names)
            for each in self.article.findall("GrantList/Grant")
        )

    @property
    def banks(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(
            (
                said(each.find("DataBankName")) or "",
                there(map(said, each.iterfind("AccessionNumberList/AccessionNumber"))),
            )
            for each in self.article.findall("DataBankList/DataBank")
        )

    @property
    def types(self) -> tuple[str, ...]:
        return there(map(said, self.article.iter("PublicationType")))

    @property
    def links(self) -> tuple[Link, ...]:
        """Corrections, comments and partners, without what is cited."""
        return tuple(each for each in self._links() if each.kind != "Cites")

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The references; until 2018 they stood among the corrections."""
        parent = self.main if self.is_book else self.data
        found = [
            Cited(
                said(each.find("Citation")),
                tuple(
                    (x.get("IdType", "pubmed"), said(x) or "")
                    for x in each.iterfind("ArticleIdList/ArticleId")
                ),
            )
            for each in parent.iter("Reference")
        ]
        old = [
            Cited(each.source, (("pubmed", each.pmid),) if each.pmid else ())
            for each in self._links()
            if each.kind == "Cites"
        ]
        return (*found, *old)

    def _links(self) -> Iterator[Link]:
        for each in self.main.iterfind("CommentsCorrectionsList/CommentsCorrections"):
            yield Link(
                each.get("RefType", ""),
                said(each.find("RefSource")),
                said(each.find("PMID")),
                said(each.find("Note")),
            )

    @property
    def doi(self) -> str | None:
        """The first DOI of the article itself, where publishers are believed first."""
        return next((x for x in self.ids("doi") if x.startswith("10.")), None)

    @property
    def pmcid(self) -> str | None:
        return next((x for x in self.ids("pmc") if x.startswith("PMC")), None)

    @property
    def pii(self) -> str | None:
        return next(iter(self.ids("pii")), None)

    def ids(self, kind: str) -> tuple[str, ...]:
        """Its own valid identifiers of a kind, in order, each once."""
        places = self.article.findall("ELocationID")
        wrong = {said(each) for each in places if each.get("ValidYN") == "N"}
        lists = self.main.findall("ArticleIdList") if self.is_book else []
        lists += self.data.findall("ArticleIdList")
        found = [said(each) for each in places if each.get("EIdType") == kind]
        found += [said(x) for each in lists for x in each if x.get("IdType") == kind]
        return tuple(dict.fromkeys(x for x in found if x and x not in wrong))

    def letters(self) -> str:
        """All text of the record, tags and attributes' values included."""
        return " ".join(
            ElementTree.tostring(each, "unicode") for each in (self.main, self.data)
        )

    def dates(self) -> set[When]:
        """Every date that stands in any place of the record."""
        every = (*self.main.iter(), *self.data.iter())
        parts = ("Year", "MedlineDate")
        return {
            when(each)
            for each in every
            if any(each.find(part) is not None for part in parts)
        }


def records(path: Path) -> list[Said]:
    """The records of a file in its order, without the one in an old form."""
    root = ElementTree.fromstring(content(path))
    found = [Said(*halves) for halves in _halves(root)]
    return [each for each in found if each.pmid not in NOT_KEPT]


def taken_back(path: Path) -> list[tuple[str, int]]:
    """(PMID, version) of what the file deletes."""
    root = ElementTree.fromstring(content(path))
    return [
        (said(each) or "", int(each.get("Version", "1")))
        for each in root.iterfind("DeleteCitation/PMID")
    ]


def _halves(root: Element) -> Iterator[tuple[Element, Element | None]]:
    if root.tag == "MedlineCitation":
        yield root, None
    for each in root.iter():
        if each.tag == "PubmedArticle":
            main, data = each.find("MedlineCitation"), each.find("PubmedData")
        elif each.tag == "PubmedBookArticle":
            main, data = each.find("BookDocument"), each.find("PubmedBookData")
        elif each.tag == "MedlineCitationSet":
            yield from ((found, None) for found in each.iterfind("MedlineCitation"))
            continue
        else:
            continue
        assert main is not None
        yield main, data


def said(element: Element | None) -> str | None:
    """The text inside; None where there is none."""
    if element is None:
        return None
    text = " ".join("".join(_pieces(element)).split())
    has_formula = any(each.tag.startswith(MATH) for each in element.iter())
    return (Formula(text) if has_formula else text) or None


def _pieces(element: Element) -> Iterator[str]:
    """White space between the parts of a formula is layout."""
    layout = element.tag.startswith(MATH) and element.tag not in TOKENS
    yield (element.text or "").strip() if layout else element.text or ""
    for child in element:
        if child.tag not in UNSEEN:
            yield from _pieces(child)
        yield (child.tail or "").strip() if layout else child.tail or ""


def there(values: Iterator[str | None]) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def people(elements: Iterator[Element]) -> tuple[Person, ...]:
    found = tuple(map(_person, elements))
    return tuple(each for each in found if each.last or each.fore or each.group)


def _person(element: Element) -> Person:
    names = ("LastName", "ForeName", "Initials", "Suffix", "CollectiveName")
    ids = element.findall("Identifier[@Source='ORCID']")
    texts = map(said, element.iterfind("AffiliationInfo/Affiliation"))
    return Person(
        *(said(element.find(name)) for name in names),
        orcid=next(filter(None, (orcid(said(each) or "") for each in ids)), None),
        affiliations=tuple(Address(x) if "@" in x else x for x in texts if x),
        valid=element.get("ValidYN") != "N",
        equal=element.get("EqualContrib") == "Y",
    )


def orcid(text: str) -> str | None:
    """The sixteen figures in groups of four; None where their check fails.

    ISO 7064, MOD 11-2: read as a number to the base 2, with X for ten, the
    figures leave 1 when divided by 11.
    """
    figures = re.sub("[^0-9Xx]", "", text.split("orcid.org")[-1]).upper()
    if len(figures) != 16:
        return None
    total = 0
    for figure in figures:
        total = total * 2 + "0123456789X".index(figure)
    return "-".join(re.findall("....", figures)) if total % 11 == 1 else None


MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"


def when(element: Element) -> When:
    """A month is its number or its first three letters; without one, no day."""
    words = said(element.find("MedlineDate"))
    if words:
        year = re.search(r"\b[0-9]{4}\b", words)
        return When(year=int(year[0]) if year else None, words=words)
    year, month, day = (said(element.find(x)) for x in ("Year", "Month", "Day"))
    return When(
        int(year) if year else None,
        month_number(month),
        int(day) if month and day else None,
        said(element.find("Season")),
    )


def month_number(month: str | None) -> int | None:
    if month is None:
        return None
    if month.isdigit():
        return int(month)
    return MONTHS.index(month[:3].lower()) // 3 + 1


def summary(element: Element) -> Summary:
    sections = (
        (each.get("Label"), said(each)) for each in element.iterfind("AbstractText")
    )
    return Summary(
        element.get("Type"),
        element.get("Language", "eng"),
        tuple((label, text) for label, text in sections if text),
        said(element.find("CopyrightInformation")),
    )


def heading(element: Element) -> Heading:
    descriptor = element.find("DescriptorName")
    assert descriptor is not None
    return Heading(
        said(descriptor) or "",
        descriptor.get("MajorTopicYN") == "Y",
        tuple(
            (said(each) or "", each.get("MajorTopicYN") == "Y")
            for each in element.findall("QualifierName")
        ),
    )
