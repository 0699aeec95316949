"""How settings are read; `option_table` says which there are.

A setting comes from the environment, else from the file `ownjournal.env` in the
data folder (lines NAME=value, the form systemd reads too), else from the table.
An empty value counts as not set. docs/configuration.md is written from the table
(`options_markdown`), and a test keeps both equal.

Nothing here is Django's: `settings` turns these values into Django's settings.
"""

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

from ownjournal.search.opensearch.address import BadAddress, read_address
from ownjournal.site.option_table import KINDS, OPTIONS

FILE_NAME = "ownjournal.env"
AT_HOME = {"127.0.0.1", "::1", "localhost"}


class OptionError(ValueError):
    """A setting that cannot be used; the message tells the operator why."""


BY_NAME = {each.name: each for each in OPTIONS}


class Values:
    """The settings as given, read by kind; each method raises OptionError."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def text(self, name: str) -> str | None:
        """The value, None where neither the operator nor the table gives one."""
        return self._given.get(name, "").strip() or BY_NAME[name].default or None

    def number(self, name: str) -> int:
        """A whole number of at most nine digits, not below 0."""
        value = self.text(name) or ""
        if not re.fullmatch(r"[0-9]{1,9}", value):
            raise OptionError(f"{name} is {value!r}; it must be a whole number.")
        return int(value)

    def flag(self, name: str) -> bool:
        """Yes or no, in the words people use for it."""
        value = (self.text(name) or "no").lower()
        if value in {"yes", "true", "on", "1"}:
            return True
        if value in {"no", "false", "off", "0"}:
            return False
        raise OptionError(f"{name} is {value!r}; it must be yes or no.")

    def one_of(self, name: str, *choices: str) -> str:
        """One of a few words."""
        value = (self.text(name) or "").lower()
        if value not in choices:
            words = " or ".join(choices)
            raise OptionError(f"{name} is {value!r}; it must be {words}.")
        return value

    def text_with(self, name: str, other: str) -> str | None:
        """A text that needs another setting to have a value too."""
        value = self.text(name)
        if value and self.text(other) is None:
            raise OptionError(f"{name} is set; it needs {other}, which is not.")
        return value

    def flag_with(self, name: str, other: str) -> bool:
        """A flag that may be yes only where another setting has a value."""
        value = self.flag(name)
        if value and self.text(other) is None:
            raise OptionError(f"{name} is yes; it needs {other}, which is not set.")
        return value

    def items(self, name: str) -> tuple[str, ...]:
        """The parts between commas; () where there are none."""
        parts = (part.strip() for part in (self.text(name) or "").split(","))
        return tuple(part for part in parts if part)

    def folder(self, name: str, otherwise: Path) -> Path:
        """An absolute path; `~` is the home of whoever runs this."""
        value = self.text(name)
        return Path(value).expanduser().absolute() if value else otherwise

    def address(self, name: str) -> str:
        """Scheme and host, without the slash at the end."""
        value = (self.text(name) or "").rstrip("/")
        try:
            parts = urlsplit(value)
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
            usable = usable and parts.username is None
            _ = parts.port  # raises where the port is no number
        except ValueError:
            usable = False
        if not usable or value != f"{parts.scheme}://{parts.netloc}":
            raise OptionError(
                f"{name} is {value!r}; it must be an address without a path, "
                "such as https://journal.example.org."
            )
        return value

    def site_url(self) -> str:
        """The address readers use; that of this machine where none is set."""
        if self.text("SITE_URL") is None:
            return f"http://127.0.0.1:{self.number('BIND_PORT')}"
        return self.address("SITE_URL")

    def mailbox(self, name: str) -> str | None:
        """A plain address of mail, None where none is set."""
        value = self.text(name)
        if value is not None and not re.fullmatch(r"[\w.-]+@[\w.-]+", value, re.ASCII):
            raise OptionError(f"{name} is {value!r}; it must be an address, name@host.")
        return value

    def days(self, name: str) -> int:
        """A number of whole days, of which a date can still be made."""
        count = self.number(name)
        if not 1 <= count <= 3650:
            raise OptionError(f"{name} is {count}; it must be from 1 to 3650.")
        return count

    def server(self, name: str) -> str:
        """An address of https, or of http on this machine itself."""
        value = self.address(name)
        parts = urlsplit(value)
        if parts.scheme != "https" and parts.hostname not in AT_HOME:
            raise OptionError(f"{name} is {value!r}; it must begin with https.")
        return value

    def cluster(self, name: str) -> str | None:
        """The address of a search cluster; None where none is set."""
        value = self.text(name)
        if value is not None:
            try:
                read_address(value)
            except BadAddress as problem:
                raise OptionError(str(problem)) from None
        return value

    def time_of_day(self, name: str) -> time:
        """Hour and minute, in UTC."""
        value = self.text(name) or ""
        try:
            hour, minute = value.split(":")
            return time(int(hour), int(minute))
        except ValueError:
            raise OptionError(
                f"{name} is {value!r}; it must be a time such as 04:30."
            ) from None

    def years(self, name: str) -> tuple[int | None, int | None]:
        """First and last year, both included; None where that end is open."""
        value = self.text(name)
        if value is None:
            return None, None
        match = re.fullmatch(r"([0-9]{4})?(?:(-)([0-9]{4})?)?", value)
        if match is None or not (match[1] or match[3]):
            raise OptionError(f"{name} is {value!r}; write 2015-2026, 2015- or 2020.")
        first = int(match[1]) if match[1] else None
        last = int(match[3]) if match[3] else None
        return first, last if match[2] else first


def data_folder(environment: Mapping[str, str]) -> Path:
    """The folder that holds everything, whether it exists or not."""
    share = environment.get("XDG_DATA_HOME") or "~/.local/share"
    return Values(environment).folder(
        "DATA_DIR", Path(share).expanduser() / "ownjournal"
    )


def read_values(environment: Mapping[str, str]) -> Values:
    """The settings of the environment and, behind it, of the data folder's file."""
    path = data_folder(environment) / FILE_NAME
    written = read_file(path) if path.is_file() else {}
    given = {name: environment[name] for name in BY_NAME if environment.get(name)}
    return Values({**written, **given})


def read_file(path: Path) -> dict[str, str]:
    """The lines NAME=value of a file; comments begin with #, quotes are taken off.

    Raises OptionError for a line that is none, or a name that the table lacks:
    a setting misspelt in silence is worse than a start refused.
    """
    found = {}
    for count, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or name not in BY_NAME or name == "DATA_DIR":
            raise OptionError(f"{path}, line {count}: {name!r} is no setting here.")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[name] = value
    return found


def options_markdown() -> str:
    """The table as docs/configuration.md shows it."""
    lines = ["| name | value | default | what it does |", "|---|---|---|---|"]
    for each in OPTIONS:
        default = f"`{each.default}`" if each.default else "not set"
        lines.append(
            f"| `{each.name}` | {KINDS[each.kind]} | {default} | {each.help} |"
        )
    return "\n".join(lines) + "\n"
