"""Gather the signs of quality and significance that an article shows.

Signs are looked for only where they mean something: blinding in a trial, the
risk of bias in a review, a sample size wherever people were studied.
"""

from collections.abc import Iterable, Mapping

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.appraisal.levels import REVIEWS
from ownjournal.appraisal.passage import Passage
from ownjournal.appraisal.reading import Reading
from ownjournal.appraisal.registries import REGISTRIES, STARTS, registration_in
from ownjournal.appraisal.rule import Rules, anchored, in_order, rule
from ownjournal.appraisal.signs import (
    Sign,
    design_sign,
    sign,
    size_sign,
    yield_sign,
)
from ownjournal.appraisal.sizes import sample_size
from ownjournal.appraisal.yields import NO_YIELDS, Yield

TRIALS = frozenset({"rct", "pilot-trial", "secondary-analysis", "non-randomised-trial"})
OBSERVED = frozenset(
    {
        "cohort",
        "case-control",
        "cross-sectional",
        "diagnostic-accuracy",
        "prediction-model",
        "observational",
        "mendelian-randomisation",
        "economic",
        "case-series",
    }
)
STUDIES = TRIALS | OBSERVED | REVIEWS
"""Designs whose reports give numbers of people."""

MULTICENTER_STUDY = "D016448"
"""Publication type."""

_CENTRES = in_order(
    anchored("multicentre", "multicent|multi-cent", r"multi-?cent(?:re|er|ric)\w*"),
    anchored(
        "multicentre",
        "centres|centers|hospitals|sites|clinics|practices",
        r"\w+",
        before=r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several"
        r"|multiple) (?:[\w-]+ ){0,2}",
    ),
)
_BLINDED = in_order(
    anchored(
        "blinded",
        "blind|masked",
        r"(?:blind(?:ed|ing)?|masked)\b",
        before=r"\b(?:double|triple|quadruple)[- ]?",
    ),
)
_PARTLY_BLINDED = in_order(
    anchored(
        "partly-blinded",
        "blind|masked",
        r"(?:blind(?:ed|ing)?|masked)\b",
        before=r"\b(?:single|(?:assessor|observer|investigator|rater)s?)[- ]?",
    ),
    anchored(
        "partly-blinded",
        "blinded ",
        r"\bblinded (?:\w+ )?(?:assess|outcome|observer|evaluat|rater|end)\w*",
    ),
)
_ALLOCATED = in_order(
    anchored("as-allocated", "intent", r"intent(?:ion)?[- ]to[- ]treat\b"),
)
_INTERVAL = in_order(
    anchored("interval", "confidence interval", r"confidence intervals?\b"),
    anchored(
        "interval",
        "ci |ci,|ci)|ci:|ci=|ci;|ci[|cri |credible|uncertainty",
        r"(?:ci|cri|credible|uncertainty)\b",
        before=r"\b(?:90|95|97\.5|99) ?% ?",
    ),
)
_BIAS = in_order(
    rule(
        "bias-weighed",
        "risk of|quality|certainty|methodological|study qu|grade|quadas|robins"
        "|newcastle",
        r"\brisk of bias\b|\b(?:certainty|quality) of (?:the )?(?:evidence|included"
        r"|studies"
        r"|trials)\b|\b(?:methodological|study) quality\b|\bquality assess\w+"
        r"|\bgrade (?:approach|system|method)|\bquadas\b|\brobins\b"
        r"|\bnewcastle-ottawa\b",
    ),
)
_TWICE = in_order(
    rule(
        "two-reviewers",
        "two |independently|in dup",
        r"\btwo (?:independent )?(?:reviewers|authors|investigators|researchers)\b"
        r"|\bindependently (?:\w+ )?(?:extract|screen|assess|select|review)\w*"
        r"|\bin duplicate\b",
    ),
)
_MATTERS = (
    r"(?:death|mortality|survival|stroke|myocardial infarction|hospitali[sz]ation"
    r"|hospital admission|quality of life|fracture|amputation|disability|dialysis"
    r"|major bleeding|major adverse|relapse|suicide|blindness)"
)
_OUTCOME = in_order(
    anchored(
        "outcome",
        "primary ",
        rf"primary (?:\w+ )?(?:outcome|end-? ?point)s?\b[^.]{{0,100}}?\b{_MATTERS}\b",
    ),
    anchored(
        "outcome",
        "mortality|survival|death",
        r"(?:mortality|survival|death)\b",
        before=r"\b(?:all-cause|overall|in-hospital|(?:28|30|90)-day|(?:one|1|5)-year"
        r"|cardiovascular|maternal|neonatal|perinatal|infant|total) ",
    ),
)
_OUTCOME_IN_TITLE = in_order(
    anchored(
        "outcome", "mortality|survival|death", r"\b(?:mortality|survival|deaths?)\b"
    ),
)


def signs_of(
    read: Reading,
    design: str,
    *,
    clinical: bool,
    integrity: str | None,
    yields: Mapping[str, Yield] = NO_YIELDS,
) -> tuple[Sign, ...]:
    """All signs, the design first; their points add up to the scores, 0 to 100."""
    signs = [design_sign(design)]
    if design in STUDIES and read.abstract.text:
        _of_any_study(read, design, signs)
        if clinical:
            _of_journal(read, yields, signs)
        if design in TRIALS:
            _of_trials(read, signs)
        elif design in REVIEWS:
            _of_reviews(read.abstract, signs)
    if (comments := _comments(read)) is not None:
        signs.append(sign("editorial", comments))
    if not clinical and design not in ("animal", "bench"):
        reach = sum(each.significance for each in signs)
        signs.append(Sign("not-clinical", 0, -(reach // 2), design))
    return counted(signs, integrity)


def counted(signs: Iterable[Sign], integrity: str | None) -> tuple[Sign, ...]:
    """The same signs, with what a state of integrity takes from them at the end.

    All points where the results count for nothing; half under a concern.
    """
    earned = [each for each in signs if each.code != "integrity"]
    if integrity in GRAVE or integrity == "concern":
        share = 2 if integrity == "concern" else 1
        quality = sum([each.quality for each in earned]) // share
        significance = sum([each.significance for each in earned]) // share
        earned.append(Sign("integrity", -quality, -significance, integrity))
    return tuple(earned)


def _of_any_study(read: Reading, design: str, signs: list[Sign]) -> None:
    text = read.abstract
    size = sample_size(text, design)
    if size is not None:
        signs.append(size_sign(size))
    if design not in REVIEWS:
        _of_centres(read, signs)
    _registered(read, signs)
    _add(signs, _INTERVAL, text)
    if not _add(signs, _OUTCOME_IN_TITLE, read.title):
        _add(signs, _OUTCOME, text)


def _of_centres(read: Reading, signs: list[Sign]) -> None:
    """Of a study itself; a review only tells of the centres of others."""
    if MULTICENTER_STUDY in read.types:
        signs.append(sign("multicentre", "multicenter study"))
    else:
        _add(signs, _CENTRES, read.abstract)


def _of_journal(read: Reading, yields: Mapping[str, Yield], signs: list[Sign]) -> None:
    journal = read.article.journal
    found = yields.get(journal.nlm_id) if journal and journal.nlm_id else None
    if found is not None and (earned := yield_sign(found)) is not None:
        signs.append(earned)


def _of_trials(read: Reading, signs: list[Sign]) -> None:
    text = read.abstract
    if not _add(signs, _BLINDED, text) and not _add(signs, _BLINDED, read.title):
        _add(signs, _PARTLY_BLINDED, text)
    _add(signs, _ALLOCATED, text)


def _of_reviews(text: Passage, signs: list[Sign]) -> None:
    _add(signs, _BIAS, text)
    _add(signs, _TWICE, text)


def _add(signs: list[Sign], rules: Rules, text: Passage) -> bool:
    """Add a sign where a rule for it holds; say whether one did."""
    hit = rules.first(text)
    if hit is None:
        return False
    signs.append(sign(*hit))
    return True


def _registered(read: Reading, signs: list[Sign]) -> None:
    for bank in read.article.data_banks:
        if bank.name in REGISTRIES and bank.accession_numbers:
            signs.append(sign("registered", bank.accession_numbers[0]))
            return
    if STARTS.isdisjoint(read.abstract.starts):
        return
    if (number := registration_in(read.abstract.text)) is not None:
        signs.append(sign("registered", number))


def _comments(read: Reading) -> str | None:
    """The first article that NLM links as a comment on this one."""
    for link in read.article.corrections:
        if link.kind == "CommentIn":
            return f"PMID {link.pmid}" if link.pmid else (link.source or "not named")
    return None
