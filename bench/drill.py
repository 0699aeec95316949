"""`make drill`: everything promised, tried at its worst moments.

    make drill                   every part, one after the other: hours
    make drill PART=notes        one part; several: PART=notes,orders
    make drill AREA=readers      the parts of an area
    make drill QUICK=1           few tries of each, which are not kept

Each drill has a control that must fail: a variant made wrong on purpose, which the
same drill has to notice. What a part finds is written to docs/figures/drill.json and
docs/reliability.md as soon as it is over.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bench import (
    api_drill,
    bombs_drill,
    clock_drill,
    cluster_drill,
    failing_disk_drill,
    figures,
    full_disk_drill,
    fuzz_drill,
    headers_drill,
    index_drill,
    load,
    load_drill,
    load_flood,
    load_restart,
    matrix_drill,
    moving_drill,
    network_drill,
    nlm_drill,
    note_drill,
    outgoing_drill,
    post_drill,
    postgres_drill,
    power_drill,
    primary_drill,
    promises_drill,
    proved,
    reader_drill,
    restore_drill,
    scripts_drill,
    soak,
    stage_kills,
    unaffected_drill,
    upgrade_drill,
)
from bench.figures import Row

Drill = Callable[[], Iterator[Row]]
PARTS: Mapping[str, tuple[str, Drill]] = {  # name to area and drill
    "kills": ("reliability", load_drill.killed),
    "stage-kills": ("reliability", stage_kills.rows),
    "orders": ("reliability", load_drill.orders),
    "power-cuts": ("reliability", power_drill.rows),
    "full-disk": ("reliability", full_disk_drill.rows),
    "failing-disk": ("reliability", failing_disk_drill.rows),
    "nlm": ("reliability", nlm_drill.rows),
    "clocks": ("reliability", clock_drill.rows),
    "index": ("reliability", index_drill.rows),
    "postgres": ("reliability", postgres_drill.rows),
    "restore": ("reliability", restore_drill.rows),
    "unaffected": ("reliability", unaffected_drill.rows),
    "upgrade": ("reliability", upgrade_drill.rows),
    "promises": ("reliability", promises_drill.rows),
    "primary": ("reliability", primary_drill.rows),
    "moving": ("reliability", moving_drill.rows),
    "cluster": ("reliability", cluster_drill.rows),
    "years": ("readers", reader_drill.years),
    "senders": ("readers", post_drill.killed),
    "erasures": ("readers", reader_drill.erased),
    "notes": ("notes", note_drill.rows),
    "fuzz": ("reliability", fuzz_drill.rows),
    "scripts": ("reliability", scripts_drill.rows),
    "bombs": ("reliability", bombs_drill.rows),
    "api": ("reliability", api_drill.rows),
    "headers": ("reliability", headers_drill.rows),
    "network": ("reliability", network_drill.rows),
    "matrices": ("reliability", matrix_drill.rows),
    "outgoing": ("reliability", outgoing_drill.rows),
    "restart": ("reliability", load_restart.rows),
    "flood": ("reliability", load_flood.rows),
    "load": ("reliability", load.rows),
    "soak": ("reliability", soak.rows),
}


def main() -> None:
    for name in asked(os.environ.get("PART"), os.environ.get("AREA")):
        print(f"{name} …", file=sys.stderr)
        rows = [replace(row, part=name) for row in PARTS[name][1]()]
        figures.show(rows)
        if not figures.QUICK:
            figures.write("drill", rows)
            print(proved.write())


def asked(part: str | None, area: str | None) -> list[str]:
    """Names of parts; exits where one is unknown."""
    names = part.split(",") if part else list(PARTS)
    unknown = [name for name in names if name not in PARTS]
    found = [name for name in names if name in PARTS and area in (None, PARTS[name][0])]
    if unknown or not found:
        areas = sorted({area for area, _ in PARTS.values()})
        told = f"Parts are {', '.join(PARTS)}; areas are {', '.join(areas)}."
        print(told, file=sys.stderr)
        raise SystemExit(2)
    return found


if __name__ == "__main__":
    main()
