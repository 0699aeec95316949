"""Go through a poisoned site, and look at every answer: `python -m bench.scripts_walk`.

    scripts_walk TEXTS.json [raw]    prints what was seen, as JSON

TEXTS has lists of payloads; each list is put everywhere at once. With `raw` Django
escapes nothing, which must be seen.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import django
from django.http.response import HttpResponseBase
from django.test import Client
from lxml import html as lxml_html

from bench.attacked import ANNA, PMID
from made.chromium import chromium

MOST_PAGES = 150
LISTS = ("designs", "types", "authors", "journals", "topics")
LEFT_ALONE = (
    "/sign-out",
    "/account/leave",
    "/static/",
    "/admin/logout",
    "/admin/jsi18n",
)
# Seen by html5lib, and run by Chromium, whatever swallows the payloads between.
CANARY = "\"'><xss-canary a=b><img src=x onerror=alert(1)>"


@dataclass
class Seen:
    """What was looked at, and what was wrong with it."""

    answers: int = 0
    pages: int = 0
    payloads: int = 0
    faults: int = 0  # answers with something off the list, by html5lib
    ran: int = 0  # scripts, in Chromium without the policy
    broken: int = 0  # answers with status 500
    worst: list[str] = field(default_factory=list)

    def fault(self, told: str) -> None:
        """Remember a few."""
        if len(self.worst) < 30:
            self.worst.append(told[:300])


@dataclass(frozen=True)
class Shown:
    """One answer."""

    told: str  # method and address
    answer: HttpResponseBase
    body: bytes

    @property
    def kind(self) -> str:
        return str(self.answer.headers.get("Content-Type", "")).split(";")[0]


class Walk:
    """A browser without scripts, of a reader who is an operator too."""

    def __init__(self) -> None:
        from ownjournal.readers.models import Reader

        self.client = Client(raise_request_exception=False, HTTP_HOST="localhost")
        Reader.objects.filter(pk=ANNA).update(is_operator=True)
        self.client.force_login(Reader.objects.get(pk=ANNA))
        self.addresses: list[str] = []

    def through(self, text: str) -> Iterator[Shown]:
        """Every address, every address with the text asked for, every form."""
        self.addresses = self.addresses or self._found()
        forms: dict[str, dict[str, str]] = {}
        for address in self.addresses:
            shown = self.get(address)
            yield shown
            forms |= _forms(shown)
        for address in ("/search", "/api/v1/search", "/topics", "/journals", "/"):
            yield self.get(
                f"{address}?{urlencode({'q': text[:900], 'next': text[:90]})}"
            )
        for action, fields in forms.items():
            given = {
                name: text if value == "" else value for name, value in fields.items()
            }
            yield self.post(action, given)

    def get(self, address: str) -> Shown:
        answer = self.client.get(address)
        return Shown(f"GET {address[:120]}", answer, _body(answer))

    def post(self, address: str, fields: dict[str, str]) -> Shown:
        answer = self.client.post(address, fields)
        return Shown(f"POST {address[:120]}", answer, _body(answer))

    def _found(self) -> list[str]:
        """Addresses by following links, breadth first, one of each form."""
        found = [
            "/",
            f"/articles/{PMID}",
            "/account",
            "/notes",
            "/issues",
            "/admin/",
            "/search?q=a",
        ]
        forms = set(map(_form, found))
        for address in found:
            if len(found) > MOST_PAGES:
                break
            shown = self.get(address)
            for link in _links(shown, address):
                if _form(link) not in forms and not link.startswith(LEFT_ALONE):
                    forms.add(_form(link))
                    found.append(link)
        return found


def _body(answer: HttpResponseBase) -> bytes:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return body


def _form(address: str) -> str:
    """The address without its numbers, names of lists, and values of its query."""
    parts = urlsplit(address)
    names = sorted(each.partition("=")[0] for each in parts.query.split("&"))
    first, *rest = parts.path.strip("/").split("/")
    if first in LISTS:
        rest = ["N" for _ in rest]
    path = "/".join(re.sub(r"^\d[^.]*", "N", each) for each in (first, *rest))
    return f"{path}?{','.join(names)}"


def _tree(shown: Shown) -> lxml_html.HtmlElement | None:
    if shown.kind != "text/html" or not shown.body.strip():
        return None
    return lxml_html.fromstring(shown.body)


def _links(shown: Shown, base: str) -> list[str]:
    tree = _tree(shown)
    found = [] if tree is None else tree.xpath("//a/@href")
    joined = (
        urljoin(base, each).partition("#")[0] for each in found if ":" not in each[:9]
    )
    return [
        each
        for each in joined
        if each.startswith("/") and each.count("&") < 2 and len(each) < 300
    ]


def _forms(shown: Shown) -> dict[str, dict[str, str]]:
    """Forms that are posted, by their address, with the values they have."""
    tree = _tree(shown)
    found = {}
    for form in [] if tree is None else tree.xpath("//form[@method='post']"):
        action = form.get("action") or shown.told.removeprefix("GET ")
        if action.startswith("/") and not action.startswith(LEFT_ALONE):
            pairs = form.form_values()
            texts = form.xpath(
                ".//textarea/@name | .//input[@type='text' or @type='email']/@name"
            )
            found[action] = {**dict(pairs), **dict.fromkeys(texts, "")}
    return found


def main(texts: Path, raw: bool) -> None:
    """Look at everything; what was seen goes to standard output."""
    django.setup()
    logging.disable()
    from django.template import engines

    from bench.scripts_judge import Judge
    from bench.scripts_site import poison

    seen = Seen()
    if raw:
        engines["django"].engine.autoescape = False
    walk = Walk()
    with chromium() as browser:
        judge = Judge(walk.client, browser.new_page())
        for payloads in json.loads(texts.read_text()):
            poison(CANARY + "\n".join(payloads))
            seen.payloads += len(payloads)
            for shown in walk.through("\n".join([*payloads, CANARY])):
                judge.look(shown, seen)
            print(
                f"  {seen.payloads:,} payloads, {seen.pages:,} pages", file=sys.stderr
            )
    json.dump(asdict(seen), sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "raw" in sys.argv[2:])
