"""NLM's subheadings."""

from ownjournal.search.qualifiers import NAMES, narrower, qualifier


def test_a_subheading_is_known_by_name_and_letters_however_written() -> None:
    for text in ("Drug Therapy", "drug-therapy", "DT", "dt"):
        assert qualifier(text) == "dt"
    assert qualifier("organization & administration") == "og"
    assert qualifier("organization and administration") == "og"
    assert qualifier("fever") is None
    assert all(qualifier(name) == letters for letters, name in NAMES.items())
    assert len(NAMES) == 84


def test_a_subheading_includes_those_that_nlm_counts_with_it() -> None:
    assert narrower("tu") == {"tu", "ad", "ae", "ct", "po"}
    assert narrower("th") == {"th", "dh", "dt", "nu", "pc", "rt", "rh", "su", "tr"}
    assert narrower("dt") == {"dt"}
    assert all(narrower(letters) <= NAMES.keys() for letters in NAMES)
