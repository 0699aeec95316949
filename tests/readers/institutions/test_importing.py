"""Importing is one step, may be repeated, and takes nothing from anybody."""

import json
from pathlib import Path

import pytest

from made.institutions import an_institution
from ownjournal.readers.institutions import picks
from ownjournal.readers.institutions.importing import as_json, import_list
from ownjournal.readers.institutions.lists import Listed, Unusable, read
from ownjournal.readers.institutions.models import BY_HAND, Institution
from ownjournal.readers.models import Reader

pytestmark = pytest.mark.django_db

MERROW = Listed("Merrow", "openurl", "https://r.test/openurl", "M", ("UM",))
SOUTH = Listed("South Merrow", "proxy", "https://p.test/login?url=$@")


def templates() -> dict[str, str]:
    return dict(Institution.objects.values_list("name", "template"))


def test_a_list_is_added_and_added_again_without_change() -> None:
    first = import_list([MERROW, SOUTH], "list")
    rows = list(Institution.objects.values())
    again = import_list([MERROW, SOUTH, SOUTH], "list")

    assert (first.added, first.unchanged) == ([MERROW, SOUTH], 0)
    assert (again.added, again.changed, again.unchanged) == ([], [], 3)
    assert list(Institution.objects.values()) == rows
    assert rows[0]["other_names"] == "UM"
    assert rows[1]["country"] is None


def test_a_changed_entry_is_changed_and_checked_anew() -> None:
    import_list([MERROW], "list")
    Institution.objects.update(problem="It did not answer in time.")
    changed = Listed("Merrow", "openurl", "https://new.test/", "M")

    done = import_list([changed], "list")

    assert done.changed == [changed]
    row = Institution.objects.get()
    assert (row.template, row.problem) == ("https://new.test/", None)
    assert row.other_names == "UM"


def test_what_was_changed_by_hand_stays() -> None:
    import_list([MERROW], "list")
    Institution.objects.update(template="https://mine.test/", source=BY_HAND)

    done = import_list([MERROW], "list")

    assert done.kept == [MERROW]
    assert templates() == {"Merrow": "https://mine.test/"}


def test_a_dry_run_tells_the_same_and_writes_nothing() -> None:
    told = import_list([MERROW, SOUTH], "list", dry_run=True)

    assert told.added == [MERROW, SOUTH]
    assert templates() == {}


def test_two_entries_of_one_name_are_one() -> None:
    other = Listed("Merrow", "openurl", "https://other.test/", "M")

    done = import_list([MERROW, other], "list")

    assert [each.reason for each in done.unusable] == [
        "The list has this name twice, with another address before."
    ]
    assert templates() == {"Merrow": "https://r.test/openurl"}


def test_what_a_list_leaves_out_stays_until_told_and_with_its_readers() -> None:
    reader = Reader.objects.create_reader("ada@merrow.test")
    import_list([MERROW, SOUTH], "list")
    other = an_institution("Elsewhere")
    picks.put(reader, [Institution.objects.get(name="Merrow").pk])

    left = import_list([SOUTH], "list")
    assert [each.name for each in left.missing] == ["Merrow"]
    assert Institution.objects.filter(state="active").count() == 3

    import_list([SOUTH], "list", retire_missing=True)

    assert Institution.objects.get(name="Merrow").state == "retired"
    assert [each.name for each in picks.of_reader(reader)] == ["Merrow"]
    assert picks.search("merrow")[0].name == "Elsewhere"
    other.refresh_from_db()
    assert other.state == "active"


def test_an_entry_that_cannot_be_used_is_told() -> None:
    unusable = Unusable("M", "x", "It is none.")

    assert import_list([unusable], "list").unusable == [unusable]


def test_a_proposal_does_not_stand_in_the_way() -> None:
    an_institution("Merrow", country="M", state="proposed")

    assert import_list([MERROW], "list").added == [MERROW]


def test_an_export_is_imported_without_change() -> None:
    import_list([MERROW, SOUTH], "list")

    exported = as_json(Institution.objects.all())

    assert read(exported.encode()) == [MERROW, SOUTH]
    assert import_list(read(exported.encode()), "again").unchanged == 2


@pytest.mark.parametrize(
    "name, used, whole",
    [("openurl_resolvers", 489, 507), ("ezproxy_prefixes", 1203, 1511)],
)
def test_the_public_lists_are_taken(
    shared_data: Path, name: str, used: int, whole: int
) -> None:
    """What is not is by http at a port of its own, but for five broken ones."""
    path = shared_data / "institutions" / f"{name}.json"
    assert len(json.loads(path.read_bytes())) == whole

    done = import_list(read(path.read_bytes()), name)

    reasons = [each.reason for each in done.unusable]
    at_ports = sum("at a port of its own" in each for each in reasons)
    assert len(done.added) == Institution.objects.count() == used
    assert len(done.unusable) == whole - used
    assert len(reasons) - at_ports in (0, 5)
