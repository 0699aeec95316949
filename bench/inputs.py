"""The files that speed is measured on; made once and kept.

They come from ../shared/data, or from where OWNJOURNAL_SHARED_DATA says, and lie
in the folder OWNJOURNAL_BENCH, a temporary one by default.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("OWNJOURNAL_SHARED_DATA", ROOT.parent / "shared" / "data"))
FOLDER = Path(
    os.environ.get("OWNJOURNAL_BENCH", Path(tempfile.gettempdir()) / "ownjournal-bench")
)
EACH = 30_000  # citations in a file, as in NLM's


def corpus(files: int) -> list[Path]:
    """This many files of 30,000 citations with the look and the weight of PubMed."""
    folder = FOLDER / f"corpus-{files}"
    made = sorted(folder.glob("*.xml.gz"))
    if len(made) < files:
        print(f"Making {files} files of {EACH:,} citations …", file=sys.stderr)
        maker = SHARED / "bench" / "make_corpus.py"
        command = [sys.executable, maker, "--out", folder, "--files", str(files)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        made = sorted(folder.glob("*.xml.gz"))
    return made


def peer_python(package: str) -> Path | None:
    """A Python with this package from PyPI; None where it cannot be installed."""
    folder = FOLDER / f"peer-{package}"
    program = folder / "bin" / "python"
    if not program.exists():
        venv.create(folder, with_pip=True)
        command = [program, "-m", "pip", "install", "--quiet", package]
        if subprocess.run(command, check=False).returncode:
            return None
    return program
