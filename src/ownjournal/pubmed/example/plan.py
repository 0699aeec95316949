"""Where each invented article stands: its number, day, design and partners.

Article number n of a corpus is a function of the corpus and n alone, so any
article can be made at any time, and a notice can name its partner without
either being kept in memory.
"""

from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from ownjournal.pubmed.example import FIRST_PMID
from ownjournal.pubmed.example.draw import Draw, Weights

DAYS_BACK = 547
SMALLEST_WITH_SINGLE_NOTICES = 100

DESIGNS = Weights(
    {
        "meta-analysis": 36,
        "systematic review": 20,
        "guideline": 10,
        "trial": 42,
        "cluster trial": 9,
        "crossover trial": 7,
        "pilot trial": 16,
        "trial protocol": 22,
        "secondary analysis": 16,
        "uncontrolled trial": 36,
        "prospective cohort": 85,
        "retrospective cohort": 145,
        "case-control": 34,
        "cross-sectional": 150,
        "accuracy": 38,
        "qualitative": 45,
        "economic": 15,
        "case report": 82,
        "case series": 26,
        "review": 72,
        "editorial": 26,
        "letter": 22,
        "animal": 40,
        "bench": 36,
    }
)


class Corpus(Struct, frozen=True):
    """What decides every byte of an example corpus."""

    seed: int
    articles: int
    today: date


class Pair(Struct, frozen=True):
    """An original and its notice, as places in every run of 200 articles."""

    original: int
    notice: int
    original_design: str
    notice_design: str
    original_link: str  # RefType in the original
    notice_link: str  # RefType in the notice


RUN = 200
PREPRINT = "preprint"
PAIRS = (
    Pair(20, 150, "trial", "comment", "CommentIn", "CommentOn"),
    Pair(45, 90, "meta-analysis", "comment", "CommentIn", "CommentOn"),
    Pair(60, 190, "prospective cohort", "erratum", "ErratumIn", "ErratumFor"),
    Pair(110, 175, "trial", "erratum", "ErratumIn", "ErratumFor"),
    Pair(75, 130, "meta-analysis", "meta-analysis", "UpdateIn", "UpdateOf"),
    Pair(15, 95, PREPRINT, "prospective cohort", "UpdateIn", "UpdateOf"),
)
RETRACTION = Pair(0, 0, "trial", "retraction", "RetractionIn", "RetractionOf")
CONCERN = Pair(
    0,
    0,
    "prospective cohort",
    "concern",
    "ExpressionOfConcernIn",
    "ExpressionOfConcernFor",
)
# Places of reports of one trial, by their design; the trial's is that of a pair.
TRIAL = 110
REPORTS = {5: "trial protocol", 165: "secondary analysis"}
_AS_ORIGINAL = {pair.original: pair for pair in PAIRS}
_AS_NOTICE = {pair.notice: pair for pair in PAIRS}


class Link(Struct, frozen=True):
    """From one article to its partner."""

    kind: str  # RefType
    partner: int  # number of the other article
    design: str  # of the article that bears the link


def _single_pairs(corpus: Corpus) -> tuple[tuple[int, int, Pair], ...]:
    """The one retraction and the one concern: numbers that no run's pair has."""
    if corpus.articles < SMALLEST_WITH_SINGLE_NOTICES:
        return ()

    def near(share: float, last_digit: int) -> int:
        return int(corpus.articles * share) // 10 * 10 + last_digit

    return (
        (near(0.78, 3), near(0.98, 3), RETRACTION),
        (near(0.70, 7), near(0.95, 7), CONCERN),
    )


def links(corpus: Corpus, number: int) -> tuple[Link, ...]:
    """The article's partners; the gap between them grows with the corpus."""
    for original, notice, pair in _single_pairs(corpus):
        if number == original:
            return (Link(pair.original_link, notice, pair.original_design),)
        if number == notice:
            return (Link(pair.notice_link, original, pair.notice_design),)
    place = number % RUN
    as_original, as_notice = _AS_ORIGINAL.get(place), _AS_NOTICE.get(place)
    if as_original:
        partner = number + _gap(corpus, as_original)
        if partner < corpus.articles:
            return (
                Link(as_original.original_link, partner, as_original.original_design),
            )
    if as_notice:
        partner = number - _gap(corpus, as_notice)
        if partner >= 0:
            return (Link(as_notice.notice_link, partner, as_notice.notice_design),)
    return ()


def trial_of(corpus: Corpus, number: int) -> int | None:
    """The trial that an article is another report of, under the same registration."""
    place = number % RUN
    trial = number - place + TRIAL
    return trial if place in REPORTS and links(corpus, trial) else None


def _gap(corpus: Corpus, pair: Pair) -> int:
    return pair.notice - pair.original + RUN * (corpus.articles // 6000)


def draw_of(corpus: Corpus, number: int) -> Draw:
    """The article's own stream of chances."""
    return Draw(corpus.seed * 1_000_000_007 + number)


def pmid_of(number: int) -> int:
    """The first article has FIRST_PMID."""
    return FIRST_PMID + number


def entered(corpus: Corpus, number: int) -> datetime:
    """When the record came to PubMed: over a year and a half, the more the
    nearer to today, in the order of the numbers."""
    end = datetime.combine(corpus.today, time(6), UTC)
    left = 1.0 - (number + 0.5) / corpus.articles
    return end - timedelta(minutes=int(DAYS_BACK * 1440 * left**1.5))


def retracted_and_doubted(corpus: Corpus) -> tuple[int, ...]:
    """Numbers of the originals whose notices come late: sent twice."""
    return tuple(original for original, _, _ in _single_pairs(corpus))
