"""One reader from the panel under an article to the last trace of them, in a browser.

Everything between is real: the pages, the worker's step, the sender's loop and a mail
server. Only the clock is moved, from one week's issue to the next.
"""

import io
import queue
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from made.barriers import barriers
from made.clock import Clock
from made.scan import found_in_bytes, found_in_files, found_in_tables
from made.shelf import shelve
from made.smtp_server import Sink, Taken, smtp_server
from made.trials import trials
from ownjournal.catalogue import following, mesh
from ownjournal.catalogue.models import Sync
from ownjournal.cli.worker import work
from ownjournal.issues import ready
from ownjournal.pubmed.article import Article, MeshHeading
from ownjournal.pubmed.mesh import Descriptor
from ownjournal.readers.accounts import panel
from ownjournal.readers.models import Reader
from ownjournal.readers.post.loop import mail_leaves
from ownjournal.readers.post.models import Letter
from readers.post.conftest import use

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

ALICE, STRANGER = "alice@merrow.test", "nobody@merrow.test"
FIRST = 31_000_000
FEVER = MeshHeading("D005334", "Fever", major=True)
PHONE = {"width": 360, "height": 800}
CODE = re.compile(r"^ +(\d{3}) (\d{3})\s*$", re.MULTILINE)
ARTICLE = re.compile(r"/articles/(\d+)")
A_MINUTE = timedelta(minutes=1)
PATIENCE = 30.0  # seconds


def a_week(number: int) -> list[Article]:
    """Sixty trials, ten of them of fever."""
    return [
        replace(each, mesh=(FEVER,)) if "fever" in str(each.title) else each
        for each in trials(FIRST + 100 * number, 60)
    ]


WEEKS = [a_week(number) for number in range(3)]


class Story:
    """A browser of a phone's size, what came by mail, and a clock."""

    def __init__(
        self, page: Page, site: str, mails: "queue.Queue[Taken]", clock: Clock
    ) -> None:
        self.page, self.site, self.mails, self.clock = page, site, mails, clock
        self.subjects: list[str] = []
        self.faults: list[str] = []
        self.shown: set[int] = set()  # in the first issue
        self.saved = 0  # its PMID
        self.leave = ""  # the address in the mail that unsubscribes

    def look(self, page: Page | None = None) -> None:
        """Note each barrier of the page that is open, and what a phone cuts off."""
        page = page or self.page
        self.faults += barriers(page, page.url)

    def press(self, name: str, role: Any = "button") -> None:
        """A button of the page, or a link."""
        main = self.page.get_by_role("main")
        main.get_by_role(role, name=name, exact=True).first.click()

    def mail(self, to: str = ALICE) -> EmailMessage:
        """The next that comes in."""
        taken = self.mails.get(timeout=PATIENCE)
        assert taken.to == to
        message = taken.message()
        self.subjects.append(str(message["Subject"]))
        return message

    def reader(self) -> Reader:
        return Reader.objects.get(email=ALICE)

    def receive(self, *articles: Any) -> None:
        """As NLM's file of today."""
        shelve(*articles, at=self.clock.now())
        following.follow(following.index())

    def worker_works(self) -> None:
        """All that is due, but for asking NLM, which was done today."""
        Sync.objects.create(started_at=self.clock.now())
        work(threading.Event())


@pytest.fixture
def mails(settings: Any, transactional_db: None) -> Iterator["queue.Queue[Taken]"]:
    """What a mail server takes from the sender's loop, which runs meanwhile."""
    arriving: queue.Queue[Taken] = queue.Queue()
    with smtp_server(taking=arriving.put) as sink:
        assert isinstance(sink, Sink)
        use(settings, sink)
        with mail_leaves(threading.Event()):
            yield arriving


@pytest.fixture
def story(
    browser: Browser,
    live_server: object,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mails: "queue.Queue[Taken]",
) -> Iterator[Story]:
    settings.SITE_URL = str(live_server)
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.MEMBERSHIP, settings.SIGN_UP = "trial", "open"
    ready.ready.cache_clear()
    panel.counted.cache_clear()
    context = browser.new_context(viewport=PHONE, timezone_id="Europe/Madrid")
    told = Story(context.new_page(), str(live_server), mails, Clock(monkeypatch))
    told.page.on("pageerror", lambda error: told.faults.append(str(error)))
    mesh.load([Descriptor("D005334", "Fever", ("C23.888",), ("Pyrexia",))])
    told.receive(*WEEKS[0])
    yield told
    context.close()
    ready.ready.cache_clear()


def test_from_the_panel_under_an_article_to_the_last_trace(
    story: Story, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    the_panel_of_an_article_takes_the_address(story)
    the_code_in_the_mail_lets_them_in(story)
    they_tell_of_their_practice(story)
    the_first_issue_is_on_the_screen(story)
    they_dismiss_one_article_and_save_another(story)
    they_read_the_saved_one(story)
    next_week_s_issue_comes_by_mail_and_repeats_nothing(story)
    opening_the_link_to_unsubscribe_changes_nothing(story)
    one_click_in_the_mail_program_unsubscribes(story)
    a_further_issue_is_made_and_not_mailed(story)
    they_prove_who_they_are_and_take_everything_along(story)
    they_erase_the_account_and_are_signed_out(story)
    the_last_mail_leaves_and_nothing_is_left(story, tmp_path)
    the_address_is_as_unknown_as_any_other(story)

    assert story.faults == []
    assert capsys.readouterr().err == ""  # no step of the worker failed


def the_panel_of_an_article_takes_the_address(story: Story) -> None:
    page = story.page
    page.goto(f"{story.site}/articles/{FIRST}")
    joining = page.get_by_role("region", name="Want more great medical articles?")
    expect(joining).to_contain_text("from 60 articles")
    story.look()
    joining.get_by_label("Your e-mail address").fill(ALICE)
    joining.get_by_role("button").click()
    page.wait_for_url("**/sign-in/code")
    assert not Reader.objects.exists()
    story.look()


def the_code_in_the_mail_lets_them_in(story: Story) -> None:
    story.page.get_by_label("Code").fill(code_of(story.mail()))
    story.press("Go on")
    story.page.wait_for_url("**/practice")
    assert story.reader().trial.ends_at > story.clock.now()


def they_tell_of_their_practice(story: Story) -> None:
    page = story.page
    on(story, "Begin", "specialty", role="link")
    page.get_by_label("Specialty").select_option(label="Cardiology")
    on(story, "Continue", "topics")
    page.get_by_label("Look for a topic").fill("pyrexia")
    story.press("Find")
    page.get_by_role("group", name="Found").get_by_label("Fever", exact=True).check()
    on(story, "Continue", "follows")
    on(story, "Skip this step", "seeds", role="link")
    on(story, "Skip this step", "cards", role="link")
    on(story, "Skip this step", "schedule", role="link")
    page.get_by_label("Day", exact=True).select_option(label="Monday")
    page.get_by_label("Hour", exact=True).select_option(value="7")
    on(story, "Continue", "issue")
    story.look()


def on(story: Story, name: str, step: str, role: str = "button") -> None:
    story.look()
    story.press(name, role)
    story.page.wait_for_url(f"**/practice/{step}")


def the_first_issue_is_on_the_screen(story: Story) -> None:
    story.press("Make my first issue")
    story.page.wait_for_url("**/issues/1")
    expect(story.page.get_by_role("heading", level=1)).to_have_text("Issue 1")
    story.shown = on_screen(story.page)
    assert len(story.shown) == 12
    story.look()
    assert not Letter.objects.filter(kind="issue").exists()  # she has it before her
    assert story.reader().interests.filter(label="Fever").exists()


def they_dismiss_one_article_and_save_another(story: Story) -> None:
    fever = story.shown & of_fever(WEEKS[0])
    story.saved, dismissed = max(fever), max(story.shown - fever)
    for pmid, name in ((dismissed, "Less like this"), (story.saved, "Save")):
        form = story.page.locator(f"#say-{pmid}")
        form.get_by_role("button", name=name, exact=True).click()
        pressed = form.get_by_role("button", name=name, exact=True, pressed=True)
        expect(pressed).to_be_visible()
    story.look()
    assert story.reader().responses.get().pmid == dismissed
    assert story.reader().saved.get().pmid == story.saved


def they_read_the_saved_one(story: Story) -> None:
    story.page.locator(f"h3 a[href='/articles/{story.saved}']").click()
    story.look()
    story.press("I have read this")
    story.page.goto(f"{story.site}/log")
    expect(story.page.get_by_role("main")).to_contain_text(title_of(story.saved))
    story.look()


def next_week_s_issue_comes_by_mail_and_repeats_nothing(story: Story) -> None:
    """NLM sends what was shown once more, revised, among what is new."""
    again = [
        replace(each, title=f"{each.title} Revised.")
        for each in WEEKS[0]
        if each.pmid in story.shown
    ]
    a_week_passes(story, *again, *WEEKS[1])
    issue = story.mail()
    mailed = pmids_in(issue)
    assert str(issue["Subject"]).startswith("Ownjournal, issue 2: ")
    assert mailed <= pmids(WEEKS[1])
    # One refusal, and what she passed over, do not silence what she follows.
    assert len(mailed & of_fever(WEEKS[1])) >= 6
    story.page.goto(f"{story.site}/issues/2")
    assert on_screen(story.page) == mailed
    story.look()
    story.leave = str(issue["List-Unsubscribe"]).strip("<>")
    assert issue["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def opening_the_link_to_unsubscribe_changes_nothing(story: Story) -> None:
    """Whoever opens it: here, a scanner without a cookie."""
    browser = story.page.context.browser
    assert browser is not None
    page = browser.new_page(viewport=PHONE)
    page.goto(story.leave)
    expect(page.get_by_role("main")).to_contain_text("Nothing has changed yet")
    story.look(page)
    page.close()
    assert story.reader().mails_issues


def one_click_in_the_mail_program_unsubscribes(story: Story) -> None:
    """As a mail provider posts it (RFC 8058): no cookie, and no page before it."""
    asked = Request(story.leave, data=b"List-Unsubscribe=One-Click")
    with urlopen(asked, timeout=PATIENCE) as answer:
        assert answer.status == 200
        assert answer.headers["Set-Cookie"] is None
    assert not story.reader().mails_issues


def a_further_issue_is_made_and_not_mailed(story: Story) -> None:
    a_week_passes(story, *WEEKS[2])
    letters = Letter.objects.filter(kind="issue", reader=story.reader())
    until(lambda: not letters.filter(settled_at=None).exists())
    states = letters.order_by("due_at").values_list("key", "state")
    assert [state for key, state in states if key.endswith("-3")] == ["dropped"]
    story.page.goto(f"{story.site}/issues")
    story.look()
    story.press("Issue 3", "link")
    assert on_screen(story.page) <= pmids(WEEKS[2])
    assert story.mails.empty()


def they_prove_who_they_are_and_take_everything_along(story: Story) -> None:
    """They signed in two weeks ago, so they are asked once more."""
    page = story.page
    page.get_by_role("link", name="My account").click()
    story.look()
    story.press("Take it all along", "link")
    page.wait_for_url("**/account/prove")
    story.look()
    story.press("Mail me a code")
    page.get_by_label("The code in the mail").fill(code_of(story.mail()))
    story.look()
    story.press("Go on")
    page.wait_for_url("**/account/export")
    story.press("Make an export")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the export").click()
    story.look()
    it_holds_all_of_theirs(story, Path(download.value.path()).read_bytes())


def it_holds_all_of_theirs(story: Story, data: bytes) -> None:
    title = title_of(story.saved)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    [saved] = [name for name in files if re.fullmatch(r"articles/.*saved.*\.ris", name)]
    assert title in files[saved]
    assert title in files["issues/issue-0001.html"]
    assert {f"issues/issue-000{number}.html" for number in (1, 2, 3)} <= set(files)
    assert title in files["reading-log.csv"]
    assert ALICE in files["README.txt"]


def they_erase_the_account_and_are_signed_out(story: Story) -> None:
    page = story.page
    story.press("Erase my account", "link")
    story.look()
    page.get_by_label("Type your address").fill(ALICE)
    story.press("Erase everything")
    expect(page.get_by_role("heading", name="Good-bye")).to_be_visible()
    story.look()
    page.goto(f"{story.site}/issues/1")
    page.wait_for_url("**/sign-in**")
    story.look()


def the_last_mail_leaves_and_nothing_is_left(story: Story, folder: Path) -> None:
    assert str(story.mail()["Subject"]) == "Your account at Ownjournal is erased"
    letters = Letter.objects.filter(kind="leaving")
    until(lambda: not letters.filter(settled_at=None).exists())
    assert found_in_tables([ALICE])  # else finding nothing below would say nothing
    assert found_in_files(folder, [ALICE])
    story.worker_works()
    assert not Reader.objects.exists()
    assert found_in_tables([ALICE]) == []
    assert found_in_files(folder, [ALICE]) == []
    assert found_in_bytes([ALICE]) == []


def the_address_is_as_unknown_as_any_other(story: Story) -> None:
    """The page and the mail are the same, but for the address itself."""
    said = {asked_to_sign_in(story, address) for address in (ALICE, STRANGER)}
    assert len(said) == 1
    assert not Reader.objects.exists()
    assert [each.partition(":")[0] for each in story.subjects] == [
        "Your code for Ownjournal",
        "Ownjournal, issue 2",
        "Your code for Ownjournal",
        "Your account at Ownjournal is erased",
        "Signing in to Ownjournal",
        "Signing in to Ownjournal",
    ]


def asked_to_sign_in(story: Story, address: str) -> tuple[str, str]:
    """The page that follows and the text of the mail, without the address."""
    page = story.page
    page.goto(f"{story.site}/sign-in")
    page.get_by_label("Your e-mail address").first.fill(address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code")
    shown = page.get_by_role("main").inner_text()
    mailed = text_of(story.mail(to=address))
    return shown.replace(address, "…"), mailed.replace(address, "…")


def a_week_passes(story: Story, *articles: Any) -> None:
    """The hour of the next issue comes, and with it the worker."""
    due_at = story.reader().next_issue_at
    assert due_at is not None
    story.clock.move_to(due_at + A_MINUTE)
    story.receive(*articles)
    story.worker_works()


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    look = threading.Event()
    for _ in range(int(PATIENCE / 0.05)):
        if is_so():
            return
        look.wait(0.05)
    pytest.fail("It did not come to that.")


def code_of(mail: EmailMessage) -> str:
    found = CODE.search(text_of(mail))
    assert found is not None
    return found[1] + found[2]


def text_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


def on_screen(page: Page) -> set[int]:
    """The articles of the issue that is open."""
    ids = page.locator("[id^='say-']").evaluate_all(
        "forms => forms.map(each => each.id)"
    )
    return {int(each.removeprefix("say-")) for each in ids}


def pmids_in(mail: EmailMessage) -> set[int]:
    return {int(pmid) for pmid in ARTICLE.findall(text_of(mail))}


def of_fever(articles: list[Any]) -> set[int]:
    return pmids([each for each in articles if "fever" in str(each.title)])


def pmids(articles: list[Any]) -> set[int]:
    return {each.pmid for each in articles}


def title_of(pmid: int) -> str:
    [title] = [each.title for each in WEEKS[0] if each.pmid == pmid]
    return str(title).rstrip(".")
