"""What is remembered of the index, and of which of its states."""

from pathlib import Path

from ownjournal.catalogue.browsing.remembered import State, of_one_state
from ownjournal.search.embedded import EmbeddedIndex


def test_answers_are_kept_for_the_state_asked_last_and_no_other(tmp_path: Path) -> None:
    index, asked = EmbeddedIndex.open(tmp_path / "index"), []

    @of_one_state(2)
    def told(now: State, what: str) -> str:
        asked.append((now[1], what))
        return f"{what} of {now[1]}"

    for revision, what in [(1, "gout"), (1, "gout"), (2, "gout"), (2, "gout")]:
        assert told((index, revision), what) == f"gout of {revision}"
    assert asked == [(1, "gout"), (2, "gout")]

    told((index, 1), "gout")

    assert asked[2:] == [(1, "gout")]


def test_no_more_answers_are_kept_than_was_said(tmp_path: Path) -> None:
    index, asked = EmbeddedIndex.open(tmp_path / "index"), []

    @of_one_state(2)
    def told(now: State, what: str) -> str:
        asked.append(what)
        return what

    for what in ("gout", "fever", "sleep", "sleep", "gout"):
        told((index, 1), what)

    assert asked == ["gout", "fever", "sleep", "gout"]
