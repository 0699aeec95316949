"""How long a note is: one table for the server and for the page's counter."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from made.chromium import chromium
from made.note_texts import PARTS
from ownjournal.notes.dialect import read

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads((HERE / "lengths.json").read_text())
SCRIPT = HERE.parents[2] / "src/ownjournal/site/static/notes-count.js"
COUNT = "cases => JSON.parse(cases).map((each) => noteLength(each.text, each.headings))"


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"][:40]))
def test_the_server_counts_what_a_person_counts(case: dict[str, Any]) -> None:
    assert read(case["text"], headings=case["headings"]).length == case["length"]


def random_cases(count: int) -> list[dict[str, Any]]:
    """Notes put together at random, and their lengths by the server."""
    dice = random.Random(1)
    made = []
    for _ in range(count):
        text = "".join(dice.choices(PARTS, k=dice.randrange(1, 25)))
        headings = dice.choice(("none", "second", "all"))
        length = read(text, headings=headings).length
        made.append({"text": text, "headings": headings, "length": length})
    return made


def counted(page: Page, cases: list[dict[str, Any]]) -> list[int]:
    found = page.evaluate(COUNT, json.dumps(cases))
    assert isinstance(found, list)
    return found


@pytest.mark.browser
def test_the_page_counts_as_the_server_does() -> None:
    cases = CASES + random_cases(4_000)
    with chromium() as browser:
        page = browser.new_page()
        page.set_content("<p>")
        page.add_script_tag(content=SCRIPT.read_text())
        found = counted(page, cases)

    assert [
        (case["text"], case["length"], length)
        for case, length in zip(cases, found, strict=True)
        if case["length"] != length
    ] == []


def test_the_counter_needs_nothing_that_the_site_forbids() -> None:
    script = SCRIPT.read_text()

    for forbidden in ("eval", "new Function", "innerHTML", "style", "https://"):
        assert forbidden not in script.replace('"https://"', ""), forbidden
