"""Files that are bad in the ways I01 to I34, and all 42 ways at once.

What is bad about downloads is in test_bad_downloads.py, about records in
test_bad_records.py.
"""

import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from made.bad_inputs import (
    BAD_INPUTS,
    BadInput,
    bomb,
    doctypes,
    external,
    of_row,
    packed,
    titled,
)
from made.desk import Desk, title
from made.files import deletion, record
from ownjournal.catalogue import store
from ownjournal.catalogue.checking import live_pmids, state_hash
from ownjournal.catalogue.ingest import Outcome
from ownjournal.catalogue.models import (
    AppliedFile,
    Article,
    Clock,
    OtherVersion,
    Quarantined,
    RefusedFile,
)
from ownjournal.catalogue.rollover import close_baseline

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)
INGEST = """
import atexit, sys
from pathlib import Path
from ownjournal.cli.main import main
atexit.register(lambda: sys.stderr.write(Path("/proc/self/status").read_text()))
sys.argv[1:] = ["ingest", "--json", sys.argv[1]]
main()
"""  # and say what memory it took, as the system counts it
PREPARE = (
    "import sys; from pathlib import Path;"
    " from ownjournal.catalogue.preparing import Order, prepare;"
    " prepare(Order(Path(sys.argv[1]), Path(sys.argv[1] + '.rows')))"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that nobody should come to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def address_of(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}/"


def assert_nobody_came(listener: socket.socket) -> None:
    with pytest.raises(BlockingIOError):
        listener.accept()


def refusals(desk: Desk, row: str) -> list[str]:
    """Why each file of a row is refused."""
    return [desk.refuse(each).message or "" for each in of_row(row)]


def test_an_empty_file_is_refused(desk: Desk) -> None:
    """I01: no bytes at all, and gzip's own form of no bytes."""
    nothing, packed_nothing = refusals(desk, "I01")

    assert ("is empty" in nothing, "nothing in it" in packed_nothing) == (True, True)


def test_half_a_file_is_refused(desk: Desk) -> None:
    """I02: the records that are whole in it are not taken either."""
    [why] = refusals(desk, "I02")

    assert "cut short" in why
    assert store.get(200) is None


def test_a_file_without_its_last_byte_is_refused(desk: Desk) -> None:
    """I03: all of its text is there."""
    assert "cut short" in refusals(desk, "I03")[0]


def test_a_file_with_a_changed_bit_is_refused(desk: Desk) -> None:
    """I04: a bit in the middle."""
    assert "damaged" in refusals(desk, "I04")[0]


def test_a_file_with_garbage_behind_its_end_is_refused(desk: Desk) -> None:
    """I05."""
    assert "behind its end" in refusals(desk, "I05")[0]


def test_zero_bytes_behind_the_end_are_taken_and_told(desk: Desk) -> None:
    """I06: gzip passes them over in silence."""
    outcome = desk.take(of_row("I06")[0])

    assert outcome.warnings == (f"{outcome.name} has 512 zero bytes at its end.",)


def test_a_document_in_two_members_is_one(desk: Desk) -> None:
    """I07: a gzip file may have several members."""
    desk.take(of_row("I07")[0])


def test_a_web_page_is_refused_and_called_one(desk: Desk) -> None:
    """I08: a server's error page, saved under the file's name."""
    assert "looks like a web page" in refusals(desk, "I08")[0]


def test_another_archive_is_refused_and_named(desk: Desk) -> None:
    """I09: zip and xz."""
    zipped, xz = refusals(desk, "I09")

    assert ("a zip archive" in zipped, "an xz file" in xz) == (True, True)


def test_a_bomb_is_refused(desk: Desk) -> None:
    """I10: spaces alone, and spaces inside a record."""
    assert all("unpacks to more than" in why for why in refusals(desk, "I10"))


@pytest.mark.slow
@pytest.mark.on_sqlite_alone
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells it")
@pytest.mark.parametrize(
    ("begins", "code"),
    [(b"", "RATIO"), (b"<PubmedArticleSet><PubmedArticle>", "RECORD_SIZE")],
)
def test_a_gigabyte_in_a_megabyte_needs_little_memory(
    tmp_path: Path, begins: bytes, code: str
) -> None:
    """I10, in full: the whole command stays far below what it would unpack to."""
    path = tmp_path / "pubmed26n0001.xml.gz"
    path.write_bytes(bomb(1_000, begins, members=100))
    url = f"sqlite:///{tmp_path / 'own.sqlite3'}"

    done = subprocess.run(
        [sys.executable, "-c", INGEST, path],
        env={**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": url},
        capture_output=True,
        check=False,
    )

    [outcome] = json.loads(done.stdout)
    assert (done.returncode, outcome["code"]) == (1, code)
    peak = re.search(rb"VmHWM:\s+([0-9]+) kB", done.stderr)
    assert peak is not None, done.stderr
    assert int(peak[1]) < 230_000


def wipe() -> None:
    for model in (AppliedFile, Article, OtherVersion, Clock):
        model.objects.all().delete()


def test_a_gap_is_shown_until_it_is_filled(desk: Desk) -> None:
    """I15: file 2 of 3 comes last, and all is as if it had not."""
    first = desk.put(packed(titled(1, "One."), titled(2), titled(3, "One.")))
    late = desk.put(packed(titled(1, "Two."), deletion(2), titled(3, "Two.")))
    last = desk.put(packed(titled(3, "Three.")))
    desk.load(first, last)
    assert store.freshness().missing == (late.name,)
    assert title(1) == "One."

    desk.load(late)

    assert store.freshness().missing == ()
    filled = state_hash()
    wipe()
    desk.load(first, late, last)
    assert state_hash() == filled


def test_a_baseline_that_comes_after_an_update_does_not_undo_it(desk: Desk) -> None:
    """I16: the update's record stays, what else the baseline has is added."""
    baseline, update = (desk.put(each.content) for each in of_row("I16"))
    desk.load(update)

    desk.load(baseline)

    assert (title(1600), title(1601)) == ("Newer.", "Good findings.")


def test_a_baseline_may_lack_a_little(desk: Desk) -> None:
    """I18: half a percent is taken back and told, article by article."""
    desk.load(desk.put(packed(*map(titled, range(1, 201)))))
    new = desk.folder / "pubmed27n0001.xml.gz"
    new.write_bytes(packed(*map(titled, range(2, 201))))
    desk.load(new)

    closed = close_baseline(27, now=NOW)

    assert closed.vanished == 1
    assert list(store.changes(closed.revision - 1, closed.revision)) == [
        (1, closed.revision, None)
    ]
    stone = store.tombstone(1)
    assert stone is not None
    assert "no longer contains this record" in stone.reason


def test_elements_in_each_other_without_end_are_refused_with_their_byte(
    desk: Desk,
) -> None:
    """I28: libxml2 stops at 256."""
    [why] = refusals(desk, "I28")
    found = re.search(r"at byte ([0-9]+)\.", why)
    assert found is not None

    outside = 5  # set, record, MedlineCitation, Article and ArticleTitle
    xml = gzip.decompress(of_row("I28")[0].content)
    assert xml[: int(found[1])].count(b"<i>") == 256 - outside


def test_a_prefix_that_is_not_declared_is_refused_with_its_place(desk: Desk) -> None:
    """I29."""
    [why] = refusals(desk, "I29")

    assert re.match(r"Line 2, column [0-9]+: .*mml", why)


def test_characters_that_xml_forbids_are_refused_with_their_place(desk: Desk) -> None:
    """I30: as they are or as references, controls and halves of characters."""
    whys = refusals(desk, "I30")

    assert len(whys) == 5
    for bad, why in zip(of_row("I30"), whys, strict=True):
        place = re.match(r"Line 2, column ([0-9]+): ", why)
        assert place, why
        before = gzip.decompress(bad.content).split(b"\n")[1][: int(place[1])]
        assert b"<ArticleTitle>a" in before[-30:], why


def test_other_encodings_are_read(desk: Desk) -> None:
    """I31: Latin-1, UTF-16 and a byte order mark."""
    for each in of_row("I31"):
        desk.take(each)
        assert title(each.live[0]) == "Ménière's fever."


def test_an_encoding_that_is_not_known_is_refused_by_its_name(desk: Desk) -> None:
    """I32."""
    utf_7, unknown = refusals(desk, "I32")

    assert ("UTF-7" in utf_7, "Merrow-1" in unknown) == (True, True)


def test_nothing_outside_of_a_file_is_ever_read(
    desk: Desk, listener: socket.socket
) -> None:
    """I33: neither a file of this machine nor a server."""
    secret = desk.folder / "secret"
    secret.write_text("the key to Merrow")

    for address in (address_of(listener), secret.as_uri(), str(secret)):
        for content in external(address):
            outcome = desk.refuse(BadInput("I33", content, "ENTITY"))
            assert "Merrow" not in (outcome.message or "")

    assert_nobody_came(listener)


@pytest.mark.slow
def test_the_system_is_not_asked_for_what_an_entity_names(
    tmp_path: Path, listener: socket.socket
) -> None:
    """I33, as strace sees it: a file that is read, and no file or socket besides."""
    tracer = shutil.which("strace")
    if tracer is None:
        pytest.skip("strace is not installed")
    secret = tmp_path / "secret"
    secret.write_text("the key to Merrow")
    number = count()
    for address in (address_of(listener), secret.as_uri()):
        for content in external(address):
            path = tmp_path / f"pubmed26n{next(number):04}.xml.gz"
            path.write_bytes(content)
            log = tmp_path / "calls"
            calls = "trace=open,openat,socket,connect"
            traced = [tracer, "-f", "-e", calls, "-o", log, sys.executable, "-c"]
            done = subprocess.run(
                [*traced, PREPARE, path], capture_output=True, text=True, check=False
            )
            if "ptrace" in done.stderr:
                pytest.skip("strace may not trace here")
            said = log.read_text()
            assert "ENTITY" in done.stderr
            assert path.name in said
            assert str(secret) not in said
            assert "AF_INET" not in said


def test_any_doctype_is_taken_and_no_dtd_fetched(
    desk: Desk, listener: socket.socket
) -> None:
    """I34: of the past, the present and the future, or none."""
    for pmid, doctype in enumerate(doctypes(address_of(listener)), start=1):
        content = packed(titled(pmid), prolog=doctype)
        desk.take(BadInput("I34", content, live=(pmid,)))

    assert_nobody_came(listener)


LAST_TITLES = {
    1400: "Right.",
    1600: "Newer.",
    1900: "Two.",
    2100: "Back.",
    2200: "Again.",
    2300: "Version 3.",
}


def as_expected(bad: BadInput, outcome: Outcome) -> bool:
    """Whether a file came to what it should in a run with all the others."""
    if bad.code:
        told = RefusedFile.objects.filter(name=outcome.name, code=bad.code)
        return outcome.code == bad.code and told.exists()
    set_aside = Quarantined.objects.filter(file__name=outcome.name).count()
    return (
        outcome.code is None
        and set_aside == bad.set_aside
        and all(store.get(pmid) for pmid in bad.live)
        and not any(store.get(pmid) for pmid in bad.gone)
    )


def test_all_that_is_bad_at_once_stops_nothing_that_is_good(desk: Desk) -> None:
    """I01 to I42 in one run with good files between: 42 of 42 as expected."""
    begin, bad, good = desk.put(packed(titled(1501))), {}, {}
    for number, each in enumerate(BAD_INPUTS, start=50_000):
        bad[desk.put(each.earlier or each.content, each.sidecar).name] = each
        good[desk.put(packed(titled(number), titled(number + 500))).name] = number
    desk.load(*(desk.folder / name for name, each in bad.items() if each.earlier))
    for name, each in bad.items():
        (desk.folder / name).write_bytes(each.content)
    desk.number += 1
    missing = f"pubmed26n{desk.number:04}.xml.gz"
    end = desk.put(packed(titled(1500)))

    paths = [desk.folder / name for name in (*good, *bad)]
    outcomes = {each.name: each for each in desk.load(begin, end, *paths)}

    met = {each.row: True for each in BAD_INPUTS}
    for name, each in bad.items():
        met[each.row] &= as_expected(each, outcomes[name])
    refused = sorted(name for name, each in bad.items() if each.code)
    met["I15"] = store.freshness().missing == (*sorted({*refused, missing}),)
    assert all(outcomes[name].state == "applied" for name in good)
    met.update(a_new_year(desk, sorted(live_pmids())))
    assert [row for row, as_told in met.items() if not as_told] == []
    assert sorted(met) == [f"I{number:02}" for number in range(1, 43)]
    taken = {pmid for each in BAD_INPUTS if not each.code for pmid in each.live}
    between = {pmid + more for pmid in good.values() for more in (0, 500)}
    assert {*live_pmids()} == (taken | between | {1500, 1501}) - {600}
    assert {pmid: title(pmid) for pmid in LAST_TITLES} == LAST_TITLES


def a_new_year(desk: Desk, live: list[int]) -> dict[str, bool]:
    """I17 and I18 upon what is there: a new baseline that lacks the first article."""
    everything_but_one = [pmid for pmid in live if pmid not in (600, *LAST_TITLES)]
    new = desk.folder / "pubmed27n0001.xml.gz"
    kept = [
        record(pmid, last, version=3 if pmid == 2300 else 1)
        for pmid, last in LAST_TITLES.items()
    ]
    new.write_bytes(packed(*map(titled, everything_but_one), *kept))
    [outcome] = desk.load(new)
    beside = outcome.state == "applied" and store.count() == len(live)
    closed = close_baseline(27, now=NOW)
    return {
        "I17": beside and store.count() == len(live) - 1,
        "I18": closed.vanished == 1 and store.tombstone(600) is not None,
    }
