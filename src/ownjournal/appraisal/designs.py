"""Study designs as we name them: the table that pages, filters and scores share.

`rank` orders designs by how far, other things equal, their results can be
trusted for a clinical decision: 1 is best, and equal ranks are equals. It
sorts and explains; evidence levels come from `levels`, points from `points`.
"""

from msgspec import Struct


class Design(Struct, frozen=True):
    """A study design; `code` is stored and never changes its meaning."""

    code: str
    name: str
    explanation: str  # one sentence for a reader
    rank: int  # 1 (best) to 9


_TABLE = (
    (
        "systematic-review",
        "Systematic review",
        "Finds and appraises all studies of a question by a stated method.",
        1,
    ),
    (
        "meta-analysis",
        "Meta-analysis",
        "Combines the numbers of several studies into one estimate.",
        1,
    ),
    (
        "rct",
        "Randomised controlled trial",
        "Chance decides who gets which treatment, so the groups can be compared.",
        2,
    ),
    (
        "pilot-trial",
        "Pilot randomised trial",
        "A small randomised trial of whether a larger one can be done.",
        3,
    ),
    (
        "secondary-analysis",
        "Secondary analysis of a trial",
        "Asks a question of a trial's data that the trial was not built to answer.",
        3,
    ),
    (
        "non-randomised-trial",
        "Non-randomised trial",
        "An intervention is tested, but chance does not decide who gets it.",
        4,
    ),
    (
        "diagnostic-accuracy",
        "Diagnostic accuracy study",
        "Compares a test with the best available way to know the diagnosis.",
        3,
    ),
    (
        "prediction-model",
        "Prediction model",
        "Builds or checks a rule that estimates a person's risk.",
        4,
    ),
    (
        "cohort",
        "Cohort study",
        "Follows people over time and compares what happens to them.",
        4,
    ),
    (
        "case-control",
        "Case-control study",
        "Compares people who have a condition with people who do not, looking back.",
        5,
    ),
    (
        "mendelian-randomisation",
        "Mendelian randomisation",
        "Uses inherited variants to tell a cause from a coincidence.",
        4,
    ),
    (
        "cross-sectional",
        "Cross-sectional study",
        "Looks at a group of people at one point in time.",
        5,
    ),
    (
        "observational",
        "Observational study",
        "Observes without intervening; the article does not say more.",
        5,
    ),
    (
        "economic",
        "Economic evaluation",
        "Weighs what a treatment costs against what it brings.",
        5,
    ),
    (
        "qualitative",
        "Qualitative study",
        "Studies experience and meaning through interviews or observation.",
        5,
    ),
    (
        "case-series",
        "Case series",
        "Describes several patients, with no group to compare.",
        6,
    ),
    ("case-report", "Case report", "Describes one patient or a few.", 7),
    (
        "guideline",
        "Guideline",
        "Recommends what to do, on behalf of a body; it has a badge, not a level.",
        2,
    ),
    (
        "scoping-review",
        "Scoping review",
        "Maps what has been studied, without weighing the answers.",
        5,
    ),
    (
        "review",
        "Narrative review",
        "An author's account of a subject; it has a badge, not a level.",
        7,
    ),
    (
        "protocol",
        "Study protocol",
        "Says how a study will be done; no results yet.",
        8,
    ),
    ("editorial", "Editorial", "The opinion of an editor or an invited author.", 8),
    (
        "comment",
        "Comment",
        "Remarks on another article, or an answer to them.",
        8,
    ),
    ("letter", "Letter", "A letter to the journal.", 8),
    ("animal", "Animal study", "Done in animals; it may not hold for people.", 8),
    (
        "bench",
        "Laboratory study",
        "Done with cells, molecules or machines.",
        8,
    ),
    (
        "news",
        "News or history",
        "News, biography, history: not a study.",
        9,
    ),
    (
        "notice",
        "Notice",
        "A correction, retraction or other notice.",
        9,
    ),
    (
        "unclear",
        "Design unclear",
        "Nothing says how the study was done.",
        6,
    ),
)

DESIGNS: dict[str, Design] = {row[0]: Design(*row) for row in _TABLE}


def design_named(code: str) -> Design:
    """The design of a stored code; "unclear" for a code of a later version."""
    return DESIGNS.get(code, DESIGNS["unclear"])
