"""Records that are bad, odd or hostile in the ways I19 to I27 and I35 to I42."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from made.bad_inputs import DATES, PARTS, TITLES, of_row, packed
from made.desk import Desk, article, title
from made.files import deletion, record
from made.mails import mail_of
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue import store
from ownjournal.catalogue.models import Heading, Journal, OtherVersion, Quarantined
from ownjournal.catalogue.preparing import HEADING_UI, ISSN, NLM_ID
from ownjournal.catalogue.titles import title_of
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import IssueArticle
from ownjournal.pubmed.article import ArticleId, Author, PubDate
from ownjournal.pubmed.markup import plain
from ownjournal.readers import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path: Path, settings: Any) -> Desk:
    settings.SECRET_KEY = "a secret for tests"
    return Desk(tmp_path)


class Page(HTMLParser):
    """The heading and the window's title of a page, and its elements by name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.texts: dict[str, str] = {"h1": "", "title": ""}
        self.inside: str | None = None
        self.scripts: list[str] = []
        self.heading: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.texts:
            self.inside = tag
        if tag == "h1":
            self.heading = dict(attrs)
        if tag == "script":
            self.scripts.append(dict(attrs).get("src") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside] += data


def page_of(client: Client, pmid: int) -> Page:
    response = client.get(f"/articles/{pmid}")
    assert response.status_code == 200
    return Page(response.text)


def plaintext_of(client: Client, pmid: int) -> str:
    response = client.get(f"/articles/{pmid}.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return str(response.text)


def test_the_last_of_two_records_of_a_pmid_is_taken(desk: Desk) -> None:
    """I19: and that there were two is counted."""
    outcome = desk.take(of_row("I19")[0])

    assert title(1900) == "Two."
    assert (outcome.duplicates, store.count()) == (1, 1)


def test_a_record_and_its_deletion_in_one_file_end_in_the_deletion(
    desk: Desk,
) -> None:
    """I20."""
    desk.take(of_row("I20")[0])

    assert store.tombstone(2000) is not None
    assert store.count() == 0


def test_what_was_deleted_comes_back_with_a_later_file(desk: Desk) -> None:
    """I21."""
    deleting, bringing_back = of_row("I21")
    desk.take(deleting)
    assert store.tombstone(2100) is not None

    desk.take(bringing_back)

    assert title(2100) == "Back."
    assert store.tombstone(2100) is None


def test_a_deletion_that_comes_late_does_not_undo_a_newer_record(desk: Desk) -> None:
    """I22: file N with the deletion is applied after file N+1 with the record."""
    deleting, again = (desk.put(each.content) for each in of_row("I22"))
    desk.load(again)

    [outcome] = desk.load(deleting)

    assert outcome.state == "applied"
    assert title(2200) == "Again."


def test_the_deletion_of_an_older_version_leaves_the_newest(desk: Desk) -> None:
    """I23: version 2 of 3 goes; should the third go as well, the first is shown."""
    desk.take(of_row("I23")[0])
    assert title(2300) == "Version 3."
    others = OtherVersion.objects.filter(pmid=2300).order_by("version")
    assert list(others.values_list("version", "live")) == [(1, True), (2, False)]

    desk.load(desk.put(packed(deletion(2300, version=3))))

    assert title(2300) == "Version 1."


def test_a_record_without_a_pmid_is_set_aside_with_its_xml(desk: Desk) -> None:
    """I24: as one of NLM's samples of 2019 has it; the rest of the file is taken."""
    outcome = desk.take(of_row("I24")[0])

    kept = Quarantined.objects.get()
    assert kept.file == outcome.applied
    assert kept.pmid is None
    assert kept.reason == "The record has no PMID."
    raw = bytes(kept.raw).decode()
    assert raw.startswith("<PubmedArticle>")
    assert raw.endswith("</PubmedArticle>")
    assert "Nobody’s fever." in raw


def test_numbers_longer_than_those_of_nlm_are_shown_and_listed_nowhere(
    desk: Desk, client: Client
) -> None:
    odd = record(2450, "Long", nlm_id="9" * 17, mesh=[("D" * 11, "Long Numbers")])

    [outcome] = desk.load(desk.put(packed(odd)))

    assert outcome.state == "applied"
    assert page_of(client, 2450).texts["h1"] == "Long"
    assert "Long Numbers" in page_of(client, 2450).html
    assert not Journal.objects.filter(nlm_id="9" * 17).exists()
    assert not Heading.objects.filter(ui="D" * 11).exists()


def test_the_lengths_of_numbers_are_those_of_the_columns() -> None:
    columns = [
        (Journal, "nlm_id", NLM_ID),
        (Journal, "issn_linking", ISSN),
        (Heading, "ui", HEADING_UI),
    ]
    for model, name, longest in columns:
        assert model._meta.get_field(name).max_length == longest


def test_a_title_in_its_own_language_alone_is_shown(desk: Desk, client: Client) -> None:
    """I25: as PMID 41605226."""
    desk.take(of_row("I25")[0])

    assert title(2500) is None
    page = page_of(client, 2500)
    assert "Tee in <i>Merrow</i>" in page.html
    assert page.texts["title"].startswith("Tee in Merrow")


def test_an_article_without_any_title_is_taken_and_says_so(
    desk: Desk, client: Client
) -> None:
    """I26."""
    desk.take(of_row("I26")[0])

    assert title(2600) is None
    assert page_of(client, 2600).texts["h1"] == "[No title]"


def test_inline_markup_and_formulas_become_safe_html(
    desk: Desk, client: Client
) -> None:
    """I27: five elements in each other, and a title that is all formula."""
    desk.take(of_row("I27")[0])

    nested, formula = page_of(client, 2700), page_of(client, 2701)
    inside = "H<i>a<sup>b<sub>c<b>d<u>e</u></b></sub></sup></i> &lt; tail"
    assert f">{inside}</h1>" in nested.html
    assert nested.texts["h1"] == "Habcde < tail"
    assert ">x<sup>2</sup></h1>" in formula.html
    assert "onclick" not in formula.html
    assert "Habcde < tail." in plaintext_of(client, 2700)
    assert "x2" in plaintext_of(client, 2701)


def test_what_no_format_names_yet_is_taken_and_counted(desk: Desk) -> None:
    """I35: an element, a status, a kind of link and a step of the history."""
    outcome = desk.take(of_row("I35")[0])

    assert outcome.applied is not None
    assert outcome.applied.unknown == {
        "Article/NewThing2027": 1,
        "MedlineCitation@Status=New-Status": 1,
        "CommentsCorrections@RefType=NewLink": 1,
        "PubMedPubDate@PubStatus=newstep": 1,
    }
    kept = article(3500)
    assert kept.status == "New-Status"
    assert [link.kind for link in kept.corrections] == ["NewLink"]
    assert [step.status for step in kept.history] == ["newstep"]


def test_books_are_kept_between_articles_and_alone(desk: Desk) -> None:
    """I36: a book article in a set of articles, and a set of books."""
    mixed, books = (desk.take(each) for each in of_row("I36"))

    assert mixed.applied is not None and books.applied is not None
    assert (mixed.applied.articles, books.applied.articles) == (3, 1)
    for pmid, name in ((3601, "Steeping"), (3603, "Kettles")):
        kept = article(pmid)
        assert kept.book is not None
        assert (kept.title, kept.book.title) == (name, "Tea summaries")


def date(pmid: int) -> PubDate:
    issue = article(pmid).journal_issue
    assert issue is not None
    return issue.date


def test_a_date_in_words_is_kept_and_sorted_by_its_first_year(
    desk: Desk, client: Client
) -> None:
    """I37: as PMID 10188493, "1998 Dec-1999 Jan"."""
    desk.take(of_row("I37")[0])

    for pmid, (words, year) in enumerate(DATES.items(), start=3700):
        assert date(pmid) == PubDate(year, printed=words or None)
        assert words in page_of(client, pmid).html


def test_an_impossible_part_of_a_date_is_kept_and_not_sorted_by(
    desk: Desk, client: Client
) -> None:
    """I38: month 13, 31 September, the year 0."""
    desk.take(of_row("I38")[0])

    for pmid, (parts, understood) in enumerate(PARTS.items(), start=3800):
        kept = date(pmid)
        assert (kept.year, kept.month, kept.day) == understood
        said = [part.strip() for part in parts if part.strip()]
        lost = len(said) > sum(part is not None for part in understood)
        assert kept.printed == (" ".join(said) if lost else None)
        page_of(client, pmid)
        first = kept.first_day()
        assert (first is None) == (understood[0] is None)


def test_the_ids_of_references_are_not_the_article_s(
    desk: Desk, client: Client
) -> None:
    """I39: 444 references with a DOI and a PMID each."""
    desk.take(of_row("I39")[0])

    kept = article(3900)
    assert (kept.identifiers.doi, kept.identifiers.others) == ("10.99999/own", ())
    assert len(kept.references) == 444
    assert "10.99999/other" not in plaintext_of(client, 3900)


def test_the_first_doi_that_is_valid_counts(desk: Desk) -> None:
    """I40: and what else there is stays."""
    desk.take(of_row("I40")[0])

    ids = article(4000).identifiers
    assert (ids.doi, ids.pii) == ("10.99999/first", "S0001-2345(26)00001-1")
    assert ids.others == (
        ArticleId("doi", "10.99999/withdrawn", valid=False),
        ArticleId("doi", "10.99999/second"),
    )


def test_thousands_of_authors_and_halves_of_names_are_taken(
    desk: Desk, client: Client
) -> None:
    """I41: ORCIDs that are none go, and are counted."""
    outcome = desk.take(of_row("I41")[0])

    assert outcome.warnings == ("The file has wrong ORCIDs, which are left out: 2.",)
    authors = article(4100).authors
    assert len(authors) == 5_006
    assert authors[4_999:] == (
        Author(last_name="Quark4999", initials="Q"),
        Author(group="Merrow Fever Group"),  # type: ignore[arg-type]
        Author(last_name="Abimerrow"),
        Author(fore_name="Ada"),
        Author(last_name="Short"),
        Author(last_name="Letter"),
        Author(last_name="Right", orcid="0000-0002-1825-0097"),
    )
    assert "Merrow Fever Group" in page_of(client, 4100).html


def test_a_hostile_title_is_stored_as_it_is_and_shown_as_text(
    desk: Desk, client: Client
) -> None:
    """I42: on the page and in plain text it says what it said, and does nothing."""
    desk.take(of_row("I42")[0])
    harmless = page_of(client, 4204).scripts

    for pmid, hostile in enumerate(TITLES, start=4200):
        kept = article(pmid)
        assert kept.title is not None
        assert plain(kept.title) == hostile
        page = page_of(client, pmid)
        assert page.texts["h1"] == hostile
        assert page.texts["title"].startswith(hostile)
        assert page.heading["dir"] == "auto"  # a change of direction ends with it
        assert page.scripts == harmless
        # in plain text nothing would end a change of direction
        told = " ".join(plaintext_of(client, pmid).split())
        assert hostile.replace("\u202e", "").replace("\u202c", "") in told
        assert not set("\u202a\u202b\u202c\u202d\u202e") & set(told)


def test_a_hostile_title_makes_one_harmless_subject(desk: Desk) -> None:
    """I42: as the lead of an issue, in its mail."""
    desk.take(of_row("I42")[0])
    shelve(*trials(99_200_000, 60))
    reader = registry.add("alice@merrow.test", words=["fever", "asthma"])
    issue = compile_issue(reader, now=datetime(2026, 11, 30, 5, tzinfo=UTC))
    assert issue is not None
    names = set(mail_of(issue).keys())

    for pmid in range(4200, 4200 + len(TITLES)):
        hostile = title_of(article(pmid))
        IssueArticle.objects.filter(position=1).update(title=hostile)
        read = mail_of(issue)
        assert set(read.keys()) == names
        subject = str(read["Subject"])
        assert subject.startswith("Ownjournal, issue 1")
        assert not re.search("[\r\n\0\u202e\u200b\u00ad]", subject)
        assert "fever" in subject or "Bcc: eve@evil.test" in subject
        html = read.get_body(("html",))
        assert html is not None
        assert "<script" not in html.get_content()
