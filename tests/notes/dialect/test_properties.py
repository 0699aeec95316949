"""Whatever is typed: it is shown, nothing else is, and all three forms agree."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from made.note_html import bare_text, page_text, parse, violations
from made.note_texts import PARTS
from ownjournal.notes.dialect import Headings, TooHard, Written, read
from ownjournal.notes.dialect.features import DIALECT

typed = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(), max_size=60),  # with lone surrogates
    st.lists(st.sampled_from(PARTS), max_size=30).map("".join),
)
headings = st.sampled_from(("none", "second", "all"))


def all_of(written: Written) -> tuple[object, ...]:
    forms = (written.html("note-1"), written.mail_html(), written.plain())
    return (*forms, written.length, written.warnings, written.pmids, written.pictures)


@settings(max_examples=500)
@given(typed, headings)
@example("\ud800 \0 \ufffe", "none")
@example("<ſup>x</ſup>", "none")
@example("[^a]:", "none")
@example("x[^a]\n\n[^a]: see [^a]", "none")
def test_any_text_is_read_and_only_what_is_allowed_comes_out(
    text: str, allowed: Headings
) -> None:
    written = read(text, headings=allowed)

    assert violations(written.html("note-1")) == []
    assert violations(written.mail_html("https://journal.test")) == []


@settings(max_examples=500)
@given(typed, headings)
@example("- a\n\n  b\n- \n- c\n\n1. d\n   - e", "none")
@example("- a\n  [^x]: y\n  b", "none")
@example("<sup>[^0](0)</sup><sup>[1]</sup>", "none")
def test_the_page_and_the_plain_text_say_the_same(text: str, allowed: Headings) -> None:
    written = read(text, headings=allowed)

    assert page_text(written.html("note-1")) == written.plain()


@given(typed, headings)
def test_the_mail_says_the_same_without_ids_and_pictures(
    text: str, allowed: Headings
) -> None:
    written = read(text, headings=allowed)
    mail = written.mail_html()

    assert bare_text(mail) == bare_text(written.html("note-1"))
    assert not any({"id", "src"} & set(each.attrib) for each in parse(mail).iter())


@given(typed, headings)
def test_reading_twice_gives_the_same(text: str, allowed: Headings) -> None:
    assert all_of(read(text, headings=allowed)) == all_of(read(text, headings=allowed))


@given(st.text(st.characters(codec="ascii", categories=("L", "Nd", "Zs")), max_size=99))
def test_words_without_marks_are_shown_as_typed(text: str) -> None:
    written = read(text)

    assert written.plain() == text.strip(" ")
    assert written.length == len(" ".join(text.split()))


@given(typed)
def test_a_note_is_never_longer_than_what_was_typed(text: str) -> None:
    assert read(text).length <= len(text)


def test_another_dialect_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="dialect 2"):
        read("*x*", dialect=DIALECT + 1)


def test_ids_begin_with_what_can_be_a_prefix() -> None:
    for prefix in ("", "1", "note 1", '"><script>', "Note"):
        with pytest.raises(ValueError, match="prefix"):
            read("*x*").html(prefix)


def test_too_hard_is_a_value_error_for_the_author() -> None:
    assert issubclass(TooHard, ValueError)
