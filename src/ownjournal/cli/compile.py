"""`ownjournal compile`."""

import json
import sys
from collections.abc import Iterator
from textwrap import fill

import click
from django.conf import settings
from django.utils import timezone

from ownjournal.cli.reader import known
from ownjournal.issues import compile as issues
from ownjournal.issues import explaining
from ownjournal.issues.models import Issue
from ownjournal.issues.pools import Pools
from ownjournal.ranking.explain import Part
from ownjournal.readers.models import Reader

COLUMNS = 80


@click.command()
@click.option("--reader", "email", help="Of one reader; otherwise of all.")
@click.option(
    "--explain", type=int, metavar="PMID", help="Print how it came in or did not."
)
@click.option("--json", "json_", is_flag=True, help="Print what was made as JSON.")
def command(email: str | None, explain: int | None, json_: bool) -> None:
    """Compile the next issue, and put its mail into the post.

    The mail leaves by the worker or `ownjournal send`.
    A reader for whom nothing is new gets none. Exit status: 0 also then; 1 when
    there is no such reader or article.

    With --explain nothing is made. It prints the whole arithmetic of one article
    for one reader: its appraisal; how near it is to each interest, part by part;
    its score and where that puts it among all considered; and the rule that gave
    it a place in the issue or kept it out. For an issue already made it is worked
    out again from what was stored with it.

    \b
    Example:
      ownjournal compile --reader ada@example.org
      ownjournal compile --reader ada@example.org --explain 31234567
    """
    readers = [known(email)] if email else list(Reader.objects.filter(is_active=True))
    if explain is not None:
        if email is None:
            raise click.UsageError("--explain needs --reader.")
        _explain(readers[0], explain)
        return
    pools = Pools()
    made = [compile_for(reader, pools) for reader in readers]
    if json_:
        click.echo(json.dumps([_as_dict(issue) for issue in made if issue]))
        return
    for reader, issue in zip(readers, made, strict=True):
        click.echo(_line(reader, issue))


def compile_for(reader: Reader, pools: Pools) -> Issue | None:
    """The reader's next issue, its letter among those that are due."""
    return issues.compile_issue(reader, now=timezone.now(), pools=pools)


def _explain(reader: Reader, pmid: int) -> None:
    try:
        parts = explaining.explain(reader, pmid)
    except LookupError as error:
        click.echo(f"Error: {error.args[0]}", err=True)
        sys.exit(1)
    click.echo("\n\n".join("\n".join(_printed(part)) for part in parts))


def _printed(part: Part) -> Iterator[str]:
    """A part as lines of at most 80 columns, without what a terminal would obey."""
    yield part.heading
    for line in part.lines:
        shown = "".join(c if c.isprintable() else " " for c in line)
        if shown.startswith(" "):  # of a table
            yield shown
        else:
            yield fill(shown, COLUMNS, initial_indent="  ", subsequent_indent="  ")


def _line(reader: Reader, issue: Issue | None) -> str:
    if issue is None:
        return f"{reader.email}: nothing new, so no issue"
    count = issue.articles.count()
    return (
        f"{reader.email}: issue {issue.number}, {count} of"
        f" {issue.considered:,} articles, {settings.SITE_URL}/issues/{issue.number}"
    )


def _as_dict(issue: Issue) -> dict[str, object]:
    return {
        "reader": issue.reader.email,
        "number": issue.number,
        "considered": issue.considered,
        "articles": [
            {"pmid": each.pmid, "slot": each.slot, "why": each.why}
            for each in issue.articles.all()
        ],
    }
