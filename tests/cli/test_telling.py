import logging

import pytest
from pytest_django import Settings

from ownjournal.cli.telling import tell


def test_a_worker_says_lines(capsys: pytest.CaptureFixture[str]) -> None:
    tell("sync: 3 files to fetch")
    tell("sync: NLM was away", err=True)

    said = capsys.readouterr()
    assert said.out == "sync: 3 files to fetch\n"
    assert said.err == "sync: NLM was away\n"


def test_with_json_they_are_events(
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.LOG_FORMAT = "json"
    with caplog.at_level(logging.INFO, "ownjournal.worker"):
        tell("sync: 100 % done")
        tell("sync: NLM was away", err=True)

    assert capsys.readouterr().out == ""
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [
        ("INFO", "sync: 100 % done"),
        ("ERROR", "sync: NLM was away"),
    ]
