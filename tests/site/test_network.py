"""What the program asks of the network by itself: nothing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = """
import pkgutil, importlib, time, django; django.setup()
import ownjournal
for each in pkgutil.walk_packages(ownjournal.__path__, "ownjournal."):
    if each.name != "ownjournal.cli.main":
        importlib.import_module(each.name)
time.sleep(2)
"""
LOOK_UP = "import socket; socket.socket().connect_ex(('192.0.2.1', 9))"
ADDRESS = re.compile(r'inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"')


def connects(program: str, folder: Path) -> list[str]:
    """Addresses beyond this machine that a program tries to reach."""
    log = folder / "strace.log"
    alone = ["unshare", "--map-root-user", "--net"]
    strace = ["strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o", str(log)]
    subprocess.run(
        [*alone, *strace, sys.executable, "-c", program],
        # not as in a CI, where some packages say less
        env={key: value for key, value in os.environ.items() if key != "CI"},
        check=True,
    )
    found = ADDRESS.findall(log.read_text(errors="replace"))
    return [each for each in found if not each.startswith(("127.", "::1"))]


@pytest.mark.slow
def test_no_package_that_is_imported_reaches_out(tmp_path: Path) -> None:
    """onnxruntime reports to its maker unless it is told not to."""
    if shutil.which("strace") is None or shutil.which("unshare") is None:
        pytest.skip("strace is not installed")

    assert connects(LOOK_UP, tmp_path) == ["192.0.2.1"]
    assert connects(PACKAGES, tmp_path) == []
