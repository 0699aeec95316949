"""Ask the API whatever its description allows, and more: `python -m bench.api_cases`.

    api_cases COUNT [broken]    prints what came of it, as JSON

Every operation is asked with values that are right and with values that are wrong,
by a visitor, two readers, one whose trial is over and one whose session has ended.
With `broken` the API fails now and then, and tells Boris of Anna, which must be seen.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from itertools import cycle
from typing import Any

import django
import schemathesis
from django.core.cache import cache
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bench.attacked import PMID

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
LISTS = ("sent:me", "in:saved", "has:note", "fever NOT sent:me", "in:saved OR a")
PRIVATE = ("Mine alone: ", "For us: ", "Not yet ", "Once ")
PUBLIC = (2,)  # places of the words that stand in public notes
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]


@dataclass
class Came:
    """What came of the cases."""

    cases: int = 0
    faults: int = 0  # of the server: 5xx
    leaks: int = 0
    undescribed: int = 0
    worst: list[str] = field(default_factory=list)

    def fault(self, told: str) -> None:
        """Remember a few."""
        if len(self.worst) < 20:
            self.worst.append(told[:300])


class Drill:
    """The API, by this process's own server, and who asks it."""

    def __init__(self, site: dict[str, Any], application: Wsgi) -> None:
        self.schema = schemathesis.openapi.from_wsgi(
            "/api/v1/openapi.json", application
        )
        self.came = Came()
        sessions = {"": None, **site["sessions"]}
        self._cookie = site["cookie"]
        self._turns = cycle(sessions.items())
        self._lists = cycle(LISTS)
        self._words = {
            tag: [f"{each}" for at, each in enumerate(words) if at not in PUBLIC]
            + [f"{each}{words[2]}" for each in PRIVATE]
            for tag, words in site["words"].items()
        }

    def ask_all(self, count: int) -> None:
        """So many cases, the same number of each operation and kind."""
        operations = [each.ok() for each in self.schema.get_all_operations()]
        modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        each = -(-count // (len(operations) * len(modes)))
        for operation in operations:
            for mode in modes:
                self._ask(operation.as_strategy(generation_mode=mode), each)
                print(f"  {self.came.cases:,} cases", file=sys.stderr)

    def _ask(self, strategy: Any, count: int) -> None:
        @seed(7)
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def asked(case: Any) -> None:
            self.one(case)

        asked()

    def one(self, case: Any) -> None:
        """Ask as the next in turn, and look at the answer."""
        cache.clear()  # how many may be asked in a minute is tried elsewhere
        tag, session = next(self._turns)
        if (
            self.came.cases % 7 == 0
            and isinstance(case.query, dict)
            and "q" in case.query
        ):
            case.query["q"] = next(self._lists)
        if self.came.cases % 5 == 0 and "pmid" in (case.path_parameters or {}):
            case.path_parameters["pmid"] = PMID
        headers = {"Accept-Encoding": "identity"}
        cookies = {} if session is None else {self._cookie: session}
        answer = case.call(headers=headers, cookies=cookies)
        self.came.cases += 1
        if answer.status_code >= 500:
            self.came.faults += 1
            self.came.fault(f"{answer.status_code}: {case.formatted_path} {case.query}")
        self._look(tag, case, answer)

    def _look(self, tag: str, case: Any, answer: Any) -> None:
        for other, words in self._words.items():
            found = [each for each in words if other != tag and each in answer.text]
            if found:
                self.came.leaks += 1
                self.came.fault(f"{found[0]!r} told to {tag!r}: {case.formatted_path}")
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failures:
            self.came.undescribed += 1
            self.came.fault(
                f"{case.formatted_path} {case.query}: {failures.exceptions}"
            )


def broken(application: Wsgi, site: dict[str, Any]) -> Wsgi:
    """The same, but it fails for every fortieth, and tells Boris of Anna."""
    count = iter(range(10**9))

    def answer(environ: Environ, start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"].endswith("openapi.json"):
            return application(environ, start)
        if next(count) % 40 == 39:
            start("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"broken"]
        body = b"".join(application(environ, _shorter(start)))
        told = site["sessions"]["boris"] in environ.get("HTTP_COOKIE", "")
        return [body, site["words"]["anna"][5].encode() if told else b""]

    return answer


def _shorter(start: Any) -> Any:
    """Without the length, which is not that any more."""

    def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        kept = [each for each in headers if each[0].lower() != "content-length"]
        return start(status, kept, *rest)

    return started


def main() -> None:
    """What came of it goes to standard output; the site comes in by standard input."""
    django.setup()
    logging.disable()  # refusals are what is asked for
    from ownjournal.site.wsgi import application

    site = json.load(sys.stdin)
    served = broken(application, site) if "broken" in sys.argv else application
    drill = Drill(site, served)
    drill.ask_all(int(sys.argv[1]))
    json.dump(asdict(drill.came), sys.stdout)


if __name__ == "__main__":
    main()
