"""`ownjournal up`: from nothing to a site with a first issue, in one command."""

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import click
import httpx
from django.conf import settings
from django.utils import timezone

from ownjournal.catalogue import mesh, store
from ownjournal.catalogue.examples import take_away
from ownjournal.catalogue.following import index
from ownjournal.cli.compile import compile_for
from ownjournal.cli.index import bring_up_to_date
from ownjournal.cli.loading import Shown, load, loading, pubmed_files
from ownjournal.cli.migrate import migrate
from ownjournal.cli.serve import port_problem
from ownjournal.cli.sync import told, visit_nlm
from ownjournal.issues.pools import Pools
from ownjournal.pubmed.example.corpus import write_corpus
from ownjournal.pubmed.nlm import Nlm
from ownjournal.readers import registry, signin
from ownjournal.readers.models import Reader

EXAMPLES = 3_000  # articles
START_SECONDS = 20.0
STOP_SECONDS = 30.0
LOOKED_AT = 2_000  # articles from which the first interests are taken
FIRST_INTERESTS = 3


@click.command()
@click.option(
    "--data",
    "places",
    multiple=True,
    type=click.Path(path_type=Path),
    help="PubMed files or folders to load; repeatable.",
)
@click.option("--topic", "topics", multiple=True, help="What you read about.")
@click.option("--email", help="Your address; default: CONTACT_EMAIL or operator@…")
@click.option("--no-start", is_flag=True, help="Prepare everything and end.")
def command(
    places: tuple[Path, ...], topics: tuple[str, ...], email: str | None, no_start: bool
) -> None:
    """Load articles, compile a first issue, start the site and the worker.

    Articles come from --data; else from NLM, the newest SYNC_FILES update files;
    else, when NLM cannot be reached, an example corpus is made up. A later start
    goes on where it was. Ctrl-C ends it. Exit status: 0 after Ctrl-C or SIGTERM,
    1 when a part of it failed, 2 when something given is wrong.

    \b
    Example:
      ownjournal up --data /data/pubmed --topic Hypertension
    """
    problem = None if no_start else port_problem()
    if problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(2)
    migrate()
    load_articles(places)
    bring_up_to_date()
    operator = the_operator(email, topics)
    if not operator.issues.exists():
        compile_for(operator, Pools())
    if not no_start:
        sys.exit(run(operator))


def load_articles(places: tuple[Path, ...]) -> None:
    """Load what was named; where the catalogue is empty, find articles elsewhere."""
    if places:
        load(pubmed_files(places, "--data"), loading(), index())
        take_away()
    elif store.revision() == 0 and not _load_from_nlm():
        _load_examples()


def _load_from_nlm() -> bool:
    with Nlm(f"{settings.NLM_URL}/pubmed/") as nlm:
        problem = nlm.why_unreachable()
    if problem is None:
        with Shown() as shown:
            visit = visit_nlm(shown, settings.SYNC_FILES)
        for line in told(visit):
            click.echo(line)
        problem = visit.problem
    loaded = store.count() > 0
    if problem is not None:
        instead = "" if loaded else " Example articles are made up instead."
        click.echo(f"{problem}{instead}")
    return loaded


def _load_examples() -> None:
    files = write_corpus(
        settings.DATA_DIR / "example",
        articles=EXAMPLES,
        seed=1,
        today=timezone.now().date(),
    )
    load(files, loading(), index(), quiet=True)
    click.echo(f"{store.count():,} invented articles loaded, marked as examples.")


def the_operator(email: str | None, topics: tuple[str, ...]) -> Reader:
    """Whoever runs the site; made at the first start, with interests to begin with."""
    known = Reader.objects.filter(is_operator=True).order_by("id").first()
    if known is not None and not (email or topics):
        return known
    address = email or (known.email if known else None) or settings.CONTACT_EMAIL
    new = known is None and not topics
    return registry.add(
        address or "operator@example.org",
        topics=topics or (commonest_topics() if new else ()),
        is_operator=True,
        say=click.echo,
    )


def commonest_topics() -> list[str]:
    """The main MeSH headings of the newest articles, to begin an issue with."""
    counts: Counter[str] = Counter()
    for each in store.newest(LOOKED_AT):
        major = [heading.ui for heading in each.article.mesh if heading.is_major()]
        counts.update(ui for ui in major if ui)
    named = [mesh.name(ui) for ui, _ in counts.most_common(FIRST_INTERESTS)]
    return [name for name in named if name]


def run(operator: Reader) -> int:
    """Start site and worker, say where, and wait; the exit status."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    parts = {name: _start(name) for name in ("serve", "worker")}
    try:
        if not _answers(parts["serve"], stopping):
            return 0 if stopping.is_set() else 1
        link = signin.make_link(operator, timezone.now())
        click.echo(f"\n  {settings.SITE_NAME} is at {settings.SITE_URL}{link}")
        click.echo("  The link signs you in once, within ten minutes. Ctrl-C stops.\n")
        while not stopping.wait(0.5):
            for name, part in parts.items():
                if part.poll() is not None:
                    click.echo(f"Error: {name} ended with {part.returncode}.", err=True)
                    return 1
        return 0
    finally:
        _stop(list(parts.values()))


def _start(name: str) -> "subprocess.Popen[bytes]":
    """A part in a session of its own: Ctrl-C reaches this process alone."""
    return subprocess.Popen(
        [sys.executable, "-m", "ownjournal.cli.main", name], start_new_session=True
    )


def _answers(site: "subprocess.Popen[bytes]", stopping: threading.Event) -> bool:
    host = settings.BIND_HOST
    host = f"[{host}]" if ":" in host else host
    url = f"http://{host}:{settings.BIND_PORT}/health/live"
    named = {"Host": "localhost"}  # BIND_HOST may be no name that the site answers to
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and site.poll() is None and not stopping.wait(0.05):
        try:
            answer = httpx.get(url, headers=named, timeout=2.0, trust_env=False)
            answer.raise_for_status()
        except httpx.HTTPError:
            continue
        return True
    if not stopping.is_set():
        click.echo("Error: the site did not start.", err=True)
    return False


def _stop(parts: list["subprocess.Popen[bytes]"]) -> None:
    for part in parts:
        part.terminate()
    for part in parts:
        try:
            part.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()
