"""What a post shows: its text, with articles where a link to one stands alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from ownjournal.catalogue import relations
from ownjournal.catalogue.pages import Card, cards_by_pmid
from ownjournal.collections.addresses import slug_of
from ownjournal.collections.posts.models import Post
from ownjournal.collections.posts.writing import written
from ownjournal.notes.dialect import Written

ALONE = re.compile(r'<p><a href="/articles/([1-9][0-9]{0,8})">[^<]*</a></p>')
MOST_CARDS = 50  # of one post; further links stay links


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text, or an article; one of the two is None."""

    html: SafeString | None
    card: Card | None
    line: str | None = None  # an editor's, of a pick


@dataclass(frozen=True, slots=True)
class PostView:
    """A post: everything posts/body.html may use."""

    id: int
    title: str
    address: str
    authors: str
    tags: tuple[str, ...]
    on: date | None  # None: a draft
    changed_on: date | None  # where that was later
    pieces: tuple[Piece, ...]


def path_of(post: Post) -> str:
    """Its page."""
    return f"/posts/{post.pk}/{slug_of(post.title)}"


def authors_of(post: Post) -> str:
    """Their names in a row; of a post whose authors left, a former editor."""
    names = [str(each) for each in post.authors.all()]
    if len(names) < 2:
        return "".join(names) or "A former editor"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def post_view(post: Post) -> PostView:
    """The post as it stands."""
    read = written(post.text, post.dialect) if post.text is not None else None
    on = post.published_at.date() if post.published_at else None
    changed = post.updated_at.date()
    return PostView(
        id=post.pk,
        title=post.title,
        address=path_of(post),
        authors=authors_of(post),
        tags=tuple(each.name for each in post.tags.all()),
        on=on,
        changed_on=changed if on and changed > on else None,
        pieces=(*_picks(post), *(pieces(read, f"post-{post.pk}") if read else ())),
    )


def pieces(read: Written, prefix: str) -> tuple[Piece, ...]:
    """The text, cut where a link to an article stands alone in its paragraph."""
    html = read.html(prefix)
    pmids = [int(each) for each in ALONE.findall(html)][:MOST_CARDS]
    return tuple(_cut(html, cards_by_pmid(relations.get_many(pmids))))


def _cut(html: str, cards: Mapping[int, Card]) -> Iterator[Piece]:
    """The dialect has made it safe, and it is cut between its blocks alone."""
    start = 0
    for match in ALONE.finditer(html):
        found = cards.get(int(match[1]))
        if found is None:
            continue
        if html[start : match.start()]:
            yield Piece(mark_safe(html[start : match.start()]), None)
        yield Piece(None, found)
        start = match.end()
    if html[start:]:
        yield Piece(mark_safe(html[start:]), None)


def _picks(post: Post) -> Iterator[Piece]:
    rows = list(post.picks.all())
    cards = cards_by_pmid(relations.get_many([row.pmid for row in rows]))
    for row in rows:
        if row.pmid in cards:
            yield Piece(None, cards[row.pmid], row.line)
