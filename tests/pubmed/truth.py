"""Compare what we read with two readings that are not ours.

`by_xtract` is NLM's own tool (Debian: ncbi-entrez-direct), `by_expat` a small
reading over xml.etree, written from the DTD and not from our code. Each gives
the same facts of each record; `compare` tells where ours differ.

Both sides are normalised in the same way before they are compared, and in no
other: tags are dropped, escapes undone, runs of white space become one space.
xtract writes formulas and white space in its own way, so that titles, abstracts
and all names are compared with it without any white space.
"""

import gzip
import html
import io
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from xml.etree import ElementTree

from ownjournal.pubmed.article import Article, Author
from ownjournal.pubmed.records import read_records

Facts = dict[str, str]

FIELDS = ("pmid", "title", "abstract", "doi", "pmcid", "journal", "year", "authors")
FIELDS += ("mesh", "types")
# the one record in NLM's form of before 2018, which we do not keep
NOT_KEPT = {"15030341"}
TAGS = re.compile(r"</?(?:b|i|u|sup|sub|mml:[a-z]+)\b[^<>]*>")
SEPARATOR = " | "
INSIDE = "~"


@dataclass
class Report:
    records: int = 0
    compared: int = 0  # fields
    differences: list[str] = field(default_factory=list)

    def add(self, name: str, ours: Facts, theirs: Facts) -> None:
        self.records += 1
        for fact in FIELDS:
            self.compared += 1
            if ours.get(fact, "") != theirs.get(fact, ""):
                self.differences.append(
                    f"{name} {ours['pmid']} {fact}: {ours.get(fact)!r} is not"
                    f" {theirs.get(fact)!r}"
                )


def files(shared_data: Path) -> list[Path]:
    found = [
        path
        for folder in ("samples", "updates", "books", "singles", "sample_article")
        for path in (shared_data / "pubmed" / folder).iterdir()
        if path.name.endswith((".xml", ".xml.gz"))
    ]
    return sorted(found)


def content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def words(text: str | None) -> str:
    """Text without tags, escapes and layout."""
    return " ".join(html.unescape(TAGS.sub("", text or "")).split())


def bare(facts: Facts) -> Facts:
    """Without white space, and without U+200B, which xtract takes for white space."""
    return {
        name: "".join(value.replace("\u200b", "").split())
        for name, value in facts.items()
    }


def ours(xml: bytes) -> list[Facts]:
    return [
        facts(each)
        for each in read_records(io.BytesIO(xml))
        if isinstance(each, Article)
    ]


def facts(article: Article) -> Facts:
    """Our reading as plain strings."""
    ids = article.identifiers
    journal = article.journal
    date = article.journal_issue.date if article.journal_issue else None
    if article.book:
        date = article.book.date
    sections = article.abstract.sections if article.abstract else ()
    return {
        "pmid": f"{article.pmid}.{article.version}",
        "title": words(article.title),
        "abstract": SEPARATOR.join(words(each.text) for each in sections),
        "doi": ids.doi or "",
        "pmcid": ids.pmcid or "",
        "journal": f"{journal.title or ''}{INSIDE}{journal.medline_abbreviation or ''}"
        if journal
        else INSIDE,
        "year": str(date.year or "") if date else "",
        "authors": SEPARATOR.join(map(_person, article.authors)),
        "mesh": SEPARATOR.join(
            INSIDE.join(
                f"{part.ui}{INSIDE}{part.name}" for part in (each, *each.qualifiers)
            )
            for each in article.mesh
        ),
        "types": SEPARATOR.join(
            INSIDE.join(filter(None, (each.ui, each.name)))
            for each in article.publication_types
        ),
    }


def _person(author: Author) -> str:
    names = (author.last_name, author.fore_name, author.initials, author.suffix)
    return INSIDE.join(filter(None, (*names, words(author.group))))


def by_expat(xml: bytes) -> list[Facts]:
    """The facts by xml.etree, for each citation and book in the file."""
    root = ElementTree.fromstring(xml)
    return [
        _expat_facts(each)
        for each in root.iter()
        if each.tag in ("MedlineCitation", "BookDocument")
        for each in [_with_data(root, each)]
    ]


def _with_data(
    root: ElementTree.Element, main: ElementTree.Element
) -> tuple[ElementTree.Element, ElementTree.Element | None]:
    """A citation with the PubmedData that follows it."""
    for parent in root.iter():
        children = list(parent)
        if main in children:
            after = children[children.index(main) + 1 :]
            return main, next((each for each in after if "Data" in each.tag), None)
    return main, None


def _said(element: ElementTree.Element | None) -> str:
    return "" if element is None else " ".join("".join(_pieces(element)).split())


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    """All text inside; white space between the parts of a formula is no text."""
    math = element.tag.startswith("{") and len(element) > 0
    yield "" if math and not (element.text or "").strip() else element.text or ""
    for child in element:
        yield from _pieces(child)
        yield "" if math and not (child.tail or "").strip() else child.tail or ""


def _all(parent: ElementTree.Element | None, path: str) -> list[ElementTree.Element]:
    return [] if parent is None else parent.findall(path)


def _expat_facts(
    both: tuple[ElementTree.Element, ElementTree.Element | None],
) -> Facts:
    main, data = both
    article = main if main.tag == "BookDocument" else main.find("Article")
    assert article is not None
    pmid = main.find("PMID")
    assert pmid is not None
    sections = map(_said, article.findall("Abstract/AbstractText"))
    lists = article.findall("AuthorList")
    authors = [each for x in lists if x.get("Type") != "editors" for each in x]
    return {
        "pmid": f"{pmid.text}.{pmid.get('Version', '1')}",
        "title": _said(article.find("ArticleTitle")),
        "abstract": SEPARATOR.join(filter(None, sections)),
        "doi": _expat_doi(article, data),
        "pmcid": _expat_id(data, "pmc"),
        "journal": _said(article.find("Journal/Title"))
        + INSIDE
        + _said(main.find("MedlineJournalInfo/MedlineTA")),
        "year": _expat_year(main),
        "authors": SEPARATOR.join(map(_expat_person, authors)),
        "mesh": SEPARATOR.join(
            INSIDE.join(f"{part.get('UI')}{INSIDE}{part.text}" for part in heading)
            for heading in main.findall("MeshHeadingList/MeshHeading")
        ),
        "types": SEPARATOR.join(
            INSIDE.join(filter(None, (each.get("UI"), _said(each))))
            for each in article.iter("PublicationType")
        ),
    }


def _expat_id(data: ElementTree.Element | None, kind: str) -> str:
    found = [
        x for x in _all(data, "ArticleIdList/ArticleId") if x.get("IdType") == kind
    ]
    return _said(found[0]) if found else ""


def _expat_doi(article: ElementTree.Element, data: ElementTree.Element | None) -> str:
    for each in article.findall("ELocationID"):
        if each.get("EIdType") == "doi" and each.get("ValidYN") == "Y":
            return _said(each)
    return _expat_id(data, "doi")


def _expat_year(main: ElementTree.Element) -> str:
    date = next(main.iter("PubDate"))
    printed = _said(date.find("Year")) or _said(date.find("MedlineDate"))
    years = re.findall("[0-9]{4}", printed)
    return years[0] if years else ""


def _expat_person(person: ElementTree.Element) -> str:
    order = ("LastName", "ForeName", "Initials", "Suffix", "CollectiveName")
    return INSIDE.join(filter(None, (_said(person.find(name)) for name in order)))


XTRACT = (
    "-pfx pmid= -sep . -element {main}/PMID,{main}/PMID@Version"
    " -pfx title= -element {article}/ArticleTitle"
    " -block {article}/Abstract -pfx abstract= -sep ~s~ -element AbstractText"
    " -block {article}/ELocationID -if @EIdType -equals doi -and @ValidYN -equals Y"
    " -pfx edoi= -element ELocationID"
    " -block {data}/ArticleIdList/ArticleId -if @IdType -equals doi"
    " -pfx adoi= -element ArticleId"
    " -block {data}/ArticleIdList/ArticleId -if @IdType -equals pmc"
    " -pfx pmcid= -element ArticleId"
    " -block Journal -pfx journal= -element Journal/Title"
    " -block MedlineJournalInfo -pfx ta= -element MedlineTA"
    " -block PubDate -pfx year= -element Year,MedlineDate"
    " -block {article}/AuthorList -unless @Type -equals editors"
    " -subset Author -pfx author= -sep ~"
    " -element LastName,ForeName,Initials,Suffix,CollectiveName"
    " -block MeshHeading -pfx mesh= -sep ~"
    " -element DescriptorName@UI,DescriptorName"
    " -subset QualifierName -pfx qualifier= -sep ~ -element @UI,QualifierName"
    " -block {article}/{types} -pfx type= -sep ~ -element @UI,PublicationType"
)
ARTICLE = {"main": "MedlineCitation", "article": "Article", "data": "PubmedData"}
ARTICLE |= {"pattern": "PubmedArticle", "types": "PublicationTypeList/PublicationType"}
BOOK = {"main": "BookDocument", "article": "BookDocument", "data": "PubmedBookData"}
BOOK |= {"pattern": "PubmedBookArticle", "types": "PublicationType"}


KEYS = ["pmid", "title", "abstract", "edoi", "adoi", "pmcid", "journal", "ta"]
KEYS += ["year", "author", "mesh", "qualifier", "type"]
NEXT = re.compile(rf"[\n\t]+(?=(?:{'|'.join(KEYS)})=)")


def by_xtract(xml: bytes) -> list[Facts]:
    """The facts by NLM's tool."""
    if b"<PubmedArticle" not in xml:  # a MedlineCitation alone
        xml = b"<PubmedArticle>" + xml + b"</PubmedArticle>"
    return [*_by_xtract(xml, ARTICLE), *_by_xtract(xml, BOOK)]


def _by_xtract(xml: bytes, names: dict[str, str]) -> list[Facts]:
    run = subprocess.run(
        ["xtract", "-mixed", "-pattern", names["pattern"], "-tab", "\\n"]
        + XTRACT.format(**names).split(),
        input=xml,
        capture_output=True,
        check=True,
    )
    records = re.split("^(?=pmid=)", run.stdout.decode(), flags=re.MULTILINE)
    return [_xtract_facts(each) for each in records if each.strip()]


def _xtract_facts(record: str) -> Facts:
    found: dict[str, list[str]] = {key: [] for key in KEYS}
    for line in NEXT.split(record.strip()):
        key, _, value = line.partition("=")
        if key == "qualifier":
            found["mesh"][-1] += INSIDE + value
        else:
            found[key].append(words(value))
    year = re.search("[0-9]{4}", " ".join(found["year"]))
    return {
        "pmid": found["pmid"][0],
        "title": " ".join(found["title"]),
        "abstract": " ".join(found["abstract"]).replace("~s~", SEPARATOR),
        "doi": (found["edoi"] + found["adoi"] + [""])[0],
        "pmcid": (found["pmcid"] + [""])[0],
        "journal": " ".join(found["journal"]) + INSIDE + " ".join(found["ta"]),
        "year": year.group() if year else "",
        "authors": SEPARATOR.join(found["author"]),
        "mesh": SEPARATOR.join(found["mesh"]),
        "types": SEPARATOR.join(found["type"]),
    }


def paired(
    ours: Iterable[Facts], theirs: Iterable[Facts]
) -> Iterator[tuple[Facts, Facts]]:
    """Both readings by PMID and version; one that is missing is empty."""
    left, right = (
        sorted(each, key=lambda facts: facts["pmid"]) for each in (ours, theirs)
    )
    right = [each for each in right if each["pmid"].split(".")[0] not in NOT_KEPT]
    return zip_longest(left, right, fillvalue={"pmid": "missing"})


def compare(shared_data: Path) -> dict[str, Report]:
    """All records under pubmed/ against both readings."""
    expat, xtract = Report(), Report()
    for path in files(shared_data):
        xml = content(path)
        own = ours(xml)
        for mine, theirs in paired(own, by_expat(xml)):
            expat.add(path.name, mine, theirs)
        for mine, theirs in paired(own, by_xtract(xml)):
            xtract.add(path.name, bare(mine), bare(theirs))
    return {"expat": expat, "xtract": xtract}


if __name__ == "__main__":
    for name, report in compare(Path(sys.argv[1])).items():
        print(
            f"{name}: {report.records} records, {report.compared} fields compared,"
            f" {len(report.differences)} differences"
        )
        print(*report.differences, sep="\n")
