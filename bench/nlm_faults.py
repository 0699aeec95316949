"""Visits to a stand-in for NLM that misbehaves in every way, one after the other.

    python -m bench.nlm_faults       in the migrated store that the environment names

Each fault is met once, and must be got over within the visit or by the next; and
again and again, and must be said in words while the store stays as it was. Prints
JSON.
"""

import json
import os
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import django

from made.files import pubmed_file, record
from made.nlm_server import NlmServer

OF_FILES = ("truncate", "drop", "stall", "flip", "page", "500", "elsewhere", "nothing")
OF_SUMS = ("lie", "page", "500", "nothing")
OF_LISTS = ("page", "500", "nothing", "truncate", "drop", "elsewhere")
EVER = 40  # requests of one visit, and more
QUIET = 0.2  # seconds


class Met(NamedTuple):
    """What came of a fault."""

    fault: str
    wrong: str | None
    said: str | None = None


class Stage:
    """The stand-in, the site that visits it, and what NLM publishes next."""

    def __init__(self, server: NlmServer, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._numbers = count(1)

    def publish(self) -> str:
        """A new file; the path that it is had at."""
        number = next(self._numbers)
        name = f"pubmed26n{number:04}.xml.gz"
        parts = (record(each, f"As in file {number}") for each in (1, 2, 100 + number))
        path = pubmed_file(self._folder / "published", name, *parts)
        return self._server.put("update", name, path.read_bytes())

    def visit(self) -> tuple[list[str], str | None]:
        """What was refused and why, and what ended the visit."""
        from django.conf import settings

        from ownjournal.catalogue.following import index
        from ownjournal.catalogue.ingest import Loading
        from ownjournal.catalogue.syncing import sync
        from ownjournal.pubmed.nlm import Nlm

        loading = Loading(spool=settings.DATA_DIR / "spool", workers=1)
        with Nlm(
            self._server.address, quiet_seconds=QUIET, sleep=lambda seconds: None
        ) as nlm:
            folder = settings.DATA_DIR / "nlm"
            done = sync(nlm, folder, loading, index(), _Silent(), newest=3)
        refused = [each.message or "" for each in done.outcomes if each.code]
        return refused, done.problem

    def meets(self, fault: str, path: str) -> list[Met]:
        """A fault at a path for ever, then once, then never."""
        name = f"{fault} {path.rpartition('/')[2] or path}"
        before = _state()
        self._server.misbehave(path, *[fault] * EVER)
        refused, problem = self.visit()
        said = " ".join(refused) or problem
        # a list cut at its end looks whole; the next visit finds what it lacked
        unseen = fault == "truncate" and path.endswith("/")
        wrong = None if said or unseen else "nothing was said"
        wrong = wrong if _state() == before else "the store was changed"
        self._server.faults[path].clear()
        self._server.misbehave(path, fault)
        self.visit()
        self._server.faults[path].clear()
        refused, problem = self.visit()
        after = None if not refused and problem is None else "it is not got over"
        return [Met(f"{name} for ever", wrong, said), Met(f"{name} once", after)]


class _Silent:
    def planned(self, files: Any) -> None: ...

    def fetched(self, file: Any, done: int, total: int | None) -> None: ...

    def finished(self, outcome: Any) -> None: ...


def _state() -> str:
    from ownjournal.catalogue.checking import state_hash

    return state_hash()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.conf import settings

    from ownjournal.catalogue.checking import live_pmids

    with NlmServer() as server:
        stage = Stage(server, settings.DATA_DIR)
        met: list[Met] = []
        first = stage.publish()
        stage.visit()
        wanted = {1, 2, 101}
        folder = first.rpartition("/")[0] + "/"
        for faults, end in ((OF_FILES, ""), (OF_SUMS, ".md5"), (OF_LISTS, None)):
            for fault in faults:
                path = stage.publish()
                wanted.add(max(wanted) + 1)
                where = folder if end is None else path + end
                met += stage.meets(fault, where)
                if set(live_pmids()) != wanted:
                    met.append(Met(f"{fault} {where}", "an article is lacking"))
        path = stage.publish()
        kept, server.files = server.files, {}
        before = _state()
        _, problem = stage.visit()
        unchanged = _state() == before
        met.append(Met("lists nothing", None if unchanged else "changed", problem))
        server.files = kept
        stage.visit()
    lacking = sorted({*wanted, max(wanted) + 1} - set(live_pmids()))
    naive = _naive(path)
    print(json.dumps({"met": met, "lacking": lacking, "naive": naive}))


def _naive(path: str) -> int:
    """The control: how many spoiled answers a client takes that only looks at 200."""
    import httpx

    taken = 0
    with NlmServer() as server:
        right = b"x" * 10_000
        server.put("update", path.rpartition("/")[2], right)
        for fault in OF_FILES:
            server.misbehave(path, fault)
            try:
                url = server.address.removesuffix("/pubmed/") + path
                answer = httpx.get(url, timeout=QUIET)
            except httpx.HTTPError:
                continue
            taken += answer.status_code == 200 and answer.content != right
    return taken


if __name__ == "__main__":
    main()
