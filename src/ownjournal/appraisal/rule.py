"""Rules: patterns that show a design or a sign, and what forbids them.

A pattern that begins with a choice of words costs a hundred microseconds over
an abstract. So none is tried before the beginning of one of its words has been
seen (`passage`), and where a rule hangs on a word it looks only around it.
"""

import re

from msgspec import Struct

from ownjournal.appraisal.passage import Passage, starts_of

LOOK_BACK = 160
"""Characters before an anchor that `before` may look at."""


class Rule(Struct, frozen=True):
    """`code` where the pattern is found in a text and the veto is not."""

    code: str  # of a design or a sign
    starts: frozenset[bytes]  # one of them begins a word of every text that matches
    pattern: re.Pattern[str]
    veto: re.Pattern[str] | None

    def words(self, passage: Passage) -> str | None:
        """The words that the rule rests on; None where it does not hold."""
        if self.starts.isdisjoint(passage.starts):
            return None
        match = self.pattern.search(passage.text)
        if match is None or (self.veto and self.veto.search(passage.text)):
            return None
        return match.group()


class Anchored(Struct, frozen=True):
    """`code` where the pattern matches at an anchor, after what must precede it."""

    code: str
    starts: frozenset[bytes]
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None  # ends in $: it must reach the anchor
    veto: re.Pattern[str] | None

    def words(self, passage: Passage) -> str | None:
        """The words that the rule rests on; None where it does not hold."""
        if self.starts.isdisjoint(passage.starts):
            return None
        text = passage.text
        for anchor in self.anchors:
            place = text.find(anchor)
            while place >= 0:
                words = self._words_at(text, place)
                if words is not None:
                    return None if self.veto and self.veto.search(text) else words
                place = text.find(anchor, place + 1)
        return None

    def _words_at(self, text: str, place: int) -> str | None:
        match = self.pattern.match(text, place)
        if match is None:
            return None
        if self.before is None:
            return match.group()
        earlier = self.before.search(text, max(0, place - LOOK_BACK), place)
        return None if earlier is None else text[earlier.start() : match.end()]


class Rules(Struct, frozen=True):
    """Rules in the order in which they are tried."""

    rules: tuple[Rule | Anchored, ...]
    starts: frozenset[bytes]  # of all of them

    def first(self, passage: Passage) -> tuple[str, str] | None:
        """Code and words of the first rule that holds."""
        if self.starts.isdisjoint(passage.starts):
            return None
        for each in self.rules:
            words = each.words(passage)
            if words is not None:
                return each.code, words
        return None

    def words(self, passage: Passage) -> str | None:
        """The words of the first rule that holds, of rules for one thing."""
        hit = self.first(passage)
        return None if hit is None else hit[1]


def rule(code: str, needles: str, pattern: str, veto: str | None = None) -> Rule:
    """A rule over the whole text; for needles see `passage.starts_of`."""
    forbidden = re.compile(veto) if veto else None
    return Rule(code, starts_of(needles), re.compile(pattern), forbidden)


def anchored(
    code: str,
    anchors: str,
    pattern: str,
    *,
    before: str | None = None,
    veto: str | None = None,
) -> Anchored:
    """A rule that hangs on its anchors, which are needles too.

    The pattern is matched where an anchor begins; `before` where it ends.
    """
    return Anchored(
        code,
        starts_of(anchors),
        tuple(anchors.split("|")),
        re.compile(pattern),
        re.compile(before + "$") if before else None,
        re.compile(veto) if veto else None,
    )


def in_order(*rules: Rule | Anchored) -> Rules:
    """Rules to be tried one after the other."""
    starts = frozenset[bytes]().union(*(each.starts for each in rules))
    return Rules(rules, starts)
