"""What others do with the same file, measured beside us."""

import shutil
import statistics
import tempfile
from pathlib import Path

from bench.child import run
from bench.inputs import peer_python

PUBMED_PARSER = """
import sys, pubmed_parser
print(sum(1 for _ in pubmed_parser.parse_medline_xml(sys.argv[1],
    year_info_only=False, nlm_category=True, author_list=True, reference_list=True)))
"""
EDIRECT_ARCHIVE = """
set -eu
gunzip -c "$1" | transmute -strict -normalize pubmed |
  transmute -compress -strict -wrp PubmedArticleSet \
    -pattern "PubmedArticleSet/*" -format flush > "$2/one.xml"
rchive -gzip -db pubmed -input "$2/one.xml" \
  -archive "$2/Archive" "$2/Index" "$2/Invert" \
  -index MedlineCitation/PMID^Version -pattern PubmedArticle < /dev/null
"""


def pubmed_parser(path: Path, citations: int, runs: int) -> float | None:
    """Citations a CPU second with every field it has; None where it cannot be had."""
    program = peer_python("pubmed_parser")
    if program is None:
        return None
    command = [program, "-c", PUBMED_PARSER, path]
    return citations / statistics.median(
        run(command, one_core=True).cpu_seconds for _ in range(runs)
    )


def edirect_archive(path: Path, citations: int, runs: int) -> float | None:
    """Citations a CPU second of NLM's archive step: no index, no appraisal."""
    if not shutil.which("rchive") or not shutil.which("transmute"):
        return None
    costs = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("Archive", "Index", "Invert"):
                (Path(folder) / name).mkdir()
            command = ["sh", "-c", EDIRECT_ARCHIVE, "sh", path, folder]
            costs.append(run(command, one_core=True).cpu_seconds)
    return citations / statistics.median(costs)
