"""The buttons beside an article: their contract.

Each is in a small form that works without a script; responses.js changes the one
article in place.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ownjournal.pubmed.article import Article
from ownjournal.ranking.candidate import names_of
from ownjournal.readers.models import Interest
from ownjournal.readers.naming import is_name
from ownjournal.readers.responses.models import Response
from ownjournal.readers.responses.state import State

TOPICS = 12  # main points of an article that can be followed from its page
AUTHORS = 6  # the first ones; and the last
KINDS = {
    Interest.Kind.TOPIC.value: "Topic",
    Interest.Kind.WORDS.value: "Words",
    Interest.Kind.JOURNAL.value: "Journal",
    Interest.Kind.AUTHOR.value: "Author",
}


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to say; pressed where it was said, and then it takes it back."""

    deed: str
    name: str
    pressed: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic, journal, author or words, to be followed or muted."""

    code: str  # "topic:D005334"
    kind: str  # "Topic"
    name: str
    follows: bool
    mutes: bool


@dataclass(frozen=True, slots=True)
class ArticleButtons:
    """Everything readers/article_buttons.html may use."""

    pmid: int
    title: str  # plain
    buttons: tuple[Button, ...]
    subjects: tuple[Subject, ...]
    whole: bool  # on the article's own page
    back: str  # the path of the page it stands on


def article_buttons(
    pmid: int,
    title: str,
    state: State,
    *,
    back: str,
    subjects: tuple[Subject, ...],
    whole: bool = False,
) -> ArticleButtons:
    """The buttons as the reader's state has them."""
    return ArticleButtons(
        pmid=pmid,
        title=title,
        buttons=tuple(_buttons(state.said(pmid), state.is_read(pmid), whole)),
        subjects=subjects,
        whole=whole,
        back=back,
    )


def _buttons(said: str | None, is_read: bool | None, whole: bool) -> Iterator[Button]:
    """An article's own page has a button of the reading log to say that it was read."""
    if is_read is None:
        yield Button("save", "Save", pressed=False)
    else:
        yield Button("unsave", "Save", pressed=True)
    if is_read is not None and not whole:
        yield Button("unread" if is_read else "read", "Read", pressed=is_read)
    for kind in Response.Kind:
        pressed = said == kind
        yield Button("unsay" if pressed else kind.value, kind.label, pressed)


def subject(kind: str, value: str, name: str, state: State) -> Subject:
    """A thing with what the reader wants of it."""
    return Subject(
        code=f"{kind}:{value}",
        kind=KINDS[kind],
        name=name,
        follows=state.follows(kind, value),
        mutes=state.mutes(kind, value),
    )


def journal_subjects(
    nlm_id: str | None, name: str | None, state: State
) -> tuple[Subject, ...]:
    """The journal of a card; none for a book, or a journal without a number."""
    if nlm_id is None or name is None:
        return ()
    return (subject(Interest.Kind.JOURNAL, nlm_id, name, state),)


def article_subjects(
    article: Article, journal: str | None, state: State
) -> tuple[Subject, ...]:
    """What an article's own page offers: journal, main topics, authors.

    `journal` is its name as the page has it.
    """
    nlm_id = article.journal.nlm_id if article.journal else None
    topics = [each for each in article.mesh if each.ui and each.is_major()]
    return (
        *journal_subjects(nlm_id, journal, state),
        *(
            subject(Interest.Kind.TOPIC, each.ui, each.name, state)
            for each in topics[:TOPICS]
            if each.ui is not None
        ),
        *(
            subject(Interest.Kind.AUTHOR, name, name, state)
            for name in _authors(article)
        ),
    )


def _authors(article: Article) -> list[str]:
    names = list(dict.fromkeys(name for name in names_of(article) if is_name(name)))
    return names if len(names) <= AUTHORS + 1 else [*names[:AUTHORS], names[-1]]
