"""What moderators decide, what it does, and the line that it leaves."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from made.notes import a_note
from ownjournal.notes import seeing
from ownjournal.notes.models import Note
from ownjournal.notes.moderation import deciding
from ownjournal.notes.moderation.deciding import CannotDecide, about_note, unban
from ownjournal.notes.moderation.models import Ban, Decision, Report
from ownjournal.notes.moderation.reporting import report
from ownjournal.notes.moderation.standing import may_moderate
from ownjournal.notes.posting import Refused, post
from ownjournal.notes.subjects import article as article_subject
from ownjournal.notes.typed import Typed
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader
from ownjournal.readers.post import letters
from ownjournal.readers.post.models import Letter

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def mails(reader: Reader) -> list[str]:
    """Subjects of what would leave now, for one reader."""
    made = map(letters.make, Letter.objects.filter(reader=reader).order_by("pk"))
    return [mail.subject.partition(" on ")[0] for mail in made if mail is not None]


def test_a_hidden_note_is_its_authors_alone_until_it_is_shown_again(
    pearl: Note, alice: Reader, bob: Reader, mona: Reader
) -> None:
    about_note(pearl.pk, "hide", mona, "It names a patient.", NOW)

    assert list(seeing.public()) == list(seeing.visible_to(bob)) == []
    assert list(seeing.visible_to(alice)) == [pearl]
    assert mails(alice) == ["Your note was hidden"]
    letter = letters.make(Letter.objects.get(reader=alice))
    assert letter is not None
    assert "Why: It names a patient." in letter.text
    assert f"/notes/{pearl.pk}" in letter.text

    about_note(pearl.pk, "restore", mona, "The name is out.", NOW)

    assert list(seeing.public()) == [pearl]
    assert mails(alice) == ["Your note is shown again"]  # the other is true no longer


def test_each_decision_leaves_who_when_and_why(
    pearl: Note, alice: Reader, mona: Reader
) -> None:
    for deed in ("hide", "hide", "restore", "pin", "unpin", "ban"):
        about_note(pearl.pk, deed, mona, f"  To {deed}.\x00 ", NOW)
    unban(alice, mona, "A month is over.", NOW)

    lines = Decision.objects.order_by("pk").values_list("deed", "note", "why")
    assert list(lines) == [
        ("hide", pearl.pk, "To hide."),
        ("restore", pearl.pk, "To restore."),
        ("pin", pearl.pk, "To pin."),
        ("unpin", pearl.pk, "To unpin."),
        ("ban", pearl.pk, "To ban."),
        ("unban", None, "A month is over."),
    ]
    assert {(row.by, row.about, row.at) for row in Decision.objects.all()} == {
        (mona, alice, NOW)
    }


def test_a_line_is_never_changed_or_deleted(pearl: Note, mona: Reader) -> None:
    about_note(pearl.pk, "hide", mona, "Why.", NOW)
    line = Decision.objects.get()
    line.why = "Another."

    for change in (
        line.save,
        line.delete,
        Decision.objects.all().delete,
        lambda: Decision.objects.update(why="Another."),
    ):
        with pytest.raises(TypeError):
            change()
    assert Decision.objects.get().why == "Why."


def test_a_line_outlives_note_and_moderator_and_goes_with_whom_it_is_about(
    pearl: Note, alice: Reader, mona: Reader
) -> None:
    about_note(pearl.pk, "hide", mona, "Why.", NOW)

    pearl.delete()
    mona.delete()

    [line] = Decision.objects.all()
    assert (line.by, line.about) == (None, alice)
    alice.delete()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("why", ["", "   ", "\x00\x07", "x" * 1_001])
def test_nothing_is_decided_without_a_reason(
    pearl: Note, mona: Reader, why: str
) -> None:
    for decide in (
        lambda: about_note(pearl.pk, "hide", mona, why, NOW),
        lambda: unban(mona, mona, why, NOW),
    ):
        with pytest.raises(CannotDecide):
            decide()
    assert list(seeing.public()) == [pearl]


@pytest.mark.parametrize("visibility", ["private", "group"])
def test_what_is_not_public_is_no_moderators_business(
    alice: Reader, mona: Reader, visibility: str
) -> None:
    note = a_note(author=alice, visibility=visibility, group=1)

    with pytest.raises(CannotDecide, match="no such public note"):
        about_note(note.pk, "hide", mona, "Why.", NOW)


def test_a_deed_that_is_none_is_refused(pearl: Note, mona: Reader) -> None:
    for deed in ("", "delete", "unban"):
        with pytest.raises(CannotDecide):
            about_note(pearl.pk, deed, mona, "Why.", NOW)


def test_one_note_of_an_article_is_pinned(
    pearl: Note, alice: Reader, mona: Reader
) -> None:
    other = a_note(author=alice, kind="summary")
    about_note(pearl.pk, "pin", mona, "The best.", NOW)

    about_note(other.pk, "pin", mona, "Better.", NOW)

    assert list(Note.objects.exclude(pinned_at=None)) == [other]
    unpinned = Decision.objects.get(deed="unpin")
    assert (unpinned.note, unpinned.why) == (pearl.pk, f"Note {other.pk} was pinned.")
    comment = a_note(author=alice, kind="comment")
    with pytest.raises(CannotDecide, match="pearl or a summary"):
        about_note(comment.pk, "pin", mona, "Nice.", NOW)
    about_note(other.pk, "hide", mona, "Wrong.", NOW)
    with pytest.raises(CannotDecide, match="show it again first"):
        about_note(other.pk, "pin", mona, "Nice.", NOW)


def test_who_is_banned_keeps_private_notes_and_publishes_nothing(
    pearl: Note, alice: Reader, bob: Reader, mona: Reader, article: Article
) -> None:
    about_note(pearl.pk, "ban", mona, "Advertises.", NOW)
    subject = article_subject(article.pmid)
    assert subject is not None

    assert list(seeing.visible_to(bob)) == []
    assert list(seeing.visible_to(alice)) == [pearl]
    mine = Typed(text="For me.", kind="pearl", audience="private")
    post(alice, subject, mine, NOW)
    assert alice.notes.latest("pk").visibility == "private"
    alice.signature.visibility = "public"
    alice.signature.save()
    for audience in ("public", None):
        for_all = Typed(text="For all.", kind="pearl", audience=audience, name="Al")
        with pytest.raises(Refused, match="publish"):
            post(alice, subject, for_all, NOW)
    assert mails(alice) == ["You may not publish notes"]

    unban(alice, mona, "A month is over.", NOW)

    assert pearl in seeing.visible_to(bob)
    assert mails(alice) == ["You may publish notes again"]


def test_who_runs_the_site_is_banned_by_nobody(
    olga: Reader, mona: Reader, article: Article
) -> None:
    note = a_note(author=olga)
    former = a_note(author=None)

    for each in (note, former):
        with pytest.raises(CannotDecide):
            about_note(each.pk, "ban", mona, "Why.", NOW)
    assert not Ban.objects.exists()
    assert set(seeing.public()) == {note, former}


def test_every_decision_settles_the_reports(
    pearl: Note, bob: Reader, mona: Reader
) -> None:
    for deed in ("keep", "hide", "restore", "ban"):
        if deed == "restore":
            Report.objects.create(note=pearl, reason="rude", reported_at=NOW)
        else:
            report(pearl, bob, "rude", "", NOW)
        about_note(pearl.pk, deed, mona, "Why.", NOW)
        assert not Report.objects.filter(settled_at=None).exists(), deed
    assert Report.objects.filter(settled_at=NOW).count() == 4


def test_letting_a_note_stand_that_nobody_reported_leaves_no_line(
    pearl: Note, mona: Reader
) -> None:
    about_note(pearl.pk, "keep", mona, "Why.", NOW)

    assert not Decision.objects.exists()


def test_a_decision_and_its_line_are_one(
    pearl: Note, mona: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object, **__: object) -> None:
        raise LookupError("torn")

    monkeypatch.setattr(deciding.letters, "put", torn)
    with pytest.raises(LookupError):
        about_note(pearl.pk, "hide", mona, "Why.", NOW)

    assert not connection.needs_rollback
    assert not Decision.objects.exists()
    assert list(seeing.public()) == [pearl]


def test_nobody_decides_about_herself(
    pearl: Note, alice: Reader, mona: Reader, article: Article
) -> None:
    own = a_note(author=mona, pmid=article.pmid)

    for deed in ("pin", "keep", "hide", "restore"):
        with pytest.raises(CannotDecide, match="another moderator"):
            about_note(own.pk, deed, mona, "Mine is best.", NOW)
    Ban.objects.create(reader=mona, since_at=NOW)
    with pytest.raises(CannotDecide, match="another moderator"):
        unban(mona, mona, "I am fine.", NOW)

    assert Ban.objects.exists()
    assert not may_moderate(mona)
    assert not Decision.objects.exists()
