import email
import re
import stat
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from msgspec.structs import replace

from made.shelf import shelve
from made.trials import trials
from ownjournal.catalogue.titles import title_html
from ownjournal.issues import mail
from ownjournal.issues.compile import compile_issue
from ownjournal.readers.post.headers import UnsafeMessage
from ownjournal.issues.models import Issue, IssueArticle
from ownjournal.pubmed.article import Correction, Markup
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
ADDRESS = re.compile(r'(?:href|src|action|background)="([^"]*)"|url\(([^)]*)\)')


@pytest.fixture
def issue(alice: Reader) -> Issue:
    made = compile_issue(alice, now=NOW)
    assert made is not None
    return made


def sent(issue: Issue) -> EmailMessage:
    """The mail as its reader's program reads it."""
    data = mail.message(issue).as_bytes()
    read = email.message_from_bytes(data, policy=default)
    assert isinstance(read, EmailMessage)
    return read


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

    message = sent(issue)

    html = part(message, "html")
    title = title_html(found)
    assert f"*** {mark} ***" in part(message, "plain")
    assert f">{mark}</p>" in html
    assert (f"<s>{title}</s>" in html) == struck


def test_text_comes_first_and_says_all_that_the_page_says(issue: Issue) -> None:
    message = sent(issue)
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


def test_no_line_of_text_is_longer_than_78_columns(issue: Issue) -> None:
    long = [
        line
        for line in part(sent(issue), "plain").splitlines()
        if len(line) > 78 and "http" not in line
    ]

    assert long == []


def test_the_html_loads_nothing_and_links_only_to_the_site(issue: Issue) -> None:
    html = part(sent(issue), "html")
    addresses = {one or two for one, two in ADDRESS.findall(html)}

    assert addresses
    assert all(each.startswith("http://127.0.0.1:8000/") for each in addresses)
    assert not re.search(r"<(img|script|link|iframe|object|form|input)\b", html)


def test_every_byte_follows_from_the_issue(issue: Issue) -> None:
    first = mail.message(issue).as_bytes()

    assert mail.message(Issue.objects.get()).as_bytes() == first
    message = sent(issue)
    assert message["Message-ID"] == f"<issue-{issue.pk}.20261130050000@127.0.0.1>"
    assert message["List-Id"] == "<issues.127.0.0.1>"
    assert message["Date"] == "Mon, 30 Nov 2026 05:00:00 +0000"
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

    message = sent(issue)

    assert "Bcc" not in message
    assert message["Subject"] == "Ownjournal, issue 1: A Bcc: x@evil.test"
    assert len(list(message.walk())) == 3


def test_the_sender_s_name_cannot_either(
    issue: Issue, settings: pytest.FixtureRequest
) -> None:
    settings.MAIL_FROM = '"x\r\nBcc: y@evil.test" <journal@merrow.test>'
    settings.SITE_NAME = "Ours\nBcc: z@evil.test"

    message = sent(issue)

    assert "Bcc" not in message
    assert message["From"].addresses[0].addr_spec == "journal@merrow.test"


def test_a_title_never_becomes_markup(issue: Issue, alice: Reader) -> None:
    evil = Markup("Fever &lt;img src=x&gt; in <i>adults</i>")
    shelve(*(replace(each, title=evil) for each in trials(99_200_000, 60)), at=NOW)

    html = part(sent(issue), "html")

    assert "<img" not in html
    assert "<i>adults</i>" in html


def test_a_mail_that_would_be_cut_leaves_the_digests_out(
    issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(mail.message(issue).as_bytes())
    monkeypatch.setattr(mail, "MOST_BYTES", whole)

    shorter = mail.message(issue)

    assert len(shorter.as_bytes()) < whole
    assert "Why it is here" in part(sent(issue), "plain")
    monkeypatch.setattr(mail, "MOST_BYTES", 1000)
    with pytest.raises(UnsafeMessage, match="1,000 bytes"):
        mail.message(issue)


def test_an_issue_of_twelve_is_far_below_what_providers_cut(issue: Issue) -> None:
    assert issue.articles.count() == 12
    assert len(mail.message(issue).as_bytes()) < 80_000


def test_the_outbox_holds_whole_mails_that_only_the_owner_reads(
    issue: Issue, tmp_path: Path
) -> None:
    folder = tmp_path / "data" / "outbox"

    path = mail.write(issue, folder)

    assert mail.write(issue, folder) == path
    assert list(folder.iterdir()) == [path]
    assert path.suffix == ".eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert path.read_bytes() == mail.message(issue).as_bytes()


def test_a_mail_that_cannot_be_made_leaves_nothing_in_the_outbox(
    issue: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "MOST_BYTES", 1000)

    with pytest.raises(UnsafeMessage):
        mail.write(issue, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_issue_waits_for_its_mail_until_that_is_written(
    issue: Issue, tmp_path: Path
) -> None:
    """Stopped between the two, the next run finds it."""
    assert list(mail.pending()) == [issue]

    mail.write(issue, tmp_path)

    assert list(mail.pending()) == []
