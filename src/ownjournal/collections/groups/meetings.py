"""What a group reads on a day: the plan, the appraisal, the minutes.

Every member may plan a meeting and write its minutes. Two who write at once are told
apart by a count: the later one is asked to look again, and nothing is lost.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.catalogue import store
from ownjournal.catalogue.titles import titles_by_pmid
from ownjournal.collections.arranging import CannotArrange, one_line
from ownjournal.collections.describing import checked
from ownjournal.collections.forms import number_of
from ownjournal.collections.groups.calendar import distance, told
from ownjournal.collections.groups.checklists import Checklist, checklist_for
from ownjournal.collections.groups.models import Answer, Group, Meeting
from ownjournal.collections.suggesting import named
from ownjournal.notes.dialect import DIALECT

MOST = 1_000  # meetings of one group
LASTS = timedelta(hours=12)  # after which a meeting is past
PLACE, REMARK = 200, 500  # characters
SHORTEST, LONGEST = 5, 600  # minutes


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    id: int
    when: str  # "Tuesday 1 December 2026, 17:30 (Europe/Berlin)"
    distance: str  # "in 6 days"
    title: str | None  # of the article
    place: str | None
    has_minutes: bool


class Plan(Struct, frozen=True):
    """A meeting as typed."""

    day: str  # "2026-12-01"
    hour: str  # "17:30"
    minutes_long: str
    place: str
    article: str  # a PMID or DOI; "" for none yet
    questions: str
    design: str  # a code; "" for that of our reading


def next_meeting(group: Group, now: datetime) -> MeetingLine | None:
    """The first that is not past."""
    rows = group.meetings.filter(starts_at__gt=now - LASTS).order_by("starts_at")
    first = rows.first()
    return None if first is None else _line(first, now)


def past(group: Group, now: datetime, most: int) -> tuple[MeetingLine, ...]:
    """The others, the latest first: past ones, and those after the next."""
    after = next_meeting(group, now)
    rows = group.meetings.exclude(pk=after.id if after else 0)
    return tuple(_line(each, now) for each in rows.select_related("group")[:most])


def _line(meeting: Meeting, now: datetime) -> MeetingLine:
    zone = meeting.group.time_zone
    here = ZoneInfo(zone)
    day, today = meeting.starts_at.astimezone(here), now.astimezone(here)
    return MeetingLine(
        id=meeting.pk,
        when=told(meeting.starts_at, zone),
        distance=distance(day.date(), today.date()),
        title=article_title(meeting),
        place=meeting.place,
        has_minutes=meeting.minutes is not None,
    )


def article_title(meeting: Meeting) -> str | None:
    """Of the article it is about, plain; None while none is chosen."""
    if meeting.pmid is None:
        return None
    return titles_by_pmid([meeting.pmid])[meeting.pmid]


def make(group: Group, plan: Plan, at: datetime) -> Meeting:
    """A new meeting. Raises CannotArrange."""
    if group.meetings.count() >= MOST:
        raise CannotArrange(f"A group has at most {MOST:,} meetings.")
    meeting = Meeting(group=group, made_at=at)
    _put(meeting, plan)
    meeting.save()
    return meeting


@transaction.atomic
def change(meeting: Meeting, plan: Plan) -> None:
    """Plan it anew; calendars learn of it. Raises CannotArrange."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _put(row, plan)
    row.changes += 1
    row.save()


def _put(meeting: Meeting, plan: Plan) -> None:
    meeting.starts_at = _start(meeting.group, plan)
    meeting.minutes_long = _minutes(plan.minutes_long)
    meeting.place = one_line(plan.place, PLACE)
    meeting.pmid = named(plan.article) if plan.article.strip() else None
    meeting.questions = checked(plan.questions, DIALECT)
    if plan.design and plan.design not in DESIGNS:
        raise CannotArrange("There is no such study design.")
    meeting.design = plan.design or None


def _start(group: Group, plan: Plan) -> datetime:
    """By the group's clock; an hour that the clocks jump over is where they land."""
    try:
        local = datetime.strptime(
            f"{plan.day.strip()} {plan.hour.strip()}", "%Y-%m-%d %H:%M"
        ).replace(tzinfo=ZoneInfo(group.time_zone))
    except ValueError:
        raise CannotArrange("Please give a day and an hour.") from None
    years = timezone.now().year
    if not years - 20 <= local.year <= years + 10:
        raise CannotArrange("This day is too far off.")
    return local.astimezone(UTC)


def _minutes(text: str) -> int:
    minutes = number_of(text)
    if not SHORTEST <= minutes <= LONGEST:
        raise CannotArrange(f"It lasts {SHORTEST} to {LONGEST} minutes.")
    return minutes


@transaction.atomic
def keep_minutes(meeting: Meeting, text: str, seen: int) -> None:
    """What was said, as typed. Raises CannotArrange.

    seen    `changes` of the meeting when the writer began
    """
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.changes != seen:
        raise CannotArrange(
            "Somebody has changed this meeting meanwhile. Your text is below: "
            "look at theirs, and keep yours once more."
        )
    row.minutes, row.dialect = checked(text, DIALECT), DIALECT
    row.changes += 1
    row.save()


@transaction.atomic
def answer(meeting: Meeting, given: dict[str, tuple[str, str]]) -> None:
    """Verdict and remark by the code of a question. Raises CannotArrange."""
    known = {each.code for each in checklist_of(meeting).questions}
    for code, (verdict, remark) in given.items():
        if code not in known or verdict not in {"", *Answer.Verdict.values}:
            raise CannotArrange("There is no such answer.")
        said = one_line(remark, REMARK)
        if not verdict and said is None:
            meeting.answers.filter(item=code).delete()
            continue
        Answer.objects.update_or_create(
            meeting=meeting,
            item=code,
            defaults={"verdict": verdict or None, "remark": said},
        )


def checklist_of(meeting: Meeting) -> Checklist:
    """By the design that was chosen, else by our reading of the article."""
    return checklist_for(meeting.design or _design(meeting.pmid))


def _design(pmid: int | None) -> str | None:
    kept = store.get(pmid) if pmid is not None else None
    return kept.appraisal.design if kept else None


def of_group(group: Group, number: int) -> Meeting | None:
    """A meeting of this group."""
    return group.meetings.select_related("group").filter(pk=number).first()
