"""The tables of docs/reliability.md, written from docs/figures/drill.json.

python -m bench.proved
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from bench import figures

PAGE = figures.FOLDER.parent / "reliability.md"
ROW = {field.name for field in fields(figures.Row)}
VERDICTS = {"floor": "yes", "MISSED": "**no**", "–": "–"}
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
    """Lines of Markdown: what is proved, then the figures beside.

    What is measured is a figure, also where a drill proves a promise by it: a rate or
    a time is no number of failures.
    """
    rows = list(rows)
    yield "| promise | drill | tries | failures | control, which must fail | run |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        if _figure(row).is_proof():
            failures = f"**{_told(row['value'])}**" if row["value"] else 0
            told = (row["promise"], row["figure"], row["tries"], failures)
            yield _line(*told, row["control"], _run(row))
    yield ""
    yield "| figure | value | floor | met | note | run |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        if not _figure(row).is_proof():
            told = (row["figure"], _value(row), _floor(row), _met(row))
            yield _line(*told, _note(row), _run(row))


def _figure(row: Mapping[str, Any]) -> figures.Row:
    """As it was before it was kept with its date and commit."""
    return figures.Row(**{name: row[name] for name in row if name in ROW})


def _value(row: Mapping[str, Any]) -> str:
    return f"{_told(row['value'])} {row['unit']}".strip()


def _floor(row: Mapping[str, Any]) -> str | None:
    """The bound that its value must not pass."""
    if row["floor"] is None:
        return None
    bound = "at least" if row["better"] == "higher" else "at most"
    return f"{bound} {_told(row['floor'])} {row['unit']}".strip()


def _met(row: Mapping[str, Any]) -> str:
    return VERDICTS[replace(_figure(row), target=None).verdict()]


def _note(row: Mapping[str, Any]) -> str | None:
    parts = [row["note"]]
    if row.get("promise"):
        parts += [f"promise: {row['promise']}", f"control: {row['control']}"]
    return "; ".join(part for part in parts if part) or None


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
