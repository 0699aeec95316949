"""Attacks on every address of a site that `made.two_readers` built.

Each yields, try by try, what went wrong, or None where nothing did: tests make a few
tries of each, the drill all of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from made.addresses import (
    HERS,
    OWN,
    PUBLIC,
    SECRET,
    STAFF,
    Address,
    addresses,
    route_of,
)
from made.rows import differing, every_row
from made.two_readers import WORDS, Site, alike
from ownjournal.site.headers import HEADERS

Tries = Iterator[str | None]

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WAYS: tuple[Mapping[str, str], ...] = (  # in which a browser sends another's form
    {},
    {"origin": "https://evil.test"},
    {"origin": "null"},
    {"origin": "https://testserver.evil.test"},
    {"referer": "https://evil.test/testserver/"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
)
COLLECTION = r"^collections/(?P<number>[1-9][0-9]{0,17})"
BY_ORIGIN = {  # these need no cookie: the browser tells where the form was
    "sign-up",
    "notes/pictures",
    r"^articles/(?P<pmid>[1-9][0-9]{0,8})/notes\Z",
    COLLECTION + r"/notes\Z",
    r"^notes/(?P<number>[1-9][0-9]{0,17})/edit\Z",
}
UNTOKENED = {  # the address holds the secret, or a long form asks for a file
    "unsubscribe/<str:token>",
    r"^say/(?P<token>[\w.-]{1,120})\Z",
    "saved/export",
    "issues/<int:number>/export",
    "export",
    COLLECTION + r"(?:-(?P<token>[0-9a-f]{32}))?/export\Z",
}
ELSEWHERE = (
    "//evil.test/",
    "https://evil.test/",
    "/\\evil.test/",
    "\\\\evil.test/",
    "/\t/evil.test/",
    "https:evil.test",
    "///evil.test",
    "javascript:alert(1)",
    "/\n/evil.test",
    "http://testserver@evil.test/",
)
NAMES = ("next", "back", "url", "redirect", "return", "to", "continue", "go")
ALLOWED = {  # what a page may tell caches, of these words one
    PUBLIC: ("no-store", "private", "public"),
    OWN: ("no-store",),
    HERS: ("no-store", "private"),  # a picture is kept until signing out
    SECRET: ("no-store", "private", "no-cache"),
    STAFF: ("no-store",),
}
FIELDS = {
    **dict.fromkeys(("title", "name", "text", "line", "reflection"), "Taken over"),
    **dict.fromkeys(("email", "address"), "reader@elsewhere.test"),
    **dict.fromkeys(("visibility", "audience"), "public"),
    **dict.fromkeys(("do", "deed"), "remove"),
    "reason": "wrong",
    "pmids": "99100002",
    "sure": "yes",
    "version": "0",
    "answer": "yes",
    "kind": "comment",
    "place": "1",
    "starts": "2027-01-01T10:00",
}
"""What a form could send, in fields that forms of the site have."""


def others(site: Site, client: Client, *ways: str) -> Tries:
    """Her things and nobody's, by these methods: the same answer, no word of hers."""
    nobodys = site.nobodys()
    for each in addresses(HERS):
        paths = each.of(site.things), each.of(nobodys)
        for method in ways:
            hers, wrong = (answer(client, method, path) for path in paths)
            told = f"{method} {paths[0]}: {hers[0]}, {wrong[0]}"
            alike_hers = alike(hers[1], site.things, paths[0])
            alike_wrong = alike(wrong[1], nobodys, paths[1])
            same = (hers[0], alike_hers) == (wrong[0], alike_wrong)
            yield None if same and not words_in(hers[1]) else told


def pages(site: Site, client: Client, *, staff: bool = False) -> Tries:
    """All other pages, and secret links with one digit changed: no word of hers."""
    nearly = {name: _nearly(part) for name, part in site.things.items()}
    kinds = (PUBLIC, OWN, STAFF) if staff else (PUBLIC, OWN)
    asked = [each.of(site.things) for each in addresses(*kinds)]
    asked += [each.of(nearly) for each in addresses(SECRET)]
    for path in asked:
        words = words_in(answer(client, "GET", path)[1])
        yield f"{path}: {words}" if words else None


def forms(site: Site, client: Client, headers: Mapping[str, str]) -> Tries:
    """Every method that may change something, as another site could have it sent."""
    by_browser = not ({"origin", "sec-fetch-site"} & headers.keys())
    exempt = UNTOKENED | (BY_ORIGIN if by_browser else set())
    for each in addresses():
        path = each.of(site.things)
        if route_of(path) not in exempt:
            for method in UNSAFE:
                got = client.generic(method, path, headers=headers)
                taken = got.status_code not in (403, 405)
                yield f"{method} {path}: {got.status_code}" if taken else None


def looks(site: Site, client: Client) -> Tries:
    """Every method that only looks: no row changes but sessions, the reading log, and
    the count that bounds the API.
    """
    but = ("accounts_session", "reading_log_logrow", "readers_attempts")
    before = every_row(connection, but=but)
    for each in addresses():
        path = each.of(site.things)
        for method in ("GET", "HEAD", "OPTIONS"):
            shut(client.generic(method, path))
            after = every_row(connection, but=but)
            changed, before = differing(before, after), after
            yield f"{method} {path}: {changed}" if changed else None


def methods(site: Site, client: Client) -> Tries:
    """Methods that no page has."""
    for each in addresses():
        path = each.of(site.things)
        for method in ("TRACE", "CONNECT", "PROPFIND", "BREW"):
            got = client.generic(method, path)
            refused = got.status_code in (302, 403, 404, 405, 410)
            yield None if refused else f"{method} {path}: {got.status_code}"


def numbers(site: Site, client: Client) -> Tries:
    """Numbers that no row could have, and those there are: never a fault of ours."""
    huge = {name: str(10**30) for name in site.things}
    for each in _staying_in(addresses()):
        for path in {each.of(huge), each.of(site.things)}:
            for method in ("GET", "POST"):
                status = answer(client, method, path)[0]
                yield f"{method} {path}: {status}" if status >= 500 else None


def redirects(site: Site, client: Client, to: str) -> Tries:
    """Another site's address in every parameter that names of redirects know."""
    query = "&".join(f"{name}={quote(to)}" for name in NAMES)
    fields = {**FIELDS, **dict.fromkeys(NAMES, to)}
    headers = {"referer": quote(to, safe=":/")}
    for each in _staying_in(addresses(PUBLIC, OWN, HERS, STAFF)):
        path = each.of(site.things)
        asked = f"{path}{'&' if '?' in path else '?'}{query}"
        for got in (client.get(asked, headers=headers), client.post(path, fields)):
            shut(got)
            where = got.headers.get("Location", "/")
            led = not where.startswith("/") or where[1:2] in ("/", "\\")
            yield f"{path} to {where}" if led else None


def caches(site: Site, client: Client) -> Tries:
    """What an owner is shown no cache keeps, pages of everybody none that is shared."""
    for each in addresses():
        path = each.of(site.things)
        got = client.get(path)
        shut(got)
        if got.status_code == 200:
            control = got.headers.get("Cache-Control", "")
            wanted = ALLOWED[each.whose]
            if each.whose == PUBLIC and "text/html" not in got["Content-Type"]:
                continue
            fine = any(word in control for word in wanted)
            yield None if fine else f"{path}: {control}"


def headers(site: Site, client: Client) -> Tries:
    """The headers of security, a type, its charset, and no cookie for scripts."""
    for each in addresses():
        path = each.of(site.things)
        got = client.get(path)
        shut(got)
        wanting = [name for name in HEADERS if name not in got.headers]
        kind = got.headers.get("Content-Type", "")
        if got.status_code == 200 and "/" not in kind:
            wanting.append("a type")
        if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
            wanting.append("a charset")
        for name, cookie in got.cookies.items():
            if not (cookie["httponly"] and cookie["samesite"]):
                wanting.append(f"flags of {name}")
        yield f"{path}: {wanting}" if wanting else None


def answer(client: Client, method: str, path: str) -> tuple[int, str]:
    """Status, and what came with it; what was said before is not said again."""
    browser = Client(raise_request_exception=False)
    if session := client.cookies.get(settings.SESSION_COOKIE_NAME):
        browser.cookies[settings.SESSION_COOKIE_NAME] = session.value
    if method == "POST":
        got = browser.post(path, FIELDS)
    else:
        got = browser.generic(method, path)
    content = b"".join(got) if got.streaming else got.content
    shut(got)
    led = [got.headers.get("Location", ""), *sorted(got.cookies)]
    return got.status_code, " ".join(led) + content.decode("utf-8", "replace")


def shut(got: HttpResponse) -> None:
    """Close the file of an answer that was not read to its end.

    Not by its own `close`, which tells the database that the request is over.
    """
    for close in got._resource_closers:
        close()


def words_in(text: str) -> list[str]:
    return [word for word in WORDS if word in text]


def failures(tries: Iterable[str | None]) -> list[str]:
    """What went wrong; an attack without a try is an error."""
    made = list(tries)
    assert made
    return [each for each in made if each is not None]


def _staying_in(rows: Iterable[Address]) -> list[Address]:
    """Without the one that would end the session that the others are tried in."""
    return [each for each in rows if each.path != "/sign-out"]


def _nearly(part: str) -> str:
    """The part with its last character another one."""
    return part if part.isdecimal() else part[:-1] + ("1" if part[-1] == "0" else "0")
