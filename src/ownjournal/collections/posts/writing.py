"""Who may write posts, and what is done to them.

Editors are equals: each may change every post. A post is a draft until it is
published; of two who keep a change at once the later one is told, and loses nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from msgspec import Struct

from ownjournal.collections.arranging import LONGEST_LINE, CannotArrange, one_line
from ownjournal.collections.posts.models import Author, Editor, Pick, Post, Tag
from ownjournal.notes.dialect import DIALECT, TooHard, Written, read
from ownjournal.notes.models import Signature
from ownjournal.readers.access import reader_of
from ownjournal.readers.models import Reader
from ownjournal.readers.responses import tagging
from ownjournal.readers.responses.saying import CannotSay

TITLE = 200  # characters
LONGEST = 60_000  # characters of a text, with all marks
PICKS = 3  # articles of a week
MOST_PICKS = 500  # that wait


class Typed(Struct, frozen=True):
    """A post as it stands in the form."""

    title: str
    text: str
    tags: str  # with commas between them
    name: str  # of the author who writes
    lines: tuple[tuple[int, str], ...] = ()  # of picks, by their ids


def is_editor(user: object) -> bool:
    """Whether this reader may write posts."""
    return isinstance(user, Reader) and (
        user.is_operator or Editor.objects.filter(reader=user).exists()
    )


def editor_or_404(request: HttpRequest) -> Reader:
    """The editor who asks; to others these pages are not there. Raises Http404."""
    reader = reader_of(request)
    if not is_editor(reader):
        raise Http404
    return reader


def published() -> QuerySet[Post]:
    """What everybody may read, the newest first."""
    return Post.objects.filter(published_at__isnull=False)


def written(text: str, dialect: int) -> Written:
    """A post's text as it reads. Raises TooHard."""
    return read(text, headings="all", dialect=dialect)


@transaction.atomic
def make(reader: Reader, text: str, at: datetime) -> Post:
    """A new draft with this title. Raises CannotArrange."""
    post = Post.objects.create(title=_title(text), created_at=at, updated_at=at)
    _sign(post, reader)
    return post


def _title(text: str) -> str:
    title = one_line(text, TITLE)
    if title is None:
        raise CannotArrange("Please give the post a title.")
    return title


def _sign(post: Post, reader: Reader) -> None:
    signs = Signature.objects.filter(reader=reader).first()
    name = signs.name if signs else None
    Author.objects.get_or_create(post=post, reader=reader, defaults={"name": name})


def checked(typed: Typed) -> tuple[str, str | None, tuple[str, ...]]:
    """Title, text and tags, as they can be kept. Raises CannotArrange."""
    text = typed.text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > LONGEST:
        raise CannotArrange(f"The text is longer than {LONGEST:,} characters.")
    try:
        written(text, DIALECT)
        tags = tagging.read(typed.tags)
    except (TooHard, CannotSay) as problem:
        raise CannotArrange(str(problem)) from None
    return _title(typed.title), text or None, tags


@transaction.atomic
def keep(post: Post, typed: Typed, seen: int, reader: Reader, at: datetime) -> Post:
    """Keep what was typed. Raises CannotArrange.

    seen    `edits` of the post when the writer began
    """
    row = Post.objects.select_for_update().get(pk=post.pk)
    if row.edits != seen:
        raise CannotArrange(
            "Somebody has changed this post meanwhile. Your text is below: look at "
            "theirs, and keep yours once more."
        )
    row.title, row.text, tags = checked(typed)
    row.dialect, row.updated_at, row.edits = DIALECT, at, row.edits + 1
    row.save()
    row.tags.exclude(name__in=tags).delete()
    Tag.objects.bulk_create(
        [Tag(post=row, name=each) for each in tags], ignore_conflicts=True
    )
    _sign(row, reader)
    row.authors.filter(reader=reader).update(name=one_line(typed.name, 100))
    for number, line in typed.lines:
        row.picks.filter(pk=number).update(line=one_line(line, LONGEST_LINE))
    return row


def publish(post: Post, at: datetime) -> None:
    """For everybody from now on; again changes no date. Raises CannotArrange."""
    if post.text is None and not post.picks.exists():
        raise CannotArrange("There is nothing to read in it yet.")
    Post.objects.filter(pk=post.pk, published_at=None).update(published_at=at)


def withdraw(post: Post) -> None:
    """A draft again."""
    Post.objects.filter(pk=post.pk).update(published_at=None)


@transaction.atomic
def delete(post: Post) -> None:
    """Its picks wait again, but those of articles that were picked anew."""
    waiting = Pick.objects.filter(post=None).values_list("pmid", flat=True)
    post.picks.filter(pmid__in=list(waiting)).delete()
    post.picks.update(post=None, position=0)
    post.delete()


def pick(reader: Reader, pmid: int, text: str, at: datetime) -> None:
    """Remember an article to tell of, or give it another line. Raises CannotArrange."""
    line, waiting = one_line(text, LONGEST_LINE), Pick.objects.filter(post=None)
    if waiting.count() >= MOST_PICKS:
        raise CannotArrange(f"{MOST_PICKS} picks wait, the most we allow.")
    waiting.update_or_create(
        pmid=pmid, defaults={"line": line, "by": reader, "picked_at": at}
    )


@transaction.atomic
def of_picks(reader: Reader, numbers: Sequence[int], at: datetime) -> Post:
    """A draft of the picks with these ids, in this order. Raises CannotArrange."""
    rows = Pick.objects.select_for_update().filter(pk__in=numbers, post=None)
    by_id = {row.pk: row for row in rows}
    chosen = [by_id[each] for each in dict.fromkeys(numbers) if each in by_id]
    if not 1 <= len(chosen) <= PICKS:
        raise CannotArrange(f"Please choose one to {PICKS} of the picks.")
    count = ("One article", "Two articles", "Three articles")[len(chosen) - 1]
    post = make(reader, f"{count} this week, {at:%-d %B %Y}", at)
    Post.objects.filter(pk=post.pk).update(kind=Post.Kind.PICKS)
    for place, row in enumerate(chosen, start=1):
        row.post, row.position = post, place
        row.save(update_fields=["post", "position"])
    return post
