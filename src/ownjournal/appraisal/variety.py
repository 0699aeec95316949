"""Varieties of a randomised trial: who was randomised, and how often.

A variety is no design of its own: filters, levels and points ask for the design,
and pages name the variety.
"""

from ownjournal.appraisal.reading import Reading
from ownjournal.appraisal.rule import anchored, in_order

VARIETIES = {
    "cluster": "Cluster-randomised trial",
    "crossover": "Randomised crossover trial",
}
"""Codes, as they are stored, and names."""

OF_DESIGNS = frozenset({"rct"})

_GROUPS = (
    r"(?:clusters|practices|villages|hospitals|schools|clinics|communities|wards"
    r"|families|households|nursing homes|health cent(?:er|re)s|districts|classrooms"
    r"|centres|centers|units|worksites|churches|pharmacies)"
)

_RULES = in_order(
    anchored(
        "cluster",
        "cluster|stepped|group-random",
        r"cluster[- ](?:level )?(?:\w+[- ])?(?:randomi[sz]|controlled|rct|trial"
        r"|crossover|cross-over)|clusters? (?:were|was) randomi[sz]"
        r"|stepped[- ]wedge\b|group-randomi[sz]",
    ),
    anchored(
        "cluster",
        "random",
        rf"random(?:i[sz]ed|ly (?:assigned|allocated))(?: \d+| the| all)? {_GROUPS}\b"
        r"|randomi[sz]ation (?:was )?(?:by|at the level of the) (?:\w+ )?(?:cluster"
        r"|practice|village|hospital|school|clinic|community|ward)\b",
    ),
    anchored(
        "cluster",
        "random",
        r"random(?:i[sz]ed|ly (?:assigned|allocated))\b",
        before=rf"\b{_GROUPS} (?:were|was) (?:\w+ )?",
    ),
    anchored(
        "crossover",
        "crossover|cross-over",
        r"cross-?over\b(?! (?:from|was (?:permitted|allowed)|rate|event))",
        before=r"(?<!case-)(?<!case )",
    ),
    anchored("crossover", "crossed over", r"crossed over to the (?:other|alternat)"),
)


def variety_of(design: str, read: Reading) -> str | None:
    """The variety that title or abstract tells; None for a plain trial."""
    if design not in OF_DESIGNS:
        return None
    hit = _RULES.first(read.title) or _RULES.first(read.abstract)
    return None if hit is None else hit[0]
