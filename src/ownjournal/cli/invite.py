"""`ownjournal invite`."""

from datetime import datetime

import click

from ownjournal.cli.migrate import migrate
from ownjournal.readers.membership import members

DAY, SHOWN = click.DateTime(["%Y-%m-%d"]), "YYYY-MM-DD"


@click.command()
@click.option(
    "--uses",
    default=1,
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    show_default=True,
    help="How many may use it.",
)
@click.option(
    "--until", type=DAY, metavar=SHOWN, help="The last day on which it can be used."
)
@click.option(
    "--members-until",
    type=DAY,
    metavar=SHOWN,
    help="The last day of who becomes a member.",
)
@click.option("--note", help="For whom it is; shown to operators alone.")
def command(
    uses: int, until: datetime | None, members_until: datetime | None, note: str | None
) -> None:
    """Make an invitation code, and print it; it cannot be shown again.

    Whoever types it when joining, or later at /account/membership, becomes a
    member. Exit status: 0.

    \b
    Example:
      ownjournal invite --uses 40 --until 2027-03-31 --note "Ward round, spring"
    """
    migrate()
    _, code = members.invite(
        uses=uses,
        until_on=until.date() if until else None,
        members_until_on=members_until.date() if members_until else None,
        note=note[:200] if note else None,
    )
    click.echo(code)
