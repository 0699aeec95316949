import re
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from django.db import transaction
from django.test import Client
from msgspec.structs import replace

from made.mails import bytes_of, letter_of, mail_of
from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue.titles import title_html
from ownjournal.issues import mail
from ownjournal.issues.compile import compile_issue
from ownjournal.issues.models import Issue, IssueArticle
from ownjournal.pubmed.article import Correction, Markup
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.identity import token
from ownjournal.readers.post.models import Letter

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
ADDRESS = re.compile(r'(?:href|src|action|background)="([^"]*)"|url\(([^)]*)\)')


@pytest.fixture
def issue(alice: Reader) -> Issue:
    made = compile_issue(alice, now=NOW)
    assert made is not None
    return made


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize(
    ("kind", "mark", "struck"),
    [
        ("RetractionIn", "Retracted", True),
        ("ExpressionOfConcernIn", "Expression of concern", False),
        ("CorrectedandRepublishedIn", "Corrected and republished", False),
        ("ErratumIn", "Corrected", False),
        ("UpdateIn", "Updated", False),
    ],
)
def test_what_is_known_against_an_article_stands_with_it(
    issue: Issue, kind: str, mark: str, struck: bool
) -> None:
    """Also what became known after the issue was made."""
    [row] = issue.articles.all()[:1]
    found = next(each for each in trials(99_200_000, 60) if each.pmid == row.pmid)
    shelve(replace(found, corrections=(Correction(kind, "J Invent Med. 2026"),)))

    message = mail_of(issue)

    html = part(message, "html")
    title = title_html(found)
    assert f"*** {mark} ***" in part(message, "plain")
    assert f">{mark}</p>" in html
    assert (f"<s>{title}</s>" in html) == struck


def test_text_comes_first_and_says_all_that_the_page_says(issue: Issue) -> None:
    message = mail_of(issue)
    text = part(message, "plain")

    assert [each.get_content_type() for each in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    words = " ".join(text.split())
    for row in issue.articles.all():
        assert row.title in words
        assert row.why in words
        assert f"http://127.0.0.1:8000/articles/{row.pmid}" in words
    assert "You have reached the end of this issue." in words
    assert "pubmed26n1300.xml.gz" in words


@pytest.mark.parametrize(
    ("zone", "coming"),
    [
        ("UTC", "Your next issue comes on Monday, 30 November 2026, at 06:00."),
        ("Asia/Tokyo", "Your next issue comes on Monday, 7 December 2026, at 06:00."),
        ("Nowhere/Land", None),
    ],
)
def test_a_mail_says_when_the_next_issue_comes(
    issue: Issue, zone: str, coming: str | None
) -> None:
    issue.compiled_at, issue.reader.time_zone = NOW, zone
    told = mail._coming(issue)

    assert told == coming


def test_when_the_next_one_comes_stands_in_both_parts(issue: Issue) -> None:
    message, coming = mail_of(issue), mail._coming(issue)

    assert coming is not None
    assert all(coming in part(message, kind) for kind in ("plain", "html"))


def test_no_line_of_text_is_longer_than_78_columns(issue: Issue) -> None:
    long = [
        line
        for line in part(mail_of(issue), "plain").splitlines()
        if len(line) > 78 and "http" not in line
    ]

    assert long == []


def test_the_html_loads_nothing_and_links_only_to_the_site(issue: Issue) -> None:
    html = part(mail_of(issue), "html")
    addresses = {one or two for one, two in ADDRESS.findall(html)}

    assert addresses
    assert all(each.startswith("http://127.0.0.1:8000/") for each in addresses)
    assert not re.search(r"<(img|script|link|iframe|object|form|input)\b", html)


def test_every_byte_follows_from_the_issue(issue: Issue) -> None:
    assert bytes_of(Issue.objects.get()) == bytes_of(issue)
    message, letter = mail_of(issue), letter_of(issue)
    assert message["Message-ID"] == f"<issue-{token(letter)}@127.0.0.1>"
    assert message["List-Id"] == "<issues.127.0.0.1>"
    assert message["Date"].datetime == letter.put_at.replace(microsecond=0)
    assert message["To"] == "alice@merrow.test"


@pytest.mark.parametrize(
    "title",
    [
        "A =?UTF-8?Q?=0D=0A?=Bcc: x@evil.test",
        "A\r\nBcc: x@evil.test",
        "A\n\nBcc: x@evil.test",
    ],
)
def test_a_title_cannot_add_a_header_or_end_them(issue: Issue, title: str) -> None:
    IssueArticle.objects.filter(position=1).update(title=title)

    message = mail_of(issue)

    assert "Bcc" not in message
    assert message["Subject"] == "Ownjournal, issue 1: A Bcc: x@evil.test"
    assert len(list(message.walk())) == 3


def test_the_sender_s_name_cannot_either(
    issue: Issue, settings: pytest.FixtureRequest
) -> None:
    settings.MAIL_FROM = '"x\r\nBcc: y@evil.test" <journal@merrow.test>'
    settings.SITE_NAME = "Ours\nBcc: z@evil.test"

    message = mail_of(issue)

    assert "Bcc" not in message
    assert message["From"].addresses[0].addr_spec == "journal@merrow.test"


def test_a_title_never_becomes_markup(issue: Issue, alice: Reader) -> None:
    evil = Markup("Fever &lt;img src=x&gt; in <i>adults</i>")
    shelve(*(replace(each, title=evil) for each in trials(99_200_000, 60)), at=NOW)

    html = part(mail_of(issue), "html")

    assert "<img" not in html
    assert "<i>adults</i>" in html


def test_a_mail_that_would_be_cut_leaves_the_digests_out(
    issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(bytes_of(issue))
    monkeypatch.setattr(mail, "MOST_BYTES", 1000)

    assert len(bytes_of(issue)) < whole
    assert "Why it is here" in part(mail_of(issue), "plain")


def test_an_issue_of_twelve_is_far_below_what_providers_cut(issue: Issue) -> None:
    assert issue.articles.count() == 12
    assert len(bytes_of(issue)) < 80_000


def test_one_click_ends_the_mails(issue: Issue, client: Client) -> None:
    """The headers of RFC 8058, each in one line, and what they lead to."""
    message, data = mail_of(issue), bytes_of(issue)
    address = str(message["List-Unsubscribe"]).strip("<>")

    assert f"\r\nList-Unsubscribe: <{address}>\r\n".encode() in data
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in data
    assert address in part(message, "plain")
    assert f'href="{address}"' in part(message, "html")
    assert len(address) < 120

    path = address.removeprefix("http://127.0.0.1:8000")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mail.made(letter_of(Issue.objects.get())) is None


def test_an_issue_s_letter_is_stored_with_it(issue: Issue) -> None:
    letter = letter_of(issue)

    assert (letter.reader, letter.state) == (issue.reader, "waiting")
    made = mail.made(letter)
    assert made is not None
    assert made == mail.mail(issue)
    Issue.objects.all().delete()
    assert mail.made(Letter.objects.get()) is None


def test_an_issue_that_could_not_be_stored_has_no_letter(
    alice: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both or neither: they are one transaction."""

    def torn(*_: object, **__: object) -> None:
        raise LookupError("torn")

    monkeypatch.setattr(mail.letters, "put_several", torn)
    with pytest.raises(LookupError), transaction.atomic():
        compile_issue(alice, now=NOW)

    assert not Issue.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("may", [True, False])
def test_a_part_may_say_that_a_reader_gets_no_mail(
    issue: Issue, monkeypatch: pytest.MonkeyPatch, may: bool
) -> None:
    monkeypatch.setattr(letters, "MAY_MAIL", [lambda reader: True, lambda reader: may])

    assert (mail.made(letter_of(issue)) is not None) == may
