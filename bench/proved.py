"""The tables of docs/reliability.md, written from docs/figures/drill.json.

python -m bench.proved
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench import figures

PAGE = figures.FOLDER.parent / "reliability.md"
BEGIN, END = "<!-- drills: written by make drill -->", "<!-- end of drills -->"


def write() -> Path:
    """Put the tables between their marks; the rest of the page is ours."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{PAGE.name} lacks the marks of its tables")
    told = "\n".join(tables(figures.read("drill")))
    PAGE.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}")
    return PAGE


def tables(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of Markdown: what is proved, then the figures beside."""
    rows = list(rows)
    yield "| promise | drill | tries | failures | control, which must fail | run |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        if row.get("promise"):
            names = ("promise", "figure", "tries", "value", "control")
            yield _line(*(row[name] for name in names), _run(row))
    yield ""
    yield "| figure | value | floor | note | run |"
    yield "|---|---|---|---|---|"
    for row in rows:
        if not row.get("promise"):
            value = f"{_told(row['value'])} {row['unit']}".strip()
            yield _line(row["figure"], value, row["floor"], row["note"], _run(row))


def _line(*cells: object) -> str:
    return "| " + " | ".join(_told(cell).replace("|", "\\|") for cell in cells) + " |"


def _told(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, int | float):
        return (
            f"{value:,.0f}" if abs(value) >= 1000 or value % 1 == 0 else f"{value:.3g}"
        )
    return str(value)


def _run(row: Mapping[str, Any]) -> str:
    return f"{row['date']}, {row['commit']}"


if __name__ == "__main__":
    print(write())
