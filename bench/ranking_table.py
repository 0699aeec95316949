"""Put the table of methods into docs/ranking.md, from docs/figures/evaluate.json.

    python -m bench.ranking_table

It takes the place of what stands between the two marks there. One row a method,
one column a figure; the best of each column is bold.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import FOLDER

PAGE = FOLDER.parent / "ranking.md"
BEGIN, END = "<!-- table of methods -->", "<!-- end of the table -->"
COLUMNS = {
    "10 seeds: nDCG@10": "10 seeds nDCG@10",
    "10 seeds: R@20": "R@20",
    "10 seeds: WSS@95": "WSS@95",
    "3 seeds: nDCG@10": "3 seeds nDCG@10",
    "3 seeds: R@20": "R@20",
    "feedback: nDCG@10": "feedback nDCG@10",
    "feedback: R@20": "R@20",
    "three interests: worst R@20": "20/4/2 worst R@20",
    "three interests: micro R@20": "all R@20",
}
RELATED = {"related articles: nDCG@10": "nDCG@10", "related articles: MAP@1000": "MAP"}

Figures = Mapping[str, Mapping[str, object]]


def main() -> None:
    """Rewrite the page; ends with a message where something is missing."""
    content = json.loads((FOLDER / "evaluate.json").read_text())
    rows = {row["figure"]: row for row in content["rows"]}
    missing = [name for name in (*COLUMNS, *RELATED) if not _others(rows, name)]
    if missing:
        sys.exit(f"Not measured yet: {', '.join(missing)}.")
    page = PAGE.read_text()
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    parts = [part for each in (COLUMNS, RELATED) for part in _told(rows, each)]
    Path(PAGE).write_text(f"{before}{BEGIN}\n\n{chr(10).join(parts)}\n{END}{after}")


def _told(rows: Figures, columns: Mapping[str, str]) -> tuple[str, str]:
    """When and at what these figures were measured, and their table."""
    first = rows[next(iter(columns))]
    said = f"Measured on {first['date']} at {first['commit']}.\n"
    return said, table(rows, columns)


def table(rows: Figures, columns: Mapping[str, str]) -> str:
    """A Markdown table of these figures, and of the intervals of ours."""
    values = {name: _others(rows, name) for name in columns}
    methods = list(dict.fromkeys(m for each in values.values() for m in each))
    lines = [["", *columns.values()], ["---"] * (len(columns) + 1)]
    for method in methods:
        cells = [_cell(each, method) for each in values.values()]
        lines.append([method, *cells])
    lines.append(["aim", *(_number(rows[name]["target"]) for name in columns)])
    gaps = [str(rows[name]["note"] or "").partition(", better")[0] for name in columns]
    if any("interval" in gap for gap in gaps):
        words = [gap.replace("95 % interval ", "") for gap in gaps]
        lines.append(["ours less the best peer, 95 % interval", *words])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _others(rows: Figures, name: str) -> dict[str, float]:
    found = rows.get(name, {}).get("others") or {}
    assert isinstance(found, dict)
    return found


def _cell(values: Mapping[str, float], method: str) -> str:
    if method not in values:
        return "–"
    said = _number(values[method])
    best: Sequence[float] = list(values.values())
    return f"**{said}**" if values[method] == max(best) else said


def _number(value: object) -> str:
    """Three places and no nought in front, as is usual for shares."""
    return "–" if value is None else f"{float(str(value)):.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
