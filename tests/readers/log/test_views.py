"""The page of the log, its rows and its files, for their reader alone."""

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.readers import registry
from ownjournal.readers.log import document, keeping, lettering
from ownjournal.readers.log.chosen import Totals
from ownjournal.readers.log.lettering import Font
from ownjournal.readers.log.models import LogRow
from ownjournal.readers.models import Reader

PMID = 31_000_001
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def row(alice: Reader) -> LogRow:
    row = keeping.record(alice, PMID, "read", NOW, source="issue 3")
    assert row is not None
    keeping.change(row, "7", "Less fluid, and <b>sooner</b>.\nα-blockers", "2026-11-30")
    return row


def test_a_button_on_the_article_puts_it_down_as_read(
    client: Client, alice: Reader
) -> None:
    page = client.get(f"/articles/{PMID}").text
    answer = client.post(f"/log/read/{PMID}")

    row = LogRow.objects.get(deed="read")
    assert f'action="/log/read/{PMID}"' in page
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/log/{row.pk}")
    assert row.minutes == 3


def test_what_was_learned_is_kept_and_shown_as_text(
    client: Client, row: LogRow
) -> None:
    form = {"minutes": "12", "reflection": "Ask <i>twice</i>.", "day": "2026-11-29"}
    answer = client.post(f"/log/{row.pk}", form, follow=True)

    assert "Ask &lt;i&gt;twice&lt;/i&gt;." in answer.text
    assert "12 min" in answer.text
    assert "29 November 2026" in answer.text


def test_a_mistake_is_said_with_what_was_typed(client: Client, row: LogRow) -> None:
    form = {"minutes": "many", "reflection": "typed", "day": "2026-11-29"}
    answer = client.post(f"/log/{row.pk}", form)

    assert answer.status_code == 422
    assert "Minutes are a whole number" in answer.text
    assert "typed" in answer.text


@pytest.mark.parametrize("deed", ["", "/remove"])
def test_rows_of_others_are_not_there(client: Client, row: LogRow, deed: str) -> None:
    client.force_login(registry.add("bob@merrow.test"))

    assert client.post(f"/log/{row.pk}{deed}").status_code == 404
    assert "Velotrine" not in client.get("/log").text
    assert "Velotrine" not in client.get("/log.csv").getvalue().decode()
    assert LogRow.objects.count() == 1


def test_a_row_can_be_taken_out(client: Client, row: LogRow) -> None:
    client.post(f"/log/{row.pk}/remove")

    assert not LogRow.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("from=2026-11-30&to=2026-11-30", True),
        ("from=2026-12-01", False),
        ("to=2026-11-29", False),
        ("deed=read", True),
        ("deed=opened", False),
        ("q=velotrine+fluid", True),
        ("q=velotrine+gout", False),
        (f"q={PMID}", True),
        ("q=31000009", False),
        ("q=%25", False),
    ],
)
def test_the_log_is_searched_by_day_deed_and_words(
    client: Client, row: LogRow, query: str, found: bool
) -> None:
    assert ("Less fluid" in client.get(f"/log?{query}").text) == found
    table = client.get(f"/log.csv?{query}").getvalue().decode()
    assert ("Less fluid" in table) == found


def test_days_that_cannot_be_are_said(client: Client, alice: Reader) -> None:
    assert "written as 2026-11-30" in client.get("/log?from=tomorrow").text
    wrong = client.get("/log?from=2026-11-30&to=2026-11-01").text
    assert "after the last" in wrong


def test_switching_off_keeps_what_there_is_unless_it_is_to_go(
    client: Client, row: LogRow
) -> None:
    client.post("/log/keep", {"keep": "no"})
    assert LogRow.objects.exists()
    assert not Reader.objects.get().keeps_log
    assert client.post(f"/log/read/{PMID}").headers["Location"] == "/log"
    assert "Erase what is in it" in client.get("/log").text

    client.post("/log/keep", {"erase": "all"})
    assert not LogRow.objects.exists()
    assert not Reader.objects.get().keeps_log


def test_no_cell_of_the_table_is_computed_by_a_spreadsheet(
    client: Client, row: LogRow
) -> None:
    keeping.change(row, "7", '=HYPERLINK("http://evil.test")', "2026-11-30")
    answer = client.get("/log.csv")
    text = answer.getvalue().decode()
    [cells] = csv.DictReader(StringIO(text.removeprefix("\ufeff")))

    assert cells["reflection"].startswith("'=")
    assert (cells["day"], cells["minutes"]) == ("2026-11-30", "7")
    assert cells["citation"].startswith("Quillfeather AB, Okonfold T. Velotrine")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_long_log_is_a_table_in_few_queries(
    client: Client, alice: Reader, django_assert_max_num_queries: object
) -> None:
    rows = [
        LogRow(
            reader=alice,
            pmid=number,
            deed="opened",
            done_on=NOW.date(),
            at=NOW,
            title=f"Number {number}",
        )
        for number in range(1, 1_001)
    ]
    LogRow.objects.bulk_create(rows)

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        lines = client.get("/log.csv").getvalue().decode().splitlines()
    assert len(lines) == 1_001


def test_the_record_is_a_pdf_of_the_days_asked_for(client: Client, row: LogRow) -> None:
    answer = client.get("/log.pdf?from=2026-11-01&to=2026-11-30")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.rstrip().endswith(b"%%EOF")
    assert client.get("/log.pdf?from=2027-01-01").content.startswith(b"%PDF-")


def test_a_reflection_may_be_longer_than_a_page(client: Client, row: LogRow) -> None:
    keeping.change(row, "7", "a\n" * 990, "2026-11-30")

    answer = client.get("/log.pdf")

    assert answer.status_code == 200
    assert answer.content.count(b"/Type /Page\n") > 10


def test_a_record_of_too_many_rows_is_refused(
    client: Client, row: LogRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "MOST_ROWS", 0)

    assert client.get("/log.pdf").headers["Location"] == "/log"
    assert "PDF" in client.get("/log").text


def test_a_font_without_greek_spells_it_so_that_it_is_seen() -> None:
    own = lettering.font(())

    spelt = own.spelt("α-Blocker, Łukasz Dvořák, TNF-Δ, 中, naïve ≤ 3")
    assert spelt == "[alpha]-Blocker, Łukasz Dvorák, TNF-[Delta], [U+4E2D], naïve ≤ 3"


@pytest.mark.parametrize(
    ("reflection", "said"), [("Plain words.", False), ("α", True), ("Łódź", True)]
)
def test_a_record_says_when_letters_had_to_be_spelt(
    row: LogRow, monkeypatch: pytest.MonkeyPatch, reflection: str, said: bool
) -> None:
    own = lettering.font(())
    lacks = Font(own.plain, own.bold, own.letters - {ord("Ł")})
    monkeypatch.setattr(document, "font", lambda: lacks)
    told: list[str] = []
    monkeypatch.setattr(document, "escape", lambda text: told.append(text) or text)
    row.reflection = reflection
    heading = document.Heading(
        "a@b.test", "2026", NOW.date(), Totals(1, 1, 7, None, None)
    )

    document.document(heading, [(row, None)])

    assert (document.RESPELT in told) == said


def test_a_year_ends_today(alice: Reader, client: Client) -> None:
    keeping.record(alice, PMID, "opened", NOW - timedelta(days=1))

    assert "deed=read" in client.get("/log").text


@pytest.mark.parametrize("path", ["/log", "/log.csv", "/log.pdf", "/log/1"])
def test_visitors_are_asked_to_sign_in(db: None, path: str) -> None:
    assert Client().get(path).headers["Location"] == "/sign-in"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", [f"/articles/{PMID}", "/search?q=fever"])
def test_no_page_waits_to_leave_its_trace(path: str) -> None:
    """Four that wait for SQLite's one writer would keep everybody else out."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such lock")
    shelve(an_article(pmid=PMID))
    following.follow(following.index())
    reader = registry.add("carla@merrow.test")
    Reader.objects.update(keeps_log=True, keeps_searches=True)
    client = Client()
    client.force_login(reader)
    client.get(path)  # what is asked once is at hand
    LogRow.objects.all().delete()
    with closing(
        sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    ) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        writer.execute("ROLLBACK")

    assert answer.status_code == 200
    assert any("busy_timeout = 0" in each["sql"] for each in asked)
    assert not any(each["sql"].startswith("INSERT") for each in asked)
