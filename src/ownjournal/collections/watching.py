"""What became of articles in collections: retracted, corrected, gone; told to curators.

A page shows it at once, as it reads the catalogue. This step of the worker follows the
store's revision: what changed since it last looked, and what a notice now links, is
put into the history of each collection and into one mail to each of its curators.
Each state of an article is told once; what was known when it was added is no news.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.catalogue import relations, store
from ownjournal.catalogue.models import Article
from ownjournal.catalogue.titles import titles_by_pmid
from ownjournal.collections import history
from ownjournal.collections.addresses import path_of, whole
from ownjournal.collections.models import Change, Collected, Collection, Watched
from ownjournal.issues.news import TAKEN_BACK, Linked
from ownjournal.readers.post import letters
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter

AT_ONCE = 400  # articles in one question
MOST_IN_MAIL = 50  # articles that one mail names
WHAT = {
    "retracted": "retracted",
    "withdrawn": "retracted",
    "concern": "concern",
    "corrected": "corrected",
    "republished": "corrected",
    TAKEN_BACK: "gone",
}
"""States that are news, and what the history calls them."""
WORD = {
    "retracted": "retracted or withdrawn",
    "concern": "an expression of concern was published",
    "corrected": "a correction was published",
    "gone": "NLM has taken it back",
    "cleared": "nothing is known against it any more",
}


def look() -> int:
    """Look at what changed since the last time; how many collections have news."""
    revision = store.revision()
    Watched.objects.get_or_create(pk=1)
    with transaction.atomic():
        watched = Watched.objects.select_for_update().get(pk=1)
        if watched.revision >= revision:
            return 0
        news = _news(sorted(_changed(watched.revision, revision)))
        told = [_tell(each, news[each], revision) for each in sorted(news)]
        watched.revision = revision
        watched.save()
    return sum(told)


def _changed(after: int, up_to: int) -> set[int]:
    """Collected ones that changed at `after < r <= up_to`, or that a notice links."""
    collected = Collected.objects.order_by().values_list("pmid", flat=True).distinct()
    rows = Article.objects.filter(
        pk__in=collected, revision__gt=after, revision__lte=up_to
    )
    return {*rows.values_list("pk", flat=True)} | Linked().among(list(collected))


def _news(pmids: Sequence[int]) -> dict[int, dict[int, str | None]]:
    """By collection and article, the state that its curators do not know yet."""
    news: dict[int, dict[int, str | None]] = defaultdict(dict)
    for start in range(0, len(pmids), AT_ONCE):
        states = _states(pmids[start : start + AT_ONCE])
        for row in Collected.objects.filter(pmid__in=states):
            state = states[row.pmid]
            if state == row.told or not WHAT.keys() & {state, row.told}:
                continue
            news[row.collection_id][row.pmid] = state
    return news


def _states(pmids: Sequence[int]) -> dict[int, str | None]:
    """The integrity of each as of now."""
    kept = relations.get_many(pmids)
    return {
        pmid: kept[pmid].appraisal.integrity if pmid in kept else TAKEN_BACK
        for pmid in pmids
    }


def _tell(collection_id: int, states: Mapping[int, str | None], revision: int) -> bool:
    """Whether it is there yet, with such an article; from now on its curators know."""
    rows = Collection.objects.select_for_update()  # as all who change one
    collection = rows.filter(pk=collection_id).first()
    if collection is None:
        return False
    changes = [
        Change(what=WHAT.get(state or "", "cleared"), pmid=pmid)
        for pmid, state in states.items()
        if collection.articles.filter(pmid=pmid).update(told=state)
    ]
    if changes:
        history.note_many(collection, changes, timezone.now())
        _write(collection, changes, revision)
    return bool(changes)


def _write(collection: Collection, changes: Sequence[Change], revision: int) -> None:
    told = [(change.pmid, change.what) for change in changes]
    for curator in collection.curators.select_related("reader"):
        letters.put(
            "collection-news",
            f"{collection.pk} {revision} {curator.reader_id}",
            reader=curator.reader,
            details={"collection": collection.pk, "news": told},
        )


def mail(letter: Letter) -> Mail | None:
    """The news of one collection; None where the reader keeps it no longer."""
    collection = Collection.objects.filter(
        pk=letter.details.get("collection"), curators__reader=letter.reader_id
    ).first()
    if collection is None:
        return None
    news = [(int(pmid), str(what)) for pmid, what in letter.details["news"]]
    context = {
        "title": collection.title,
        "lines": _lines(news[:MOST_IN_MAIL]),
        "more": max(len(news) - MOST_IN_MAIL, 0),
        "address": whole(path_of(collection)),
    }
    grave = any(what in GRAVE for _, what in news)
    return Mail(
        subject=("Retracted: news of" if grave else "News of")
        + f" your collection “{collection.title}”",
        text=render_to_string("collections/mail/news.txt", context),
    )


def _lines(news: Sequence[tuple[int, str]]) -> list[str]:
    titles = titles_by_pmid(pmid for pmid, _ in news)
    return [
        f"{titles[pmid]}: {WORD[what]}. {whole(f'/articles/{pmid}')}"
        for pmid, what in news
    ]
