"""What becomes of an editor's posts when she leaves, and what she takes along.

A post that others wrote too stays with them. One of her own that everybody can read
stays where she leaves her notes, as a former editor's; else it goes, as drafts do.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Count

from ownjournal.collections.posts.models import Post
from ownjournal.collections.posts.writing import delete
from ownjournal.readers.models import Reader


def see_off(reader: Reader, keeps_notes: bool) -> None:
    """Within the erasure."""
    mine = Post.objects.filter(authors__reader=reader).values("pk")
    counted = Post.objects.filter(pk__in=mine).annotate(by=Count("authors"))
    alone = counted.filter(by=1)
    if keeps_notes:
        alone = alone.filter(published_at=None)
    for post in alone:
        delete(post)


def files(reader: Reader) -> Iterator[tuple[str, Iterable[str]]]:
    """Each post that she wrote, as typed."""
    for post in Post.objects.filter(authors__reader=reader).order_by("pk"):
        yield f"posts/{post.pk}.md", [f"# {post.title}\n\n", post.text or ""]
