"""Security headers of every kind of answer, graded by MDN's HTTP Observatory, offline.

`ownjournal serve` runs on 127.0.0.1 as it does behind a proxy with https; what it
says is graded by the scanner's own tests (`corpora/observatory`), A+ or a failure.
`make drill PART=headers`
"""

import http.client
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from bench import attacked
from bench.attacked import PMID
from bench.corpora_files import HERE, observatory
from bench.figures import Row, proof

AREA = "reliability"
HOST = "journal.test"
SETTINGS = {"SITE_URL": f"https://{HOST}", "TRUSTED_PROXIES": "1"}
ANYBODY, HERS = False, True
KINDS = {
    "front page": (ANYBODY, "GET", "/"),
    "article": (ANYBODY, "GET", f"/articles/{PMID}"),
    "search": (ANYBODY, "GET", "/search?q=fever"),
    "search of the wrong form": (ANYBODY, "GET", "/search?q=fever&page=-1"),
    "sign-in": (ANYBODY, "GET", "/sign-in"),
    "page of a reader": (HERS, "GET", "/account"),
    "notes of a reader": (HERS, "GET", "/notes"),
    "feed": (ANYBODY, "GET", "/search.atom?q=fever"),
    "JSON": (ANYBODY, "GET", "/api/v1/search?q=fever"),
    "JSON refused": (ANYBODY, "GET", "/api/v1/search?page=0"),
    "OpenAPI": (ANYBODY, "GET", "/api/v1/openapi.json"),
    "style sheet": (ANYBODY, "GET", "/static/journal.css"),
    "script": (ANYBODY, "GET", "/static/search.js"),
    "picture": (HERS, "GET", "PICTURE"),
    "download": (ANYBODY, "GET", f"/articles/{PMID}.ris"),
    "zip": (HERS, "GET", "/notes/export.zip"),
    "robots.txt": (ANYBODY, "GET", "/robots.txt"),
    "health": (ANYBODY, "GET", "/health/live"),
    "admin": (ANYBODY, "GET", "/admin/"),
    "redirect": (ANYBODY, "GET", "/about"),
    "redirect to the sign-in": (ANYBODY, "GET", "/account"),
    "form without a token": (ANYBODY, "POST", "/sign-in"),
    "wrong method": (ANYBODY, "PUT", "/search"),
    "another host": (ANYBODY, "GET", "http://evil.test/"),
    "nothing there": (ANYBODY, "GET", "/nowhere"),
}
NO_INDEX = {"search without its index": "/search?q=fever", "not ready": "/health/ready"}
NO_STORE = {"server error": f"/articles/{PMID}"}
NOBODY_THERE = {"SEARCH_URL": "http://127.0.0.1:9"}  # a cluster that is away
Answer = dict[str, Any]


def rows() -> Iterator[Row]:
    """One row: answers that are graded lower than A+."""
    answers = answers_of_all_kinds()
    bare = without(answers["front page"], "content-security-policy")
    *grades, control = graded([*answers.values(), bare])
    if control["grade"] == "A+":
        raise AssertionError("the scanner grades a page without a policy A+")
    low = 0
    for name, grade, answer in zip(answers, grades, answers.values(), strict=True):
        low += grade["grade"] != "A+"
        print(f"  {name}: {answer['status']}, {grade}", file=sys.stderr)
    statuses = sorted({answer["status"] for answer in answers.values()})
    yield proof(
        AREA,
        "kinds of answers graded lower than A+ by MDN's HTTP Observatory 1.4.8",
        low,
        promise="no answer leaves without its security headers",
        tries=len(grades),
        control=f"the front page without its policy: {control['grade']}",
        note=f"least {min(each['score'] for each in grades)} points; "
        f"statuses {', '.join(map(str, statuses))}; https is the proxy's",
    )


def answers_of_all_kinds() -> dict[str, Answer]:
    """What a real server says, and what one says that has lost its index and store."""
    with attacked.attacked(**SETTINGS) as site:
        cookie = f"{site.cookie}={site.sessions['anna']}"
        database = site.folder / "ownjournal.sqlite3"
        with attacked.serving(site) as port:
            kinds = {**KINDS, "picture": (HERS, "GET", _picture(database))}
            found = {
                name: asked(port, method, path, cookie if hers else None)
                for name, (hers, method, path) in kinds.items()
            }
        with attacked.serving(site, **NOBODY_THERE) as port:
            for name, path in NO_INDEX.items():
                found[name] = asked(port, "GET", path, None)
            with closing(sqlite3.connect(database)) as store, store:
                store.execute("DROP TABLE catalogue_article")
            for name, path in NO_STORE.items():
                found[name] = asked(port, "GET", path, None)
    return found


def _picture(database: Any) -> str:
    """The address of Anna's."""
    with closing(sqlite3.connect(database)) as store:
        query = "SELECT name FROM pictures_picture WHERE reader_id = ?"
        [[name]] = store.execute(query, [attacked.ANNA]).fetchall()
    return f"/media/{name}"


def asked(port: int, method: str, path: str, cookie: str | None) -> Answer:
    """One answer, as the grader takes it."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
    if path.startswith("http:"):
        headers["Host"], path = path.removeprefix("http://").split("/")[0], "/"
    if cookie is not None:
        headers["Cookie"] = cookie
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    with closing(connection):
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
    said = [[name.lower(), value] for name, value in answer.getheaders()]
    html = any("text/html" in value for name, value in said if name == "content-type")
    return {"status": answer.status, "headers": said, "body": body if html else ""}


def without(answer: Answer, name: str) -> Answer:
    """The same with one header less."""
    return {
        **answer,
        "headers": [each for each in answer["headers"] if each[0] != name],
    }


def graded(answers: list[Answer]) -> list[dict[str, Any]]:
    """The scanner's grade, score and failed tests of each."""
    command = ["node", str(HERE / "observatory" / "grade.mjs"), str(observatory())]
    done = subprocess.run(
        command, input=json.dumps(answers), capture_output=True, text=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
