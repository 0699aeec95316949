"""What the model of study designs looks at: words, and which rules hold.

The words of title and abstract, alone and in pairs, each kind by itself; those of
the part on methods once more, as that is where a design is told; and, as flags,
the rules that hold, the journal, and whether there is an abstract at all.
Publication types and headings are left out: what they say is decided by rules,
and they are what a model is trained on.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ownjournal.appraisal import abstract_rules, title_rules
from ownjournal.appraisal.living import animal_words, bench_words
from ownjournal.appraisal.passage import Passage, passage
from ownjournal.appraisal.reading import Reading, read_text
from ownjournal.appraisal.rule import Anchored, Rule, Rules

GROUPS = {"flag": 0, "title": 1, "abstract": 2, "methods": 3}
"""Kinds of terms, and their group in `SparseModel`; a term is "kind:words"."""

PLAIN_FLAGS = ("flag:abstract", "flag:no abstract")
"""Flags that are no rules."""

MOST_WORDS = 1_500
"""Words of a text that are looked at; no true abstract has more."""


def _rules(found: Rule | Anchored | Rules) -> tuple[Rule | Anchored, ...]:
    return found.rules if isinstance(found, Rules) else (found,)


_OF_TITLES = {
    "names": _rules(title_rules.TITLE_RULES),
    "trial": _rules(title_rules.RCT_TITLE),
    "again": _rules(title_rules.SECOND_LOOK),
    "late": _rules(title_rules.LATE_TITLE_RULES),
    "cases": _rules(title_rules.CASES),
    "review": _rules(title_rules.REVIEW_TITLE),
}
_OF_ABSTRACTS = {
    "planned": _rules(abstract_rules.PLANNED),
    "again": _rules(abstract_rules.SECOND_LOOK),
    "own-review": _rules(abstract_rules.OWN_REVIEW),
    "searched": _rules(abstract_rules.SEARCHED),
    "method": _rules(abstract_rules.BY_METHOD),
    "pooled": _rules(abstract_rules.POOLED),
    "randomised": _rules(abstract_rules.RANDOMISED),
    "of-trials": _rules(abstract_rules.OF_TRIALS),
    "assigned": _rules(abstract_rules.OWN_ASSIGNMENT),
    "one": _rules(abstract_rules.ONE_PATIENT),
    "cases": _rules(abstract_rules.EARLY_CASES),
    "accuracy": _rules(abstract_rules.ACCURACY),
    "late": _rules(abstract_rules.LATE_RULES),
    "reviewed": _rules(abstract_rules.REVIEWED),
}

_METHODS = frozenset({"METHODS"})
_HEADED = re.compile(
    r"(?:^|[.;\]] )(?:[a-z]+ ?(?:,|and|&|/)? ?){0,3}(?:methods?|methodology|design"
    r"|participants|patients|setting|interventions?|procedures?):(.{0,2000}?)"
    r"(?=[.;] (?:main |key )?(?:results?|findings|conclusions?)\b[^.:]{0,20}:|$)"
)


def terms_of(read: Reading) -> set[str]:
    """The terms of an article; of an empty one, flags alone."""
    found = set(_flags(read))
    for kind, text in (
        ("title", read.title),
        ("abstract", read.abstract),
        ("methods", _methods(read)),
    ):
        found.update(_words(kind, text))
    return found


def _words(kind: str, text: Passage) -> Iterator[str]:
    """Words and pairs of them, numbers as one word."""
    head = f"{kind}:"
    words = [
        "0" if word.isdigit() else word.decode() for word in text.words[:MOST_WORDS]
    ]
    for word in words:
        yield head + word
    for one, next_ in pairwise(words):
        yield f"{head}{one} {next_}"


def _methods(read: Reading) -> Passage:
    """The part on methods: by its label, or by the heading in running text."""
    abstract = read.article.abstract
    sections = abstract.sections if abstract else ()
    labelled = [each.text for each in sections if each.category in _METHODS]
    if labelled:
        return read_text(" ".join(labelled))
    if len(sections) != 1 or ":" not in read.abstract.text:
        return passage("")
    found = _HEADED.search(read.abstract.text)
    return passage(found.group(1) if found else "")


def _flags(read: Reading) -> Iterator[str]:
    yield PLAIN_FLAGS[0] if read.abstract.text else PLAIN_FLAGS[1]
    for part, text, sets in (
        ("title", read.title, _OF_TITLES),
        ("abstract", read.abstract, _OF_ABSTRACTS),
    ):
        for name, rules in sets.items():
            for each in rules:
                if each.words(text) is not None:
                    yield f"flag:{part}/{name}/{each.code}"
    for living, words in (("animal", animal_words(read)), ("bench", bench_words(read))):
        if words is not None:
            yield f"flag:{living}/{words[0]}"
    journal = read.article.journal
    if journal is not None and journal.nlm_id is not None:
        yield f"flag:journal/{journal.nlm_id}"
