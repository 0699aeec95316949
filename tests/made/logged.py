"""What a site writes to its log while a test runs, in both forms."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ownjournal.site.logs_lines import JsonLine, TextLine, WithoutPaths


class Logged(logging.Handler):
    """Lines of both forms, as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(WithoutPaths())
        self.written: list[str] = []  # in JSON
        self.text: list[str] = []
        self._json = JsonLine()
        self._text = TextLine("%(levelname)s %(name)s: %(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self._json.format(record))
        self.text.append(self._text.format(record))

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written]

    def of(self, event: str, *fields: str) -> list[tuple[Any, ...]]:
        """Fields of each event of this name."""
        rows = [each for each in self.events() if each["event"] == event]
        return [tuple(each[field] for field in fields) for each in rows]


@contextmanager
def logged() -> Iterator[Logged]:
    """Of the site's own modules and of Django's."""
    made = Logged()
    loggers = [logging.getLogger(name) for name in ("ownjournal", "django")]
    for each in loggers:
        each.addHandler(made)
    try:
        yield made
    finally:
        for each in loggers:
            each.removeHandler(made)
