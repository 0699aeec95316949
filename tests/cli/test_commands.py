import json
import logging
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from made.files import deletion, pubmed_file, record
from ownjournal.catalogue import following
from ownjournal.cli.main import cli

pytestmark = pytest.mark.django_db(transaction=True)

PAIN = ("D010146", "Pain")


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.DATA_DIR = tmp_path / "site"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    following.index.cache_clear()
    yield settings.DATA_DIR
    following.index.cache_clear()


def ownjournal(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def a_file(folder: Path, number: int = 1, *parts: str) -> Path:
    records = parts or (record(1, "Pain in the knee", mesh=[PAIN]), record(2))
    return pubmed_file(folder / "files", f"pubmed26n{number:04}.xml.gz", *records)


def test_ingest_says_what_became_of_each_file(tmp_path: Path) -> None:
    path = a_file(tmp_path, 1, record(1), record(2), deletion(2))

    first = ownjournal("ingest", path.parent)
    again = ownjournal("ingest", path.parent)

    assert first.exit_code == again.exit_code == 0
    assert "pubmed26n0001.xml.gz: 2 records, 1 deletions; 2 articles changed" in (
        first.output
    )
    assert "applied before" in again.output


def test_ingest_ends_with_1_when_a_file_is_refused_and_takes_the_others(
    tmp_path: Path,
) -> None:
    folder = a_file(tmp_path).parent
    (folder / "pubmed26n0002.xml.gz").write_bytes(b"<html>Not found</html>")

    result = ownjournal("ingest", "--json", folder)

    assert result.exit_code == 1
    taken, refused = json.loads(result.output)
    assert (taken["state"], taken["changed"]) == ("applied", 2)
    assert (refused["state"], refused["code"]) == ("refused", "NOT_GZIP")
    assert "web page" in refused["message"]


@pytest.mark.parametrize("place", ["nowhere", "empty"])
def test_ingest_ends_with_2_where_there_is_nothing(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()

    result = ownjournal("ingest", tmp_path / place)

    assert result.exit_code == 2
    assert "PLACES" in result.output


def test_check_finds_nothing_wrong_with_a_site_that_is_well(tmp_path: Path) -> None:
    ownjournal("ingest", a_file(tmp_path))

    result = ownjournal("check", "--json")

    assert result.exit_code == 0
    found = json.loads(result.output)
    assert (found["articles"], found["problems"]) == (2, [])
    assert found["newest_file"] == "pubmed26n0001.xml.gz"


def test_check_tells_of_a_refused_file_and_of_an_index_that_lags(
    tmp_path: Path, site: Path
) -> None:
    bad = tmp_path / "pubmed26n0009.xml.gz"
    bad.write_bytes(b"")
    ownjournal("ingest", a_file(tmp_path), bad)
    for path in (site / "index").rglob("*"):
        if path.is_file():
            path.unlink()
    following.index.cache_clear()

    result = ownjournal("check")

    assert result.exit_code == 1
    assert "pubmed26n0009.xml.gz was refused (EMPTY)" in result.output
    assert "index" in result.output.splitlines()[-1]


def test_a_lost_index_is_built_anew(tmp_path: Path, site: Path) -> None:
    ownjournal("ingest", a_file(tmp_path))
    for path in (site / "index").rglob("*"):
        if path.is_file():
            path.unlink()
    following.index.cache_clear()

    assert ownjournal("index").exit_code == 0
    assert ownjournal("index", "--rebuild").exit_code == 0

    assert ownjournal("check").exit_code == 0


def test_check_repairs_the_articles_that_differ(tmp_path: Path) -> None:
    ownjournal("ingest", a_file(tmp_path))
    with following.index().writing() as writer:
        writer.delete(1)
        writer.commit(writer.revision)

    told = ownjournal("check")
    assert told.exit_code == 1
    assert "articles missing 1, taken back 0, outdated 0" in told.output
    assert "ownjournal check --repair" in told.output

    repaired = ownjournal("check", "--repair")
    assert repaired.exit_code == 0
    assert "put right: articles missing 1," in repaired.output
    assert "holds what the store holds" in ownjournal("check", "--repair").output


@pytest.mark.parametrize("name", ["state", "meta.json"])
def test_check_repairs_an_index_that_cannot_be_read(
    tmp_path: Path, site: Path, name: str
) -> None:
    ownjournal("ingest", a_file(tmp_path))
    next((site / "index").glob(f"*/{name}")).write_bytes(b"damaged")
    following.index.cache_clear()

    told = ownjournal("check")
    assert told.exit_code == 1
    assert "ownjournal check --repair" in told.output

    assert "was built anew" in ownjournal("check", "--repair").output
    assert ownjournal("check").exit_code == 0


def test_check_does_not_repair_while_another_writes(tmp_path: Path) -> None:
    ownjournal("ingest", a_file(tmp_path))
    with following.index().writing():
        result = ownjournal("check", "--repair")

    assert result.exit_code == 1
    assert "Another process is writing" in result.output


def test_a_reader_is_added_with_interests_and_gets_an_issue(tmp_path: Path) -> None:
    ownjournal("ingest", a_file(tmp_path))

    added = ownjournal("reader", "add", "ada@example.org", "--topic", "Pain")
    made = ownjournal("compile", "--reader", "ada@example.org", "--json")
    again = ownjournal("compile", "--reader", "ada@example.org")

    assert added.exit_code == made.exit_code == again.exit_code == 0
    assert "1 interest" in added.output
    [issue] = json.loads(made.output)
    assert [each["pmid"] for each in issue["articles"]][0] == 1
    assert "Pain" in issue["articles"][0]["why"]
    assert "nothing new" in again.output


def test_the_mail_of_an_issue_leaves_once(tmp_path: Path, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "ownjournal.readers.post.folder.EmailBackend"
    ownjournal("ingest", a_file(tmp_path))
    ownjournal("reader", "add", "ada@example.org", "--topic", "Pain")
    ownjournal("compile")

    sent, again = ownjournal("send", "--json"), ownjournal("send")

    assert json.loads(sent.output)["sent"] == 1
    assert (again.exit_code, again.output) == (0, "Nothing was sent.\n")
    [mail] = (tmp_path / "outbox").iterdir()
    assert "Pain in the knee" in mail.read_text()
    assert stat.S_IMODE(mail.stat().st_mode) == 0o600
    assert stat.S_IMODE(mail.parent.stat().st_mode) == 0o700


def test_mail_that_has_to_wait_is_said(tmp_path: Path, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "ownjournal.readers.post.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody is there
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    ownjournal("ingest", a_file(tmp_path))
    ownjournal("reader", "add", "ada@example.org", "--topic", "Pain")
    ownjournal("compile")

    sent, checked = ownjournal("send"), ownjournal("check")

    assert sent.exit_code == checked.exit_code == 1
    assert "The mail server cannot be used: ConnectionRefusedError" in sent.output
    assert "The mail server cannot be used: ConnectionRefusedError" in checked.output


def test_why_an_article_is_worth_so_much_can_be_asked(tmp_path: Path) -> None:
    ownjournal("ingest", a_file(tmp_path))
    ownjournal("reader", "add", "ada@example.org", "--topic", "Pain")

    told = ownjournal("compile", "--reader", "ada@example.org", "--explain", 1)
    unknown = ownjournal("compile", "--reader", "ada@example.org", "--explain", 99)

    assert told.exit_code == 0
    assert "Pain" in told.output
    assert unknown.exit_code == 1
    assert "Error:" in unknown.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reader", "add", "no-address"), "Error:"),
        (("reader", "add", "a@example.org", "--seed", "12a"), "Error:"),
        (("reader", "add", "a@example.org", "--time-zone", "Mars"), "no time zone"),
        (("reader", "link", "nobody@example.org"), "no reader has"),
        (("compile", "--reader", "nobody@example.org"), "no reader has"),
    ],
)
def test_what_is_not_understood_is_said_and_ends_with_1(
    words: tuple[str, ...], said: str
) -> None:
    result = ownjournal(*words)

    assert result.exit_code == 1
    assert said in result.output


def test_a_link_lets_a_reader_in(settings: Settings) -> None:
    settings.SITE_URL = "https://journal.example.org"
    ownjournal("reader", "add", "ada@example.org")

    result = ownjournal("reader", "link", "ada@example.org")

    assert result.output.startswith("https://journal.example.org/sign-in/")


def test_example_writes_files_that_can_be_ingested(tmp_path: Path) -> None:
    out = tmp_path / "corpus"

    made = ownjournal("example", "--articles", 120, "--seed", 3, "--out", out)
    loaded = ownjournal("ingest", "--json", out)

    assert made.exit_code == loaded.exit_code == 0
    assert "120 invented articles" in made.output
    assert json.loads(ownjournal("check", "--json").output)["articles"] == 120


def test_mesh_tells_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "desc2026.xml"
    path.write_text("<html>")

    result = ownjournal("mesh", path)

    assert result.exit_code == 1
    assert "Error:" in result.output


def test_an_unknown_command_is_said() -> None:
    result = ownjournal("frobnicate")

    assert result.exit_code == 2
    assert "frobnicate" in result.output


def test_help_is_said_without_what_the_site_needs() -> None:
    """So it comes at once."""
    asked = "import sys, ownjournal.cli.main; print(*sys.modules)"
    modules = subprocess.check_output([sys.executable, "-c", asked], text=True).split()

    needed = {"django.db", "lxml", "numpy", "prometheus_client", "boto3", "granian"}
    assert "click" in modules
    assert not needed & set(modules)


def test_a_command_leaves_the_log_of_whoever_runs_it_where_it_was() -> None:
    before = list(logging.getLogger().handlers)

    ownjournal("check", "--json")

    assert logging.getLogger().handlers == before


ASKED = """
import os, sys
from ownjournal.cli.main import main
try:
    main()
except SystemExit:
    print(os.getpriority(os.PRIO_PROCESS, 0))
"""


@pytest.mark.slow
def test_long_work_gives_way_to_the_site() -> None:
    def priority(command: str) -> int:
        asked = [sys.executable, "-c", ASKED, command, "--help"]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
        return int(done.stdout.split()[-1])

    assert priority("worker") == priority("ingest") == priority("serve") + 10
