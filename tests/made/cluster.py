"""A search cluster of three nodes on loopback, each a process that can be killed.

    python -m made.cluster -- pytest cluster

runs a command with SEARCH_URL naming such a cluster. The server is OpenSearch's own,
from its jars, which Maven fetches once into build/cluster; needs Java 17 and Maven.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from made.loopback import free_port

SOURCES = Path(__file__).parents[1] / "cluster"
JARS = Path(__file__).parents[2] / "build" / "cluster"
HEAP = "512m"
STARTS_IN = 600.0
"""Seconds; a node takes about 8 on an idle machine."""


class Node:
    """One node: its ports, its folder, and its process while it runs."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder / name
        self.http, self.transport = free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    def start(self, nodes: "list[Node]") -> None:
        """Start the process; `Nodes.wait` says when it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [*_java(), self.name, str(self.folder), *self._settings(nodes)],
                stdout=said,
                stderr=said,
            )

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process and wait until it is gone."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None

    def _settings(self, nodes: "list[Node]") -> list[str]:
        seeds = ",".join(f"127.0.0.1:{each.transport}" for each in nodes)
        settings = {
            "cluster.name": "ownjournal-tests",
            "network.host": "127.0.0.1",
            "http.port": self.http,
            "transport.port": self.transport,
            "http.type": "netty4",
            "transport.type": "netty4",
            "discovery.seed_hosts": seeds,
            "cluster.initial_cluster_manager_nodes": ",".join(n.name for n in nodes),
            "cluster.max_shards_per_node": 5_000,
            # a disk that others have filled to 85 % is none of the tests' troubles
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "node.processors": 2,
        }
        return [f"{name}={value}" for name, value in settings.items()]


class Nodes:
    """The cluster."""

    def __init__(self, folder: Path, count: int = 3) -> None:
        self.nodes = [Node(f"node{n}", folder) for n in range(1, count + 1)]

    @property
    def url(self) -> str:
        """As SEARCH_URL names it, with all nodes."""
        return "http://" + ",".join(f"127.0.0.1:{each.http}" for each in self.nodes)

    def start(self) -> None:
        """Start all that do not run, and wait for them."""
        for node in self.nodes:
            if node.process is None:
                node.start(self.nodes)
        self.wait()

    def wait(self, status: str = "green") -> float:
        """Until all running nodes are one cluster of a status; the seconds it took."""
        began = time.monotonic()
        running = [node for node in self.nodes if node.process is not None]
        asked = f"wait_for_nodes={len(running)}&wait_for_status={status}&timeout=5s"
        while time.monotonic() - began < STARTS_IN:
            for node in running:
                if node.process is None or node.process.poll() is not None:
                    raise RuntimeError((node.folder / "said").read_text()[-3000:])
            try:
                answer = httpx.get(
                    f"{running[0].url}/_cluster/health?{asked}", timeout=10
                )
            except httpx.HTTPError:
                time.sleep(0.2)
                continue
            if answer.status_code == 200 and not answer.json()["timed_out"]:
                return time.monotonic() - began
        raise RuntimeError(f"the cluster is not {status} after {STARTS_IN:.0f} s")

    def end(self) -> None:
        """End all nodes."""
        for node in self.nodes:
            node.end(signal.SIGKILL)


@contextmanager
def cluster(count: int = 3, folder: Path | None = None) -> Iterator[Nodes]:
    """A running cluster; it ends with the context, and so does what it holds.

    In a `folder` it is kept, and the next one of the same count there holds it again.
    """
    prepare()
    with tempfile.TemporaryDirectory(prefix="ownjournal-cluster-") as name:
        nodes = Nodes(folder or Path(name), count)
        try:
            nodes.start()
            yield nodes
        finally:
            nodes.end()


def prepare() -> None:
    """Fetch the jars and compile the launcher, where that is not done yet."""
    for program in ("mvn", "java", "javac"):
        if shutil.which(program) is None:
            raise LookupError(
                f"{program} is not installed (Debian: apt install maven "
                "openjdk-17-jdk-headless)"
            )
    made, sources = JARS / "made", (SOURCES / "pom.xml", SOURCES / "SearchNode.java")
    if made.exists() and all(
        made.stat().st_mtime > each.stat().st_mtime for each in sources
    ):
        return
    shutil.rmtree(JARS, ignore_errors=True)
    JARS.mkdir(parents=True)
    fetch = ["mvn", "-q", "-B", "-f", str(SOURCES / "pom.xml")]
    lib = JARS / "lib"
    _run(*fetch, "dependency:copy-dependencies", f"-DoutputDirectory={lib}")
    _run("javac", "-nowarn", "-cp", f"{lib}/*", "-d", str(JARS), str(sources[1]))
    made.touch()


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")


def _java() -> list[str]:
    return [
        "java",
        f"-Xms{HEAP}",
        f"-Xmx{HEAP}",
        "-XX:+UseSerialGC",
        "-Djava.awt.headless=true",
        "-Dlog4j2.disable.jmx=true",
        "-cp",
        f"{JARS}:{JARS}/lib/*",
        "SearchNode",
    ]


def main() -> int:
    """Run the command after `--` with a cluster beside it; its exit status is ours."""
    command = sys.argv[sys.argv.index("--") + 1 :]
    with cluster() as nodes:
        environment = {**os.environ, "SEARCH_URL": nodes.url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
