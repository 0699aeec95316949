"""The table of the ASVS says of all requirements what there is to show for it."""

import ast
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "docs/security/asvs.md"
STATES = {"met", "no", "operator", "open"}
ROW = re.compile(r"\| ([\d.]+) \| ([^|]+) \| (\w+) \| ([^|]+) \|")
TEST = re.compile(r"([\w/]+\.py)::(\w+)")
PAGE = re.compile(r"(?<![\w/])((?:docs/[\w/-]+|SECURITY)\.md|pyproject\.toml)")
# Of each section the levels of its requirements: the first digit is number 1's.
LEVELS = """
1.1:22 1.2:1111122223 1.3:112222222223 1.4:222 1.5:123 2.1:122 2.2:112 2.3:12223
2.4:23 3.1:3 3.2:113 3.3:12223 3.4:11222233 3.5:11122333 3.6:3 3.7:22333 4.1:12233
4.2:23333 4.3:22 4.4:1222 5.1:2 5.2:112333 5.3:113 5.4:222 6.1:122 6.2:111111112222
6.3:11223333 6.4:112233 6.5:22222333 6.6:2223 6.7:33 6.8:2222 7.1:222 7.2:1111 7.3:22
7.4:11222 7.5:223 7.6:22 8.1:1233 8.2:1123 8.3:133 8.4:23 9.1:111 9.2:1222 10.1:22
10.2:223 10.3:22223 10.4:1111122222233333 10.5:22222 10.6:22 10.7:222 11.1:2233
11.2:22233 11.3:11233 11.4:1222 11.5:23 11.6:23 11.7:33 12.1:12233 12.2:11 12.3:22223
13.1:2333 13.2:222223 13.3:2233 13.4:1222233 14.1:22 14.2:12223333 14.3:122 15.1:12233
15.2:12233 15.3:1222222 15.4:3333 16.1:2 16.2:22222 16.3:2222 16.4:222 16.5:2223
17.1:23 17.2:22223333 17.3:22
"""


def levels() -> dict[str, int]:
    """Level by number, of all 345 requirements."""
    return {
        f"{section}.{place}": int(level)
        for section, digits in (each.split(":") for each in LEVELS.split())
        for place, level in enumerate(digits, start=1)
    }


def rows() -> list[tuple[str, ...]]:
    """Number, subject, state, and what shows it."""
    lines = TABLE.read_text().splitlines()
    return [found.groups() for line in lines if (found := ROW.fullmatch(line))]


@lru_cache
def names_of(name: str) -> set[str]:
    """The tests in a file below the folder `tests`; none where there is no file."""
    path = ROOT / "tests" / name
    tree = ast.parse(path.read_text()) if path.is_file() else ast.parse("")
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


def test_the_standard_has_as_many_of_each_level_as_it_says() -> None:
    assert Counter(levels().values()) == {1: 70, 2: 183, 3: 92}


def test_every_requirement_of_levels_1_and_2_has_one_line() -> None:
    wanted = [number for number, level in levels().items() if level < 3]

    assert [row[0] for row in rows()] == wanted
    assert {row[2] for row in rows()} <= STATES


def test_every_test_and_page_that_is_named_exists() -> None:
    named = [found for row in rows() for found in TEST.findall(row[3])]
    pages = {page for row in rows() for page in PAGE.findall(row[3])}

    assert [each for each in named if each[1] not in names_of(each[0])] == []
    assert [page for page in pages if not (ROOT / page).is_file()] == []


def test_what_is_met_is_shown_and_nothing_of_level_1_is_open() -> None:
    unshown = [
        number
        for number, _, state, why in rows()
        if state == "met" and not TEST.search(why) and not PAGE.search(why)
    ]

    assert unshown == []
    assert [
        row[0] for row in rows() if row[2] == "open" and levels()[row[0]] == 1
    ] == []
