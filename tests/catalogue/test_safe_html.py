import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.catalogue.safe_html import TAGS, link, row, safe, text
from ownjournal.pubmed.article import Markup

ALLOWED = re.compile(rf"</?(?:{'|'.join(sorted(TAGS))})>")


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("H<sub>2</sub>O in <i>E. coli</i>", "H<sub>2</sub>O in <i>E. coli</i>"),
        ("p &lt; 0.05 &amp; more", "p &lt; 0.05 &amp; more"),
        ('the "best" care', "the &quot;best&quot; care"),
    ],
)
def test_inline_markup_stays(markup: str, html: str) -> None:
    assert safe(Markup(markup)) == html


@pytest.mark.parametrize(
    "text",
    [
        "</title><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<i onclick="alert(1)">x</i>',
        '<a href="javascript:alert(1)">x</a>',
        "<svg><set attributeName=onload to=alert(1)>",
        "<math><annotation-xml encoding='text/html'><script>x</script>",
        "<b><style>*{display:none}</style></b>",
        "<sup",
        "<i><b></i></b>",
    ],
)
def test_nothing_but_inline_tags_without_attributes_comes_through(text: str) -> None:
    assert "<" not in ALLOWED.sub("", safe(Markup(text)))


LINKS = {"NCT01234567": "https://registry.test/?a=1&b", "AB 123456": "https://x.test"}


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        (
            "See NCT01234567.",
            'See <a href="https://registry.test/?a=1&amp;b">NCT01234567</a>.',
        ),
        (
            "p &lt; 1 (<i>nct01234567</i>)",
            'p &lt; 1 (<i><a href="https://registry.test/?a=1&amp;b">'
            "nct01234567</a></i>)",
        ),
        ("ab 123456", '<a href="https://x.test">ab 123456</a>'),
        ("NCT012345678 XNCT01234567", "NCT012345678 XNCT01234567"),
        ("&AB 123456;", '&amp;<a href="https://x.test">AB 123456</a>;'),
    ],
)
def test_a_word_can_be_a_link(markup: str, html: str) -> None:
    assert safe(Markup(markup), LINKS) == html


@given(st.lists(st.sampled_from([*LINKS, "<i>", "</i>", "&", "&lt;", " ", "x", "<a"])))
def test_links_change_no_text(parts: list[str]) -> None:
    text = Markup("".join(parts))

    linked = safe(text, LINKS)

    assert re.sub('</?a(?: href="[^"<>]*")?>', "", linked) == safe(text)


@given(st.text(alphabet="<>&;\"'/=abisuploncrt \x00", max_size=40))
def test_no_text_makes_another_tag(text: str) -> None:
    assert "<" not in ALLOWED.sub("", safe(Markup(text)))


def test_plain_text_is_escaped_whatever_stands_around_it() -> None:
    evil = "<script>&\"'"
    escaped = "&lt;script&gt;&amp;&quot;&#x27;"

    assert text(evil) == escaped
    assert text(evil, bold=True) == f"<b>{escaped}</b>"
    assert link(None, evil) == escaped
    assert link(evil, evil) == f'<a href="{escaped}">{escaped}</a>'
    assert row([text("a"), text("b")], " < ") == "a &lt; b"
    assert row([], " ") == ""
