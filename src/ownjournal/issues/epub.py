"""An issue as a book, /issues/N.epub: EPUB 3 with nothing from elsewhere in it.

Chapters are the parts of the page. They are made as HTML and written as XML by
lxml, so that they are well formed whatever a title holds. The same issue gives the
same bytes for as long as the catalogue says the same of it.

Format: https://www.w3.org/TR/epub-33/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from lxml import html

from ownjournal.issues.models import Issue
from ownjournal.issues.pages import IssuePage, Piece, issue_page
from ownjournal.readers.access import reader_of, signed_in

MEDIA_TYPE = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf"
media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
STYLE = """body { line-height: 1.4; }
h1, h2, h3 { line-height: 1.2; }
.meta { font-size: 0.85em; }
.why { font-style: italic; }
.grave { font-weight: bold; }
.note { margin: 0.5em 0; }
dt { font-weight: bold; }
dd { margin: 0 0 0.5em; }
"""
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the issue; everything epub.html may use beside the page."""

    name: str  # of its file, "part-1"
    title: str
    pieces: tuple[Piece, ...]
    is_first: bool = False
    is_last: bool = False


@never_cache
@signed_in
@require_safe
def download(request: HttpRequest, number: int) -> HttpResponse:
    """The reader's own issue as a file."""
    issues = Issue.objects.select_related("reader")
    issue = issues.filter(reader=reader_of(request), number=number).first()
    if issue is None:
        raise Http404
    name = f'attachment; filename="issue-{number}.epub"'
    headers = {"Content-Disposition": name}
    return HttpResponse(book(issue), content_type=MEDIA_TYPE, headers=headers)


def book(issue: Issue) -> bytes:
    """The whole file."""
    page = issue_page(issue)
    chapters = list(_chapters(page))
    made = BytesIO()
    with ZipFile(made, "w") as file:
        _add(file, issue, "mimetype", MEDIA_TYPE, ZIP_STORED)  # first, and as it is
        _add(file, issue, "META-INF/container.xml", CONTAINER)
        _add(file, issue, "EPUB/package.opf", _package(issue, page, chapters))
        nav = _xhtml("issues/epub_nav.html", page=page, chapters=chapters)
        _add(file, issue, "EPUB/nav.xhtml", nav)
        _add(file, issue, "EPUB/style.css", STYLE)
        for each in chapters:
            text = _xhtml("issues/epub.html", page=page, chapter=each)
            _add(file, issue, f"EPUB/{each.name}.xhtml", text)
    return made.getvalue()


def _chapters(page: IssuePage) -> Iterator[Chapter]:
    """Front page, parts in the order of the page, and the end."""
    parts: list[tuple[str, tuple[Piece, ...]]]
    parts = [("Lead article", (page.lead,) if page.lead else ())]
    parts += [(group.name, group.pieces) for group in page.groups]
    parts += [
        ("Outside your interests", page.outside),
        ("To explore: near your interests", page.exploration),
    ]
    yield Chapter("front", f"Issue {page.number}", (), is_first=True)
    filled = [part for part in parts if part[1]]
    for number, (title, pieces) in enumerate(filled, start=1):
        yield Chapter(f"part-{number}", _xml(title), pieces)
    yield Chapter("end", "The end of this issue", (), is_last=True)


def _package(issue: Issue, page: IssuePage, chapters: list[Chapter]) -> str:
    context = {
        "page": page,
        "chapters": chapters,
        "site_name": settings.SITE_NAME,
        "id": f"{settings.SITE_URL}/issues#{issue.pk}",
        "modified": f"{issue.compiled_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    return _xml(render_to_string("issues/epub.opf", context))


def _xhtml(template: str, **context: object) -> str:
    """A page of HTML as well-formed XML."""
    names = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    page = html.document_fromstring(_xml(render_to_string(template, context | names)))
    html.html_to_xhtml(page)
    page.attrib.update({"lang": "en"})
    text = html.etree.tostring(page, encoding="unicode", method="xml")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'


def _xml(text: str) -> str:
    """Without what XML cannot hold."""
    return NO_XML.sub("", text)


def _add(
    file: ZipFile, issue: Issue, name: str, text: str, how: int = ZIP_DEFLATED
) -> None:
    at = issue.compiled_at.astimezone(UTC).timetuple()[:6]
    info = ZipInfo(name, date_time=at)
    info.compress_type = how
    file.writestr(info, text.encode())
