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


def databases(
    url: str | None, read_url: str | None, default_path: Path
) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: the one that is written to and, where set, its replica.

    Raises OptionError as `database` does.
    """
    found = {"default": database(url, default_path)}
    if read_url is None:
        return found
    try:
        found["replica"] = database(read_url, default_path)
    except OptionError as problem:
        words = str(problem).replace("DATABASE_URL", "DATABASE_READ_URL")
        raise OptionError(words) from None
    if any("postgresql" not in each["ENGINE"] for each in found.values()):
        raise OptionError(
            "DATABASE_READ_URL names a replica, which PostgreSQL alone has; set it "
            "and DATABASE_URL to servers of PostgreSQL, or not at all."
        )
    return found


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
    """One host, or several of which libpq takes the first that suits.

    With `?target_session_attrs=read-write` that is the primary, also after another
    has been promoted.
    """
    try:
        parts = urlsplit(url)
        login, _, places = parts.netloc.rpartition("@")
        hosts = [_host(each) for each in places.split(",")]
    except ValueError:
        raise OptionError(
            f"DATABASE_URL cannot be read; write {EXAMPLES}, with %40 for an @ "
            "in the password."
        ) from None
    user, _, password = login.partition(":")
    name = unquote(parts.path).removeprefix("/")
    if not name or "/" in name:
        raise OptionError("DATABASE_URL names no database: …@host:5432/name.")
    ports = [port for _, port in hosts]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(user),
        "PASSWORD": unquote(password),
        "HOST": ",".join(host for host, _ in hosts),
        "PORT": ",".join(ports) if any(ports) else "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _host(place: str) -> tuple[str, str]:
    """Host and port, "" where it is not given. Raises ValueError."""
    one = urlsplit(f"//{place}")
    if one.port is None and place.endswith(":"):
        raise ValueError(place)
    return unquote(one.hostname or ""), str(one.port or "")
