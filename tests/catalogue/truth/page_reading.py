"""Read an article page as a reader does: values at the places that name them.

Nothing of the templates' contract is used, only the HTML that came: headings,
classes of journal.css, links. A value that is not there is None or ().
"""

import re
from copy import deepcopy
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from lxml import html

Element = html.HtmlElement
NOTE_OF_EQUALS = "†"


def words(element: Element | None) -> str | None:
    """What is to be seen of an element; None where nothing is."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


class Page:
    """An article page; every property is what stands in one place of it."""

    def __init__(self, text: str) -> None:
        self.root: Element = html.document_fromstring(text)
        self.main: Element = self.root.find(".//main")

    def at(self, selector: str) -> list[Element]:
        """The elements of a CSS-like path: "tag.class tag.class"."""
        path = "".join(f"//{_step(step)}" for step in selector.split())
        found: list[Element] = self.main.xpath("." + path)
        return found

    def one(self, selector: str) -> Element | None:
        return next(iter(self.at(selector)), None)

    def under(self, heading: str) -> Element | None:
        """The section that this heading names."""
        found = self.main.xpath(f".//section[@aria-labelledby='{heading}']")
        return found[0] if found else None

    def fold(self, name: str) -> Element | None:
        """The <details> whose summary is a number of these, or just these words."""
        for each in self.main.iter("details"):
            if re.fullmatch(rf"(\d+ )?{name}", words(each.find("summary")) or ""):
                return each
        return None

    @cached_property
    def title(self) -> str | None:
        return words(self.one("h1"))

    @cached_property
    def original_title(self) -> str | None:
        return words(self.one("p.original-title"))

    @cached_property
    def kicker(self) -> tuple[str, ...]:
        """Journal, date, "online …", "in …", as far as they are there."""
        return tuple((words(self.one("p.kicker")) or "").split(" · "))

    @cached_property
    def machine_date(self) -> str | None:
        found = self.one("p.kicker time")
        return None if found is None else found.get("datetime")

    @cached_property
    def types(self) -> tuple[str, ...]:
        return self.texts("header ul.badges li")

    def texts(self, selector: str) -> tuple[str, ...]:
        return tuple(text for text in map(words, self.at(selector)) if text)

    @cached_property
    def authors(self) -> tuple[tuple[str, str | None, tuple[str, ...], bool], ...]:
        """(name, ORCID, affiliations, contributed equally) of each in order."""
        return tuple(self._author(each) for each in self.at("span.author"))

    def _author(self, author: Element) -> tuple[str, str | None, tuple[str, ...], bool]:
        orcids = author.xpath(".//a[contains(@class, 'orcid')]/@href")
        signs = " ".join(words(each) or "" for each in author.iter("sup"))
        name = author.find("a")
        numbers = re.findall(r"\d+", " ".join(self._marks(author)))
        places = self.affiliations
        if self.numbered:
            places = tuple(places[int(number) - 1] for number in numbers)
        orcid = orcids[0].removeprefix("https://orcid.org/") if orcids else None
        return (words(name) or "", orcid, places, NOTE_OF_EQUALS in signs)

    def _marks(self, author: Element) -> list[str]:
        """The raised figures beside a name, not those in it."""
        marks = author.xpath("./span[contains(@class, 'marks')]/sup")
        return [words(each) or "" for each in marks]

    @cached_property
    def affiliations(self) -> tuple[str, ...]:
        """The list of them; a single one stands in a line of its own."""
        found = self.fold("affiliations")
        if found is not None:
            return tuple(words(each) or "" for each in found.iter("li"))
        single = self._single_affiliation
        if single is None:
            return ()
        text = words(single) or ""
        return (text.removeprefix("1 ") if self.numbered else text,)

    @cached_property
    def _single_affiliation(self) -> Element | None:
        for each in self.main.xpath(".//header/p[@class='meta']"):
            if not (words(each) or "").startswith(NOTE_OF_EQUALS):
                return each
        return None

    @cached_property
    def numbered(self) -> bool:
        """Whether figures say who works where; else everyone works at all places."""
        if self.fold("affiliations") is not None:
            return True
        single = self._single_affiliation
        return (
            single is not None
            and single.find("sup") is not None
            and (words(single.find("sup")) == "1" and not (single.text or "").strip())
        )

    @cached_property
    def et_al(self) -> bool:
        return any(
            (words(each) or "").endswith("et al.")
            for each in self.at("p")
            if each.find("span[@class='author']") is not None
        )

    @cached_property
    def investigators(self) -> str | None:
        found = self.fold("investigators?")
        return None if found is None else words(found.find("p"))

    @cached_property
    def source(self) -> str | None:
        return words(self.one("p.source"))

    @cached_property
    def abstract(self) -> tuple[tuple[str | None, str], ...]:
        own = [each for each in self.at("div.abstract") if self.name_of(each) is None]
        return _sections(own[0].find("div")) if own else ()

    @cached_property
    def copyright(self) -> str | None:
        own = [each for each in self.at("div.abstract") if self.name_of(each) is None]
        return _small(own[0]) if own else None

    @cached_property
    def other_abstracts(
        self,
    ) -> tuple[tuple[str, tuple[tuple[str | None, str], ...], str | None], ...]:
        """(name, sections, copyright) of each."""
        return tuple(
            (name, _sections(each.find("div")), _small(each))
            for each in self.at("div.abstract")
            if (name := self.name_of(each)) is not None
        )

    def name_of(self, abstract: Element) -> str | None:
        """What an abstract beside NLM's own is called."""
        if abstract.find("div").get("lang") is None:
            return None
        name = abstract.find("p[@class='tab-name']")
        return words(name if name is not None else abstract.find("../h2"))

    @cached_property
    def keywords(self) -> tuple[str, ...]:
        return _items(self.under("keywords"))

    @cached_property
    def mesh(self) -> tuple[tuple[str, bool], ...]:
        """(heading with its qualifiers, whether it is a main point) in order."""
        section = self.under("mesh")
        if section is None:
            return ()
        return tuple(
            (
                (words(each) or "").removesuffix(" (main point)"),
                each.get("class") == "major",
            )
            for each in section.iterfind(".//li/a")
        )

    @cached_property
    def facts(self) -> dict[str, tuple[str, ...]]:
        """The values by name, as they stand apart in "About this article"."""
        section = self.under("more")
        return _names(section) if section is not None else {}

    @cached_property
    def history(self) -> tuple[str, ...]:
        """The values of the record's history in order."""
        found = self.fold("History of the record")
        if found is None:
            return ()
        return tuple(words(each) or "" for each in found.iter("dd"))

    @cached_property
    def sections(self) -> tuple[str, ...]:
        return _items(self.fold("sections?"))

    @cached_property
    def notices(self) -> tuple[tuple[str, str | None], ...]:
        """(text, PMID of the link) of notices and partners, in any order."""
        lines = self.main.xpath(".//div[contains(@class, 'banner')]/p[not(strong)]")
        for name in ("linked", "forms"):
            section = self.under(name)
            lines += list(section.iter("li")) if section is not None else []
        return tuple(sorted((_without_pmid(each), _linked(each)) for each in lines))

    @cached_property
    def warning(self) -> str | None:
        """The heading of the banner."""
        return words(self.one("div.banner strong"))

    @cached_property
    def struck(self) -> bool:
        return bool(self.at("h1.struck"))

    @cached_property
    def references(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(text, identifiers as its links have them) of each in order."""
        found = self.fold("references?")
        if found is None:
            return ()
        return tuple(
            (
                words(each)[: -len(_said_by_links(each)) or None].rstrip(),
                tuple(identifier(link.get("href")) for link in each.iterfind("a")),
            )
            for each in found.iter("li")
        )

    @cached_property
    def text(self) -> str:
        """Everything that is to be seen between the site's head and foot.

        But for the box to write in, which tells what to type.
        """
        read = deepcopy(self.main)
        for box in read.xpath(".//form[@id='note-box']"):
            box.drop_tree()
        return words(read) or ""

    @cached_property
    def everything(self) -> str:
        """Also what is not to be seen: attributes of it, and the head."""
        head = self.root.find(".//head")
        parts = [html.tostring(each, encoding="unicode") for each in (head, self.main)]
        return unescape(unquote(" ".join(" ".join(parts).split())))

    @cached_property
    def addresses_outside_references(self) -> list[str]:
        found: list[str] = self.main.xpath(
            ".//a[not(ancestor::details[contains(@class, 'references')])]/@href"
        )
        return found


def _step(step: str) -> str:
    tag, _, name = step.partition(".")
    if not name:
        return tag
    return f"{tag}[contains(concat(' ', @class, ' '), ' {name} ')]"


def _sections(parent: Element | None) -> tuple[tuple[str | None, str], ...]:
    """(heading, paragraph) in order."""
    found: list[tuple[str | None, str]] = []
    heading = None
    for each in parent if parent is not None else ():
        if each.tag == "h3":
            heading = words(each)
        elif each.tag == "p" and each.get("class") is None:
            found.append((heading, words(each) or ""))
            heading = None
    return tuple(found)


def _small(parent: Element | None) -> str | None:
    return None if parent is None else words(parent.find("p[@class='meta']"))


def _items(parent: Element | None) -> tuple[str, ...]:
    if parent is None:
        return ()
    return tuple(words(each) or "" for each in parent.iter("li"))


def _names(parent: Element) -> dict[str, tuple[str, ...]]:
    """{name: values}; one that is named twice has both."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in zip(parent.iter("dt"), parent.iter("dd"), strict=True):
        key = words(name) or ""
        found[key] = found.get(key, ()) + _values(value)
    return found


def _values(value: Element) -> tuple[str, ...]:
    """The lines of a value."""
    lines = [value.text or ""]
    for each in value:
        if each.tag == "br":
            lines.append("")
        lines[-1] += "".join(each.itertext()) + (each.tail or "")
    return tuple(" ".join(line.split()) for line in lines)


def _without_pmid(line: Element) -> str:
    """Nor the title of what a notice is about, which is from another record."""
    text = words(line) or ""
    title = words(line.find(".//cite"))
    if title is not None:
        text = text.replace(f"{title} · ", "")
    return re.sub(r" \(PMID \d+\)", "", text)


def _said_by_links(line: Element) -> str:
    """The words of the links that stand at its end."""
    return " ".join(words(link) or "" for link in line.iterfind("a"))


def identifier(address: str) -> str:
    """The DOI, PMCID or PMID in the address of an article, here or elsewhere."""
    place = re.sub(
        r"^(https://(doi\.org|pubmed\.ncbi\.nlm\.nih\.gov|pmc\.ncbi\.nlm\.nih\.gov))?"
        r"/(articles/)?",
        "",
        unquote(address),
    )
    return place.removesuffix("/") if "ncbi" in address else place


def _linked(line: Element) -> str | None:
    links = line.xpath(".//a/@href")
    number = re.search(r"/(\d+)/?$", links[0]) if links else None
    return number[1] if number else None
