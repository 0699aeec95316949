"""An issue as plain text, 78 columns wide: the first form of every mail."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ownjournal.catalogue.pages import Card
from ownjournal.issues.pages import IssuePage, NoticeLine, Piece

COLUMNS = 78
RULE = "-" * COLUMNS
INDENT = "  "
KEPT = 20_000  # filled texts: the titles, sources and digests of 4,000 articles
EXAMPLE = "These are invented example articles. They are no evidence of anything."


def mail_text(
    page: IssuePage,
    *,
    site_name: str,
    site_url: str,
    email: str,
    leave: str,
    coming: str | None,
    digests: bool,
) -> str:
    """The whole mail; only an address may be longer than a line."""
    parts = [
        _head(page, site_name, site_url),
        *_notices(page.notices, site_url),
        *_pieces("Lead article", (page.lead,) if page.lead else (), site_url, digests),
    ]
    for group in page.groups:
        heading = f"For your practice: {group.name}"
        parts += _pieces(heading, group.pieces, site_url, digests)
    parts += _pieces("Outside your interests", page.outside, site_url, digests)
    parts += _pieces(
        "To explore: near your interests", page.exploration, site_url, digests
    )
    parts += [
        f"{RULE}\n\nYou have reached the end of this issue.",
        *(_filled(each) for each in (coming, page.fresh) if each),
        _filled(
            "Citations are from PubMed. What is said about an article’s worth is "
            "worked out by rules and is no medical advice."
        ),
        f"{_filled(f'Made for {email} by {site_name}.')}\n"
        f"Change your interests: {site_url}/interests\n"
        f"Stop these mails: {leave}",
    ]
    return "\n\n".join(parts) + "\n"


def _head(page: IssuePage, site_name: str, site_url: str) -> str:
    lines = [
        f"{site_name}, issue {page.number}",
        page.date,
        f"{page.count}, {page.considered}",
        f"{site_url}/issues/{page.number}",
    ]
    if page.example:
        example = (
            "These are invented example articles. They are no evidence of anything."
        )
        lines += ["", _filled(example)]
    lines += [f"\n{_filled(each)}" for each in (page.makes_up, page.missing) if each]
    return "\n".join(lines)


def _notices(notices: Sequence[NoticeLine], site_url: str) -> Iterator[str]:
    if notices:
        yield _heading("Notices")
    for each in notices:
        yield "\n".join(
            (
                _filled(f"{each.name}: {each.title}"),
                _filled(f"{each.reason} {_where_seen(each)}"),
                site_url + each.address,
            )
        )


def _where_seen(notice: NoticeLine) -> str:
    if notice.shown_in is not None:
        return f"You saw it in issue {notice.shown_in}."
    return "You wrote a note on it." if notice.noted else "You saved it."


def _pieces(
    heading: str, pieces: Sequence[Piece], site_url: str, digests: bool
) -> Iterator[str]:
    if pieces:
        yield _heading(heading)
    for each in pieces:
        yield "\n".join(_piece(each, site_url, digests))


def _piece(piece: Piece, site_url: str, digests: bool) -> Iterator[str]:
    yield _same(piece.title)
    if piece.card is None:
        yield _filled("PubMed no longer has this article.", first=INDENT)
    elif piece.card.integrity is not None:
        yield _filled(f"*** {piece.card.integrity.name} ***", first=INDENT)
    if piece.byline:
        yield _same(piece.byline, first=INDENT)
    if piece.facts:
        yield _filled(piece.facts, first=INDENT)
    yield ""
    yield _filled(f"Why it is here: {piece.why}", first=INDENT)
    if digests and piece.card is not None:
        yield from _gist(piece.card, site_url)
    yield ""
    yield f"{INDENT}{site_url}/articles/{piece.pmid}"
    if piece.answer is not None:
        yield f"{INDENT}Save, more or less like this, already knew:"
        yield f"{INDENT}{site_url}{piece.answer}"


def _gist(card: Card, site_url: str) -> Iterator[str]:
    """The note that leads the article, or its digest."""
    note = card.note
    if note is None:
        for sentence in card.digest:
            yield ""
            yield _same(f"{sentence.role}: {sentence.text}", first=INDENT)
        return
    yield ""
    yield _filled(f"{note.kind} by {note.byline}:", first=INDENT)
    for line in note.plain.splitlines():
        yield _filled(line, first=INDENT * 2).rstrip()
    if note.conflict:
        yield _filled(f"Interests: {note.conflict}", first=INDENT * 2)
    if not note.is_whole:
        yield f"{INDENT * 2}{site_url}{note.address}"


def _heading(text: str) -> str:
    return f"{RULE}\n{_filled(text.upper())}"


def _filled(text: str, first: str = "") -> str:
    """Lines of at most 78 columns, the later ones under the text of the first.

    As the standard library fills, in a tenth of its time.
    """
    lines, line, room = [], "", COLUMNS - len(first)
    for word in text.split():
        if line and len(line) + len(word) >= room:
            lines.append(first + line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join((*lines, first + line))


_same = lru_cache(maxsize=KEPT)(_filled)
"""The same, of what every reader's mail says of an article."""
