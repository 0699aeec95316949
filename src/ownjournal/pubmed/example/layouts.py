"""How the pieces of an abstract stand under labels, or run together."""

from ownjournal.pubmed.article import Markup, Section
from ownjournal.pubmed.example.draw import Draw

# Each layout is a row of (label, NlmCategory, pieces); a label without any of
# its pieces is left out.
Layout = tuple[tuple[str, str, tuple[str, ...]], ...]

_B, _O, _M, _R, _C = "BACKGROUND", "OBJECTIVE", "METHODS", "RESULTS", "CONCLUSIONS"
_HOW = ("design", "people", "action", "outcome")

_SHORT: tuple[Layout, ...] = (
    (
        ("BACKGROUND", _B, ("background", "aim")),
        ("METHODS", _M, _HOW),
        ("RESULTS", _R, ("result",)),
        ("CONCLUSIONS", _C, ("conclusion",)),
    ),
    (
        ("OBJECTIVE", _O, ("aim",)),
        ("METHODS", _M, _HOW),
        ("RESULTS", _R, ("result",)),
        ("CONCLUSION", _C, ("conclusion",)),
    ),
    (
        ("Background", _B, ("background",)),
        ("Aim", _O, ("aim",)),
        ("Methods", _M, _HOW),
        ("Results", _R, ("result",)),
        ("Conclusion", _C, ("conclusion",)),
    ),
    (
        ("INTRODUCTION", _B, ("background", "aim")),
        ("MATERIALS AND METHODS", _M, _HOW),
        ("RESULTS", _R, ("result",)),
        ("DISCUSSION", _C, ("conclusion",)),
    ),
)
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "trial": (
        *_SHORT[:3],
        (
            ("IMPORTANCE", "UNASSIGNED", ("background",)),
            ("OBJECTIVE", _O, ("aim",)),
            ("DESIGN, SETTING, AND PARTICIPANTS", "UNASSIGNED", ("design", "people")),
            ("INTERVENTIONS", "UNASSIGNED", ("action",)),
            ("MAIN OUTCOMES AND MEASURES", "UNASSIGNED", ("outcome",)),
            ("RESULTS", _R, ("result",)),
            ("CONCLUSIONS AND RELEVANCE", _C, ("conclusion",)),
        ),
        (
            ("OBJECTIVE", _O, ("aim",)),
            ("DESIGN", _M, ("design",)),
            ("PARTICIPANTS", _M, ("people",)),
            ("INTERVENTIONS", _M, ("action",)),
            ("MAIN OUTCOME MEASURES", _M, ("outcome",)),
            ("RESULTS", _R, ("result",)),
            ("CONCLUSIONS", _C, ("conclusion",)),
        ),
        (
            ("BACKGROUND", _B, ("background", "aim")),
            ("METHODS", _M, _HOW),
            ("FINDINGS", _R, ("result",)),
            ("INTERPRETATION", _C, ("conclusion",)),
            ("FUNDING", "UNASSIGNED", ("funding",)),
        ),
    ),
    "observation": _SHORT,
    "synthesis": (
        *_SHORT[:2],
        (
            ("OBJECTIVE", _O, ("aim",)),
            ("DATA SOURCES", _M, ("design",)),
            ("STUDY SELECTION", _M, ("people",)),
            ("DATA EXTRACTION AND SYNTHESIS", _M, ("action", "outcome")),
            ("RESULTS", _R, ("result",)),
            ("CONCLUSIONS", _C, ("conclusion",)),
        ),
        (
            ("Importance", "UNASSIGNED", ("background",)),
            ("Objective", _O, ("aim",)),
            ("Data Sources", "UNASSIGNED", ("design",)),
            ("Study Selection", "UNASSIGNED", ("people",)),
            ("Data Extraction and Synthesis", "UNASSIGNED", ("action", "outcome")),
            ("Results", _R, ("result",)),
            ("Conclusions and Relevance", _C, ("conclusion",)),
        ),
    ),
    "protocol": (
        (
            ("INTRODUCTION", _B, ("background", "aim")),
            ("METHODS AND ANALYSIS", _M, _HOW),
            ("ETHICS AND DISSEMINATION", "UNASSIGNED", ("conclusion",)),
            ("TRIAL REGISTRATION NUMBER", "UNASSIGNED", ("registration",)),
        ),
        (
            ("BACKGROUND", _B, ("background", "aim")),
            ("METHODS", _M, _HOW),
            ("DISCUSSION", "UNASSIGNED", ("conclusion",)),
            ("TRIAL REGISTRATION", "UNASSIGNED", ("registration",)),
        ),
    ),
    "case": (
        (
            ("BACKGROUND", _B, ("background",)),
            ("CASE PRESENTATION", "UNASSIGNED", ("result",)),
            ("CONCLUSIONS", _C, ("conclusion",)),
        ),
        (
            ("INTRODUCTION", _B, ("background",)),
            ("PATIENT CONCERNS", "UNASSIGNED", ("result",)),
            ("LESSONS", _C, ("conclusion",)),
        ),
    ),
    "guideline": (
        (
            ("DESCRIPTION", _B, ("background", "aim")),
            ("METHODS", _M, _HOW),
            ("RECOMMENDATIONS", "UNASSIGNED", ("result",)),
            ("CONCLUSIONS", _C, ("conclusion",)),
        ),
        _SHORT[0],
    ),
    "prose": (),
}
# The share of abstracts that run on without labels.
_UNLABELLED = {"trial": 0.15, "observation": 0.3, "synthesis": 0.15, "case": 0.7}
_SMALL_PRINT = frozenset(("registration", "funding"))
_TRIAL_REGISTRATION = "TRIAL REGISTRATION"


def sections(draw: Draw, layout: str, pieces: dict[str, str]) -> tuple[Section, ...]:
    """The abstract of a draft."""
    choices = LAYOUTS[layout]
    if not choices or draw.chance(_UNLABELLED.get(layout, 0.2)):
        names = tuple(name for name in pieces if name not in _SMALL_PRINT)
        return (Section(_join(draw, pieces, names)),)
    found = [
        Section(_join(draw, pieces, names), *how)
        for *how, names in draw.pick(choices)
        if any(each in pieces for each in names)
    ]
    told = found[-1].label or ""
    if "registration" in pieces and "REGISTRATION" not in told and draw.chance(0.6):
        found.append(
            Section(Markup(pieces["registration"]), _TRIAL_REGISTRATION, "UNASSIGNED")
        )
    return tuple(found)


def _join(draw: Draw, pieces: dict[str, str], names: tuple[str, ...]) -> Markup:
    """The pieces as one text; an aim without a label of its own, "To assess …",
    becomes a sentence."""
    found = [pieces[name] for name in names if name in pieces]
    if "aim" in names and len(names) > 1:
        found = [
            f"{draw.pick(_AIMED)} t{text[1:]}" if text.startswith("To ") else text
            for text in found
        ]
    return Markup(" ".join(found))


_AIMED = ("We aimed", "The aim was", "We set out", "The aim of this study was")
