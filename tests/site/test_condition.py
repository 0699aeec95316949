import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ownjournal.site.condition import backed_up_at, condition, note_backup, problems

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = 3600

pytestmark = pytest.mark.django_db


def test_an_empty_site_has_no_problem() -> None:
    assert list(problems(condition(NOW))) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nlm_asked_age": 49 * HOUR}, "NLM was not asked for 49 hours."),
        ({"issues_due_age": 3 * HOUR}, "Issues have been due for 3 hours."),
        ({"letters_due_age": 5 * HOUR}, "Mail has waited for 5 hours."),
        ({"backup_age": 100 * HOUR}, "The last backup is 100 hours old."),
        ({"replica_lag": 600.0}, "The replica is 10 minutes behind."),
        ({"replica_lag": math.inf}, "The replica of DATABASE_READ_URL does not"),
        ({"disk_free": 4, "disk_size": 100}, "The disk of the data folder is nearly"),
    ],
)
def test_what_needs_the_operator_is_said(change: dict[str, float], words: str) -> None:
    [said] = problems(replace(condition(NOW), **change))

    assert said.startswith(words)


@pytest.mark.parametrize(
    "change",
    [
        {"nlm_asked_age": 47 * HOUR},
        {"issues_due_age": HOUR},
        {"letters_due_age": HOUR},
        {"backup_age": 30 * HOUR},
        {"replica_lag": 100.0},
        {"disk_free": 6, "disk_size": 100},
    ],
)
def test_what_is_usual_is_not(change: dict[str, float]) -> None:
    assert list(problems(replace(condition(NOW), **change))) == []


def test_a_backup_is_remembered_in_the_data_folder(own_data: Path) -> None:
    assert backed_up_at() is None
    note_backup(NOW)
    assert backed_up_at() == NOW
    (own_data / "backed-up").write_text("yesterday")
    assert backed_up_at() is None
