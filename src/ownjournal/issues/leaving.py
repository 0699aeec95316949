"""A reader's issues as pages that need nothing else: for the export."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.template.loader import render_to_string

from ownjournal.issues.models import Issue
from ownjournal.issues.pages import issue_page
from ownjournal.readers.models import Reader


def files(reader: Reader) -> Iterator[tuple[str, Iterable[str]]]:
    """Each issue, the first one first; one is made at a time."""
    issues = Issue.objects.filter(reader=reader).select_related("reader")
    for issue in issues.order_by("number").iterator(chunk_size=20):
        context = {
            "page": issue_page(issue),
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
        }
        page = render_to_string("issues/kept.html", context)
        yield f"issues/issue-{issue.number:04}.html", [page]
