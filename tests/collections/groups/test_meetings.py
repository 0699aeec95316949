"""Meetings of a group: plan, appraisal, minutes, and the file for calendars."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from made.notes import a_note
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.groups import meetings, membership
from ownjournal.collections.groups.checklists import checklists
from ownjournal.collections.groups.models import Group, Meeting
from ownjournal.readers.models import Reader

from ..conftest import FIRST, signed_in


def soon(days: int = 6) -> str:
    return f"{timezone.now() + timedelta(days=days):%Y-%m-%d}"


def a_form(**changes: str) -> dict[str, str]:
    return {
        "day": soon(),
        "hour": "17:30",
        "minutes_long": "45",
        "place": "Room 2; by the lift",
        "article": "10.99999/velo.1",
        "questions": "Was it **fair**?",
        "design": "rct",
    } | changes


@pytest.fixture
def meeting(club: Group, ada: Reader, shelf: object) -> Meeting:
    club.time_zone = "Europe/Berlin"
    club.save()
    answer = signed_in(ada).post(f"/groups/{club.pk}/meetings/new", a_form())
    assert answer.status_code == 302
    return Meeting.objects.get()


def path_of(meeting: Meeting) -> str:
    return f"/groups/{meeting.group_id}/meetings/{meeting.pk}"


def test_a_meeting_is_planned_by_the_groups_clock(
    meeting: Meeting, club: Group, ada: Reader
) -> None:
    local = meeting.starts_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{local:%Y-%m-%d %H:%M}" == f"{soon()} 17:30"
    assert meeting.pmid == FIRST + 1

    page = signed_in(ada).get(f"/groups/{club.pk}").text
    assert "17:30 (Europe/Berlin)" in page
    assert "in 6 days" in page or "in 5 days" in page or "in 7 days" in page
    page = signed_in(ada).get(path_of(meeting)).text
    assert "Velotrine in village 1" in page
    assert "<strong>fair</strong>" in page
    assert "Was it left to chance" in page
    assert "doi:10.1136/bmj.l4898" in page


@pytest.mark.parametrize(
    "change",
    [
        {"day": ""},
        {"day": "2026-13-01"},
        {"day": "0000-01-01"},
        {"day": "9999-12-31"},
        {"hour": "25:00"},
        {"minutes_long": "0"},
        {"minutes_long": "9" * 40},
        {"place": "x" * 201},
        {"article": "12345"},
        {"article": "the one about fever"},
        {"questions": "x" * 10_001},
        {"design": "horoscope"},
    ],
)
def test_a_plan_that_is_wrong_comes_back_as_typed(
    change: dict[str, str], club: Group, ada: Reader, shelf: object
) -> None:
    page = signed_in(ada).post(f"/groups/{club.pk}/meetings/new", a_form(**change))

    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not Meeting.objects.exists()


def test_others_see_nothing_of_a_meeting(
    meeting: Meeting, cleo: Reader, bea: Reader
) -> None:
    stranger, start = signed_in(cleo), path_of(meeting)
    for path in ("", ".ics", "/plan"):
        assert stranger.get(start + path).status_code == 404, path
    for path in ("/plan", "/appraisal", "/minutes", "/remove"):
        assert stranger.post(start + path, a_form()).status_code == 404, path
    other = membership.make(cleo, "Other", timezone.now())
    mixed = f"/groups/{other.pk}/meetings/{meeting.pk}"
    assert stranger.get(mixed).status_code == 404
    membership.join(meeting.group, bea, timezone.now())
    assert signed_in(bea).post(f"{start}/remove").status_code == 404
    assert Meeting.objects.exists()


def test_answers_are_kept_and_taken_back(meeting: Meeting, ada: Reader) -> None:
    client, path = signed_in(ada), f"{path_of(meeting)}/appraisal"
    client.post(path, {"verdict-rct-chance": "yes", "remark-rct-size": "Small"})

    page = client.get(path_of(meeting)).text
    assert '<strong class="badge design">Yes</strong>' in page
    assert 'value="Small"' in page
    client.post(path, {"verdict-rct-chance": "perhaps"})
    assert meeting.answers.count() == 2
    client.post(path, {})
    assert not meeting.answers.exists()


def test_of_two_who_write_minutes_at_once_nothing_is_lost(
    meeting: Meeting, ada: Reader
) -> None:
    client, path = signed_in(ada), f"{path_of(meeting)}/minutes"
    seen = str(meeting.changes)

    first = client.post(path, {"minutes": "We found it *fair*.", "seen": seen})
    second = client.post(path, {"minutes": "We found it wanting.", "seen": seen})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "<em>fair</em>" in second.text
    assert "We found it wanting." in second.text
    meeting.refresh_from_db()
    again = {"minutes": "Both.", "seen": str(meeting.changes)}
    assert client.post(path, again).status_code == 302


def test_the_calendar_has_it_in_its_own_form(meeting: Meeting, ada: Reader) -> None:
    answer = signed_in(ada).get(f"{path_of(meeting)}.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert f"DTSTART:{meeting.starts_at:%Y%m%dT%H%M%SZ}" in lines
    assert "LOCATION:Room 2\\; by the lift" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_the_same_article_keeps_its_questions_when_the_plan_changes(
    meeting: Meeting, ada: Reader
) -> None:
    client = signed_in(ada)
    page = client.get(f"{path_of(meeting)}/plan").text
    assert f'value="PMID {FIRST + 1}"' in page

    client.post(f"{path_of(meeting)}/plan", a_form(hour="18:00", design="cohort"))

    meeting.refresh_from_db()
    assert meeting.changes == 1
    assert "told as cause and effect" in client.get(path_of(meeting)).text


def test_codes_of_questions_are_each_once() -> None:
    codes = [each.code for one in checklists() for each in one.questions]

    assert len(codes) == len(set(codes))
    assert all(len(code) <= 40 for code in codes)
    assert all("doi:" in source for one in checklists() for source in one.sources)


def test_an_hour_that_does_not_exist_is_where_the_clocks_land(
    club: Group, shelf: object
) -> None:
    club.time_zone = "Europe/Berlin"
    plan = meetings.Plan("2027-03-28", "02:30", "60", "", "", "", "")

    made = meetings.make(club, plan, timezone.now())

    assert made.starts_at == datetime(
        2027, 3, 28, 3, 30, tzinfo=ZoneInfo("Europe/Berlin")
    )
    with pytest.raises(CannotArrange):
        meetings.make(
            club, meetings.Plan("28.3.", "2", "60", "", "", "", ""), timezone.now()
        )


def test_the_note_that_leads_the_article_stands_on_the_page(
    meeting: Meeting, ada: Reader
) -> None:
    a_note(pmid=meeting.pmid, text="It *fades*.")

    assert "It <em>fades</em>." in signed_in(ada).get(path_of(meeting)).text
