"""Processes of their own on one database, begun at one moment."""

import subprocess
import sys
from collections.abc import Mapping

BEGINNING = """
import sys
import django; django.setup()
from django.db import connection
connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()
"""


def at_once(
    environment: Mapping[str, str], script: str, *arguments: object, processes: int = 4
) -> list[str]:
    """What each process said that ran the script; they begin it together."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BEGINNING + script, *map(str, arguments)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for each in running:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate()[0] for each in running]
    assert [each.returncode for each in running] == [0] * processes
    return said
