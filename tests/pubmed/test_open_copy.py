"""Only a plain https address of a public name may stand in a link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed.open_copy import is_web_address


@pytest.mark.parametrize(
    "address",
    [
        "https://press.example.org",
        "https://press.example.org/a/b.pdf?download=1&v=2#page=3",
        "https://xn--bcher-kva.example/%C3%A4",
        "https://hdl.handle.net/1/2;3(4)'5",
        "https://Press.Example.org/",
    ],
)
def test_a_plain_address_is_let_through(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://press.example.org/",
        "HTTPS://press.example.org/",
        "//press.example.org/",
        "javascript:alert(1)//https://a.org/",
        "https://",
        "https:///press.example.org",
        "https:press.example.org",
        "https://ada@press.example.org/",
        "https://ada:secret@press.example.org/",
        "https://press.example.org:8443/",
        "https://press.example.org:x/",
        "https://press.example.org\\@evil.example/",
        "https://press.example.org/\n",
        "https://press.example.org/ b",
        " https://press.example.org/",
        "https://press.example.org/ä",
        "https://bücher.example/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://printer/",
        "https://printer.local/",
        "https://db.internal/",
        "https://router.home.arpa/",
        "https://a..org/",
        "https://-a.org/",
        "https://a.org./",
        "https://a.org/" + "x" * 2_000,
    ],
)
def test_anything_else_is_not(address: str) -> None:
    assert not is_web_address(address)


@given(st.text())
def test_any_text_is_judged_without_a_fault(text: str) -> None:
    is_web_address(text)
    is_web_address(f"https://{text}")
