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

from ownjournal.appraisal import abstract_rules, title_rules, weaker_rules
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
    "pooling": _rules(abstract_rules.OWN_POOLING),
    "qualitative": _rules(abstract_rules.QUALITATIVE),
    "searched": _rules(abstract_rules.SEARCHED),
    "method": _rules(abstract_rules.BY_METHOD),
    "pooled": _rules(abstract_rules.POOLED),
    "randomised": _rules(abstract_rules.RANDOMISED),
    "of-trials": _rules(abstract_rules.OF_TRIALS),
    "assigned": _rules(abstract_rules.OWN_ASSIGNMENT),
    "one": _rules(abstract_rules.ONE_PATIENT),
    "cases": _rules(abstract_rules.EARLY_CASES),
    "accuracy": _rules(weaker_rules.ACCURACY),
    "late": _rules(weaker_rules.LATE_RULES),
    "account": _rules(weaker_rules.OWN_ACCOUNT),
    "reviewed": _rules(weaker_rules.REVIEWED),
    "last": _rules(weaker_rules.LAST_RULES),
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
    _add_words(found, "title", read.title)
    _add_words(found, "abstract", read.abstract)
    _add_words(found, "methods", _methods(read))
    return found


def _add_words(found: set[str], kind: str, text: Passage) -> None:
    """Words and pairs of them, numbers as one word."""
    plain = b" ".join(text.words[:MOST_WORDS]).decode().split()
    words = ["0" if word.isdigit() else word for word in plain]
    found.update([f"{kind}:{word}" for word in words])
    found.update([f"{kind}:{one} {next_}" for one, next_ in pairwise(words)])


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
        starts = text.starts
        for name, rules in sets.items():
            for each in rules:
                if each.starts.isdisjoint(starts):  # a call saved, most of the time
                    continue
                if each.words(text) is not None:
                    yield f"flag:{part}/{name}/{each.code}"
    for living, words in (("animal", animal_words(read)), ("bench", bench_words(read))):
        if words is not None:
            yield f"flag:{living}/{words[0]}"
    journal = read.article.journal
    if journal is not None and journal.nlm_id is not None:
        yield f"flag:journal/{journal.nlm_id}"
