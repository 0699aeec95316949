"""What a text defines as an abbreviation, and what only looks like one."""

import json
from gzip import open as open_gz
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.search.abbreviations import MAX_PAIRS, find, folded

DEFINED = {
    "Sudden long fall (SLF) is rare.": ("SLF", "Sudden long fall"),
    "of the Merrow fever rating scale (MFRS) at": ("MFRS", "Merrow fever rating scale"),
    "a bog-walking test [BWT], done": ("BWT", "bog-walking test"),
    "fall of sudden onset (FSO)": ("FSO", "fall of sudden onset"),
    "velotrine kinase 2 (VK2)": ("VK2", "velotrine kinase 2"),
    "interbogline-6 (IB-6)": ("IB-6", "interbogline-6"),
    "magnetobogography (MBG)": ("MBG", "magnetobogography"),
    "bog walkers (BWs) fell": ("BWs", "bog walkers"),
    "the SLF (sudden long fall) is": ("SLF", "sudden long fall"),
    "sudden long fall (SLF; n = 20)": ("SLF", "sudden long fall"),
    "sudden long fall (SLF, see above)": ("SLF", "sudden long fall"),
    "It was cold. Bog walk (BW)": ("BW", "Bog walk"),
    "sudden\nlong  fall (SLF)": ("SLF", "sudden long fall"),
    "Fièvre à Merrow (FAM)": None,  # à is no a
}


@pytest.mark.parametrize(("text", "pair"), DEFINED.items())
def test_a_definition_is_found(text: str, pair: tuple[str, str] | None) -> None:
    assert find(text) == (() if pair is None else (pair,))


@pytest.mark.parametrize(
    "text",
    [
        "we saw fever (n = 20)",
        "we saw fever (Fig. 2)",
        "as a table lists (Table)",
        "the fever of some (mice) passed",
        "in phase two (II) trials",
        "in every case (IV) of it",
        "fever (95% CI, 2 to 3)",
        "f(SLF) of sudden long fall",
        "It was a sudden long. Fall in bogs (SLF)",  # not across sentences
        "the bog was cold (SLF)",
        "walkers in the old bog of Merrow (WM)",  # most of it is in no letter
        "a (A) and b (B)",
        "SLF of the long (SLF)",
        "fall (FALL)",
        "(SLF)",
        "of the bog (OTB)",  # begins with a small word
        "sudden (left) long fall (SLF",
        "1, 2, 3 (1980)",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert find(text) == ()


def test_pairs_come_in_order_and_once() -> None:
    text = "Bog walk (BW), sudden long fall (SLF) and bog walk (BW), Bog walk (BW)."

    assert find(text) == (("BW", "Bog walk"), ("SLF", "sudden long fall"), BW)


BW = ("BW", "bog walk")


def test_case_hyphens_and_a_plural_make_no_difference() -> None:
    assert folded("Bog-Walking  Tests") == folded("bog walking test")
    assert folded("Merrow virus") == "merrow virus"
    assert folded("bog mass") == "bog mass"
    assert folded("bog sepsis") == "bog sepsis"


@given(st.text(alphabet="aAbB ([)].,;-1\n\u00e9\x00", max_size=300))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    plain = " ".join(text.split())

    for short, long in find(text):
        assert short in text
        assert long in plain


def test_no_long_form_begins_with_a_word_that_joins() -> None:
    assert find("Both inherited and acquired (AA) fevers.") == ()


def test_a_text_of_parentheses_takes_no_longer_than_its_length() -> None:
    assert find("((" * 50_000 + "))" * 50_000) == ()
    assert len(find("bog walk (BW) " * 5_000)) == 1
    many = " ".join(f"bog walk{n} test (BW{n}T)" for n in range(1_000))
    assert len(find(many)) <= MAX_PAIRS


@pytest.mark.slow
def test_real_abstracts_define_what_they_should(shared_data: Path) -> None:
    pairs = set[tuple[str, str]]()
    with open_gz(shared_data / "pool" / "articles.jsonl.gz", "rt") as lines:
        for line in islice(lines, 4_000, 12_000):
            for short, long in find(json.loads(line)["abstract"]):
                pairs.add((short, folded(long)))

    assert ("BMI", "body mass index") in pairs
    assert ("COPD", "chronic obstructive pulmonary disease") in pairs
    assert not any(long.split()[0] in ("the", "of", "and") for _, long in pairs)
    assert len(pairs) > 2_000
