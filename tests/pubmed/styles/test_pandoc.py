"""Other styles than the main ones are carried out by pandoc, safely and in time."""

import json
import shutil
from pathlib import Path
from threading import BoundedSemaphore

import pytest

from ownjournal.pubmed.styles import csl, pandoc

ITEM = {
    "id": "x",
    "type": "article-journal",
    "title": "Peat <i>and</i> H<sub>2</sub>O &amp; <script>alert(1)</script>",
    "author": [{"family": "Bog", "given": "Ann M"}],
    "container-title": "Bog & Fen",
    "container-title-short": "Bog Fen",
    "issued": {"date-parts": [[2020, 5]]},
    "volume": "3",
    "page": "1-9",
}


def style(style_id: str) -> Path:
    found = csl.find(style_id)
    assert found is not None
    return found.path


def written(style_id: str, **changes: object) -> str:
    return pandoc.written(style(style_id), None, json.dumps([{**ITEM, **changes}]))


def test_an_entry_has_its_markup_and_no_number() -> None:
    told = written("nature", title="Peat <i>and</i> H<sub>2</sub>O")

    assert told == (
        "Bog, A. M. Peat <i>and</i> H<sub>2</sub>O."
        " <i>Bog Fen</i> <b>3</b>, 1–9 (2020)."
    )


def test_a_title_cannot_bring_markup_of_its_own() -> None:
    told = written("nature")

    assert "<script" not in told
    assert "&amp;" in told


@pytest.mark.parametrize("word", ["@include", "{{ x }}", "$(id)", "`id`", "\\input{x}"])
def test_a_title_is_words_whatever_it_says(word: str) -> None:
    assert word.strip("`") in written("the-lancet", title=f"Peat {word} peat")


def test_editors_come_before_what_says_that_they_are() -> None:
    editors = {"editor": [{"family": "Fen", "given": "B"}], "type": "chapter"}

    assert "In: Fen B, ed. <i>Bog" in written("american-medical-association", **editors)


def test_one_supplement_is_not_called_several_issues() -> None:
    told = written("modern-language-association", issue="Suppl 1")

    assert "no. Suppl 1" in told


def test_a_style_that_takes_too_long_is_given_up() -> None:
    items = json.dumps([ITEM])

    with pytest.raises(pandoc.TooSlow):
        pandoc.written(style("chicago-author-date"), None, items, 0.001)


def test_a_swept_folder_for_temporary_files_does_no_harm() -> None:
    first = written("nature")
    shutil.rmtree(pandoc._folder().name)

    assert written("nature") == first


def test_the_program_is_kept_from_files_and_told_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program in its place tells what it was called with."""
    program = tmp_path / "pandoc"
    program.write_text('#!/bin/sh\necho "<div class=csl-entry>$*</div>"\n')
    program.chmod(0o755)
    monkeypatch.setattr(pandoc, "program", lambda: str(program))

    called = pandoc.written(style("nature"), "en-GB", "[]")

    assert "--sandbox" in called
    assert "lang:en-GB" in called


def test_no_more_run_at_once_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = BoundedSemaphore(1)
    monkeypatch.setattr(pandoc, "_room", room)
    items = json.dumps([ITEM])

    with room, pytest.raises(pandoc.TooSlow):
        pandoc.written(style("nature"), None, items, 0.05)
    assert pandoc.written(style("nature"), None, items)


def test_what_pandoc_cannot_read_is_no_answer(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csl"
    for text in ("<style/>", "<style"):
        broken.write_text(text)
        shutil.rmtree(pandoc._folder().name)
        with pytest.raises(pandoc.NoAnswer):
            pandoc.written(broken, None, json.dumps([ITEM]))
    with pytest.raises(pandoc.NoAnswer):
        pandoc.written(style("nature"), None, "[]")
