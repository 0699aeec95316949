"""DATABASE_URL, turned into Django's setting for a database."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ownjournal.site.options import OptionError

# FULL: with NORMAL a power cut loses commits that were acknowledged. The size
# limit gives the log's space back after a large load.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-32768; PRAGMA journal_size_limit=67108864"
)
EXAMPLES = "sqlite:////path/to/file or postgres://user:password@host:5432/name"


def database(url: str | None, default_path: Path) -> dict[str, Any]:
    """Django's DATABASES entry; without a URL, SQLite at `default_path`.

    Raises OptionError in the operator's words, without repeating a password.
    """
    if url is None:
        return _sqlite(default_path)
    scheme = url.partition(":")[0].lower()
    if scheme == "sqlite":
        return _sqlite(_sqlite_path(url))
    if scheme in {"postgres", "postgresql"}:
        return _postgres(url)
    raise OptionError(f"DATABASE_URL begins with {scheme!r}; write {EXAMPLES}.")


def _sqlite_path(url: str) -> Path:
    parts = urlsplit(url)
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc or not path:
        raise OptionError(
            "DATABASE_URL names no file; an absolute path takes four slashes: "
            "sqlite:////var/lib/ownjournal/ownjournal.sqlite3."
        )
    return Path(path).absolute()


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A writer takes its lock when it begins, and waits for it; taken
            # later, at the first write, SQLite would refuse instead of waiting.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,  # seconds
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise OptionError(
            f"DATABASE_URL cannot be read; write {EXAMPLES}, with %40 for an @ "
            "in the password."
        ) from None
    name = unquote(parts.path).removeprefix("/")
    if not name or "/" in name:
        raise OptionError("DATABASE_URL names no database: …@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
