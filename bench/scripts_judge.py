"""Two judges of an answer: html5lib by a list of what pages have, and Chromium.

html5lib parses as browsers do; each element, attribute and address of a page must be
one that this site writes. Chromium loads the page without its policy and with its
scripts, and a payload that runs is counted; what is no page must not be read as one.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Comment, Element

import html5lib
from django.test import Client
from playwright.sync_api import Error, Page, Route

from bench.note_scripts import HOOKS

HERE = "http://localhost"
SECONDS = 0.15  # in which what runs by itself has run
RAN = f"""
async () => {{
  await new Promise((done) => setTimeout(done, {SECONDS * 1000}));
  return window.ran;
}}
"""
HTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    *("html", "head", "meta", "title", "link", "script", "body", "header", "nav"),
    *("main", "footer", "section", "article", "aside", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "p", "a", "img", "ul", "ol", "li", "dl", "dt", "dd", "div"),
    *("span", "em", "strong", "i", "b", "u", "sup", "sub", "small", "br", "hr"),
    *("blockquote", "q", "cite", "code", "pre", "kbd", "samp", "abbr", "time"),
    *("data", "mark", "del", "ins", "bdi", "bdo", "wbr", "table", "caption"),
    *("colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "form"),
    *("fieldset", "legend", "label", "input", "button", "select", "option"),
    *("optgroup", "textarea", "output", "datalist", "details", "summary", "dialog"),
    *("figure", "figcaption", "address", "progress", "meter", "noscript"),
    *("template", "search"),
}
DRAWN = {
    *("svg", "g", "path", "rect", "circle", "line", "polyline", "polygon", "text"),
    *("tspan", "title", "desc", "use", "defs", "pattern", "symbol", "marker", "a"),
}
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "cite",
    "poster",
    "data",
    "background",
}
NEVER = {"style", "srcdoc", "ping", "is"}
SCHEMES = {"", "http", "https", "mailto"}
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
AROUND = "".join(map(chr, range(0x21)))
PAGES = {"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml"}


class Judge:
    """Both, by a page of Chromium's."""

    def __init__(self, client: Client, page: Page) -> None:
        self._client = client
        self._page = page
        self._page.add_init_script(HOOKS)
        self._page.on("dialog", lambda dialog: dialog.dismiss())

    def look(self, shown: Any, seen: Any) -> None:
        """Count what is wrong with an answer into `seen`."""
        seen.answers += 1
        if shown.answer.status_code == 500:
            seen.broken += 1
            seen.fault(f"500: {shown.told}")
        if shown.kind != "text/html":
            faults = list(not_a_page(shown))
        else:
            seen.pages += 1
            faults = list(page_faults(shown.body.decode("utf-8", "replace")))
            if self._ran(shown):
                seen.ran += 1
                seen.fault(f"ran: {shown.told}")
        if faults:
            seen.faults += 1
            seen.fault(f"{shown.told}: {faults[0]}")

    def _ran(self, shown: Any) -> int:
        def answer(route: Route) -> None:
            path = urlsplit(route.request.url).path
            if route.request.url == f"{HERE}/attacked":
                route.fulfill(body=shown.body, content_type="text/html; charset=utf-8")
            elif route.request.url.startswith(f"{HERE}/static/"):
                got = self._client.get(path)
                body = b"".join(got.streaming_content) if got.streaming else got.content
                route.fulfill(body=body, content_type=got.headers["Content-Type"])
            else:
                route.abort()

        self._page.unroute_all()
        self._page.route("**/*", answer)
        try:
            self._page.goto(f"{HERE}/attacked", wait_until="domcontentloaded")
            return int(self._page.evaluate(RAN) or 0)
        except Error:
            return 1  # it went elsewhere


def not_a_page(shown: Any) -> Iterator[str]:
    """What makes a browser read an answer as a page that is none."""
    if shown.body and shown.answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "a browser may guess what it is"
    if shown.kind in PAGES:
        yield f"it is a page: {shown.kind}"
    if shown.kind == "application/pdf" and re.search(
        rb"/(JS|JavaScript|AA)\b", shown.body
    ):
        yield "a script in a PDF"
    if "json" in shown.kind and b"<xss-canary" in shown.body:
        policy = shown.answer.headers.get("Content-Security-Policy", "")
        if not policy.startswith("default-src 'none'"):
            yield "markup in JSON without a policy"


def page_faults(html: str) -> Iterator[str]:
    """What of a page this site never writes."""
    root = html5lib.parse(html, treebuilder="etree")
    for element in root.iter():
        if element.tag is not Comment:
            yield from _faults(element)


def _faults(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    known = ELEMENTS if tag.startswith(HTML) else DRAWN if tag.startswith(SVG) else ()
    name = tag.rpartition("}")[2]
    if name not in known:
        yield f"element {name}"
    if name == "script" and not (
        element.get("src", "").startswith(("/static/", "/admin/jsi18n/"))
        or element.get("type") in {"application/json", "application/ld+json"}
    ):
        yield f"script {element.text!r}"
    if name == "meta" and element.get("http-equiv"):
        yield "a meta that acts"
    for attribute, value in element.attrib.items():
        bare = str(attribute).rpartition("}")[2].lower()
        if bare.startswith("on") or bare in NEVER:
            yield f"attribute {bare} of {name}"
        elif bare in ADDRESSES and not _may_lead(name, value):
            yield f"{name} leads to {value}"


def _may_lead(name: str, value: str) -> bool:
    bare = re.sub("[\t\n\r]", "", value.strip(AROUND))
    scheme = SCHEME.match(bare)
    if name in {"img", "script", "link"} and (scheme or bare.startswith("//")):
        return name == "link" and bool(scheme) and scheme[1] in {"http", "https"}
    return (scheme[1].lower() if scheme else "") in SCHEMES
