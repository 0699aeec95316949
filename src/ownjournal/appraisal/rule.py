"""Rules: patterns that show a design or a sign, and what forbids them.

A pattern that begins with a choice of words costs a hundred microseconds over
an abstract. So none is tried before the beginning of one of its words has been
seen (`passage`), and where a rule hangs on a word it looks only around it.
"""

import re

from msgspec import Struct

from ownjournal.appraisal.passage import Passage, start_of, starts_of

LOOK_BACK = 160
"""Characters before an anchor that `before` may look at."""


ALWAYS = frozenset({b""})
"""The start of words that no rule asks for: nearly every text has some."""


class Rule(Struct, frozen=True):
    """`code` where the pattern is found in a text and the veto is not."""

    code: str  # of a design or a sign
    starts: frozenset[bytes]  # one begins a word of every text that matches
    pattern: re.Pattern[str]
    veto: "Rule | Anchored | None"

    def words(self, passage: Passage) -> str | None:
        """The words that the rule rests on; None where it does not hold."""
        if self.starts.isdisjoint(passage.starts):
            return None
        match = self.pattern.search(passage.text)
        if match is None or (self.veto and self.veto.words(passage)):
            return None
        return match.group()


class Anchored(Struct, frozen=True):
    """`code` where the pattern matches at an anchor, after what must precede it."""

    code: str
    starts: frozenset[bytes]
    anchors: tuple[tuple[bytes, str], ...]  # each with its start
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None  # ends in $: it must reach the anchor
    unless: re.Pattern[str] | None  # ends in $ too: words that must not precede
    veto: "Rule | Anchored | None"

    def words(self, passage: Passage) -> str | None:
        """The words that the rule rests on; None where it does not hold."""
        if self.starts.isdisjoint(passage.starts):
            return None
        text = passage.text
        for start, anchor in self.anchors:
            place = text.find(anchor) if start in passage.starts else -1
            while place >= 0:
                words = self._words_at(text, place)
                if words is not None:
                    return None if self.veto and self.veto.words(passage) else words
                place = text.find(anchor, place + 1)
        return None

    def _words_at(self, text: str, place: int) -> str | None:
        match = self.pattern.match(text, place)
        if match is None:
            return None
        back = max(0, place - LOOK_BACK)
        if self.unless is not None and self.unless.search(text, back, place):
            return None
        if self.before is None:
            return match.group()
        earlier = self.before.search(text, back, place)
        return None if earlier is None else text[earlier.start() : match.end()]


class Rules(Struct, frozen=True):
    """Rules in the order in which they are tried."""

    rules: tuple[Rule | Anchored, ...]
    starts: frozenset[bytes]  # of all of them

    def first(self, passage: Passage) -> tuple[str, str] | None:
        """Code and words of the first rule that holds."""
        starts = passage.starts
        if self.starts.isdisjoint(starts):
            return None
        for each in self.rules:
            if each.starts.isdisjoint(starts):  # a call saved, most of the time
                continue
            words = each.words(passage)
            if words is not None:
                return each.code, words
        return None

    def words(self, passage: Passage) -> str | None:
        """The words of the first rule that holds, of rules for one thing."""
        hit = self.first(passage)
        return None if hit is None else hit[1]


def rule(
    code: str, needles: str, pattern: str, veto: Rule | Anchored | None = None
) -> Rule:
    """A rule over the whole text; for needles see `passage.start_of`."""
    return Rule(code, starts_of(needles), re.compile(pattern), veto)


def veto(needles: str, pattern: str) -> Rule:
    """What forbids a rule, itself a rule."""
    return rule("veto", needles, pattern)


def anchored(
    code: str,
    anchors: str,
    pattern: str,
    *,
    before: str | None = None,
    unless: str | None = None,
    veto: Rule | Anchored | None = None,
) -> Anchored:
    """A rule that hangs on its anchors, which are needles too.

    The pattern is matched where an anchor begins; `before` and `unless` end there.
    """
    return Anchored(
        code,
        starts_of(anchors),
        tuple((start_of(each), each) for each in anchors.split("|")),
        re.compile(pattern),
        re.compile(f"(?:{before})$") if before else None,
        re.compile(f"(?:{unless})$") if unless else None,
        veto,
    )


def in_order(*rules: Rule | Anchored) -> Rules:
    """Rules to be tried one after the other."""
    starts = frozenset[bytes]().union(*(each.starts for each in rules))
    return Rules(rules, starts)
