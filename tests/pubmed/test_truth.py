"""Every fact of every real record is what two readings that are not ours say."""

import os
import shutil
from pathlib import Path

import pytest

from pubmed import truth

SAMPLE = "samples/pubmedsample_2019.xml.gz"


@pytest.mark.slow
def test_all_facts_of_all_real_records_are_confirmed_twice(shared_data: Path) -> None:
    if shutil.which("xtract") is None:
        if os.environ.get("CI"):
            pytest.fail("xtract is not installed (Debian: ncbi-entrez-direct)")
        pytest.skip("xtract is not installed (Debian: ncbi-entrez-direct)")

    reports = truth.compare(shared_data)

    for report in reports.values():
        assert report.differences == []
        assert report.records >= 768
        assert report.compared == report.records * len(truth.FIELDS)


def test_a_reading_that_takes_every_id_is_found_out(shared_data: Path) -> None:
    """The comparison can fail: others took the DOIs of references for their own."""
    xml = truth.content(shared_data / "pubmed" / SAMPLE)
    own = truth.ours(xml)
    report = truth.Report()

    for mine, theirs in zip(own, truth.by_expat(xml), strict=True):
        report.add("sample", mine | {"doi": mine["doi"] or "10.1/foreign"}, theirs)

    assert len(report.differences) > 50


def test_a_record_that_is_missing_is_found_out(shared_data: Path) -> None:
    xml = truth.content(shared_data / "pubmed" / SAMPLE)
    report = truth.Report()

    for mine, theirs in truth.paired(truth.ours(xml)[1:], truth.by_expat(xml)):
        report.add("sample", mine, theirs)

    assert report.differences
