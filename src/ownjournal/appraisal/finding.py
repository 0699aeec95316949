"""Find the study design of an article by rules, or say that it is unclear.

First what is sure: what a notice or an opinion is; what the title names; what the
abstract says was done; a title that counts cases; PubMed's surest types. Then
what is only likely: an account of a subject without a study of its own; animals and
bench; weaker words of the abstract; PubMed's headings and weaker types; the words of
a review; and last what leans to one kind. What finds nothing is
"unclear", which is better than a wrong badge. Where a model is at hand, it is
asked after what is sure (`judge`).
"""

from msgspec import Struct

from ownjournal.appraisal.abstract_rules import (
    BY_METHOD,
    EARLY_CASES,
    OF_TRIALS,
    ONE_PATIENT,
    OWN_ASSIGNMENT,
    OWN_POOLING,
    OWN_REVIEW,
    PLANNED,
    POOLED,
    QUALITATIVE,
    RANDOMISED,
    SEARCHED,
)
from ownjournal.appraisal.abstract_rules import SECOND_LOOK as SECOND_LOOK_TOLD
from ownjournal.appraisal.labels import (
    NOTICE_TYPES,
    OPINIONS,
    SURE_TYPES,
    WEAK_TYPES,
    by_heading,
    by_type,
)
from ownjournal.appraisal.living import (
    alive,
    animal_words,
    any_bench,
    bench_words,
    of_people,
)
from ownjournal.appraisal.reading import Reading
from ownjournal.appraisal.title_rules import (
    CASES,
    LATE_TITLE_RULES,
    NOTICES,
    PILOT,
    RCT_TITLE,
    REVIEW_TITLE,
    SECOND_LOOK,
    TITLE_RULES,
    TRIAL,
    VIEWS,
)
from ownjournal.appraisal.weaker_rules import (
    ACCURACY,
    LAST_RULES,
    LATE_RULES,
    OWN_ACCOUNT,
    REVIEWED,
    narrated,
)

COCHRANE_REVIEWS = "100909747"
"""NLM id of the Cochrane Database of Systematic Reviews."""

PLANNED_LABELS = frozenset(
    {"methods and analysis", "ethics and dissemination", "methods/design"}
)
"""Headings that abstracts of protocols have, and no others."""

SURE_OF_A_STUDY = frozenset({"rct", "meta-analysis", "systematic-review"})


class Finding(Struct, frozen=True):
    """A design, where it was found, and the words."""

    design: str
    source: str | None = None  # a key of verdict.SOURCES
    words: str | None = None


UNCLEAR = Finding("unclear")


def sure_design(read: Reading) -> Finding | None:
    """The design, where rules of high precision say it."""
    return (
        _notice_or_opinion(read)
        or _by_title(read)
        or _by_abstract(read)
        or _several_cases(read)
        or _told(by_type(read, SURE_TYPES), "type")
    )


def likely_design(read: Reading) -> Finding:
    """The design by weaker rules, for what is not sure; UNCLEAR where none holds."""
    return (
        _by_weaker_words(read)
        or _told(by_type(read, WEAK_TYPES), "type")
        or _opinion(read)
        or UNCLEAR
    )


def design_of(read: Reading) -> Finding:
    """The study design of an article by rules alone."""
    return sure_design(read) or likely_design(read)


def _told(hit: tuple[str, str] | None, source: str) -> Finding | None:
    return None if hit is None else Finding(hit[0], source, hit[1])


def _notice_or_opinion(read: Reading) -> Finding | None:
    notice = by_type(read, NOTICE_TYPES)
    if notice is not None:
        return _told(notice, "type")
    if (hit := NOTICES.first(read.title)) is not None:
        return _told(hit, "title")
    # A research letter has type Letter, no abstract, and results all the same.
    if read.abstract.text or SURE_OF_A_STUDY & {
        SURE_TYPES.get(ui) for ui in read.types
    }:
        return None
    return _opinion(read)


def _opinion(read: Reading) -> Finding | None:
    return _told(by_type(read, OPINIONS), "type")


def _by_title(read: Reading) -> Finding | None:
    hit = TITLE_RULES.first(read.title)
    if hit is not None:
        return _told(hit, "title")
    journal = read.article.journal
    if journal is not None and journal.nlm_id == COCHRANE_REVIEWS:
        if PLANNED.words(read.abstract):
            return Finding("protocol", "abstract", "this is a protocol")
        return Finding("systematic-review", "journal", journal.title)
    if _of_a_trial(read) and (words := SECOND_LOOK.words(read.title)):
        return Finding("secondary-analysis", "title", words)
    if VIEWS.words(read.title) and (words := QUALITATIVE.words(read.abstract)):
        return Finding("qualitative", "abstract", words)
    if (words := RCT_TITLE.words(read.title)) is not None:
        if (animal := animal_words(read)) is not None:
            return Finding("animal", *animal)
        if (planned := _planned(read)) is not None:
            return Finding("protocol", "abstract", planned)
        pilot = PILOT.words(read.title)
        return Finding("pilot-trial" if pilot else "rct", "title", words)
    return None


def _of_a_trial(read: Reading) -> bool:
    return TRIAL.words(read.title) is not None or TRIAL.words(read.abstract) is not None


def _planned(read: Reading) -> str | None:
    """Words or a heading of the abstract of what has not been done yet."""
    abstract = read.article.abstract
    for each in abstract.sections if abstract else ():
        if each.label is not None and each.label.lower() in PLANNED_LABELS:
            return each.label.lower()
    return PLANNED.words(read.abstract)


def _by_abstract(read: Reading) -> Finding | None:
    text = read.abstract
    if not text.text:
        return None
    if words := _planned(read):
        return Finding("protocol", "abstract", words)
    if words := OWN_POOLING.words(text):
        return Finding("meta-analysis", "abstract", words)
    if words := QUALITATIVE.words(text):
        return Finding("qualitative", "abstract", words)
    if (words := SECOND_LOOK_TOLD.words(text)) and _of_a_trial(read):
        return Finding("secondary-analysis", "abstract", words)
    return _reviews(read) or _trials(read) or _cases(read)


def _reviews(read: Reading) -> Finding | None:
    words = OWN_REVIEW.words(read.abstract)
    if words is None:
        words = SEARCHED.words(read.abstract)
        if words is None or BY_METHOD.words(read.abstract) is None:
            return None
    pooled = POOLED.words(read.abstract)
    if pooled is not None:
        return Finding("meta-analysis", "abstract", pooled)
    return Finding("systematic-review", "abstract", words)


def _trials(read: Reading) -> Finding | None:
    words = RANDOMISED.words(read.abstract)
    if words is None:
        return None
    others = (
        REVIEW_TITLE.words(read.title) is not None
        or OF_TRIALS.words(read.abstract) is not None
        or "D016454" in read.types
    )
    if others and OWN_ASSIGNMENT.words(read.abstract) is None:
        return None
    if (animal := animal_words(read)) is not None:
        return Finding("animal", *animal)
    pilot = PILOT.words(read.title)
    return Finding("pilot-trial" if pilot else "rct", "abstract", words)


def _cases(read: Reading) -> Finding | None:
    if words := ONE_PATIENT.words(read.abstract):
        return Finding("case-report", "abstract", words)
    return _told_words("case-series", EARLY_CASES.words(read.abstract))


def _several_cases(read: Reading) -> Finding | None:
    """Before PubMed's types, as a series has the type Case Reports too."""
    words = CASES.words(read.title)
    if words is None or animal_words(read) is not None:
        return None
    return Finding("case-series", "title", words)


def _told_words(design: str, words: str | None) -> Finding | None:
    return None if words is None else Finding(design, "abstract", words)


def _named(hit: tuple[str, str], read: Reading) -> Finding | None:
    """What a title names; a cohort in which a test was weighed is more than one."""
    if hit[0] in ("cohort", "observational"):
        words = ACCURACY.words(read.abstract)
        if words is not None:
            return Finding("diagnostic-accuracy", "abstract", words)
    return _told(hit, "title")


def _by_weaker_words(read: Reading) -> Finding | None:
    if (hit := LATE_TITLE_RULES.first(read.title)) is not None:
        animal = animal_words(read)
        return Finding("animal", *animal) if animal else _named(hit, read)
    if (words := REVIEW_TITLE.words(read.title)) is not None:
        return Finding("review", "title", words)
    return (
        _told_words("review", OWN_ACCOUNT.words(read.abstract))
        or _told_words("review", narrated(read.abstract))
        or _not_of_people(read)
        or _told(LATE_RULES.first(read.abstract), "abstract")
        or _told(by_heading(read), "mesh")
        or _told_words("review", REVIEWED.words(read.abstract))
        or _told_words("bench", any_bench(read))
        or _by_last_words(read)
    )


def _by_last_words(read: Reading) -> Finding | None:
    return (
        _told(LAST_RULES.first(read.abstract), "abstract") if of_people(read) else None
    )


def _not_of_people(read: Reading) -> Finding | None:
    """Animals or a bench; parts of animals that died for it are the latter."""
    animal, bench = animal_words(read), bench_words(read)
    if animal is None:
        return None if bench is None else Finding("bench", *bench)
    if bench is not None and animal[0] != "mesh" and not alive(read):
        return Finding("bench", *bench)
    return Finding("animal", *animal)
