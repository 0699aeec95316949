"""Footnotes: numbers, ways there and back, and what is amiss with them."""

import re

from made.note_html import page_text, parse
from ownjournal.notes.dialect import read


def ids(html: str) -> list[str]:
    return [each.attrib["id"] for each in parse(html).iter() if "id" in each.attrib]


def targets(html: str) -> list[str]:
    found = re.findall('href="#([^"]+)"', html)
    return [str(each) for each in found]


def messages(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.message) for each in read(text).warnings]


def test_a_footnote_is_gone_to_and_come_back_from() -> None:
    assert read("x[^1](A *note*.)").html("note-12") == (
        '<p>x<sup><a id="note-12-ref1" role="doc-noteref" aria-label="Footnote 1"'
        ' href="#note-12-fn1">1</a></sup></p>'
        '<ol class="footnotes" aria-label="Footnotes"><li id="note-12-fn1">'
        '<p>A <em>note</em>. <a href="#note-12-ref1" role="doc-backlink"'
        ' aria-label="Back to the text of footnote 1">↩\ufe0e</a></p></li></ol>'
    )


def test_numbers_follow_the_text_and_not_the_labels() -> None:
    text = "a[^9] b[^x](two) c[^1] d[^9]\n\n[^1]: three\n[^9]: one"

    assert (
        read(text).plain() == "a[1] b[2] c[3] d[1]\n\n[1] one\n\n[2] two\n\n[3] three"
    )


def test_one_label_twice_in_line_is_two_footnotes() -> None:
    assert read("a[^1](x) b[^1](y)").plain() == "a[1] b[2]\n\n[1] x\n\n[2] y"


def test_a_text_of_its_own_comes_before_one_elsewhere() -> None:
    text = "a[^1](here) b[^1]\n\n[^1]: there"

    assert read(text).plain() == "a[1] b[2]\n\n[1] here\n\n[2] there"


def test_parentheses_within_are_balanced() -> None:
    text = "a[^1](see (b) and [c](https://x.test/(d))) e"

    assert read(text).plain() == ("a[1] e\n\n[1] see (b) and c <https://x.test/(d)>")
    assert read("a[^1](b ( c").plain() == "a[^1](b ( c"


def test_a_definition_may_stand_anywhere_and_goes_on_by_indent() -> None:
    text = "[^a]: one\n  two\n\n  three\nNot of it.\n- x[^a]\n  [^b]: four\n- y[^b]"

    assert read(text).plain() == (
        "Not of it.\n\n- x[1]\n- y[2]\n\n[1] one\n    two\n\n    three\n\n[2] four"
    )


def test_each_place_that_refers_to_it_is_come_back_to() -> None:
    html = read("a[^1] b[^1]\n\n[^1]: x").html("n")

    assert ids(html) == ["n-ref1", "n-ref1-2", "n-fn1"]
    assert targets(html) == ["n-fn1", "n-fn1", "n-ref1", "n-ref1-2"]
    assert 'aria-label="Back to the text of footnote 1, place 2"' in html


def test_a_footnote_stands_in_no_link() -> None:
    assert read("[a[^1](b)](https://x.test)").footnotes == 0


def test_an_undefined_reference_is_shown_and_warned_of() -> None:
    assert read("a\nb[^x]").plain() == "a\nb[^x]"
    assert messages("a\nb[^x]") == [(2, "The footnote [^x] has no text.")]


def test_an_unused_definition_is_not_shown_and_warned_of() -> None:
    text = "a\n\n[^x]: b"

    assert read(text).plain() == "a"
    assert messages(text) == [
        (3, "The footnote [^x] is not referred to, so it is not shown.")
    ]


def test_the_first_of_two_definitions_is_kept() -> None:
    text = "a[^x]\n\n[^x]: b\n[^x]: c"

    assert read(text).plain() == "a[1]\n\n[1] b"
    assert messages(text) == [
        (4, "The footnote [^x] has a text already; the first is kept.")
    ]


def test_a_definition_without_a_text_is_none() -> None:
    assert read("a[^x]\n\n[^x]:").plain() == "a[^x]"


def test_footnotes_within_footnotes_are_finite_and_shown_once() -> None:
    text = "a[^x] b[^y]\n\n[^x]: see [^y] and [^x]\n[^y]: see [^x]"
    html = read(text).html("n")

    assert page_text(html).count("[1] see") == 1
    assert len(ids(html)) == len(set(ids(html))) == 7
    assert set(targets(html)) == set(ids(html))
