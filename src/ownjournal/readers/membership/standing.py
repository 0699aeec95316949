"""What a reader is now: open, on trial or a member, and whether that is over.

    open     nobody needs to be a member here, or the reader came before it was so
    trial    for TRIAL_DAYS from the day of joining
    member   by an operator, by an invitation, or by the domain of the address

A member is asked for first, so that a trial that ends takes nothing from one.
Notes, log, export and search stay when it is over; only issues stop.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from msgspec import Struct

from ownjournal.readers.membership.domains import covering, covering_each
from ownjournal.readers.membership.models import Member, MemberDomain, Trial
from ownjournal.readers.models import Reader

INSTANT = timedelta(microseconds=1)
HAD_BEFORE = "had before"  # a trial, with this address, so that there is none


class Kind(StrEnum):
    """In words of the operators' list."""

    OPEN = "open"
    TRIAL = "trial"
    MEMBER = "member"


class Standing(Struct, frozen=True):
    """What a reader is at a moment."""

    kind: Kind
    is_over: bool = False
    until_on: date | None = None  # the last day, by the reader's clock; None: no end
    way: str | None = None  # of a member, as "by an invitation"; else HAD_BEFORE


OPEN = Standing(Kind.OPEN)


def may_receive(reader: Reader, now: datetime) -> bool:
    """Whether issues come to this reader. Notes it, once, where a trial is over."""
    return reader.pk in receiving([reader], now)


def receiving(readers: Sequence[Reader], now: datetime) -> set[int]:
    """The same of many, asked at once: the ids of those to whom issues come."""
    if settings.MEMBERSHIP == "open":
        return {each.pk for each in readers}
    asked = [each for each in readers if not each.is_operator]
    trials = Trial.objects.filter(reader__in=asked)
    over = trials.filter(ended_at=None, ends_at__lte=now)
    if over.exists():
        over.update(ended_at=now)  # it stays so should the clock go back
    trial_of = {row.pk: row for row in trials}
    member_of = Member.objects.in_bulk([each.pk for each in asked])
    domains = covering_each(each.email for each in asked)
    stopped = {
        each.pk
        for each in asked
        if judged(
            each,
            trial_of.get(each.pk),
            member_of.get(each.pk),
            domains[each.email],
            now,
        ).is_over
    }
    return {each.pk for each in readers} - stopped


def may_get_mail(reader: Reader) -> bool:
    """`may_receive` at this moment, for the post office."""
    return may_receive(reader, timezone.now())


def standing(reader: Reader, now: datetime) -> Standing:
    """By the rows of now; changes nothing."""
    return judged(
        reader,
        Trial.objects.filter(reader=reader).first(),
        Member.objects.filter(reader=reader).first(),
        covering(reader.email),
        now,
    )


def judged(
    reader: Reader,
    trial: Trial | None,
    member: Member | None,
    domains: Iterable[MemberDomain],
    now: datetime,
) -> Standing:
    """The best that these rows give; `domains` are those of the reader's address."""
    found = [
        _member(row.until_on, reader, now, f"by the domain {row}") for row in domains
    ]
    if member is not None:
        way = "by an invitation" if member.invitation_id else "by an operator"
        found.insert(0, _member(member.until_on, reader, now, way))
    if trial is not None and settings.MEMBERSHIP != "open":
        found.append(_on_trial(trial, reader, now))
    going_on = [each for each in found if not each.is_over]
    over = [] if settings.MEMBERSHIP == "open" else found
    return next(iter([*going_on, *over]), OPEN)


def _member(until_on: date | None, reader: Reader, now: datetime, way: str) -> Standing:
    is_over = until_on is not None and until_on < _day(reader, now)
    return Standing(Kind.MEMBER, is_over, until_on, way)


def _on_trial(trial: Trial, reader: Reader, now: datetime) -> Standing:
    if trial.ends_at <= trial.began_at:
        return Standing(Kind.TRIAL, is_over=True, way=HAD_BEFORE)
    is_over = trial.ended_at is not None or trial.ends_at <= now
    return Standing(Kind.TRIAL, is_over, _day(reader, trial.ends_at - INSTANT))


def _day(reader: Reader, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(reader.time_zone)).date()
