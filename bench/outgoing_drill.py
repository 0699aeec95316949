"""Nothing within is ever asked for. `make drill PART=outgoing`; needs root and strace.

The site runs where there is no network, and the kernel tells of every connection that
it tries to begin.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bench.child import PLACES, run
from bench.figures import Row, proof
from bench.loads import store

AREA = "reliability"
NETWORK = re.compile(
    r"(?:connect|sendto)\(.*sa_family=AF_INET6?, .*port=htons\((\d+)\).*"
)
NAMES = 53  # the port of whoever tells addresses of names
WISHES = {"NOTE_REMOTE_PICTURES": "yes"}


class Tried(NamedTuple):
    """What a process was given, and what it began."""

    addresses: int
    places: int
    connections: list[str]  # as strace tells them


def rows() -> Iterator[Row]:
    """With and without the wish that pictures elsewhere be copied."""
    with tempfile.TemporaryDirectory(prefix="ownjournal-outgoing-") as name:
        folder = Path(name)
        careless = tried(folder, {}, "naive")
        if not careless.connections:
            raise AssertionError("the drill sees no connection of who asks anybody")
        for told, wishes in (("", {}), (", pictures elsewhere wished for", WISHES)):
            with store("SQLite", folder / "data") as environment:
                found = tried(folder, {**environment, **wishes})
            for line in found.connections:
                print(f"  {line}", file=sys.stderr)
            yield proof(
                AREA,
                f"{found.addresses} addresses within, in {found.places} places{told}",
                len(found.connections),
                promise="no address from outside is asked for within",
                tries=found.addresses * found.places,
                control=f"{len(careless.connections)} connections of who asks for each",
            )


def tried(folder: Path, environment: Mapping[str, str], *words: str) -> Tried:
    """Run `bench.outgoing` without a network, and count what it tries to reach."""
    log = folder / "calls"
    command = ["unshare", "--net", "strace", "-f", "-e", "trace=connect,sendto"]
    command += ["-o", str(log), sys.executable, "-m", "bench.outgoing", *words]
    done = run(command, environment={"PYTHONPATH": PLACES, **environment})
    said = json.loads(done.output.splitlines()[-1])
    calls = [NETWORK.search(line) for line in log.read_text().splitlines()]
    begun = [call[0] for call in calls if call and int(call[1]) != NAMES]
    return Tried(said["addresses"], said["places"], begun)
