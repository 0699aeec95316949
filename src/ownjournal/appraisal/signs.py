"""Signs of quality and of significance, and the points they earn.

Quality asks whether the result can be trusted (internal validity),
significance how far it reaches (external validity and weight of the outcome).
Both run from 0 to 100 and are the plain sum of their signs, so a score can be
added up by hand. Nothing here looks at whether the result was positive: p
values, sizes of effect and claims to change practice earn nothing, since
rewarding them selects spin. No journal earns points by its name, a few by what
it has published (`yields`).

The points are judgement, not measurement; docs/ranking.md gives the reasons
and the spread they have on real records.
"""

from msgspec import Struct

from ownjournal.appraisal.yields import Yield

HIGH_QUALITY = 47
"""From here on an article is shown as of high quality: a trial or a review that
shows some care and is not tiny, fewer than one clinical article in ten."""

HIGH_SIGNIFICANCE = 40
"""From here on an article is shown as significant: about one in twenty."""


class Sign(Struct, frozen=True, array_like=True):
    """Something the article shows, and the points it earns in both scores."""

    code: str  # a key of KINDS
    quality: int
    significance: int
    words: str | None = None  # as they stand in the article, in lower case


class Kind(Struct, frozen=True):
    """What a sign is called and how it is told; {words} are the sign's own."""

    name: str
    sentence: str
    quality: int = 0  # 0 where the points depend on the article
    significance: int = 0


KINDS: dict[str, Kind] = {
    "design": Kind("Design", "Points for the study design."),
    "size": Kind("Sample size", "It studied {words} people."),
    "multicentre": Kind("Several centres", 'It says "{words}".', 8, 10),
    "registered": Kind("Registered", "It gives a registration: {words}.", 10),
    "blinded": Kind("Blinding", 'It says "{words}".', 10),
    "partly-blinded": Kind("Partial blinding", 'It says "{words}".', 6),
    "as-allocated": Kind("Analysed as allocated", 'It says "{words}".', 5),
    "interval": Kind("Confidence interval", 'It says "{words}".', 7),
    "bias-weighed": Kind("Risk of bias weighed", 'It says "{words}".', 10),
    "two-reviewers": Kind("Judged twice", 'It says "{words}".', 8),
    "outcome": Kind("Outcome that matters", 'Its outcome is "{words}".', 0, 20),
    "yield": Kind(
        "Journal's yield",
        "Of the articles of its journal counted here, {words} had designs of evidence"
        " level 1 or 2.",
    ),
    "editorial": Kind("Commented on", "An article comments on it: {words}.", 0, 15),
    "not-clinical": Kind("Not clinical", 'It is not about patients: "{words}".'),
    "integrity": Kind("Integrity", "Points taken away: {words}."),
}

DESIGN_POINTS: dict[str, tuple[int, int]] = {
    "systematic-review": (42, 28),
    "meta-analysis": (42, 28),
    "guideline": (30, 40),
    "rct": (40, 28),
    "pilot-trial": (22, 10),
    "secondary-analysis": (24, 16),
    "non-randomised-trial": (22, 16),
    "diagnostic-accuracy": (26, 18),
    "prediction-model": (22, 14),
    "cohort": (22, 18),
    "case-control": (18, 12),
    "mendelian-randomisation": (22, 14),
    "cross-sectional": (15, 10),
    "observational": (14, 10),
    "economic": (18, 16),
    "qualitative": (18, 10),
    "case-series": (10, 6),
    "case-report": (4, 3),
    "scoping-review": (20, 10),
    "review": (8, 12),
    "protocol": (8, 5),
    "editorial": (2, 8),
    "comment": (2, 4),
    "letter": (2, 4),
    "animal": (6, 3),
    "bench": (6, 3),
    "news": (0, 1),
    "notice": (0, 0),
    "unclear": (10, 6),
}
"""Points (quality, significance) that a design earns by itself."""

SIZE_POINTS = (
    (5000, 15, 20),
    (1000, 12, 14),
    (400, 8, 9),
    (100, 4, 4),
    (50, 0, 0),
    (1, -4, -2),
)
"""(people at least, quality, significance), largest first; a tiny study loses some."""

YIELD_POINTS = ((0.35, 5), (0.2, 3), (0.12, 1))
"""(share of strong designs at least, quality), largest first."""


def sign(code: str, words: str | None = None) -> Sign:
    """A sign whose points stand in KINDS."""
    kind = KINDS[code]
    return Sign(code, kind.quality, kind.significance, words)


def design_sign(design: str) -> Sign:
    """The points that the study design earns."""
    quality, significance = DESIGN_POINTS[design]
    return Sign("design", quality, significance)


def size_sign(people: int) -> Sign:
    """The sample size and its points, which may be none."""
    quality, significance = next(
        (quality, significance)
        for least, quality, significance in SIZE_POINTS
        if people >= least
    )
    return Sign("size", quality, significance, str(people))


def yield_sign(found: Yield) -> Sign | None:
    """The points for what the journal yields; None where it is no more than usual."""
    for least, quality in YIELD_POINTS:
        if found.share >= least:
            words = f"{found.strong:,} of {found.articles:,}"
            return Sign("yield", quality, 0, words)
    return None


def told(each: Sign) -> str:
    """One sentence about a sign."""
    kind = KINDS.get(each.code)
    if kind is None:  # stored by a later version
        return each.words or each.code
    words = each.words
    if each.code == "size" and words is not None and words.isdigit():
        words = f"{int(words):,}"
    return kind.sentence.format(words=words)
