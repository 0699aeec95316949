"""The address of a search cluster, read from a setting."""

import pytest

from ownjournal.search.opensearch.address import Address, BadAddress, read_address


def test_an_address_may_be_short() -> None:
    assert read_address("http://localhost:9200") == Address(
        hosts=(("localhost", 9200),), secure=False
    )


def test_an_address_says_who_asks_where_and_how_the_index_lies() -> None:
    text = (
        "https://site:p%40ss@one.example,two.example:9300/merrow"
        "?shards=6&replicas=2&timeout=30&ca=/etc/ca.pem"
    )

    assert read_address(text) == Address(
        hosts=(("one.example", 9200), ("two.example", 9300)),
        secure=True,
        user="site",
        password="p@ss",
        name="merrow",
        shards=6,
        replicas=2,
        timeout=30,
        ca="/etc/ca.pem",
    )


def test_an_address_of_numbers_may_stand_in_brackets() -> None:
    assert read_address("http://[::1]:9201/x").hosts == (("::1", 9201),)


def test_an_address_is_told_without_its_password() -> None:
    told = str(read_address("https://site:secret@one:9200,two:9200"))

    assert told == "https://one:9200,two:9200/ownjournal"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one:9200", "begins with https"),
        ("ftp://one", "begins with https"),
        ("http://", "no host"),
        ("http://one:9200,,two", "no host in ''"),
        ("http://one:99999", "no host in 'one:99999'"),
        ("http://one/Big", "names its indexes 'Big'"),
        ("http://one/a/b", "names its indexes 'a/b'"),
        ("http://one/a?shards=0", "from 1 to 200"),
        ("http://one/a?shards=many", "from 1 to 200"),
        ("http://one/a?replicas=11", "from 0 to 10"),
        ("http://one/a?copies=2", "knows no 'copies': shards, replicas, timeout, ca"),
    ],
)
def test_an_address_that_says_nothing_is_refused_with_the_reason(
    text: str, told: str
) -> None:
    with pytest.raises(BadAddress, match=told.replace("?", r"\?")):
        read_address(text)
