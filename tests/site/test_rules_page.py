"""The page about the rules says what the rules are, whatever they become."""

import re
from collections.abc import Callable
from html import unescape
from inspect import getsource
from types import ModuleType
from typing import Any

import pytest
from django.test import Client

from made.articles import an_article
from made.shelf import shelve
from ownjournal.appraisal import (
    choosing,
    designs,
    integrity,
    judge,
    levels,
    signs,
    variety,
)
from ownjournal.appraisal.judge import judge as judged
from ownjournal.catalogue import spread, worth
from ownjournal.issues.models import IssueArticle
from ownjournal.issues.worth import relevance_view
from ownjournal.ranking import issue, slots
from ownjournal.site.rules_page import (
    NO_RULES,
    SECTIONS,
    own_words,
    rule_modules,
    rules_page,
)

NOTHING = spread.HighShares(0, 0, 0)


def numbers() -> list[tuple[ModuleType, str]]:
    """Every constant that the page lists and that is one number."""
    return [
        (module, name)
        for module in rule_modules()
        for name, value in vars(module).items()
        if name.isupper() and name[0] != "_" and isinstance(value, int | float)
        # Of those that a module takes from another, the other one tells.
        if re.search(rf"^(?:.*, )?{name}\b.* = ", getsource(module), re.M)
    ]


@pytest.fixture
def text(client: Client, db: None) -> Callable[[], str]:
    """The page as a reader reads it."""

    def read() -> str:
        html = client.get("/appraisal").text
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())

    return read


@pytest.mark.parametrize(
    ("module", "name"), numbers(), ids=[f"{m.__name__}.{n}" for m, n in numbers()]
)
def test_a_constant_that_changes_changes_the_page(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> None:
    before = rules_page(NOTHING)
    assert rules_page(NOTHING) == before

    monkeypatch.setattr(module, name, getattr(module, name) + 7)

    assert rules_page(NOTHING) != before


def test_hardly_any_constant_is_left_out() -> None:
    assert len(numbers()) > 30


TABLES: list[tuple[ModuleType, str, Any]] = [
    (signs, "DESIGN_POINTS", signs.DESIGN_POINTS | {"cohort": (77, 78)}),
    (signs, "SIZE_POINTS", ((777, 1, 2),)),
    (signs, "YIELD_POINTS", ((0.77, 1),)),
    (signs, "KINDS", signs.KINDS | {"new": signs.Kind("A new sign", "", 7, 0)}),
    (levels, "LEVELS", levels.LEVELS | {"harm": {"cohort": 5}}),
    (levels, "NO_LEVEL", levels.NO_LEVEL | {"review": "Not one."}),
    (levels, "QUESTIONS", levels.QUESTIONS | {"harm": "hurt"}),
    (
        designs,
        "DESIGNS",
        designs.DESIGNS | {"rct": designs.Design("rct", "Trial", "Chance.", 9)},
    ),
    (integrity, "STATES", integrity.STATES | {"retracted": "Gone"}),
    (integrity, "GRAVE", frozenset({"concern"})),
    (judge, "RULES_VERSION", 99),
    (issue, "RULES_VERSION", 99),
    (choosing, "PRECISION", {"sure": {"": 0.77}}),
    (variety, "VARIETIES", {"cluster": "Another"}),
    (slots, "CEILING", 0.77),
]


@pytest.mark.parametrize(("module", "name", "value"), TABLES)
def test_a_table_that_changes_changes_the_page(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, value: object
) -> None:
    before = rules_page(NOTHING)

    monkeypatch.setattr(module, name, value)

    assert rules_page(NOTHING) != before


def test_whatever_the_page_is_made_of_stands_on_it(text: Callable[[], str]) -> None:
    shown, page = text(), rules_page(NOTHING)

    told = [each for row in page.designs for each in (row.name, row.explanation)]
    told += [each for row in page.order for each in (row.name, row.designs)]
    told += [row.name for row in page.signs]
    told += [each for row in page.levels for each in (row.design, *row.levels)]
    rows = (*page.without_level, *page.integrity, *page.places, *page.precision)
    told += [each for row in rows for each in (row.name, row.text)]
    told += [each for row in page.thresholds for each in (row.high, row.some)]
    for module in (each for section in page.words.values() for each in section):
        told += [" ".join(part.text.split()) for part in module.paragraphs]
        told += [f"{each.name}: {each.value}" for each in module.constants]
    assert [each for each in told if each not in shown] == []
    assert len(told) > 200


def test_a_place_of_an_issue_is_never_without_a_name() -> None:
    names = [row.name for row in rules_page(NOTHING).places]

    assert len(set(names)) == len(names) == len(issue.SLOTS) + 1


def test_every_section_of_the_page_has_words_of_its_own() -> None:
    assert set(own_words()) == set(SECTIONS.values())


def test_the_modules_told_are_those_that_decide() -> None:
    told = {each.__name__.removeprefix("ownjournal.") for each in rule_modules()}

    assert {"appraisal.finding", "appraisal.signs", "ranking.relevance"} <= told
    assert not told & NO_RULES
    for module in rule_modules():  # scikit-learn is only there for those who train
        assert "appraisal.training" not in getsource(module), module


def test_every_explained_value_leads_to_its_part_of_the_page(
    client: Client, db: None
) -> None:
    appraisal = judged(an_article())
    row = IssueArticle(pmid=7, relevance=2.0, interest_name="Fever", terms=[])
    relevance = relevance_view(row)
    assert relevance is not None
    addresses = [value.about for value in (*worth.worth(appraisal), relevance)]
    addresses += [
        worth.design_view(appraisal).about,
        worth.integrity_view(appraisal).about,
    ]

    page = client.get("/appraisal").text

    for address in addresses:
        path, _, part = address.partition("#")
        assert path == "/appraisal" and page.count(f'id="{part}"') == 1, address


def test_the_old_address_leads_to_the_page(client: Client) -> None:
    answer = client.get("/about")

    assert (answer.status_code, answer["Location"]) == (301, "/appraisal")


def test_every_page_leads_to_it_from_its_foot(client: Client, db: None) -> None:
    footer = client.get("/").text.partition("<footer")[2]

    assert "How articles are appraised and chosen</a>" in footer


def test_the_share_that_is_high_is_that_of_the_articles_here(
    text: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "came in last here" not in text()
    shelve(*(an_article(pmid=99_100_001 + number) for number in range(4)))
    assert "Of the 4 articles that came in last here, 0.0" in text()

    monkeypatch.setattr(signs, "HIGH_QUALITY", 1)

    assert "100.0\u00a0% are high in quality" in text().replace(
        "100.0 %", "100.0\u00a0%"
    )


def test_without_a_model_the_page_says_rules_alone(text: Callable[[], str]) -> None:
    assert "None was trained here: rules alone decide." in text()
