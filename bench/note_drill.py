"""Notes: CommonMark, scripts, and texts that are hard to read. `make drill AREA=notes`.

make drill AREA=notes            every payload in every place
make drill AREA=notes QUICK=1    one payload in twenty
"""

import json
import sys
import time
from collections.abc import Iterator

from bench import commonmark, hard_notes, note_scripts
from bench.child import ROOT
from bench.figures import QUICK, Row
from made.chromium import chromium
from ownjournal.notes.dialect import TooHard, read

AREA = "notes"
LIMIT = 2.0  # seconds
ORDINARY = (
    "Adding *azithromycin* did **not** help (pmid:28706741): 10<sup>9</sup>/l against "
    "[placebo](https://example.org)[^1](Of 300, in one centre.). HLA-B*57:01 was not "
    "looked for, and SpO_2 stood at 93 %. I would not change what I do for adults, "
    "though for children the question remains as it was before this trial."
)
REPEATS = 500
SCRIPT = ROOT / "src/ownjournal/site/static/notes-count.js"
COUNT = """
(typed) => {
  const text = JSON.parse(typed);
  const started = performance.now();
  return [noteLength(text, "all"), performance.now() - started];
}
"""


def rows() -> Iterator[Row]:
    """All figures of notes."""
    every = 20 if QUICK else 1
    yield from commonmark.rows()
    yield from hard()
    yield from counted()
    yield ordinary()
    yield from note_scripts.rows(note_scripts.all_payloads()[::every])


def hard() -> Iterator[Row]:
    """The longest that one hard text takes, to read and in all three forms."""
    families = {"of cmark": hard_notes.CMARK, "of our own": hard_notes.OURS}
    for family, texts in families.items():
        seconds: dict[str, float] = {}
        refused = 0
        for name, make in texts.items():
            seconds[name], shown = taken(hard_notes.filled(make))
            refused += not shown
        worst = max(seconds, key=lambda name: seconds[name])
        figure = f"worst of {len(texts)} hard texts {family}, 64 KiB each"
        note = f"{worst}; {refused} are refused in words for the author"
        print(f"  {figure}: {worst}, {seconds[worst]:.2f} s", file=sys.stderr)
        value = round(seconds[worst], 3)
        yield Row(AREA, figure, value, "s", "lower", LIMIT, LIMIT, note=note)


def counted() -> Iterator[Row]:
    """The same hard texts by the counter of the page, in Chromium."""
    texts = {**hard_notes.CMARK, **hard_notes.OURS}
    longest, slowest, unlike = 0.0, "", 0
    with chromium() as browser:
        page = browser.new_page()
        page.set_content("<p>")
        page.add_script_tag(content=SCRIPT.read_text())
        for name, make in texts.items():
            text = hard_notes.filled(make)
            length, milliseconds = page.evaluate(COUNT, json.dumps(text))
            unlike += length != _length(text, length)
            longest, slowest = max((longest, slowest), (milliseconds / 1000, name))
    figure = f"worst of {len(texts)} hard texts counted by the page"
    value = round(longest, 3)
    yield Row(AREA, figure, value, "s", "lower", LIMIT, 0.5, note=slowest)
    yield Row(
        AREA, "of them counted otherwise by the server", unlike, "", "lower", 0, 0
    )


def _length(text: str, otherwise: int) -> int:
    """By the server, where it reads the text at all."""
    try:
        return read(text, headings="all").length
    except TooHard:
        return otherwise


def taken(text: str) -> tuple[float, bool]:
    """Seconds of this processor, and whether the text was shown."""
    started = time.process_time()
    try:
        written = read(text, headings="all")
        written.html("note-1")
        written.mail_html()
        written.plain()
    except TooHard:
        return time.process_time() - started, False
    return time.process_time() - started, True


def ordinary() -> Row:
    """What one note of some 300 characters costs, from text to HTML."""
    started = time.process_time()
    for _ in range(REPEATS):
        read(ORDINARY).html("note-1")
    each = (time.process_time() - started) / REPEATS * 1_000
    figure = f"reading and showing a note of {len(ORDINARY)} characters"
    return Row(AREA, figure, round(each, 3), "ms", "lower", target=1)
