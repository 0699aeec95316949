"""Addresses of static files that change when their content does.

Files are served from the package itself, so there is no collecting step that
could be forgotten after an upgrade. The address carries a hash of the content
(`/static/journal.css?v=…`), which lets browsers keep a file for a year.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStorage(StaticFilesStorage):
    """Static files by name and content."""

    def url(self, name: str | None) -> str:
        """The address to put into a page."""
        return _address(super().url, name)


@cache
def _address(plain: Callable[[str | None], str], name: str | None) -> str:
    """Worked out once, as each page has several."""
    address = plain(name)
    version = content_hash(name) if name else None
    return f"{address}?v={version}" if version else address


@cache
def content_hash(name: str) -> str | None:
    """Twelve hex digits; None for a file that is not there."""
    found = finders.find(name)
    if not isinstance(found, str):
        return None
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]
