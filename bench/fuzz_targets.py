"""What is fuzzed: each reads any bytes, and may end in its documented error only.

`TARGETS` names them. A target looks at what came out where something is promised
of it: a note's HTML keeps to the list, a query means the same when it is written
out and read again, an OpenURL stays within its length, a file has one line a field.
Those of `CONTROLS` have faults on purpose.
"""

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from bench.fuzz_articles import article_of
from made.note_html import violations
from ownjournal.appraisal.digest import digest
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue.safe_html import safe
from ownjournal.notes import dialect
from ownjournal.notes.dialect import TooHard
from ownjournal.notes.files import opening
from ownjournal.notes.files import reading as note_reading
from ownjournal.notes.files.front import NotRead
from ownjournal.notes.files.front import read as front_read
from ownjournal.pubmed import citation, openurl
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.exports.exported import Exported
from ownjournal.pubmed.exports.formats import FORMATS
from ownjournal.pubmed.markup import plain
from ownjournal.pubmed.outcome import Counts
from ownjournal.pubmed.records import read_records
from ownjournal.pubmed.refusal import FileRefused
from ownjournal.pubmed.styles.style import MAIN_STYLES, cite
from ownjournal.readers.post import bounces
from ownjournal.readers.post.identity import message_id
from ownjournal.readers.post.models import Letter
from ownjournal.readers.profile import pasted
from ownjournal.search import citation_reading, mapping, parser
from search.made_vocabulary import Dictionary

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
SMALL = 2_000  # characters of a note whose HTML html5lib still reads in no time
WORDS = Dictionary()


def records(data: bytes) -> None:
    """A file of PubMed XML; what was read is judged."""
    counts = Counts()
    with suppress(FileRefused):
        for each in read_records(io.BytesIO(data), counts):
            if isinstance(each, Article):
                judge(each)
                digest(each)
        assert counts.balanced()


def note(data: bytes) -> None:
    """A note in the dialect, in all three forms."""
    text = data.decode("utf-8", "replace")
    with suppress(TooHard):
        written = dialect.read(text, headings="all")
        html = written.html("note-1")
        written.mail_html("https://journal.test")
        written.plain()
        if len(html) < SMALL:
            assert violations(html) == []


def query(data: bytes) -> None:
    """What is typed into the search box."""
    text = data.decode("utf-8", "replace")
    citation_reading.read(text, WORDS)
    parsed = parser.parse(text)
    if parsed.query is None:
        return
    mapping.read_as(parsed.query, text, WORDS)
    again = parser.parse(str(parsed.query))
    assert again.query == parsed.query, (again, parsed)


def open_url(data: bytes) -> None:
    """What a link resolver is told."""
    article = article_of(data)
    pairs = openurl.context(article)
    assert openurl.length(pairs) <= openurl.LONGEST
    assert openurl.encoded(pairs).isascii()
    assert not any(sign < " " for _, value in pairs for sign in value), pairs


def cited(data: bytes) -> None:
    """A citation in every style written here."""
    article = article_of(data)
    for style in MAIN_STYLES:
        told = cite(article, style.id, "German")
        assert told.text
    assert citation.full(article, authors=3, language="German")


def exported(data: bytes) -> None:
    """The files of every format, with two articles."""
    two = [Exported(article_of(data), "It was."), Exported(article_of(data[::-1]))]
    for format in FORMATS.values():
        for part in format.write(two):
            part.encode()


def shown(data: bytes) -> None:
    """Markup of a record, as HTML and as plain text."""
    markup = article_of(data).title
    if markup is not None:
        html = str(safe(markup))
        assert "<script" not in html.lower()
        plain(markup)


def returned(data: bytes) -> None:
    """A mail that came back, to the first letter there is."""
    letter, _ = Letter.objects.get_or_create(
        kind="code", key="fuzz", address="a@b.test"
    )
    bounces.read(data.replace(b"MESSAGE-ID", message_id(letter).encode()))


def named(data: bytes) -> None:
    """A pasted text, RIS, BibTeX or nbib that names articles."""
    with suppress(pasted.NotText):
        text = pasted.text_of(data)
        pasted.read(text)
        pasted.unread(text)


def note_file(data: bytes) -> None:
    """One note of a zip."""
    with suppress(NotRead, UnicodeDecodeError):
        values, text = front_read(data.decode())
        note_reading.read(opening.NoteFile("a.md", values, text, ()), NOW)


def note_zip(data: bytes) -> None:
    """A zip of notes."""
    with suppress(opening.NoZip):
        opened = opening.Opened(io.BytesIO(data))
        for each in opened.notes():
            with suppress(NotRead):
                note_reading.read(each, NOW)
        opened.rest()


def planted(data: bytes) -> None:
    """A fault behind comparisons that chance does not pass."""
    if data[:1] == b"f" and data[1:2] == b"a" and data[2:3] == b"l" and len(data) > 3:
        raise RuntimeError("planted")


def endless(data: bytes) -> None:
    """A text that is never done, as an unlucky pattern makes it."""
    while data[:1] == b"f":
        data += b"a"
        data = data[:9]


def greedy(data: bytes) -> None:
    """More memory than anything here may have."""
    if data[:1] == b"f":
        GREED.append(bytes(1_000_000_000))


GREED: list[bytes] = []


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        *(records, note, query, open_url, cited, exported, shown),
        *(returned, named, note_file, note_zip),
    )
}
CONTROLS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (planted, endless, greedy)
}
"""Each must be found."""
