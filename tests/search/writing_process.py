"""A process that writes to an index without end, to be killed while it does.

Every revision puts the same number of articles, all with its number as a word,
in place of all those of the revision before, under PMIDs that partly differ.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from pkgutil import resolve_name
from types import TracebackType
from typing import Self

from ownjournal.search.document import Document
from ownjournal.search.index import Index
from search.made_documents import a_document

A_REVISION = 30  # articles


def expected_documents(revision: int) -> list[Document]:
    """All that an index holds after a revision."""
    return [
        a_document(1_000 + revision % 2 * 10 + n, texts=(f"revision{revision} text",))
        for n in range(A_REVISION)
    ]


def deletions(revision: int) -> list[int]:
    before = {each.pmid for each in expected_documents(revision - 1)}
    return sorted(before - {each.pmid for each in expected_documents(revision)})


class Writing:
    """The process, from the other side."""

    said = 0  # the last revision that it has committed

    def __init__(self, opener: str, folder: Path) -> None:
        command = [sys.executable, "-m", "search.writing_process", opener, str(folder)]
        named = {
            name: os.environ[name] for name in ("SEARCH_URL",) if name in os.environ
        }
        tests = Path(__file__).parents[1]
        paths = {**named, "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent / 'src'}"}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=paths
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def wait_for(self, revision: int) -> None:
        """Until the process says that it has committed this many."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said = int(line)
            if self.said >= revision:
                return
        raise AssertionError("the writing process ended by itself")

    def kill(self, after_seconds: float = 0) -> None:
        """End it by SIGKILL, and read what it had still said."""
        time.sleep(after_seconds)
        self._process.kill()
        assert self._process.stdout is not None
        if not self._process.stdout.closed:
            self.said = max(self.said, *map(int, self._process.stdout), 0)
            self._process.stdout.close()
        self._process.wait()


def main(opener: str, folder: str) -> None:
    index: Index = resolve_name(opener)(Path(folder))
    revision = index.revision
    while True:
        revision += 1
        index.apply(expected_documents(revision), deletions(revision), revision)
        print(revision, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
