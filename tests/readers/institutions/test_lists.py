"""Lists of institutions in every form; what cannot be used is said."""

import json
from typing import Any

import pytest

from ownjournal.readers.institutions.lists import (
    MOST_BYTES,
    Listed,
    NoList,
    Unusable,
    read,
)

WIKI = """
====== Resolvers ======
===== Northland =====
==== Merrowland ====
| University of Merrow | %%https://resolver.merrow.test/openurl%% |
|Old Merrow|%%http://old.merrow.test/sfx?x=1%%|
===== Southland =====
| Free School | %%https://free.test/openurl?vid=A&x%% |
Some words between.
"""


def one(**row: Any) -> Listed | Unusable:
    [entry] = read(json.dumps([row]).encode())
    return entry


def usable(**row: Any) -> Listed:
    entry = one(**row)
    assert isinstance(entry, Listed), entry
    return entry


def reason(**row: Any) -> str:
    entry = one(**row)
    assert isinstance(entry, Unusable), entry
    return entry.reason


def test_a_list_of_resolvers_is_read() -> None:
    assert usable(
        name="Merrow", country="Merrowland", openurl_base="https://r.test/openurl"
    ) == Listed("Merrow", "openurl", "https://r.test/openurl", "Merrowland")


def test_a_list_of_proxies_is_read() -> None:
    entry = usable(name="Merrow", url="http://p.test/login?url=$@", country="")

    assert entry == Listed(
        "Merrow", "proxy", "https://p.test/login?url=$@", was_http=True
    )


def test_the_public_directory_is_read_as_json_and_as_wiki() -> None:
    entry = usable(name="Merrow", url="https://r.test/x", version="1.0", country="M")

    assert (entry.kind, entry.country) == ("openurl", "M")
    assert read(WIKI.encode()) == [
        Listed(
            "University of Merrow",
            "openurl",
            "https://resolver.merrow.test/openurl",
            "Merrowland",
        ),
        Listed(
            "Old Merrow",
            "openurl",
            "https://old.merrow.test/sfx?x=1",
            "Merrowland",
            was_http=True,
        ),
        Listed("Free School", "openurl", "https://free.test/openurl?vid=A&x"),
    ]


def test_our_own_form_is_read_as_json_and_as_csv() -> None:
    row = {"name": "Merrow", "country": "M", "kind": "libkey"}
    row["template"] = "https://libkey.io/libraries/17/"
    as_json = usable(**row, other_names=["UM", "UM", "Merrow", 7])
    lines = (
        "\ufeffName,Country,kind,template,other_names",
        'Merrow,M,libkey,https://libkey.io/libraries/17/,"UM|UM|Merrow"',
    )

    assert as_json.other_names == ("UM",)
    assert read("\r\n".join(lines).encode()) == [as_json]


def test_http_at_a_port_of_its_own_is_not_guessed_at() -> None:
    assert "http at a port" in reason(name="M", url="http://p.test:2048/login?url=$@")
    assert usable(name="M", url="http://p.test:80/?url=$@").template == (
        "https://p.test/?url=$@"
    )


@pytest.mark.parametrize(
    "row",
    [
        {"openurl_base": "https://r.test/"},
        {"name": " \u202e ", "openurl_base": "https://r.test/"},
        {"name": "M" * 201, "openurl_base": "https://r.test/"},
        {"name": "M"},
        {"name": "M", "url": "javascript:alert(1)"},
        {"name": "M", "url": "https://eve@r.test/"},
        {"name": "M", "kind": "other", "template": "https://r.test/"},
        {"name": 7, "url": ["https://r.test/"]},
    ],
)
def test_an_entry_that_cannot_be_used_says_why(row: dict[str, Any]) -> None:
    assert reason(**row).endswith(".")


def test_a_name_is_one_line_without_tricks() -> None:
    entry = usable(name=" A\r\nB\x00 \u202eC", country="X\nY", url="https://r.test/")

    assert (entry.name, entry.country) == ("A B C", "X Y")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"[1]",
        b"[{",
        b"[" * 100_000,
        b"title,url\nM,https://r.test/",
        b"\xff\xfe",
        b"name\n",
        b'name,url\n"M',
        b" " * (MOST_BYTES + 1),
    ],
    ids=range(11),
)
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(NoList) as refused:
        read(content)

    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("begun", ["| Merrow |", "|", "====", "| Merrow | %%https:"])
def test_a_line_that_goes_on_for_ever_takes_no_longer(begun: str) -> None:
    """It ends, which patterns that go back and forth over spaces would not."""
    long = f"{WIKI}\n{begun}{' ' * 100_000}x"

    assert len(read(long.encode())) == 3
