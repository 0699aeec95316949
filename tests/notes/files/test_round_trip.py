"""What was taken along comes back as it was, and nothing of it is published."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from made.kept import picture_on_disk
from made.note_files import zip_of
from made.pictures import png
from ownjournal.notes.checking import Refused, checked
from ownjournal.notes.files.bringing_back import Outcome, bring_back
from ownjournal.notes.models import Kind, Note, Version
from ownjournal.notes.pictures.keeping import address_of, take
from ownjournal.notes.pictures.models import Picture
from ownjournal.notes.typed import Typed, storable
from ownjournal.pubmed.article import Article
from ownjournal.readers.leaving import archive
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)
SAME = (
    "pmid",
    "kind",
    "text",
    "dialect",
    "licence",
    "conflict_of_interest",
    "created_at",
    "edited_at",
    "edits",
    "review_on",
    "outdated_at",
    "outdated_because",
)
OF_VERSION = ("number", "kind", "text", "dialect", "replaced_at")


def a_note(author: Reader, text: str, **facts: Any) -> Note:
    how = {"kind": "comment", "pmid": 99_400_001, "created_at": NOW, **facts}
    return Note.objects.create(
        author=author, text=text, **{"review_on": date(2028, 11, 30)} | how
    )


def back(reader: Reader, data: bytes) -> Outcome:
    return bring_back(reader, io.BytesIO(data), NOW + timedelta(days=1))


def rows(reader: Reader) -> list[tuple[Any, ...]]:
    """Everything that is to be the same."""
    notes = Note.objects.filter(author=reader).order_by("created_at", "text")
    return [
        (
            *(getattr(note, name) for name in SAME),
            list(note.versions.values_list(*OF_VERSION)),
        )
        for note in notes
    ]


def is_note(text: str) -> bool:
    try:
        checked(Typed(text=text, kind="summary"))
    except Refused:
        return False
    return True


TEXTS = some.one_of(
    some.text(max_size=200),
    some.text("ab \n\r-#*_[]()^:\"'\\\x85\u2028\ufeff", max_size=60),
    some.sampled_from(
        ["---\nkind: pearl\n---\n", "a\r\n---\r\nb", " \na\n\n", "\ufeffa", "a\n---\n"]
    ),
)
LINES = some.text(max_size=60).map(lambda text: " ".join(text.split())).filter(
    lambda text: bool(text) and text.isprintable()
)  # fmt: skip
MOMENTS = some.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001
    max_value=datetime(2026, 11, 29),  # noqa: DTZ001
    timezones=some.just(UTC),
)


@given(
    text=TEXTS.map(storable).filter(is_note),
    earlier=some.lists(TEXTS.map(storable).filter(is_note), max_size=3),
    conflict=some.none() | LINES,
    because=some.none() | LINES,
    moments=some.tuples(MOMENTS, MOMENTS),
    kind=some.sampled_from([Kind.COMMENT, Kind.SUMMARY]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_note_comes_back_as_it_was(
    alice: Reader, text: str, earlier: list[str], conflict: str | None,
    because: str | None, moments: tuple[datetime, datetime], kind: Kind,
) -> None:  # fmt: skip
    Note.objects.all().delete()
    note = a_note(
        alice,
        text,
        kind=kind,
        created_at=moments[0],
        edited_at=moments[1] if earlier else None,
        edits=len(earlier),
        conflict_of_interest=conflict,
        outdated_at=moments[1] if because else None,
        outdated_because=because,
    )
    for number, said in enumerate(earlier):
        Version.objects.create(
            note=note,
            number=number,
            kind="summary",
            text=said,
            dialect=1,
            replaced_at=moments[1],
        )
    before, data = rows(alice), zip_of(alice)
    Note.objects.all().delete()

    outcome = back(alice, data)

    assert outcome.left == ()
    assert rows(alice) == before


def test_nothing_that_comes_back_is_seen_by_others(alice: Reader) -> None:
    for visibility, group in (("public", None), ("group", 7), ("private", None)):
        moment = NOW - timedelta(hours=len(visibility))
        a_note(alice, "Fever.", visibility=visibility, group=group, created_at=moment)
    data = zip_of(alice)
    Note.objects.all().delete()

    outcome = back(alice, data)

    assert set(Note.objects.values_list("visibility", "group")) == {("private", None)}
    assert sorted(each.was_shared for each in outcome.used) == [False, True, True]


def test_bringing_twice_keeps_each_note_once_and_as_it_is_here(alice: Reader) -> None:
    note = a_note(alice, "Fever.", visibility="public")
    data = zip_of(alice)
    Note.objects.filter(pk=note.pk).update(text="Fever, said better.")

    outcome = back(alice, data)

    assert outcome.used == ()
    assert [left.reason for left in outcome.left] == [
        "It is here already, and stays as it is here."
    ]
    assert Note.objects.get().text == "Fever, said better."
    assert Note.objects.get().visibility == "public"


def test_pictures_come_back_under_their_own_addresses(alice: Reader) -> None:
    picture = take(alice, png(), NOW)
    old = take(alice, png((61, 40)), NOW)
    unused = take(alice, png((62, 40)), NOW)
    note = a_note(alice, f"![a plot]({address_of(picture)})", edits=1)
    note.versions.create(
        number=0,
        kind="comment",
        text=f"![it]({address_of(old)})",
        dialect=1,
        replaced_at=NOW,
    )
    before, data = rows(alice), zip_of(alice)
    Note.objects.all().delete()
    for each in (picture, old, unused):
        picture_on_disk(each.name).unlink()
    Picture.objects.all().delete()

    outcome = back(alice, data)

    assert (outcome.pictures, outcome.left) == (2, ())
    assert rows(alice) == before
    assert all(picture_on_disk(each.name).is_file() for each in Picture.objects.all())


def test_at_another_site_pictures_get_new_addresses(
    alice: Reader, settings: Any
) -> None:
    picture = take(alice, png(), NOW)
    a_note(alice, f'![a plot]({address_of(picture)} "Fig. 1") twice {picture.name}')
    data = zip_of(alice)
    Note.objects.all().delete()
    Picture.objects.all().delete()
    settings.SECRET_KEY = "another site's"

    assert back(alice, data).pictures == 1

    [there] = Picture.objects.all()
    assert there.name != picture.name
    text = Note.objects.get().text
    assert text.startswith(f'![a plot]({address_of(there)} "Fig. 1")')


def test_the_whole_export_holds_the_same_files(alice: Reader, article: Article) -> None:

    a_note(alice, "Fever.")
    file = io.BytesIO()
    archive.write(file, alice)
    Note.objects.all().delete()

    assert len(back(alice, file.getvalue()).used) == 1
