"""FILES_URL, turned into Django's setting for a storage.

    s3://key:secret@host:9000/bucket?folder=journal&region=eu-central-1&ca=/etc/ca.pem

`s3+plain` is without TLS, for a server behind the same wall.
"""

from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from ownjournal.site.options import OptionError

EXAMPLE = "s3://key:secret@host:9000/bucket"
SCHEMES = {"s3": "https", "s3+plain": "http"}
FOLDER = "ownjournal.readers.files.folder.FolderFiles"
BUCKET = "ownjournal.readers.files.bucket.BucketFiles"
KNOWN = {"folder": "", "region": "us-east-1", "ca": None, "timeout": "10"}


def files_storage(url: str | None) -> dict[str, Any]:
    """Django's STORAGES entry; without a URL, the data folder.

    Raises OptionError in the operator's words, without repeating a secret.
    """
    if url is None:
        return {"BACKEND": FOLDER}
    parts = _parts(url)
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise OptionError("FILES_URL needs the extra `s3`: ownjournal[s3].")
    options = _options(parts.query)
    place = parts.netloc.rpartition("@")[2]
    given = {
        "endpoint": f"{SCHEMES[parts.scheme]}://{place}",
        "bucket": unquote(parts.path).strip("/"),
        "key": unquote(parts.username or "") or None,
        "secret": unquote(parts.password or "") or None,
    }
    return {"BACKEND": BUCKET, "OPTIONS": {**given, **options}}


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no number
        usable = parts.scheme in SCHEMES and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise OptionError(
            f"FILES_URL cannot be read; write {EXAMPLE}, with %40 for an @ and %2F "
            "for a / in the key or the secret."
        )
    bucket = unquote(parts.path).strip("/")
    if not bucket or "/" in bucket:
        raise OptionError("FILES_URL names no bucket: …@host:9000/bucket.")
    if bool(parts.username) != bool(parts.password):
        raise OptionError(f"FILES_URL has half a key; write {EXAMPLE}.")
    return parts


def _options(query: str) -> dict[str, Any]:
    given = dict(parse_qsl(query))
    if unknown := given.keys() - KNOWN:
        known = ", ".join(KNOWN)
        raise OptionError(f"FILES_URL knows no {min(unknown)!r}: {known}.")
    options: dict[str, Any] = {**KNOWN, **given}
    seconds = options["timeout"]
    if not (seconds.isascii() and seconds.isdigit() and 1 <= int(seconds) <= 600):
        raise OptionError("timeout of FILES_URL is a number from 1 to 600.")
    return {
        **options,
        "folder": options["folder"].strip("/"),
        "timeout": int(seconds),
    }
