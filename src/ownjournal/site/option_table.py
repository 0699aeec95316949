"""The table of settings: names, forms, defaults, and their line in the docs."""

from typing import NamedTuple


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
