"""No script by a note: every payload in every place, judged twice.

html5lib says whether all of the HTML is on the list of what notes may have, and
Chromium whether a script ran, a frame opened or a link would run one. The same
judges must find plenty where raw HTML is let through, or they have no teeth.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.utils.html import format_html
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Error, Page, Route

from bench import note_payloads
from bench.corpora_files import (
    naughty_strings,
    payloads_by_context,
    vectors_of_ammonia,
    vectors_of_bleach,
)
from bench.figures import Row
from made.chromium import chromium
from made.note_html import violations
from ownjournal.notes.dialect import TooHard, read, rendering
from ownjournal.notes.dialect.allowed import cleaned

AREA = "notes"
HERE = "https://journal.test/note"
HOOKS = """
window.ran ??= 0;
for (const name of ["alert", "confirm", "prompt", "print"]) {
  window[name] = () => { top.ran += 1; };
}
"""
# Whatever runs by itself has a moment; then the browser's own reading of every link.
RAN = """
async () => {
  await new Promise((done) => setTimeout(done, 300));
  const allowed = ["http:", "https:", "mailto:"];
  const links = [...document.querySelectorAll("[href], [src], [action]")];
  const leads = links.filter((each) => {
    const place = each.href || each.src || each.action;
    return typeof place !== "string" || !allowed.includes(new URL(place).protocol);
  });
  const frames = document.querySelectorAll("iframe, frame, object, embed");
  return window.ran + leads.length + frames.length;
}
"""
Place = Callable[[str], str]  # payload to HTML


@dataclass
class Tried:
    """What one way of making HTML came to."""

    pieces: int = 0
    off_the_list: int = 0
    ran: int = 0
    worst: list[str] = field(default_factory=list)  # a few of those that failed


def rows(payloads: Sequence[str] | None = None) -> Iterator[Row]:
    """Violations of notes, and those of the control, which must not be 0."""
    tried = list(payloads or all_payloads())
    with chromium() as browser:
        ours = judged(browser, (place(each) for place in PLACES for each in tried))
        raw = judged(browser, map(raw_html, tried[::40]), on_a_page=10)
    if not raw.off_the_list or not raw.ran:
        raise AssertionError("the judges see nothing where raw HTML is let through")
    print(*ours.worst, sep="\n", file=sys.stderr)
    note = (
        f"{len(tried):,} payloads x {len(PLACES)} places: blns, the tests of bleach "
        "and of ammonia (nh3's core), brs-kb (from OWASP, SecLists, PortSwigger and "
        "others), our own; OWASP's and PayloadsAllTheThings' lists are in no package"
    )
    count = f"of {ours.pieces:,} pieces"
    yield _none(f"off the allow-list by html5lib, {count}", ours.off_the_list, note)
    yield _none(f"run by Chromium, {count}", ours.ran, note)
    yield _none("off the allow-list without nh3", unsanitised(tried), note)
    by_nh3 = sum(bool(violations(cleaned(raw_html(each)))) for each in tried)
    yield _none(f"off the list, {len(tried):,} raw through nh3 alone", by_nh3, note)
    control = f"control, {raw.pieces} payloads as raw HTML"
    yield Row(AREA, f"{control}: off the list", raw.off_the_list, "", "higher", 1)
    yield Row(AREA, f"{control}: run", raw.ran, "", "higher", 1)


def all_payloads() -> list[str]:
    """Of every corpus, each once."""
    found = [*naughty_strings(), *vectors_of_bleach(), *vectors_of_ammonia()]
    found += [*payloads_by_context(), *note_payloads.payloads()]
    return list(dict.fromkeys(found))


def judged(browser: Browser, html: Iterable[str], on_a_page: int = 1_000) -> Tried:
    """Judge pieces of HTML, each alone by html5lib and many on a page by Chromium."""
    tried = Tried()
    page = _quiet_page(browser)
    batch: list[str] = []
    for piece in html:
        tried.pieces += 1
        faults = violations(piece)
        tried.off_the_list += bool(faults)
        if faults and len(tried.worst) < 5:
            tried.worst.append(f"{faults[0]}: {piece[:200]}")
        batch.append(piece)
        if len(batch) == on_a_page:
            tried.ran += _ran(page, batch)
            batch = []
            print(f"  {tried.pieces:,} pieces judged", end="\r", file=sys.stderr)
    tried.ran += _ran(page, batch)
    page.close()
    return tried


def unsanitised(payloads: Sequence[str]) -> int:
    """Pieces off the list where nh3 is left out: the dialect escapes by itself."""
    rendering.cleaned = lambda html: html
    try:
        return sum(
            bool(violations(place(each))) for place in PLACES for each in payloads[::5]
        )
    finally:
        rendering.cleaned = cleaned


def raw_html(payload: str) -> str:
    """The payload by markdown-it with raw HTML and any address: the control."""
    parser = MarkdownIt("commonmark", {"html": True})
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser.render(payload)


def _note(typed: str) -> str:
    with suppress(TooHard):
        written = read(typed, headings="all")
        return written.html("note-1") + written.mail_html("https://journal.test")
    return ""


def _footnote(payload: str) -> str:
    body = payload.replace("\n", "\n  ")
    return _note(f"x[^1](y) z[^2]({payload}) a[^3]\n\n[^3]: {body}")


def _title(payload: str) -> str:
    mark = "'" if '"' in payload else '"'
    return _note(f"[x](https://a.test {mark}{_balanced(payload)}{mark})")


def _balanced(payload: str) -> str:
    """So that it stays where it is: brackets escaped, on one line."""
    for bracket in "()[]":
        payload = payload.replace(bracket, f"\\{bracket}")
    return payload.replace("\n", " ")


PLACES: tuple[Place, ...] = (
    _note,
    _footnote,
    _title,
    lambda payload: _note(f"[x]({payload}) [y](https://a.test/{payload})"),
    lambda payload: _note(f'![{_balanced(payload)}](/media/a.png "x")'),
    lambda payload: _note(f"![x]({payload}) ![y](/media/{payload})"),
    lambda payload: format_html("<p>{}</p>", payload),  # a display name
)


def _quiet_page(browser: Browser) -> Page:
    """A page that hears of scripts and reaches nothing."""
    page = browser.new_page()
    page.add_init_script(HOOKS)
    page.on("dialog", lambda dialog: dialog.dismiss())
    return page


def _ran(page: Page, html: Sequence[str]) -> int:
    """How much of it ran; a page that went elsewhere counts as one."""

    def answer(route: Route) -> None:
        if route.request.url == HERE:
            body = f"<!doctype html><meta charset=utf-8>{''.join(html)}"
            route.fulfill(body=body, content_type="text/html")
        else:
            route.abort()

    page.unroute_all()
    page.route("**/*", answer)
    try:
        page.goto(HERE, wait_until="domcontentloaded")
        return int(page.evaluate(RAN))
    except Error:
        return 1


def _none(figure: str, value: int, note: str) -> Row:
    return Row(AREA, figure, value, "", "lower", 0, 0, note=note)
