"""Files come whole from a server that fails in every way a server can."""

import gzip
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from made.nlm_server import NlmServer
from ownjournal.pubmed import fetching
from ownjournal.pubmed.files import Limits, md5_of
from ownjournal.pubmed.nlm import Nlm, Unreachable
from ownjournal.pubmed.plan import Applied, Published
from ownjournal.pubmed.refusal import FileRefused

NAME = "pubmed26n1334.xml.gz"
FILE = Published(NAME, "update")
PATH = f"/pubmed/updatefiles/{NAME}"
# 3 MB that cannot be packed: many blocks
CONTENT = gzip.compress(random.Random(26).randbytes(3_000_000), 0)
SMALL = gzip.compress(b"<PubmedArticleSet/>")
NOW = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)


class Site:
    """A site's side: a client whose waiting is noted and whose clock is set."""

    def __init__(self, server: NlmServer) -> None:
        self.server = server
        self.now = NOW
        self.waits: list[float] = []
        self.progress: list[tuple[int, int | None]] = []
        self.nlm = Nlm(
            server.address,
            quiet_seconds=0.3,
            sleep=self.waits.append,
            chance=lambda: 0.5,
            now=lambda: self.now,
        )

    def get(self, folder: Path, accept: bool = False) -> Path:
        """Download the file; its path, after a look at what is told of it."""
        checked = self.nlm.download(
            FILE,
            folder,
            accept_unverified=accept,
            progress=lambda done, total: self.progress.append((done, total)),
        )
        assert (checked.name, checked.key) == (NAME, 26_001_334)
        assert checked.path == folder / NAME
        assert checked.verified is not accept
        return checked.path

    def refusal(self, folder: Path, accept: bool = False) -> FileRefused:
        with pytest.raises(FileRefused) as refused:
            self.nlm.download(FILE, folder, accept_unverified=accept)
        assert not (folder / NAME).exists()
        return refused.value


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[NlmServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with NlmServer() as server:
        yield server


@pytest.fixture
def site(server: NlmServer) -> Iterator[Site]:
    site = Site(server)
    with site.nlm:
        yield site


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_downloaded_and_nothing_else_is_left(
    site: Site, tmp_path: Path
) -> None:
    site.server.put("update", NAME, CONTENT)

    path = site.get(tmp_path / "new" / "folder")

    assert path.read_bytes() == CONTENT
    assert names(path.parent) == [NAME]
    assert site.waits == []


def test_progress_is_told_from_nothing_to_all(site: Site, tmp_path: Path) -> None:
    site.server.put("update", NAME, CONTENT)

    site.get(tmp_path)

    assert site.progress[0] == (0, len(CONTENT))
    assert site.progress[-1] == (len(CONTENT), len(CONTENT))
    assert site.progress == sorted(site.progress)


def test_the_program_says_who_it_is(site: Site, tmp_path: Path) -> None:
    site.server.put("update", NAME, SMALL)

    site.get(tmp_path)

    assert {(asked.agent or "")[:11] for asked in site.server.asked} == {"Ownjournal/"}


@pytest.mark.parametrize("fault", ["drop", "stall"])
def test_a_lost_connection_is_resumed_where_it_broke(
    site: Site, tmp_path: Path, fault: str
) -> None:
    site.server.put("update", NAME, CONTENT)
    site.server.misbehave(PATH, fault)

    path = site.get(tmp_path)

    assert path.read_bytes() == CONTENT
    first, second = (asked for asked in site.server.asked if asked.path == PATH)
    assert (first.range, first.status) == (None, 200)
    assert second.status == 206
    begin = int((second.range or "").removeprefix("bytes=").rstrip("-"))
    assert 0 < begin <= len(CONTENT) // 2
    assert site.waits == [1.0]


def test_a_download_is_resumed_by_the_next_run(
    site: Site, server: NlmServer, tmp_path: Path
) -> None:
    """Also after kill -9: what is needed lies beside the part."""
    server.put("update", NAME, CONTENT)
    server.misbehave(PATH, "drop", *["500"] * 4)
    with pytest.raises(Unreachable, match="error 500"):
        site.get(tmp_path)
    assert names(tmp_path) == [f"{NAME}.part", f"{NAME}.part.tag"]

    next_run = Site(server)
    with next_run.nlm:
        assert next_run.get(tmp_path).read_bytes() == CONTENT

    assert next_run.progress[0][0] > 0
    assert server.asked[-1].status == 206
    assert names(tmp_path) == [NAME]


def test_a_part_of_an_older_file_is_not_continued(site: Site, tmp_path: Path) -> None:
    """If-Range: the server sends the whole of what it has now."""
    site.server.put("update", NAME, CONTENT)
    site.server.misbehave(PATH, "drop", *["500"] * 4)
    with pytest.raises(Unreachable):
        site.get(tmp_path)
    site.server.put("update", NAME, SMALL)

    assert site.get(tmp_path).read_bytes() == SMALL

    assert site.server.asked[-1].status == 200
    assert site.server.times(PATH) == 6


def test_a_part_without_its_tag_begins_anew(site: Site, tmp_path: Path) -> None:
    site.server.put("update", NAME, SMALL)
    (tmp_path / f"{NAME}.part").write_bytes(b"of who knows what")

    assert site.get(tmp_path).read_bytes() == SMALL


@pytest.mark.parametrize(
    ("fault", "waits"), [("whole", [1.0]), ("shifted", [1.0, 2.0])]
)
def test_another_part_than_asked_for_is_not_glued_on(
    site: Site, tmp_path: Path, fault: str, waits: list[float]
) -> None:
    """The whole is taken instead; a wrong part is seen before it is written."""
    site.server.put("update", NAME, CONTENT)
    site.server.misbehave(PATH, "drop", fault)

    assert site.get(tmp_path).read_bytes() == CONTENT
    assert site.waits == waits


def test_a_part_that_is_too_long_begins_anew(site: Site, tmp_path: Path) -> None:
    site.server.put("update", NAME, SMALL)
    site.server.misbehave(PATH, "drop", *["500"] * 4)
    with pytest.raises(Unreachable):
        site.get(tmp_path)
    with (tmp_path / f"{NAME}.part").open("ab") as part:
        part.write(bytes(1000))

    assert site.get(tmp_path).read_bytes() == SMALL


def test_waits_double_and_end(site: Site, tmp_path: Path) -> None:
    """Five tries; with the dice at their middle the waits are whole seconds."""
    site.server.put("update", NAME, SMALL)
    site.server.misbehave(PATH, *["500"] * 5)

    with pytest.raises(Unreachable, match="NLM answers with error 500"):
        site.get(tmp_path)

    assert site.waits == [1.0, 2.0, 4.0, 8.0]


def test_tries_are_counted_anew_while_a_file_grows(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow line that breaks often still brings a file home."""
    monkeypatch.setattr(fetching, "PROGRESS_BYTES", 40_000)
    site.server.put("update", NAME, CONTENT)
    site.server.misbehave(PATH, *["drop"] * 5)

    assert site.get(tmp_path).read_bytes() == CONTENT


def test_a_trickle_is_cut_off_and_resumed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LONGEST_REQUEST_SECONDS", 0.0)
    monkeypatch.setattr(fetching, "PROGRESS_BYTES", 100_000)
    site.server.put("update", NAME, CONTENT)

    assert site.get(tmp_path).read_bytes() == CONTENT

    assert site.server.asked[-1].status == 206


@pytest.mark.parametrize("fault", ["truncate", "flip"])
def test_a_wrong_sum_is_downloaded_twice_more(
    site: Site, tmp_path: Path, fault: str
) -> None:
    """I11: the third is right."""
    site.server.put("update", NAME, CONTENT)
    site.server.misbehave(PATH, fault, "truncate")

    assert site.get(tmp_path).read_bytes() == CONTENT
    assert site.server.times(PATH) == 3


def test_a_sum_that_stays_wrong_is_reported(site: Site, tmp_path: Path) -> None:
    """I11: after three downloads; nothing of it is kept."""
    sidecar = f"MD5({NAME})= {'0' * 32}\n".encode()
    site.server.put("update", NAME, SMALL, sidecar)

    assert site.refusal(tmp_path).code == "MD5"

    assert site.server.times(PATH) == 3
    assert names(tmp_path) == []


def test_a_web_page_instead_of_a_file_is_called_one(site: Site, tmp_path: Path) -> None:
    """I08, with status 200."""
    site.server.put("update", NAME, SMALL)
    site.server.misbehave(PATH, *["page"] * 3)

    refused = site.refusal(tmp_path)

    assert refused.code == "NOT_GZIP"
    assert refused.message.startswith(f"{NAME} is not a gzip file")


def test_a_file_published_anew_between_sum_and_file_is_taken(
    site: Site, tmp_path: Path
) -> None:
    """I14: the sum is asked for again before each further download."""
    old = gzip.compress(b"<old/>")
    site.server.put("update", NAME, old)
    site.server.misbehave(f"{PATH}.md5", "lie")

    assert site.get(tmp_path).read_bytes() == old


@pytest.mark.parametrize("sidecar", [None, b"<!DOCTYPE html><html>Not here</html>"])
def test_a_file_without_a_sum_is_held_for_a_day(
    site: Site, tmp_path: Path, sidecar: bytes | None
) -> None:
    """I12: a web page with status 200 is no sum either."""
    site.server.put("update", NAME, SMALL, sidecar)

    refused = site.refusal(tmp_path, accept=True)
    assert refused.code == "MD5_MISSING"
    assert "2026-11-26 13:30 UTC" in refused.message
    assert names(tmp_path) == [f"{NAME}.held"]

    site.now = NOW + timedelta(hours=24)
    assert site.refusal(tmp_path).code == "MD5_MISSING"
    assert site.get(tmp_path, accept=True).read_bytes() == SMALL
    assert site.server.times(PATH) == 1


def test_a_held_file_is_taken_when_its_sum_comes(site: Site, tmp_path: Path) -> None:
    """I12: without another download."""
    site.server.put("update", NAME, SMALL, None)
    site.refusal(tmp_path)
    site.server.put("update", NAME, SMALL)

    assert site.get(tmp_path).read_bytes() == SMALL

    assert site.server.times(PATH) == 1
    assert names(tmp_path) == [NAME]


def test_a_held_file_that_turns_out_wrong_is_fetched_again(
    site: Site, tmp_path: Path
) -> None:
    site.server.put("update", NAME, SMALL, None)
    site.refusal(tmp_path)
    site.server.put("update", NAME, CONTENT)

    assert site.get(tmp_path).read_bytes() == CONTENT

    assert names(tmp_path) == [NAME]


def test_a_file_without_a_sum_is_read_to_its_end(site: Site, tmp_path: Path) -> None:
    """I12 and I03: there is nothing else to know it by."""
    site.server.put("update", NAME, SMALL[:-1], None)

    assert site.refusal(tmp_path).code == "GZ_TRUNCATED"

    assert site.server.times(PATH) == 3


def test_a_file_that_was_taken_unverified_is_not_fetched_again(
    site: Site, tmp_path: Path
) -> None:
    site.server.put("update", NAME, SMALL, None)
    site.refusal(tmp_path)
    site.now += timedelta(days=2)

    for _ in range(2):
        site.get(tmp_path, accept=True)

    assert site.server.times(PATH) == 1


def test_a_sum_of_another_file_is_refused(site: Site, tmp_path: Path) -> None:
    """I13: at once, nothing is downloaded."""
    sidecar = f"MD5(pubmed26n1335.xml.gz)= {'0' * 32}\n".encode()
    site.server.put("update", NAME, SMALL, sidecar)

    assert site.refusal(tmp_path).code == "MD5_NAME"

    assert site.server.times(PATH) == 0


def test_a_file_that_is_here_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    site.server.put("update", NAME, SMALL)

    for _ in range(2):
        site.get(tmp_path)

    assert site.server.times(PATH) == 1


def test_a_changed_sum_is_seen(site: Site, tmp_path: Path) -> None:
    """I14: and the file is fetched again under the same name."""
    site.server.put("update", NAME, SMALL)
    had = Applied(NAME, md5_of(site.get(tmp_path)), NOW)
    assert site.nlm.changed([FILE], [had]) == ()

    site.server.put("update", NAME, CONTENT)

    assert site.nlm.changed([FILE], [had]) == (FILE,)
    assert site.get(tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize("fault", ["page", "404"])
def test_a_sum_that_cannot_be_read_changes_nothing(site: Site, fault: str) -> None:
    """I14: the last known one stays."""
    path = site.server.put("update", NAME, SMALL)
    site.server.misbehave(f"{path}.md5", fault)

    assert site.nlm.changed([FILE], [Applied(NAME, "1" * 32, NOW)]) == ()


def test_a_file_larger_than_any_is_not_written_to_the_end(
    server: NlmServer, tmp_path: Path
) -> None:
    server.put("update", NAME, CONTENT)
    told = []

    with (
        Nlm(server.address, limits=Limits(packed=500_000)) as nlm,
        pytest.raises(FileRefused) as refused,
    ):
        nlm.download(FILE, tmp_path, progress=lambda done, total: told.append(done))

    assert refused.value.code == "SIZE"
    assert max(told) <= 500_000
    assert names(tmp_path) == []


def test_a_file_that_is_gone_is_told(site: Site, tmp_path: Path) -> None:
    path = site.server.put("update", NAME, SMALL)
    del site.server.files[path]

    with pytest.raises(Unreachable, match=r"xml\.gz is not there"):
        site.get(tmp_path)

    assert site.waits == []


def test_another_host_is_not_asked(site: Site, tmp_path: Path) -> None:
    site.server.put("update", NAME, SMALL)
    site.server.misbehave(PATH, "elsewhere")

    with pytest.raises(Unreachable, match="where we do not go"):
        site.get(tmp_path)
