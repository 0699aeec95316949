"""Files loaded on several machines at once give what one machine gives in turn."""

from collections import Counter
from pathlib import Path

import pytest

from made.backups import Site
from made.files import deletion, pubmed_file, record
from made.processes import at_once

pytestmark = pytest.mark.slow
LOAD = """
import os
from pathlib import Path
from django.conf import settings
from ownjournal.catalogue.checking import state_hash
from ownjournal.catalogue.ingest import Loading, ingest
own = Path(sys.argv[1]) / str(os.getpid())  # a data folder of this machine
mine = sorted(Path(sys.argv[2]).glob("*.gz"))
turned = mine if len(sys.argv) < 4 else mine[::-1] if os.getpid() % 2 else mine
outcomes = [
    each
    for path in turned
    for each in ingest([path], Loading(spool=own / "spool", workers=1))
]
print(*(each.name for each in outcomes if each.state == "applied"))
"""
STATE = """
import django; django.setup()
from ownjournal.catalogue.checking import state_hash
from ownjournal.catalogue.models import AppliedFile, Dictionary
print(state_hash(), AppliedFile.objects.count(), Dictionary.objects.count())
"""


def published(folder: Path) -> Path:
    """Twelve files that overlap, with enough records for a dictionary."""
    for number in range(1, 13):
        pmids = range(1 + number * 40, 161 + number * 40)
        parts = [record(each, title=f"As of {number}.") for each in pmids]
        gone = deletion(number * 40 + 60)
        pubmed_file(folder, f"pubmed26n{number:04}.xml.gz", *parts, gone)
    return folder


def test_machines_that_load_the_same_files_agree(
    kind: str | None, tmp_path: Path
) -> None:
    files = published(tmp_path / "files")
    states = []
    for machines in (1, 3):
        folder = tmp_path / f"{machines}"
        environment = Site(folder, kind).migrate().environment()
        said = at_once(environment, LOAD, folder, files, "x", processes=machines)
        [state] = at_once(environment, STATE, processes=1)
        states.append(state.split())
        applied = Counter(name for each in said for name in each.split())
        assert set(applied.values()) == {1}
        assert len(applied) == 12
    assert states[0] == states[1]
    assert states[0][1] == "12"
