"""Styles of the packaged set are found by any part of their names."""

from pathlib import Path

import pytest

from ownjournal.pubmed.styles import csl


def ids(query: str) -> list[str]:
    return [each.id for each in csl.search(query, 10)]


def test_all_styles_of_the_package_are_there() -> None:
    assert csl.count() > 10_000


@pytest.mark.parametrize(
    ("query", "style_id"),
    [
        ("the lancet", "the-lancet"),
        ("bmj open", "bmj-open"),
        ("NEJM", "the-new-england-journal-of-medicine"),
        ("new engl", "the-new-england-journal-of-medicine"),
        ("cite them right harvard", "harvard-cite-them-right"),
        ("zeitschrift fur soziologie", "zeitschrift-fur-soziologie"),
        ("Zeitschrift für Soziologie", "zeitschrift-fur-soziologie"),
    ],
)
def test_a_style_is_found_by_its_name_short_name_or_parts(
    query: str, style_id: str
) -> None:
    assert style_id in ids(query)


def test_the_style_of_just_that_name_comes_first() -> None:
    assert ids("nature")[0] == "nature"
    assert ids("BMJ Open")[0] == "bmj-open"


@pytest.mark.parametrize("query", ["", "  ", "!!", "no such style anywhere", "\0"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert ids(query) == []


def test_no_more_are_listed_than_asked_for() -> None:
    assert len(csl.search("journal of", 7)) == 7


def test_a_dependent_style_is_the_one_it_uses_in_its_own_language() -> None:
    dependent, parent = csl.find("bmj-open"), csl.find("bmj")

    assert dependent is not None
    assert parent is not None
    assert dependent.path == parent.path
    assert dependent.locale == "en-US"
    assert csl.name("bmj-open") == "BMJ Open"


def test_a_style_is_known_by_the_name_it_had_before() -> None:
    old, new = csl.find("vancouver"), csl.find("nlm-citation-sequence")

    assert old is not None
    assert old == new


@pytest.mark.parametrize(
    "style_id", ["", "no-such-style", "../apa", "dependent/bmj-open", "/etc/passwd"]
)
def test_what_is_no_style_is_none(style_id: str) -> None:
    assert csl.find(style_id) is None


def test_every_dependent_style_has_its_parent() -> None:
    orphans = [path.stem for path in _dependent()[:2000] if csl.find(path.stem) is None]

    assert orphans == []


def _dependent() -> list[Path]:
    found = csl.find("bmj")
    assert found is not None
    return sorted((found.path.parent / "dependent").glob("*.csl"))
