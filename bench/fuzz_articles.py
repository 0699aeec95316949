"""An article of any bytes: a line for each fact, so that small changes stay small."""

from collections.abc import Iterator

from ownjournal.pubmed.article import (
    Abstract,
    Article,
    ArticleDate,
    Author,
    Book,
    Correction,
    Identifiers,
    Journal,
    JournalIssue,
    Keyword,
    Markup,
    MeshHeading,
    Pagination,
    PubDate,
    PublicationType,
    Section,
)


def article_of(data: bytes) -> Article:
    """The lines of a text fill the fields in one order; an empty line is None."""
    line = _lines(data)
    head = next(line) or ""
    book = "book" in head
    article = Article(
        pmid=_number(head, 1, 99_999_999) or 1,
        title=_markup(next(line)),
        vernacular_title=_markup(next(line)),
        journal=None if book else _journal(line),
        journal_issue=None if book else _issue(line),
        book=_book(line) if book else None,
        pagination=Pagination(next(line), next(line), next(line)),
        identifiers=Identifiers(next(line), next(line), next(line)),
        abstract=Abstract((Section(Markup(next(line) or "-"), next(line)),)),
        languages=tuple(filter(None, (next(line), next(line)))),
        publication_types=_types(line),
        publication_model=next(line),
        publication_status=next(line),
        article_dates=(ArticleDate("Electronic", _date(line)),),
        corrections=_corrections(line),
        keywords=tuple(Keyword(Markup(each), None) for each in _some(line)),
        mesh=tuple(MeshHeading(None, each) for each in _some(line)),
        authors_complete="al" not in head,
        authors=_authors(line),
    )
    return article


def _lines(data: bytes) -> Iterator[str | None]:
    """Lines without control signs, as XML has none; then None without end."""
    for each in data[:20_000].decode("utf-8", "replace").split("\n"):
        yield "".join(sign for sign in each if sign >= " ") or None
    while True:
        yield None


def _some(line: Iterator[str | None]) -> list[str]:
    return [each for each in (next(line), next(line)) if each]


def _number(text: str | None, least: int, most: int) -> int | None:
    digits = "".join(sign for sign in text or "" if sign in "0123456789")[:8]
    return int(digits) if digits and least <= int(digits) <= most else None


def _markup(text: str | None) -> Markup | None:
    return None if text is None else Markup(text)


def _date(line: Iterator[str | None]) -> PubDate:
    """ "2024-6-3 Summer" in three lines: numbers, season, as printed."""
    parts = [*(next(line) or "").split("-"), "", "", ""]
    year, month = _number(parts[0], 1, 9999), _number(parts[1], 1, 12)
    day = _number(parts[2], 1, 28) if month else None
    return PubDate(year, month if year else None, day if year else None, *_two(line))


def _two(line: Iterator[str | None]) -> tuple[str | None, str | None]:
    return next(line), next(line)


def _journal(line: Iterator[str | None]) -> Journal:
    return Journal(*(next(line) for _ in range(5)), issn_medium=next(line))


def _issue(line: Iterator[str | None]) -> JournalIssue:
    return JournalIssue(_date(line), next(line), next(line))


def _book(line: Iterator[str | None]) -> Book:
    return Book(
        title=_markup(next(line)),
        publisher=next(line),
        place=next(line),
        date=_date(line),
        edition=next(line),
        isbns=tuple(_some(line)),
        editors=(_author(next(line) or "Quill|A"),),
        contributed_on=_date(line),
    )


def _types(line: Iterator[str | None]) -> tuple[PublicationType, ...]:
    return tuple(PublicationType(each, each) for each in _some(line))


def _corrections(line: Iterator[str | None]) -> tuple[Correction, ...]:
    kind = next(line)
    if kind is None:
        return ()
    return (Correction(kind, next(line), _number(next(line), 1, 99_999_999)),)


def _authors(line: Iterator[str | None]) -> tuple[Author, ...]:
    """One a line until an empty one: "Quill|Ada B|AB|Jr", or "=" and a group."""
    found = []
    for each in iter(line.__next__, None):
        assert each is not None
        found.append(_author(each))
    return tuple(found[:30])


def _author(text: str) -> Author:
    if text.startswith("=") and text != "=":
        return Author(group=Markup(text[1:]))
    parts = [each or None for each in [*text.split("|"), "", "", ""][:4]]
    return Author(*parts)
