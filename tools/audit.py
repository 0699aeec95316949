"""Ask whether what is locked has known vulnerabilities: `python tools/audit.py`.

pip-audit asks the package index's own list of advisories. Where that cannot be
reached, or an index has none, this says so and for how many, and never that all is
well. Exit status: 0 none is known, 1 some are, 3 it could not be asked for all.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
COULD_NOT_ASK = 3


def judged(found: list[dict[str, Any]]) -> tuple[list[str], int]:
    """Lines to print, and the exit status, of the dependencies in pip-audit's JSON."""
    known = [
        f"{each['name']} {each['version']}: {bad['id']}, mended in "
        f"{', '.join(bad['fix_versions']) or 'no version yet'}"
        for each in found
        for bad in each.get("vulns", ())
    ]
    unasked = [each for each in found if "skip_reason" in each]
    well = len(found) - len(unasked)
    lines = known or [f"No vulnerability is known of {well}."] * bool(well)
    if unasked:
        lines.append(
            f"NOT ASKED: {len(unasked)} of {len(found)}, as {unasked[0]['skip_reason']}"
        )
    return lines, 1 if known else COULD_NOT_ASK if unasked else 0


def asked(lock: str) -> list[dict[str, Any]]:
    """The dependencies of a lock, as pip-audit has them; the lock where it fails."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"]
    command += ["--progress-spinner", "off", "--format", "json", "-r", lock]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return [{"name": lock, "version": "", "skip_reason": last}]
    return found


def main() -> int:
    """Print what is known of both locks; the greatest trouble is the status."""
    worst = 0
    for lock in LOCKS:
        lines, status = judged(asked(lock))
        print(lock, *lines, sep="\n  ")
        worst = status if status == 1 or worst == 0 else worst
    return worst


if __name__ == "__main__":
    sys.exit(main())
