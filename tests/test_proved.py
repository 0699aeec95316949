"""The tables of docs/reliability.md."""

from dataclasses import asdict
from typing import Any

from bench import figures, proved

RUN = {"date": "2026-11-26", "commit": "abc1234"}


def kept(row: figures.Row) -> dict[str, Any]:
    return {**asdict(row), **RUN}


def counted(failures: int) -> figures.Row:
    return figures.proof(
        "reliability",
        "notes lost",
        failures,
        promise="nothing is lost",
        tries=40,
        control="7 lost",
    )


def measured(**named: Any) -> figures.Row:
    given = {"area": "reliability", "figure": "a rate", "value": 26.0}
    return figures.Row(**{**given, "unit": "requests/s", "better": "higher", **named})


def lines(*rows: figures.Row) -> tuple[list[str], list[str]]:
    """Rows of what is proved, and of the figures."""
    found = list(proved.tables(map(kept, rows)))
    middle = found.index("")
    return found[2:middle], found[middle + 3 :]


def test_failures_are_counted_and_stand_out() -> None:
    proofs, others = lines(counted(0), counted(2))

    assert [line.split(" | ")[3] for line in proofs] == ["0", "**2**"]
    assert not others


def test_what_is_measured_is_no_number_of_failures() -> None:
    told = {"promise": "readers are answered", "tries": 9, "control": "1.5 s"}
    seconds = {"figure": "until all is well", "value": 0.8, "unit": "s"}

    proofs, others = lines(
        measured(**told, note="p99 177 ms"),
        measured(**told, **seconds, better="lower", floor=5.0),
    )

    assert not proofs
    assert others == [
        "| a rate | 26 requests/s | – | – | p99 177 ms; promise: readers are answered;"
        " control: 1.5 s | 2026-11-26, abc1234 |",
        "| until all is well | 0.8 s | at most 5 s | yes | promise: readers are"
        " answered; control: 1.5 s | 2026-11-26, abc1234 |",
    ]


def test_a_floor_that_is_missed_is_told() -> None:
    _, [line] = lines(measured(value=0.863, unit="share", floor=0.9))

    assert "| 0.863 share | at least 0.9 share | **no** |" in line


def test_what_is_measured_is_not_shown_among_the_proofs() -> None:
    assert counted(3).is_proof()
    assert not measured(promise="readers are answered").is_proof()
    assert not measured().is_proof()


def test_the_page_has_the_rows_that_are_kept() -> None:
    """`python -m bench.proved` writes them."""
    page = proved.PAGE.read_text()

    for line in proved.tables(figures.read("drill")):
        assert line in page
