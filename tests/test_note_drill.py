"""The drill of notes, small: `make drill AREA=notes` tries every payload."""

import pytest

from bench import hard_notes, note_drill, note_payloads, note_scripts
from bench.commonmark import LIST, REASONS, reasons
from made.chromium import chromium
from ownjournal.notes.dialect.reading import MAX_BYTES


@pytest.mark.parametrize("texts", [hard_notes.CMARK, hard_notes.OURS])
def test_hard_texts_are_as_long_as_a_note_may_be(
    texts: dict[str, hard_notes.Text],
) -> None:
    for name, make in texts.items():
        size = len(hard_notes.filled(make).encode("utf-8", "surrogatepass"))
        assert MAX_BYTES * 0.9 < size <= MAX_BYTES, name


def test_there_are_as_many_hard_texts_as_are_asked_for() -> None:
    assert len(hard_notes.CMARK) >= 25
    assert len(hard_notes.OURS) >= 30


@pytest.mark.slow
def test_a_hard_text_is_shown_or_refused() -> None:
    rows = list(note_drill.hard())

    assert len(rows) == 2


def test_every_example_that_differs_has_a_reason() -> None:
    listed = reasons()

    assert LIST.read_text().count("\n") == len(listed) + 1
    assert all(each and set(each) <= set(REASONS) for each in listed.values())


@pytest.mark.browser
def test_the_judges_let_notes_pass_and_raw_html_not() -> None:
    payloads = note_payloads.payloads()
    with chromium() as browser:
        notes = (
            place(each) for place in note_scripts.PLACES for each in payloads[::80]
        )
        ours = note_scripts.judged(browser, notes)
        raw = note_scripts.judged(
            browser, map(note_scripts.raw_html, payloads[::80]), on_a_page=5
        )

    assert (ours.off_the_list, ours.ran) == (0, 0)
    assert raw.off_the_list > 10
    assert raw.ran > 0
