"""The form of a figure, and the files they are kept in.

docs/figures/*.json are written by the commands `make bench`, `make evaluate` and
`make drill`, and never by hand.
"""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

QUICK = bool(os.environ.get("QUICK"))  # a try, not a figure to keep
FOLDER = Path(__file__).parents[1] / "docs" / "figures"


@dataclass(frozen=True)
class Row:
    """One figure, what was asked of it, and what a peer reached in the same run."""

    area: str  # "main", "search", "ranking" …
    figure: str
    value: float
    unit: str
    better: Literal["higher", "lower"]
    floor: float | None = None
    target: float | None = None
    peer: str | None = None
    peer_value: float | None = None
    note: str | None = None  # such as "extrapolated from 1,020,000 citations"
    others: dict[str, float] | None = None  # by every method of the same run
    promise: str | None = None  # that a drill proves; see `proof`
    tries: int | None = None
    control: str | None = None
    part: str | None = None  # of the drills, which are measured on their own

    def verdict(self) -> str:
        """Whether the floor and the target are met."""
        for name, wanted in (("target", self.target), ("floor", self.floor)):
            if wanted is not None and self._meets(wanted):
                return name
        return "–" if self.floor is None and self.target is None else "MISSED"

    def is_proof(self) -> bool:
        """Whether it counts failures, of which there may be none; else it measures."""
        return bool(self.promise) and self.better == "lower" and not self.unit

    def _meets(self, wanted: float) -> bool:
        if self.better == "higher":
            return self.value >= wanted
        return self.value <= wanted


def proof(
    area: str,
    drill: str,
    failures: int,
    *,
    promise: str,
    tries: int,
    control: str,
    note: str | None = None,
) -> Row:
    """What a drill found: `failures` of `tries` broke the promise; none may.

    `control` tells how the same drill failed where it must.
    """
    return Row(
        area,
        drill,
        failures,
        "",
        "lower",
        0,
        0,
        note=note,
        promise=promise,
        tries=tries,
        control=control,
    )


def write(name: str, rows: Iterable[Row]) -> Path:
    """Put rows into docs/figures/NAME.json, in place of those they renew.

    Rows of a part renew that part's rows, others all of their areas.
    """
    path = FOLDER / f"{name}.json"
    new = list(rows)
    renewed = {row.part or row.area for row in new}
    kept = [row for row in read(name) if _renewal(row) not in renewed]
    measured = {"date": datetime.now(UTC).date().isoformat(), "commit": _commit()}
    content = {
        **measured,
        "machine": _machine(),
        # each row its own, as areas are measured on different days
        "rows": [*kept, *({**asdict(row), **measured} for row in new)],
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return path


def show(rows: Sequence[Row]) -> None:
    """Print rows as tables: what drills prove, and figures."""
    if proofs := [row for row in rows if row.is_proof()]:
        table = Table("promise", "drill", "tries", "failures", "control")
        for row in proofs:
            told = (row.promise, row.figure, f"{row.tries:,}", _number(row.value))
            table.add_row(*told, row.control)
        Console(width=150).print(table)
    _show_figures([row for row in rows if not row.is_proof()])


def _show_figures(rows: Sequence[Row]) -> None:
    table = Table("area", "figure", "value", "unit", "floor", "target", "met", "peer")
    for row in rows:
        peer = f"{row.peer}: {_number(row.peer_value)}" if row.peer else ""
        table.add_row(
            row.area,
            row.figure,
            _number(row.value),
            row.unit,
            _number(row.floor),
            _number(row.target),
            row.verdict(),
            peer,
        )
    Console(width=150).print(table)


def _renewal(row: Mapping[str, Any]) -> str:
    return str(row.get("part") or row["area"])


def read(name: str) -> list[dict[str, Any]]:
    """The rows kept, each with the date and the commit it was measured at."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return []
    content = json.loads(path.read_text())
    measured = {name: content[name] for name in ("date", "commit")}
    return [{**measured, **row} for row in content["rows"]]


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"


def _commit() -> str:
    """`-dirty` where more than docs/ differs, which the figures themselves change."""
    commit = _git("describe", "--always")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ":!docs")
    return f"{commit or 'unknown'}{'-dirty' if changed else ''}"


def _git(*words: str) -> str:
    asked = ["git", "-C", str(FOLDER.parents[1]), *words]
    return subprocess.run(
        asked, capture_output=True, text=True, check=False
    ).stdout.strip()


def _machine() -> str:
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return f"{os.cpu_count()} × {model}, Python {platform.python_version()}"
