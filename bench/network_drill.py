"""What leaves this machine: nothing, but what settings name. `make drill PART=network`.

Every command runs, and the site answers, in a network namespace that has nothing but
a loopback, under strace: each connect that does not stay here is a failure, a name
that is looked up too. Needs strace, and root or namespaces of users.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

from bench.attacked import PMID, Attacked, attacked
from bench.child import PLACES, ROOT
from bench.figures import Row, proof

AREA = "reliability"
COMMAND = f"{sys.executable} -m ownjournal.cli.main"
IMPORTED = """
import pkgutil, importlib, time, django; django.setup()
import ownjournal
for each in pkgutil.walk_packages(ownjournal.__path__, "ownjournal."):
    if not each.name.endswith("cli.main"):
        importlib.import_module(each.name)
time.sleep(3)  # who reports does so in a thread
"""
COMMANDS = (
    "--help",
    "migrate",
    "example --articles 300 --out {data}/files",
    "ingest {data}/files",
    "index",
    "index --rebuild",
    "reader add carla@merrow.test",
    "compile",
    "send",
    "check",
    "appraise",
    "backup {data}/backups",
    "restore --check {data}/backups/*.tar",
    "institutions export",
    "erased",
)
ADDRESSES = (
    *("/", f"/articles/{PMID}", "/search?q=fever", "/topics", "/journals", "/sign-in"),
    *(f"/articles/{PMID}.ris", "/api/v1/search?q=fever", "/account", "/notes"),
    *("/nowhere", "/admin/", "/search.atom?q=fever", "/articles/98000001", "/groups"),
)
SERVED = """
{command} serve & server=$!
for each in $(seq 240); do
    curl -s -o /dev/null http://127.0.0.1:$BIND_PORT/health/live && break; sleep 0.5
done
for each in {addresses}; do
    curl -s -o /dev/null -w '%{{http_code}} ' -H "Cookie: {cookie}" "http://127.0.0.1:$BIND_PORT$each"
done
kill $server; wait $server
"""
CONTROL = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
NAMED = "import socket; socket.getaddrinfo('merrow.example', 80)"
ADDRESS = re.compile(r'inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"')
HERE = re.compile(r"127\.|::1$|::ffff:127\.")


def rows() -> Iterator[Row]:
    """One row: connects that leave."""
    if shutil.which("strace") is None:
        raise FileNotFoundError("strace is not installed")
    left: list[str] = []
    with attacked(BIND_PORT="8765") as site:
        controls = [len(traced(site, f"{sys.executable} -c {_quoted(CONTROL)}"))]
        controls.append(len(traced(site, f"{sys.executable} -c {_quoted(NAMED)}")))
        if not controls[0]:
            raise AssertionError("a connect that leaves is not seen")
        tried = [f"{sys.executable} -c {_quoted(IMPORTED)}"]
        tried += [f"{COMMAND} {each.format(data=site.folder)}" for each in COMMANDS]
        cookie = f"{site.cookie}={site.sessions['anna']}"
        addresses = " ".join(map(_quoted, ADDRESSES))
        tried.append(SERVED.format(command=COMMAND, addresses=addresses, cookie=cookie))
        for each in tried:
            found = traced(site, each)
            print(f"  {each.split(chr(10))[0][-70:]}: {found}", file=sys.stderr)
            left += found
    yield proof(
        AREA,
        "connects that leave the machine, by every command, import and page",
        len(left),
        promise="nothing goes out but what settings name",
        tries=len(tried) + len(ADDRESSES),
        control=f"a connect and a name looked up on purpose: {sum(controls)} seen",
        note="in a namespace without a route, counted by strace; not tried: sync, "
        "mesh and retractions, which are there to fetch",
    )


def traced(site: Attacked, script: str) -> list[str]:
    """The addresses beyond this machine that a script asked the kernel for."""
    log = site.folder / "strace.log"
    calls = "trace=connect,sendto,sendmsg"
    strace = f"exec strace -f -qq -e {calls} -e signal=none -o {log}"
    inner = f"ip link set lo up; {strace} sh -c {_quoted(script)}"
    done = subprocess.run(
        ["unshare", "--map-root-user", "--net", "sh", "-c", inner],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(site.folder)}
        | {"PYTHONPATH": PLACES}
        | site.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.stdout.strip():
        print(f"  {done.stdout.strip()[-200:]}", file=sys.stderr)
    if done.returncode not in (0, 1):
        print(f"  ended with {done.returncode}: {done.stderr[-300:]}", file=sys.stderr)
    return [
        address
        for address in ADDRESS.findall(log.read_text(errors="replace"))
        if not HERE.match(address)
    ]


def _quoted(text: str) -> str:
    """One word of a shell."""
    return "'" + text.replace("'", "'\\''") + "'"
