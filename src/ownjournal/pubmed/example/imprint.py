"""Who, where and when: what an invented article is cited by."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from ownjournal.pubmed.example.draw import Draw
from ownjournal.pubmed.example.journals import GENERAL, PREPRINTS, SPECIAL, Periodical
from ownjournal.pubmed.example.people import Person, people_of
from ownjournal.pubmed.example.plan import (
    DESIGNS,
    PREPRINT,
    REPORTS,
    RUN,
    Corpus,
    Link,
    draw_of,
    entered,
    links,
    pmid_of,
    trial_of,
)
from ownjournal.pubmed.example.tables import CONDITIONS, Condition
from ownjournal.pubmed.months import SHORT_MONTHS

DAYS_AHEAD_OF_PRINT = 75

# How many sign, at least and at most, by design; 2 to 9 where nothing is said.
_TEAMS = {
    "meta-analysis": (3, 9),
    "guideline": (6, 12),
    "trial": (5, 12),
    "cluster trial": (5, 12),
    "trial protocol": (5, 12),
    "review": (1, 5),
    "case report": (2, 5),
    "editorial": (1, 2),
    "letter": (1, 4),
    "comment": (1, 3),
    "erratum": (0, 0),
    "retraction": (0, 0),
    "concern": (0, 0),
}
_STRONG = frozenset(("meta-analysis", "guideline", "trial", "cluster trial"))


class IssueDate(Struct, frozen=True):
    """The date of a journal's issue, as precise as it is printed."""

    year: int
    month: str | None = None
    day: int | None = None
    season: str | None = None
    medline: str | None = None  # "2026 Mar-Apr"; then nothing else is printed


class Imprint(Struct, frozen=True):
    """The bibliographic side of one article."""

    number: int
    pmid: int
    design: str
    condition: Condition
    links: tuple[Link, ...]
    entered: datetime
    journal: Periodical
    model: str  # PubModel
    electronic: date | None
    issue_date: IssueDate
    volume: str | None
    issue: str | None
    start_page: str | None
    end_page: str | None
    doi: str
    authors: tuple[Person, ...]

    @property
    def ahead(self) -> bool:
        """Published, but not yet in an issue of its journal."""
        return self.volume is None and self.start_page is None


def imprint_of(corpus: Corpus, number: int) -> tuple[Imprint, Draw]:
    """The imprint of an article, and its chances that are left for the words."""
    draw = draw_of(corpus, number)
    found = links(corpus, number)
    design = DESIGNS.draw(draw)
    condition = draw.pick(CONDITIONS)
    trial = trial_of(corpus, number)
    if trial is not None:
        design, condition = REPORTS[number % RUN], condition_of(corpus, trial)
    if found:
        design = found[0].design
        if not found[0].kind.endswith("In"):
            condition = condition_of(corpus, found[0].partner)
    journal = _journal(draw, design, condition)
    when = entered(corpus, number)
    out = _publish(draw, journal, when, (corpus.today - when.date()).days)
    start, end = _pages(draw, journal, number) if out.volume else (None, None)
    if design == PREPRINT:
        start = f"{when:%Y.%m.%d}.{number + 1:07d}"
    return Imprint(
        number,
        pmid_of(number),
        design,
        condition,
        found,
        when,
        journal,
        *out,
        start,
        end,
        f"10.5555/{journal.code}.{when.year}.{number + 1:07d}",
        _signers(corpus, number) or _authors(draw, design, condition),
    ), draw


class _Published(NamedTuple):
    model: str
    electronic: date | None
    issue_date: IssueDate
    volume: str | None
    issue: str | None


def _publish(
    draw: Draw, journal: Periodical, when: datetime, days_old: int
) -> _Published:
    """How and when it came out; new ones are often ahead of their issue."""
    if journal is PREPRINTS:
        day = when.date()
        posted = IssueDate(day.year, SHORT_MONTHS[day.month - 1], day.day)
        return _Published("Electronic", day, posted, None, None)
    model = _model(draw, journal)
    electronic = None
    if model != "Print":
        electronic = when.date() - timedelta(days=draw.whole(0, 6))
    ahead = model == "Print-Electronic" and days_old < DAYS_AHEAD_OF_PRINT
    ahead = ahead and draw.chance(0.55)
    issued = _issue_date(draw, model, electronic or when.date(), ahead)
    if ahead:
        return _Published(model, electronic, issued, None, None)
    volume = str(issued.year - journal.first_year + 1)
    issue = None if model == "Electronic" else _issue(draw, issued)
    return _Published(model, electronic, issued, volume, issue)


def condition_of(corpus: Corpus, number: int) -> Condition:
    """The condition alone; the second chance of an article decides it."""
    draw = draw_of(corpus, number)
    draw.random()
    return draw.pick(CONDITIONS)


def cite(imprint: Imprint) -> str:
    """As NLM names a partner: "Imag J Med. 2026 Mar;12(3):45-51. doi: …"."""
    issued = imprint.issue_date
    parts = (issued.year, issued.month, issued.day)
    when = issued.medline or " ".join(str(each) for each in parts if each is not None)
    where = ""
    if imprint.volume:
        issue = f"({imprint.issue})" if imprint.issue else ""
        where = f";{imprint.volume}{issue}:{printed_pages(imprint)}"
    elif imprint.start_page:
        where = f":{imprint.start_page}"
    return f"{imprint.journal.abbreviation}. {when}{where}. doi: {imprint.doi}."


def printed_pages(imprint: Imprint) -> str | None:
    """The pages as NLM shortens them: 1016 to 1022 is "1016-22"."""
    start, end = imprint.start_page, imprint.end_page
    if start is None or end is None or start == end:
        return start
    if len(start) != len(end):
        return f"{start}-{end}"
    same = next(place for place in range(len(end)) if start[place] != end[place])
    return f"{start}-{end[same:]}"


def _journal(draw: Draw, design: str, condition: Condition) -> Periodical:
    if design == PREPRINT:
        return PREPRINTS
    general = 0.4 if design in _STRONG else 0.22
    if draw.chance(general):
        return draw.pick(GENERAL)
    return draw.pick(SPECIAL[condition.specialty])


def _model(draw: Draw, journal: Periodical) -> str:
    if journal.online_only:
        return "Electronic" if draw.chance(0.7) else "Electronic-eCollection"
    return "Print-Electronic" if draw.chance(0.78) else "Print"


def _issue_date(draw: Draw, model: str, day: date, ahead: bool) -> IssueDate:
    month = SHORT_MONTHS[day.month - 1]
    if ahead or model == "Electronic":
        return IssueDate(day.year, month, day.day)
    if model == "Electronic-eCollection":
        return IssueDate(day.year)
    if model == "Print" and draw.chance(0.2):
        if draw.chance(0.4):
            return IssueDate(day.year, season=_season(day.month))
        first = (day.month - 1) // 2 * 2
        both = f"{day.year} {SHORT_MONTHS[first]}-{SHORT_MONTHS[first + 1]}"
        return IssueDate(day.year, medline=both)
    later = draw.whole(0, 2) if model == "Print-Electronic" else 0
    month_number = day.month - 1 + later
    return IssueDate(day.year + month_number // 12, SHORT_MONTHS[month_number % 12])


def _season(month: int) -> str:
    return ("Winter", "Spring", "Summer", "Autumn")[month % 12 // 3]


def _issue(draw: Draw, issued: IssueDate) -> str:
    if issued.month:
        return str(SHORT_MONTHS.index(issued.month) + 1)
    return str(draw.whole(1, 4))


def _pages(
    draw: Draw, journal: Periodical, number: int
) -> tuple[str | None, str | None]:
    if journal.online_only:
        return f"e{number % 900_000 + 100_000}", None
    start = draw.whole(1, 1900)
    end = start + draw.whole(0, 13)
    return str(start), str(end) if end > start else None


def _signers(corpus: Corpus, number: int) -> tuple[Person, ...]:
    """Those of the trial, or of what a preprint became; () for any other article."""
    same = trial_of(corpus, number)
    for link in links(corpus, number):
        same = link.partner if link.design == PREPRINT else same
    return () if same is None else imprint_of(corpus, same)[0].authors


def _authors(draw: Draw, design: str, condition: Condition) -> tuple[Person, ...]:
    fewest, most = _TEAMS.get(design, (2, 9))
    if most == 0:
        return ()
    people = people_of(condition.specialty)
    count = draw.whole(fewest, most)
    first, step = draw.whole(0, len(people) - 1), draw.whole(1, len(people) // 20)
    return tuple(people[(first + place * step) % len(people)] for place in range(count))
