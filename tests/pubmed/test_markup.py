"""Plain text and safe HTML from NLM's markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.markup import html, plain

MARKED = Markup(
    "Uptake of <sup>18</sup>F by <i>E. coli <b>O157</b></i> &amp; P &lt; 0.05"
)
ALLOWED = re.compile(r"</?(?:b|i|sup|sub|u)>")


def math(inside: str) -> Markup:
    return Markup(f"<mml:math>{inside}</mml:math>")


def test_plain_removes_tags_and_undoes_escapes() -> None:
    assert plain(MARKED) == "Uptake of 18F by E. coli O157 & P < 0.05"


def test_plain_undoes_an_escape_only_once() -> None:
    assert plain(Markup("&amp;lt;i&amp;gt;")) == "&lt;i&gt;"


def test_html_keeps_the_five_tags_and_the_escapes() -> None:
    assert html(MARKED) == MARKED


@pytest.mark.parametrize(
    ("given_text", "safe"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<i onclick=x>a</i>", "&lt;i onclick=x&gt;a"),
        ("<b>open", "<b>open</b>"),
        ("closed</sup>", "closed"),
        ("<i><b>crossed</i></b>", "<i><b>crossed</b></i>"),
        ("AT&T &copy; &amp;", "AT&amp;T &amp;copy; &amp;"),
        ("<mml:math><mml:mi>a</mml:math>", "a"),
    ],
)
def test_html_makes_text_of_all_else(given_text: str, safe: str) -> None:
    assert html(Markup(given_text)) == safe


MI, MN = "<mml:mi>{}</mml:mi>", "<mml:mn>{}</mml:mn>"
A, B, TWO = MI.format("a"), MI.format("b"), MN.format(2)


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (f"<mml:msup>{A}{TWO}</mml:msup>", "a<sup>2</sup>"),
        (f"<mml:msubsup>{A}{B}{TWO}</mml:msubsup>", "a<sub>b</sub><sup>2</sup>"),
        (f"<mml:mfrac>{A}<mml:mrow>{A}{TWO}</mml:mrow></mml:mfrac>", "a/a2"),
        (
            f"<mml:mfrac>{A}<mml:mrow>{A}<mml:mo>+</mml:mo>{B}</mml:mrow></mml:mfrac>",
            "a/(a+b)",
        ),
        (f"<mml:msqrt>{A}{B}</mml:msqrt>", "√(ab)"),
        (f"<mml:mroot>{A}{TWO}</mml:mroot>", "<sup>2</sup>√(a)"),
        (f"<mml:mfenced open='[' separators=';'>{A}{B}</mml:mfenced>", "[a;b)"),
        (f"<mml:mfenced>{A}{B}{TWO}</mml:mfenced>", "(a,b,2)"),
        (
            f"<mml:mmultiscripts>{A}<mml:none/>{TWO}<mml:mprescripts/>{B}<mml:none/>"
            "</mml:mmultiscripts>",
            "<sub>b</sub>a<sup>2</sup>",
        ),
        (
            f"<mml:mtable><mml:mtr><mml:mtd>{A}</mml:mtd><mml:mtd>{B}</mml:mtd>"
            f"</mml:mtr><mml:mtr><mml:mtd>{TWO}</mml:mtd></mml:mtr></mml:mtable>",
            "a b; 2",
        ),
        (
            f"<mml:munderover><mml:mo>∑</mml:mo>{A}{B}</mml:munderover>",
            "∑<sub>a</sub><sup>b</sup>",
        ),
        (f"<mml:mover>{A}<mml:mo>¯</mml:mo></mml:mover>", "a¯"),
        (f"{A}<mml:annotation>\\alpha</mml:annotation>", "a"),
        (f"<mml:mphantom>{A}</mml:mphantom>{B}", "b"),
        ("<mml:mo>&lt;</mml:mo>", "&lt;"),
        (f"<mml:mo>−</mml:mo><mml:mi>{'x' * 3}</mml:mi>", "−xxx"),
    ],
)
def test_a_formula_is_written_in_the_five_tags(formula: str, written: str) -> None:
    assert html(math(formula)) == written


def test_plain_writes_a_formula_as_html_does_without_its_tags() -> None:
    assert plain(math(f"<mml:mfrac>{A}{TWO}</mml:mfrac>")) == "a/2"


PIECES = st.sampled_from(
    ["<i>", "</i>", "<sup>", "</sup>", "<", ">", "&", "&lt;", "&amp;", "<mml:math>"]
    + ["</mml:math>", "<mml:mfrac>", "</mml:mfrac>", "<script>", "x", " ", '"', "</"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_html_holds_nothing_but_balanced_tags_and_escaped_text(text: str) -> None:
    safe = html(Markup(text))

    assert not re.search("[<>]", ALLOWED.sub("", safe))
    assert not re.search("&(?!(?:amp|lt|gt);)", safe)
    for name in ("b", "i", "sup", "sub", "u"):
        assert safe.count(f"<{name}>") == safe.count(f"</{name}>")


@given(st.text())
def test_text_that_was_escaped_comes_back_whole(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert plain(Markup(escaped)) == text
