"""Two years of an NLM: a baseline, its update files, and a new baseline after them."""

from collections.abc import Iterator
from pathlib import Path

from made.files import deletion, pubmed_file, record
from made.nlm_server import NlmServer

OLD, NEW = range(1, 101), range(2, 101)  # PMIDs; 1 is dropped without a word


class Nlm:
    """What is published, and when."""

    def __init__(self, folder: Path, server: NlmServer) -> None:
        self._folder = folder
        self.server = server

    def publish(self, kind: str, name: str, *parts: str) -> None:
        path = pubmed_file(self._folder / "published", name, *parts)
        self.server.put(kind, name, path.read_bytes())

    def old_year(self) -> None:
        self.publish("baseline", "pubmed26n0001.xml.gz", *map(record, OLD))
        self.publish("update", "pubmed26n0002.xml.gz", record(101), deletion(50))

    def new_year(self, *, whole: bool = True) -> None:
        """Of the new baseline three files, and the first update after it."""
        for name in list(self.server.files):
            self.server.files.pop(name)
        for number, part in enumerate(self._parts(), 1):
            if whole or number < 3:
                name = f"pubmed27n{number:04}.xml.gz"
                self.publish("baseline", name, *part)
        again = record(3, title="As of the new year's first update.")
        self.publish("update", "pubmed27n0004.xml.gz", record(200), again, deletion(4))

    def _parts(self) -> Iterator[list[str]]:
        kept = [pmid for pmid in (*NEW, 101) if pmid != 50]
        for start in range(3):
            yield [_of_new_year(pmid) for pmid in kept[start::3]]


def _of_new_year(pmid: int) -> str:
    """Every seventh record is another than before."""
    return record(pmid, title="Revised.") if pmid % 7 == 0 else record(pmid)
