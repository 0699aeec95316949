import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.appraisal import (
    abstract_rules,
    evidence,
    living,
    title_rules,
    variety,
    weaker_rules,
)
from ownjournal.appraisal.passage import passage, starts_of
from ownjournal.appraisal.rule import (
    Anchored,
    Rule,
    Rules,
    anchored,
    in_order,
    rule,
    veto,
)


def test_a_needle_stands_for_the_words_that_begin_with_it() -> None:
    starts = starts_of("randomised|case |re:|double-blind")

    assert starts == {b"rando", b"case", b"re", b"doubl"}


def test_a_needle_too_short_to_begin_words_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        starts_of("mask")


def test_words_end_at_anything_but_letters_and_digits() -> None:
    starts_of("double|blind|rest |ci ")

    starts = passage("(double-blind) gout/rest, 95%ci").starts

    assert {b"doubl", b"blind", b"rest", b"ci"} <= starts


@given(st.text(max_size=40).map(str.lower))
def test_every_word_that_is_asked_for_is_seen_by_its_start(text: str) -> None:
    words = re.findall(r"[a-z0-9]+", text)
    starts_of("|".join(f"{word} " for word in words) or "gout ")

    seen = passage(text).starts

    assert all(word[:5].encode() in seen for word in words)


def test_a_veto_forbids_what_the_pattern_finds() -> None:
    trial = rule("rct", "trial", r"\btrial\b", veto("review", r"\breview\b"))

    assert trial.words(passage("a trial")) == "trial"
    assert trial.words(passage("a review of a trial")) is None
    assert trial.words(passage("a tribunal")) is None


def test_an_anchor_may_ask_for_what_stands_before_it() -> None:
    blind = anchored("rct", "blind", r"blind\b", before=r"\bdouble-")

    assert blind.words(passage("the blind in a double-blind trial")) == "double-blind"
    assert blind.words(passage("a blind trial")) is None


def test_an_anchor_may_forbid_what_stands_before_it() -> None:
    trial = anchored("rct", "random", r"randomised\b", unless=r"\brecent |\bold ")

    assert trial.words(passage("a randomised trial")) == "randomised"
    assert trial.words(passage("a recent randomised trial")) is None
    assert trial.words(passage("an old randomised trial")) is None
    assert trial.words(passage("recent gout. a randomised trial")) == "randomised"
    assert trial.words(passage("a recent randomised one; randomised")) == "randomised"


def test_all_that_may_stand_before_an_anchor_must_reach_it() -> None:
    blind = anchored("rct", "blind", r"blind\b", before=r"\bdouble-|\bfully ")

    assert blind.words(passage("double-dosed men, blind")) is None
    assert blind.words(passage("fully blind")) == "fully blind"


def test_the_first_rule_that_holds_decides() -> None:
    rules = in_order(rule("a", "gout ", "gout"), rule("b", "trial", "trial"))

    assert rules.first(passage("a trial of gout")) == ("a", "gout")
    assert rules.words(passage("a trial")) == "trial"
    assert rules.first(passage("rest")) is None


def all_rules() -> list[Rule | Anchored]:
    found: list[Rule | Anchored] = []
    modules = (title_rules, abstract_rules, weaker_rules, living, variety, evidence)
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, Rules):
                found += value.rules
            elif isinstance(value, Rule | Anchored):
                found.append(value)
    return found


def test_every_pattern_is_in_lower_case_as_the_text_is() -> None:
    for each in all_rules():
        literal = re.sub(r"\\[A-Z]", "", each.pattern.pattern)
        assert literal == literal.lower(), each.pattern.pattern


def test_no_pattern_holds_a_backspace_for_a_word_boundary() -> None:
    for each in all_rules():
        patterns = [each.pattern, getattr(each, "before", None)]
        patterns += [getattr(each, "unless", None)]
        patterns += [each.veto.pattern] if each.veto else []
        assert not any(pattern and "\b" in pattern.pattern for pattern in patterns)
