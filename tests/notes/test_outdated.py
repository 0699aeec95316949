"""Notes that may be outdated: why, who is told, and how the mark goes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from msgspec.structs import replace

from made.articles import an_article
from made.notes import a_note
from made.shelf import shelve
from ownjournal.catalogue import following, retractions
from ownjournal.notes import outdated
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.models import Helpful, LookedAt
from ownjournal.pubmed.article import (
    Article,
    ArticleId,
    Correction,
    JournalIssue,
    MeshHeading,
    PubDate,
    PublicationType,
    Reference,
)
from ownjournal.pubmed.retraction_list import Entry
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.models import Letter

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
REVIEW = PublicationType("D000078182", "Systematic Review")
RETRACTION = PublicationType("D016440", "Retraction Notice")
FEVER = MeshHeading("D005334", "Fever", major=True)


@pytest.fixture(autouse=True)
def own_index(tmp_path: Any, settings: Any) -> Any:
    settings.DATA_DIR = tmp_path
    following.index.cache_clear()
    yield
    following.index.cache_clear()


def look() -> int:
    following.follow(following.index())
    return outdated.look(NOW, lambda: False)


def because(note: Note) -> str | None:
    note.refresh_from_db()
    assert (note.outdated_at is None) == (note.outdated_because is None)
    return note.outdated_because


def mails() -> list[tuple[str, str]]:
    """To whom, and what about, if all left now."""
    rows = Letter.objects.order_by("pk").select_related("reader")
    made = [(row.to().partition("@")[0], letters.make(row)) for row in rows]
    return [
        (to, mail.subject.partition(" on ")[0]) for to, mail in made if mail is not None
    ]


def a_review(pmid: int = 99_400_900, **changes: Any) -> Article:
    made = an_article(
        **{
            "pmid": pmid,
            "title": "Velotrine for fever after falls: a systematic review.",
            "publication_types": (REVIEW,),
            "journal_issue": JournalIssue(PubDate(2026, 10)),
            **changes,
        }
    )
    return made


def citing(article: Article) -> tuple[Reference, ...]:
    return (Reference("As was seen.", (ArticleId("pubmed", str(article.pmid)),)),)


@pytest.fixture
def note(article: Article, alice: Reader) -> Note:
    made = a_note(author=alice)
    assert look() == 0
    return made


def test_a_retraction_marks_the_note_and_tells_author_and_who_found_it_helpful(
    article: Article, note: Note, bob: Reader
) -> None:
    Helpful.objects.create(note=note, reader=bob, marked_at=NOW)
    link = Correction("RetractionIn", "Lancet. 2026", 99_400_777, None)
    shelve(replace(article, corrections=(link,)))

    assert look() == 1

    assert because(note) == "The article has been retracted."
    assert mails() == [
        ("alice", "Your note may be outdated"),
        ("bob", "A note may be outdated"),
    ]
    assert look() == 0
    assert Letter.objects.count() == 2


def test_a_notice_alone_marks_it_before_the_record_says_so(
    article: Article, note: Note
) -> None:
    link = Correction("RetractionOf", None, article.pmid, None)
    shelve(
        an_article(
            pmid=99_400_777, publication_types=(RETRACTION,), corrections=(link,)
        )
    )

    assert look() == 1
    assert because(note) == "The article has been retracted."


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("concern", "An expression of concern was published about the article."),
        ("corrected", "The article has been corrected."),
    ],
)
def test_the_list_of_retractions_counts_too(
    article: Article, note: Note, entry: Any, told: str
) -> None:
    retractions.load([Entry(entry, article.pmid, None)], "list", now=NOW, shrunk=True)

    look()

    assert because(note) == told


def test_what_was_known_before_the_first_note_is_no_news(
    article: Article, alice: Reader
) -> None:
    look()
    link = Correction("ErratumIn", None, 99_400_777, None)
    shelve(replace(article, corrections=(link,)))
    note = a_note(author=alice)

    assert [look(), look()] == [0, 0]
    assert because(note) is None


def test_a_newer_systematic_review_that_cites_the_article_marks_it(
    article: Article, note: Note
) -> None:
    shelve(
        a_review(
            title="Nothing alike at all: a systematic review.",
            references=citing(article),
        )
    )

    assert look() == 1

    assert because(note) == (
        "A newer systematic review is here: "
        "Nothing alike at all: a systematic review (PMID 99400900)."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"journal_issue": JournalIssue(PubDate(2024))},  # the article is of 2025
        {"publication_types": (), "title": "Velotrine, a story."},
    ],
)
def test_other_articles_that_come_in_mark_nothing(
    article: Article, note: Note, changes: dict[str, Any]
) -> None:
    shelve(
        a_review(
            **{
                "title": "Of bees: a systematic review.",
                "abstract": "Honey was sought in many hives.",
                "references": citing(article),
                **changes,
            }
        )
    )

    assert look() == 0


def test_a_review_that_was_here_before_the_note_is_no_news_when_it_changes(
    article: Article, alice: Reader
) -> None:
    shelve(a_review(references=citing(article)))
    note = a_note(author=alice)
    look()
    shelve(a_review(references=citing(article), title="A systematic review, mended."))

    assert look() == 0
    assert because(note) is None


def test_the_review_that_is_most_like_the_article_marks_it(alice: Reader) -> None:
    """Without citing it, as most new records do; a less similar one does not."""
    words = "Velotrine quells fever after falls in villages of Merrow, we found."
    shelve(
        an_article(
            pmid=99_400_001,
            title="Velotrine for fever after falls in Merrow",
            abstract=words,
            mesh=(FEVER,),
        ),
        *(
            an_article(
                pmid=99_400_100 + number,
                title=f"Bees of hill {number}",
                abstract=f"Honey number {number} was sweet.",
            )
            for number in range(20)
        ),
    )
    note = a_note(author=alice)
    look()
    bees = "Honey of hills: a systematic review."
    shelve(a_review(99_400_800, title=bees, abstract="Honey was sweet on hills."))
    assert look() == 0
    shelve(
        a_review(
            title="Velotrine for fever after falls in Merrow: a systematic review.",
            abstract=words,
            mesh=(FEVER,),
        )
    )

    assert look() == 1

    assert "PMID 99400900" in (because(note) or "")


def test_a_passed_review_date_marks_it_once(article: Article, note: Note) -> None:
    Note.objects.update(review_on=date(2026, 11, 30))

    assert [look(), look()] == [1, 0]

    assert because(note) == "It was to be looked at again by 30 November 2026."
    assert mails() == [("alice", "Your note may be outdated")]


def test_its_authors_word_takes_the_mark_away_until_something_else_happens(
    article: Article, note: Note
) -> None:
    first = Correction("ErratumIn", None, 99_400_777, None)
    shelve(replace(article, corrections=(first,)))
    look()
    note.refresh_from_db()

    outdated.confirm(note, NOW)

    assert [look(), because(note)] == [0, None]
    assert note.review_on == date(2028, 11, 30)
    assert mails() == []  # what has not left yet leaves no more
    second = Correction("RetractionIn", None, 99_400_778, None)
    shelve(replace(article, corrections=(first, second)))
    assert look() == 1
    assert mails() == [("alice", "Your note may be outdated")]


def test_the_graver_reason_stands(article: Article, note: Note) -> None:
    shelve(a_review(references=citing(article)))
    look()
    shelve(replace(article, corrections=(Correction("RetractionIn", None, 7, None),)))
    assert look() == 1
    assert because(note) == "The article has been retracted."

    shelve(a_review(99_400_901, references=citing(article)))

    assert look() == 0
    assert because(note) == "The article has been retracted."


def test_private_notes_are_marked_too_and_deleted_ones_left_alone(
    article: Article, alice: Reader
) -> None:
    private = a_note(author=alice, visibility="private")
    gone = a_note(author=alice, deleted_at=NOW)
    former = a_note(author=None)
    look()
    shelve(replace(article, corrections=(Correction("RetractionIn", None, 7, None),)))

    assert look() == 2

    assert because(gone) is None
    assert because(private) == because(former) is not None
    assert [to for to, _ in mails()] == ["alice"]


def test_a_worker_that_is_stopped_goes_on_where_it_was(
    article: Article, note: Note
) -> None:
    shelve(replace(article, corrections=(Correction("RetractionIn", None, 7, None),)))
    following.follow(following.index())
    before = LookedAt.objects.get().revision

    assert outdated.look(NOW, lambda: True) == 0
    assert LookedAt.objects.get().revision == before

    assert look() == 1


def test_who_took_the_mark_off_or_cannot_see_the_note_is_told_nothing(
    article: Article, note: Note, bob: Reader
) -> None:
    Helpful.objects.create(note=note, reader=bob, marked_at=NOW)
    Note.objects.update(review_on=date(2026, 1, 1))
    look()
    assert len(mails()) == 2

    Note.objects.update(visibility="private")
    assert [to for to, _ in mails()] == ["alice"]
    Note.objects.update(visibility="public")
    Helpful.objects.all().delete()
    assert [to for to, _ in mails()] == ["alice"]


def test_the_mail_says_why_and_where(article: Article, note: Note) -> None:
    Note.objects.update(review_on=date(2026, 1, 1))
    look()

    mail = letters.make(Letter.objects.get())

    assert mail is not None
    assert "It was to be looked at again by 1 January 2026." in mail.text
    assert f"{settings.SITE_URL}/notes/{note.pk}" in mail.text
