"""Every page says what the XML of its record says: all real records, all facts."""

import re
from collections import Counter
from urllib.parse import unquote

import pytest

from catalogue.truth.conftest import Shown
from catalogue.truth.page_expected import FACTS
from catalogue.truth.page_reading import Page, identifier, words
from ownjournal.search.analysis import words as folded_words
from pubmed.agreement import differences
from pubmed.independent import MAIL, Said, When
from pubmed.independent_citation import SHORT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.on_sqlite_alone,
]

RECORDS = 660  # different ones; the files repeat 108 to the letter
MONTHS = {name: number for number, name in enumerate(SHORT, start=1)}
MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
DATES = (
    re.compile(rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{MONTH}) (?P<year>\d{{4}})\b"),
    re.compile(rf"\b(?P<year>\d{{4}}) (?P<month>{MONTH})(?: (?P<day>\d{{1,2}})\b)?"),
    re.compile(r"\b(?P<year>\d{4})[-/](?P<month>\d\d)(?:[-/](?P<day>\d\d))?\b"),
)


def test_every_fact_of_every_record_is_on_its_page(every_record: list[Shown]) -> None:
    assert len(every_record) >= RECORDS
    assert differences(FACTS, ((each.said, each.page) for each in every_record)) == []


def test_no_month_or_day_is_on_a_page_that_the_record_does_not_say(
    every_record: list[Shown],
) -> None:
    """In its text, its links and its head."""
    found = [
        f"{each.said.pmid} {date}"
        for each in every_record
        for date in invented(each.said, each.page)
    ]

    assert found == []


def invented(said: Said, page: Page) -> set[str]:
    letters = " ".join(said.letters().split())
    known = {(date.year, date.month, date.day) for date in said.dates()}
    known |= {(date.year, date.month, None) for date in said.dates()}
    known |= {(first.year, first.month, None) for first in beginnings(said)}
    # a notice is dated by the place where NLM says it is, "Lancet. 2020 Jun 13;…"
    known |= {read(date) for date in DATES[1].finditer(letters)}
    return {
        date[0]
        for pattern in DATES
        for date in pattern.finditer(page.everything)
        if date[0] not in letters and read(date) not in known
    }


def beginnings(said: Said) -> set[When]:
    """For programs that know no ranges, one is written as its beginning."""
    return {date.beginning for date in said.dates()}


def read(date: re.Match[str]) -> tuple[int, int, int | None]:
    month = date["month"]
    number = int(month) if month.isdigit() else MONTHS[month[:3]]
    return int(date["year"]), number, int(date["day"]) if date["day"] else None


def test_no_doi_is_given_to_an_article_that_is_not_its_own(
    every_record: list[Shown],
) -> None:
    """Others took the DOIs of references for the article's."""
    for each in every_record:
        data = {number for _, numbers in each.said.banks for number in numbers}
        dois = {
            identifier(address)
            for address in each.page.addresses_outside_references
            if "doi.org" in address
        }
        assert dois - data <= {each.said.doi}, each.said.pmid


def test_no_markup_is_to_be_seen(every_record: list[Shown]) -> None:
    """`&lt;`, `<sup>` and the like, unless the record has them as its words."""
    signs = re.compile(r"&(?:amp|lt|gt|#\d+);|</?[a-z:]+[ >]|\{\{|\{%|mml:")
    for each in every_record:
        for sign in signs.findall(each.page.text):
            escaped = sign.replace("&", "&amp;").replace("<", "&lt;")
            letters = each.said.letters().replace(">", "&gt;")
            assert escaped.replace(">", "&gt;") in letters, (each.said.pmid, sign)


def test_no_id_stands_twice_on_a_page(every_record: list[Shown]) -> None:
    for each in every_record:
        ids = Counter(each.page.root.xpath("//@id"))
        assert max(ids.values()) == 1, (each.said.pmid, ids.most_common(1))


def test_no_address_of_an_authors_mail_is_on_a_page(every_record: list[Shown]) -> None:
    hidden = 0
    for each in every_record:
        people = (*each.said.authors, *each.said.investigators)
        texts = [text for person in people for text in person.affiliations]
        mails = {mail.strip(";,.()") for text in texts for mail in MAIL.findall(text)}
        hidden += len(mails)
        assert not [mail for mail in mails if mail in each.page.everything]

    assert hidden >= 190


def test_the_links_of_the_first_line_lead_to_journal_and_month(
    every_record: list[Shown],
) -> None:
    for each in every_record:
        if each.said.is_book:
            continue
        assert len(each.page.at("p.kicker a")) == 2 or not each.said.printed.year


def test_authors_and_headings_lead_to_their_pages_or_a_search(
    every_record: list[Shown],
) -> None:
    led = 0
    for each in every_record:
        people = [author for author in each.said.authors if author.valid]
        names = [(who.group or who.last or "") for who in people]
        names += [text.partition(" / ")[0] for text, _ in each.page.mesh]
        links = [author.find("a") for author in each.page.at("span.author")]
        links += each.page.main.xpath(".//section[@aria-labelledby='mesh']//li/a")
        for name, link in zip(names, links, strict=True):
            assert _letters(name) in _letters(unquote(link.get("href"))), (
                each.said.pmid,
                name,
            )
            led += 1

    assert led >= 10_000


def _letters(text: str) -> str:
    """As addresses spell names: without case, accents and signs."""
    return "".join(folded_words(text))


def test_the_description_of_a_page_is_about_its_article(
    every_record: list[Shown],
) -> None:
    for each in every_record:
        title = words(each.page.root.find(".//head/title")) or ""
        assert title.startswith(each.page.title or ""), each.said.pmid
