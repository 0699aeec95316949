"""MAIL_URL, turned into Django's settings for mail."""

from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from ownjournal.site.options import AT_HOME, OptionError

EXAMPLES = "outbox:, smtp://user:password@host:587 or smtps://user:password@host:465"
FOLDER = "ownjournal.readers.post.folder.EmailBackend"
SMTP = "ownjournal.readers.post.smtp.EmailBackend"
PROVIDER = "anymail.backends.{}.EmailBackend"
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class MailSettings(NamedTuple):
    """How mail leaves, in Django's words; those of anymail in `provider`."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    provider: dict[str, str] = {}


def mail_settings(url: str) -> MailSettings:
    """The settings that a MAIL_URL means.

    Raises OptionError in the operator's words, without repeating a password.
    """
    scheme, _, rest = url.partition(":")
    scheme = scheme.lower()
    if scheme == "outbox" and not rest:
        return MailSettings(FOLDER)
    if scheme in PORTS:
        return _smtp(scheme, url)
    return _provider(scheme, rest)


def _smtp(scheme: str, url: str) -> MailSettings:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.path not in {"", "/"} or parts.query:
        raise OptionError(
            f"MAIL_URL cannot be read; write {EXAMPLES}, with %40 for an @ "
            "in the user or the password."
        )
    at_home = host in AT_HOME
    return MailSettings(
        SMTP,
        host,
        port or (25 if scheme == "smtp" and at_home else PORTS[scheme]),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls=scheme == "smtp" and not at_home,
        tls=scheme == "smtps",
    )


def _provider(name: str, rest: str) -> MailSettings:
    """Of one of the providers that anymail knows; `rest` is key=value&key=value."""
    if find_spec("anymail") is None:
        raise OptionError(
            f"MAIL_URL begins with {name!r}; write {EXAMPLES}, or install the extra "
            "`providers` for providers of mail."
        )
    module = PROVIDER.format(name).rpartition(".")[0]
    if not name.isidentifier() or find_spec(module) is None:
        raise OptionError(f"MAIL_URL begins with {name!r}; no provider has that name.")
    given = dict(parse_qsl(rest))
    if not given:
        raise OptionError(f"MAIL_URL gives {name} no key: {name}:api_key=…")
    settings = {f"{name}_{key}".upper(): value for key, value in given.items()}
    return MailSettings(PROVIDER.format(name), provider=settings)
