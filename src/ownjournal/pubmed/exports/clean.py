"""Text from outside, made safe for a line of a file.

The rule, of every value that an export writes:

* What ends a line for any program (line breaks, form feeds, the separators
  U+001C to U+001F, U+0085, U+2028, U+2029) and tabs become one space, together
  with the spaces around them. No value can begin a line of its own.
* Other control characters, characters that turn the direction of what follows
  (U+202A to U+202E, U+2066 to U+2069), halves of surrogate pairs and what is no
  character (U+FEFF, U+FFFE, U+FFFF) go.
* Everything else stays, in its own script.
"""

import re

from ownjournal.pubmed.article import Abstract, Markup, OtherAbstract, Section
from ownjournal.pubmed.markup import plain

_LINE_ENDS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_GONE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def line(text: str | None) -> str | None:
    """The text on one line by the rule above; None where nothing is left."""
    if not text:
        return None
    if not text.isprintable():
        parts = (part.strip(" ") for part in _LINE_ENDS.split(_GONE.sub("", text)))
        text = " ".join(part for part in parts if part)
    return text.strip() or None


def one_line(text: str) -> str:
    """The line with single spaces, "" where nothing is left: for what people type."""
    return " ".join((line(text) or "").split())


def words(text: Markup | None) -> str | None:
    """The text without markup, on one line."""
    return line(plain(text)) if text else None


def paragraphs(abstract: Abstract | OtherAbstract | None) -> tuple[str, ...]:
    """The sections of an abstract, each on one line: "METHODS: We …"."""
    if abstract is None:
        return ()
    found = map(_paragraph, abstract.sections)
    return tuple(each for each in found if each)


def _paragraph(section: Section) -> str | None:
    text, label = words(section.text), line(section.label)
    return f"{label}: {text}" if label and text else text
