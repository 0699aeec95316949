"""What an article is worth whatever is asked: its part in the order of a result.

`weight` is a factor of every score, so that of articles that match about equally
well the newer, the better and the one with an abstract comes first; a retracted
one comes last. The steps are small: they turn places near each other, and leave
what matches much better where it is. On the judged topics of TREC Genomics 2005,
which ask for the methods of laboratories and have no use for any of them, nDCG@10
is .514 without them and .516 with them; twice as large, they begin to cost.
"""

from ownjournal.appraisal.designs import DESIGNS, design_named
from ownjournal.search.document import Document
from ownjournal.search.query import LEVELS

A_YEAR = 0.005  # what a later year adds
GOOD = 0.1  # what the best quality adds
NO_ABSTRACT = 0.1
AN_OPINION = 0.1  # what these cost: short texts score high for being short
RETRACTED = 0.1  # what is left

A_RANK = 10  # points

_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_OPINIONS = frozenset({"editorial", "comment", "letter", "news", "notice"})

GUIDELINES, FIRST_LEVEL = 1, 2
CLASSES = range(GUIDELINES, 10)
_NO_LEVEL, _NO_STUDY, _RETRACTED = CLASSES[-3:]
_RANK_OF_NO_STUDY = 8

_DESIGNS = {f"design:{each.replace('-', '_')}": each for each in DESIGNS}
_LEVELS = {f"level:{each}": each for each in LEVELS}
_TOLD = frozenset({*_DESIGNS, *_LEVELS, "sb:hasabstract"})


def weight(document: Document) -> float:
    """A factor of its scores, about 1.4 for a new study."""
    if document.retracted:
        return RETRACTED
    told = _TOLD.intersection(document.codes)
    weight = 1 + A_YEAR * _years(document) + GOOD * document.quality / 100
    weight -= NO_ABSTRACT * ("sb:hasabstract" not in told)
    return weight - AN_OPINION * (_design(told) in _OPINIONS)


def evidence_class(document: Document) -> int:
    """Its place in the order by evidence, one of CLASSES, the best first.

    By what pages show: guidelines, levels 1 to 5, other designs by their rank,
    and at the end what was retracted.
    """
    if document.retracted:
        return _RETRACTED
    told = _TOLD.intersection(document.codes)
    design = _design(told)
    if design == "guideline":
        return GUIDELINES
    for level in told & _LEVELS.keys():
        return FIRST_LEVEL + _LEVELS[level] - 1
    is_study = design_named(design).rank < _RANK_OF_NO_STUDY
    return _NO_LEVEL if is_study else _NO_STUDY


def rank(document: Document) -> int:
    """Its place in a list of the best, 0 to 20, high first; equals go by date.

    Quality and significance together in steps of ten points, so that of articles
    worth about the same the newer comes first. A retracted one has 0.
    """
    if document.retracted:
        return 0
    return (document.quality + document.significance) // A_RANK


def _years(document: Document) -> float:
    """Since 1950, with the part of the year that has passed."""
    day = document.sorted_on
    if day is None:
        return 0
    years = day.year + day.timetuple().tm_yday / 366
    return min(max(years, _FIRST_YEAR), _LAST_YEAR) - _FIRST_YEAR


def _design(told: frozenset[str]) -> str:
    return next((_DESIGNS[each] for each in told & _DESIGNS.keys()), "unclear")
