"""Every page with notes, marks, ratings and moderation is valid HTML."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from made.notes import a_note
from made.valid_html import faults_of
from ownjournal.notes.models import Note
from ownjournal.notes.moderation.deciding import about_note
from ownjournal.notes.moderation.models import Report
from ownjournal.notes.moderation.queue import SHOWS
from ownjournal.notes.ratings.rating import rate
from ownjournal.pubmed.article import Article
from ownjournal.readers.models import Reader

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
HOSTILE = "<b> & \"x\" 'y' [x](javascript:x)"


@pytest.mark.slow
def test_every_page_is_valid_html(
    client: Client, pearl: Note, article: Article, alice: Reader, mona: Reader
) -> None:
    text = f"## Found\n\n{HOSTILE}[^1](A *footnote*.)\n\n- one\n- two"
    a_note(author=alice, kind="summary", text=text, conflict_of_interest=HOSTILE)
    for name in ("bea", "cyd", "dot"):
        reader = Reader.objects.create_reader(f"{name}@merrow.test")
        rate(reader, article.pmid, {"relevant": 3, "changes": 2}, NOW)
    for deed in ("pin", "hide", "ban"):
        about_note(pearl.pk, deed, mona, HOSTILE, NOW)
    other = a_note(author=mona, text=HOSTILE)
    Report.objects.create(note=other, reason="other", text=HOSTILE, reported_at=NOW)
    rate(mona, article.pmid, {"new": 3}, NOW)
    paths = [f"/articles/{article.pmid}", "/", f"/notes/{other.pk}/report"]
    pages = {path: client.get(path).text for path in paths}
    client.force_login(mona)
    paths += [f"/moderation?show={show}" for show in SHOWS]
    paths += [f"/moderation/notes/{pearl.pk}", f"/moderation/notes/{other.pk}"]
    paths.remove(f"/notes/{other.pk}/report")  # her own
    pages |= {f"{path} of Mona": client.get(path).text for path in paths}

    assert all("</html>" in page for page in pages.values())
    assert faults_of(pages) == []
