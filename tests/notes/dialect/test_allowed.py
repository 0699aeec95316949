"""The last step lets through what is listed, whatever comes before it."""

import pytest
from markdown_it.token import Token

from bench.note_payloads import payloads
from made.note_html import ALLOWED, violations
from ownjournal.notes.dialect.addresses import Address
from ownjournal.notes.dialect.allowed import ATTRIBUTES, TAGS, cleaned
from ownjournal.notes.dialect.rendering import mail_html, page_html

DROPPED = {
    '<p title="x" lang="de" style="color:red" onclick="x">a</p>': "<p>a</p>",
    '<a href="javascript:x" id="body" role="alert">a</a>': "<a>a</a>",
    '<a href="//evil.test">a</a><a href="/logout">b</a>': "<a>a</a><a>b</a>",
    '<a href="https://x.test" rel="opener" target="_top">a</a>': (
        '<a href="https://x.test">a</a>'
    ),
    '<img src="https://x.test/a.png" alt="a"><img src="/media/../a" alt="">': (
        '<img alt="a"><img alt="">'
    ),
    '<span class="hero">a</span><ol class="nav" start="-1"></ol>': (
        "<span>a</span><ol></ol>"
    ),
    "<svg><a href=x><set /></a></svg><math><mi>a</mi></math>b": "b",
    "<h1>a</h1><table><tr><td>b</table><!-- c -->": "ab",
}


@pytest.mark.parametrize("html", DROPPED)
def test_what_is_not_listed_is_dropped(html: str) -> None:
    assert cleaned(html) == DROPPED[html]


def test_no_payload_passes_as_raw_html() -> None:
    for payload in payloads()[::5]:
        assert violations(cleaned(payload)) == [], payload


def test_pages_and_mails_go_through_it() -> None:
    """With tokens that no reading of a text would give."""
    link = Token("link_open", "a", 1)
    address = Address("javascript:alert(1)", "x.test")
    link.meta = {"to": address, "title": None, "told": False}
    tokens = [link, Token("link_close", "a", -1), Token("x", "script", 1)]

    assert page_html(tokens, [], "n", 3) == '<a rel="nofollow ugc noopener"></a>'
    assert mail_html(tokens, [], None) == ('<a></a> <span class="host">(x.test)</span>')


def test_the_list_is_the_one_that_was_written_down_apart() -> None:
    assert set(ALLOWED) == TAGS
    assert {tag: each for tag, each in ALLOWED.items() if each} == {
        tag: each for tag, each in ATTRIBUTES.items() if each
    }


def test_svg_and_math_are_never_listed() -> None:
    assert not TAGS & {"svg", "math", "style", "script", "iframe", "form"}
