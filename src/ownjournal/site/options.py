"""The one table of settings: what an operator may set, and how it is read.

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
from typing import NamedTuple
from urllib.parse import urlsplit

from ownjournal.search.opensearch.address import BadAddress, read_address

FILE_NAME = "ownjournal.env"
AT_HOME = {"127.0.0.1", "::1", "localhost"}


class OptionError(ValueError):
    """A setting that cannot be used; the message tells the operator why."""


class Option(NamedTuple):
    """One row of the table."""

    name: str
    kind: str  # a key of KINDS
    default: str  # as it would be written in the environment
    help: str  # for docs/configuration.md, in Markdown


KINDS = {
    "text": "any text",
    "number": "a whole number",
    "flag": "`yes` or `no`",
    "list": "values separated by commas",
    "folder": "a folder",
    "address": "an http or https address without a path",
    "server": "an https address without a path",
    "time": "a time of day in UTC, `HH:MM`",
    "years": "years, `2015-2026`, `2015-` or `2020`",
    "choice": "one of the words named",
    "days": "a number of days, 1 to 3650",
}

OPTIONS = (
    Option(
        "DATA_DIR",
        "folder",
        "",
        "Where everything that must be kept lies. Not set: `$XDG_DATA_HOME/ownjournal`,"
        " else `~/.local/share/ownjournal`. Read from the environment only.",
    ),
    Option(
        "DATABASE_URL",
        "text",
        "",
        "`sqlite:////path/to/file` or `postgres://user:password@host:5432/name`. "
        "Not set: `ownjournal.sqlite3` in the data folder.",
    ),
    Option(
        "DATABASE_READ_URL",
        "text",
        "",
        "A replica of PostgreSQL, in the form of `DATABASE_URL`: pages read articles "
        "from it, which may be seconds old there, and nothing of readers; see "
        "docs/scale.md.",
    ),
    Option(
        "SEARCH_URL",
        "text",
        "",
        "A search cluster instead of the folder `index` in the data folder, as in "
        "`https://name:password@one:9200,two:9200/ownjournal?shards=6&replicas=1`; "
        "needs the extra `cluster`; see docs/scale.md.",
    ),
    Option(
        "FILES_URL",
        "text",
        "",
        "A bucket for pictures and the like that machines share, as in "
        "`s3://key:secret@host:9000/bucket`; needs the extra `s3`; see docs/scale.md.",
    ),
    Option(
        "SECRET_KEY",
        "text",
        "",
        "Signs sessions and links. Not set: made once and kept in `secret_key` in "
        "the data folder, readable by its owner only.",
    ),
    Option(
        "SITE_URL",
        "address",
        "",
        "The address readers use. Links in mail begin with it; with https, cookies "
        "are marked secure and browsers are told to stay with https. Not set: "
        "`http://127.0.0.1` with the port of `BIND_PORT`.",
    ),
    Option("SITE_NAME", "text", "Ownjournal", "The name at the top of every page."),
    Option(
        "CONTACT_EMAIL",
        "text",
        "",
        "Whom readers may write to; shown at the foot of every page.",
    ),
    Option(
        "ALLOWED_HOSTS",
        "list",
        "",
        "Further host names to answer to, beside that of `SITE_URL` and this "
        "machine's own. Any other name is answered with 400.",
    ),
    Option("BIND_HOST", "text", "127.0.0.1", "The address the server listens on."),
    Option("BIND_PORT", "number", "8000", "The port the server listens on."),
    Option(
        "SYNC_FILES",
        "number",
        "3",
        "How many of NLM's newest update files a first start loads.",
    ),
    Option(
        "SYNC_DAILY_AT",
        "time",
        "04:30",
        "When the worker fetches NLM's new files each day.",
    ),
    Option(
        "NLM_URL",
        "address",
        "https://ftp.ncbi.nlm.nih.gov",
        "Where NLM's files are; a mirror must keep their folders.",
    ),
    Option(
        "FETCH_UNKNOWN",
        "flag",
        "no",
        "When somebody opens the page of an article that is not here, ask NLM for it "
        "by its number. Needs `CONTACT_EMAIL`, which NLM is told.",
    ),
    Option(
        "EUTILS_URL",
        "server",
        "https://eutils.ncbi.nlm.nih.gov",
        "Where NLM's E-utilities are, which are asked for single articles.",
    ),
    Option(
        "EUTILS_KEY",
        "text",
        "",
        "An API key of NLM's, which lets one site ask ten times a second, not three.",
    ),
    Option(
        "UNPAYWALL",
        "flag",
        "no",
        "Look up free copies of the articles that are opened here. Unpaywall is told "
        "their DOIs and `CONTACT_EMAIL`, which this needs; it learns of no reader.",
    ),
    Option(
        "UNPAYWALL_URL", "server", "https://api.unpaywall.org", "Where Unpaywall is."
    ),
    Option(
        "SEMANTIC",
        "flag",
        "yes",
        "Order best matches by meaning too, where the extra `semantic` is installed; "
        "the worker then takes up to a third of a core to read articles for it.",
    ),
    Option(
        "SCOPE_JOURNALS",
        "list",
        "",
        "Keep only these journals: NLM ids, ISSNs or abbreviations.",
    ),
    Option(
        "SCOPE_MESH",
        "list",
        "",
        "Keep only articles with these MeSH headings: names or UIs.",
    ),
    Option(
        "SCOPE_LANGUAGES",
        "list",
        "",
        "Keep only these languages, in NLM's three letters: `eng, ger`.",
    ),
    Option("SCOPE_YEARS", "years", "", "Keep only articles published in these years."),
    Option(
        "SCOPE_HUMANS_ONLY",
        "flag",
        "no",
        "Leave out articles that NLM has indexed as about animals alone.",
    ),
    Option(
        "SIGN_UP",
        "choice",
        "open",
        "Who may join: `open`, everybody; `invitation`, whoever is invited, by a code "
        "or by the domain of their address; `closed`, nobody.",
    ),
    Option(
        "TRUSTED_PROXIES",
        "number",
        "0",
        "How many proxies of your own stand before the site. Each adds the address of "
        "who asked it to `X-Forwarded-For`; whatever else that header says is not "
        "believed.",
    ),
    Option(
        "ORCID_CLIENT_ID",
        "text",
        "",
        "The site's client at ORCID; with it readers can connect their ORCID iD and "
        "sign in by it. Its redirect address is `SITE_URL` with `/sign-in/orcid/back`.",
    ),
    Option("ORCID_SECRET", "text", "", "The secret of that client."),
    Option("ORCID_URL", "server", "https://orcid.org", "Where ORCID is."),
    Option(
        "MAIL_FROM",
        "text",
        "Ownjournal <ownjournal@localhost>",
        "The sender of every mail.",
    ),
    Option(
        "MAIL_URL",
        "text",
        "outbox:",
        "How mail leaves: `outbox:` writes files into `OUTBOX_DIR`; "
        "`smtp://user:password@host:587` asks for TLS (STARTTLS) unless the host is "
        "this machine, `smtps://…:465` begins with it, `smtp+plain://host:25` is for a "
        "server behind the same wall. `postmark:server_token=…` and other providers' "
        "names need the extra `providers`; see docs/operations.md.",
    ),
    Option(
        "MAIL_BOUNCES",
        "text",
        "",
        "An address for mail that comes back, where the server puts "
        "`name+anything@host` into the mailbox of `name@host`. Not set: that of "
        "`MAIL_FROM`.",
    ),
    Option(
        "MAIL_WEBHOOK_SECRET",
        "text",
        "",
        "`name:password` in the address at which a provider reports bounces.",
    ),
    Option(
        "OUTBOX_DIR",
        "folder",
        "",
        "Where mails are written as files. Not set: `outbox` in the data folder.",
    ),
    Option(
        "MEMBERSHIP",
        "choice",
        "open",
        "Who gets issues: with `open` every reader, with `trial` new ones for "
        "`TRIAL_DAYS` days and members for good; see docs/operations.md.",
    ),
    Option(
        "TRIAL_DAYS",
        "days",
        "30",
        "How many days a trial lasts after the day it begins.",
    ),
    Option(
        "NOTE_REMOTE_PICTURES",
        "flag",
        "no",
        "When a note is saved, copy pictures from elsewhere that it shows, once, from "
        "public https addresses alone. With `no` they are shown as links.",
    ),
    Option(
        "SHORT_ADDRESSES",
        "list",
        "",
        "Short addresses of topics, as `pain=D010146`; two topics as "
        "`pain-and-mood=D010146+D003866`. None takes the place of a page.",
    ),
    Option(
        "POLICY_NOTE",
        "text",
        "",
        "What the page /privacy is to say beside what it says by itself: who answers "
        "for the site, say, and by which law.",
    ),
    Option(
        "LOG_FORMAT",
        "choice",
        "text",
        "`text` writes what somebody should look at; `json` every request too, one "
        "line of JSON an event; see docs/monitoring.md.",
    ),
    Option(
        "METRICS_TOKEN",
        "text",
        "",
        "With it /metrics answers a Prometheus that sends it as a bearer token. Not "
        "set: there is no such page.",
    ),
    Option(
        "DEBUG",
        "flag",
        "no",
        "Show errors in full. Never on a machine that others can reach.",
    ),
)
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
