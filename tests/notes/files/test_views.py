"""The pages that take notes along and bring them back."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
import rispy
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from made.note_files import note_file, zipped
from ownjournal.notes.files import views
from ownjournal.notes.models import Note, Signature
from ownjournal.pubmed.article import Article
from ownjournal.readers.limits import Limit
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


@pytest.fixture
def note(alice: Reader, article: Article) -> Note:
    return Note.objects.create(
        author=alice,
        pmid=article.pmid,
        kind="pearl",
        text="*Fever* has many causes.",
        visibility="public",
        created_at=NOW,
        review_on=date(2028, 11, 30),
    )


@pytest.fixture
def hers(client: Client, alice: Reader) -> Client:
    client.force_login(alice)
    return client


def upload(data: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("notes.zip", data)}


def test_a_visitor_is_asked_to_sign_in(client: Client, db: None) -> None:
    for path in ("export", "export.zip", "annotations.jsonld", "import"):
        assert client.get(f"/notes/{path}").status_code == 302


def test_the_zip_has_notes_and_articles_in_the_forms_of_others(
    hers: Client, note: Note, article: Article
) -> None:
    answer = hers.get("/notes/export.zip")
    data = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    answer.close()

    [name] = [each for each in data.namelist() if each.endswith(".md")]
    assert name == f"notes/2026-11-30-pearl-{article.pmid}-{note.pk}.md"
    text = data.read(name).decode()
    assert "title: Fever in a village\n" in text
    assert text.endswith("\n---\n*Fever* has many causes.")
    [item] = json.loads(data.read("notes/articles.csl.json"))
    assert item["title"].endswith("Fever in a village")
    [entry] = rispy.loads(data.read("notes/articles.ris").decode())
    assert "Fever in a village" in str(entry)
    assert b"kind" in data.read("README.txt")


def test_the_zip_holds_nothing_of_others_and_nothing_deleted(
    hers: Client, note: Note, bob: Reader
) -> None:
    Note.objects.create(
        author=bob, pmid=1, kind="pearl", text="Bob's", created_at=NOW,
        review_on=date(2028, 1, 1), visibility="public",
    )  # fmt: skip
    Note.objects.filter(pk=note.pk).update(deleted_at=NOW)
    answer = hers.get("/notes/export.zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    answer.close()

    assert names == ["README.txt"]


def test_annotations_are_as_w3c_has_them(
    hers: Client, note: Note, alice: Reader, article: Article
) -> None:
    Signature.objects.create(reader=alice, name="Alice Marsh")
    answer = hers.get("/notes/annotations.jsonld")

    assert answer["Content-Type"] == (
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    )
    told = answer.json()
    assert (told["type"], told["total"]) == ("AnnotationCollection", 1)
    assert told["first"]["items"] == [
        {
            "id": told["first"]["items"][0]["id"],
            "type": "Annotation",
            "motivation": "highlighting",
            "creator": {"type": "Person", "name": "Alice Marsh"},
            "created": "2026-11-30T05:00:00Z",
            "rights": "https://creativecommons.org/licenses/by/4.0/",
            "body": {
                "type": "TextualBody",
                "value": "*Fever* has many causes.",
                "format": "text/markdown",
                "purpose": "highlighting",
            },
            "target": f"https://pubmed.ncbi.nlm.nih.gov/{article.pmid}/",
        }
    ]
    assert told["first"]["items"][0]["id"].endswith(f"/notes/{note.pk}")


def test_the_pages_lead_to_each_other(hers: Client, note: Note) -> None:
    assert "/notes/export" in hers.get("/notes").text
    page = hers.get("/notes/export").text
    assert "1 note as files" in page
    assert "/notes/export.zip" in page
    assert "/notes/import" in page


def test_bringing_back_tells_what_was_used_and_what_not(
    hers: Client, alice: Reader
) -> None:
    files = {
        "notes/a.md": note_file(visibility="public"),
        "../evil<script>.md": "x",
    }
    answer = hers.post("/notes/import", upload(zipped(files)))

    assert answer.status_code == 200
    note = Note.objects.get()
    assert f'<a href="/notes/{note.pk}">Pearl, PMID 99400001</a>' in answer.text
    assert "others could see it before" in answer.text
    assert "Not used: 1 file" in answer.text
    assert "../evil&lt;script&gt;.md" in answer.text


@pytest.mark.parametrize(
    ("data", "problem"), [(b"rubbish", "This is no zip"), (b"", "Choose the zip")]
)
def test_what_is_no_zip_is_told_in_the_form(
    hers: Client, data: bytes, problem: str
) -> None:
    answer = hers.post("/notes/import", upload(data) if data else {})

    assert answer.status_code == 422
    assert problem in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_many_imports_have_to_wait(
    hers: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "IMPORTS", Limit("imports of notes", 1, 3600))
    hers.post("/notes/import", upload(zipped({"notes/a.md": note_file()})))
    again = hers.post("/notes/import", upload(zipped({"notes/b.md": note_file()})))

    assert again.status_code == 422
    assert "Try again in 60 minutes." in again.text
    assert Note.objects.count() == 1


def test_long_lists_are_cut_and_counted(
    hers: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SHOWN", 2)
    files = {f"notes/{n}.md": note_file(f"Fever {n}.") for n in range(3)}
    files |= dict.fromkeys("abc", "")
    page = hers.post("/notes/import", upload(zipped(files)))

    assert "3 notes brought back" in page.text
    assert "The first 2 are shown." in page.text
    assert "Not used: 3 files" in page.text
