"""A reader's collections, groups and tags, a row in each table that leads to her."""

from datetime import datetime, timedelta

from ownjournal.collections.groups.models import Group, GroupInvitation, Membership
from ownjournal.collections.models import (
    Collection,
    Curator,
    CuratorInvitation,
    Follower,
    Suggestion,
)
from ownjournal.collections.posts.models import Author, Editor, Post
from ownjournal.readers.models import Reader
from ownjournal.readers.responses.models import SavedTag

PMID = 99_100_001


def collect(reader: Reader, word: str, at: datetime) -> Collection:
    """Kept by her alone, as is her group; the word stands in all of it."""
    group = Group.objects.create(name=word, created_at=at)
    Membership.objects.create(group=group, reader=reader, role="owner", joined_at=at)
    collection = Collection.objects.create(
        title=word, created_at=at, updated_at=at, group=group, visibility="public"
    )
    Curator.objects.create(collection=collection, reader=reader, name=word, since_at=at)
    collection.articles.create(pmid=PMID, position=1, line=word, added_at=at)
    collection.changes.create(at=at, by=reader, what="added", pmid=PMID, detail=word)
    Suggestion.objects.create(
        collection=collection, reader=reader, pmid=PMID + 1, reason=word, made_at=at
    )
    Follower.objects.create(collection=collection, reader=reader, seen_at=at)
    invited = {
        "address": f"{word}@merrow.test",
        "by": reader,
        "made_at": at,
        "expires_at": at + timedelta(days=30),
    }
    GroupInvitation.objects.create(group=group, **invited)
    CuratorInvitation.objects.create(collection=collection, **invited)
    Editor.objects.create(reader=reader)
    post = Post.objects.create(title=word, text=word, created_at=at, updated_at=at)
    Author.objects.create(post=post, reader=reader, name=word)
    for saved in reader.saved.all():
        SavedTag.objects.create(saved=saved, name=word)
    return collection
