"""FILES_URL as an operator writes it."""

import subprocess
import sys

import pytest

from ownjournal.site.files_url import BUCKET, FOLDER, files_storage
from ownjournal.site.options import OptionError


def test_without_it_files_lie_in_the_data_folder() -> None:
    assert files_storage(None) == {"BACKEND": FOLDER}


def test_every_part_is_read() -> None:
    url = "s3://k%2Fy:se%40cret@store.test:9000/journal?folder=/a/&region=eu&ca=/c.pem"

    assert files_storage(url) == {
        "BACKEND": BUCKET,
        "OPTIONS": {
            "endpoint": "https://store.test:9000",
            "bucket": "journal",
            "key": "k/y",
            "secret": "se@cret",
            "folder": "a",
            "region": "eu",
            "ca": "/c.pem",
            "timeout": 10,
        },
    }


def test_without_a_key_the_machines_own_is_used() -> None:
    options = files_storage("s3+plain://127.0.0.1/journal?timeout=3")["OPTIONS"]

    assert (options["key"], options["secret"]) == (None, None)
    assert (options["endpoint"], options["timeout"]) == ("http://127.0.0.1", 3)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://k:s3cret@store.test/journal", "cannot be read"),
        ("s3://k:s3cret@store.test:x/journal", "cannot be read"),
        ("s3:///journal", "cannot be read"),
        ("s3://k:s3cret@store.test", "names no bucket"),
        ("s3://k:s3cret@store.test/a/b", "names no bucket"),
        ("s3://s3cret@store.test/journal", "half a key"),
        ("s3://k:s3cret@store.test/journal?public=yes", "knows no 'public'"),
        ("s3://k:s3cret@store.test/journal?timeout=0", "from 1 to 600"),
    ],
)
def test_what_cannot_be_used_is_told_without_the_secret(url: str, told: str) -> None:
    with pytest.raises(OptionError, match=told) as problem:
        files_storage(url)
    assert "s3cret" not in str(problem.value)


def test_a_site_without_it_never_loads_what_speaks_s3() -> None:
    program = (
        "import django, sys; django.setup(); import ownjournal.cli.worker;"
        "from ownjournal.readers.files.kept import files; import ownjournal.site.urls;"
        "files().exists('x'); found = {'boto3', 'storages'} & {*sys.modules};"
        "sys.exit(str(found) if found else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
