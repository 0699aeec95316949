"""`ownjournal bounces`."""

import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from django.utils import timezone

from ownjournal.readers.post import bounces, returned


@click.command()
@click.argument("file", default="-")
def command(file: str) -> None:
    """Read mail that came back: a message, a mailbox (mbox) or a folder (Maildir).

    FILE is - for a message on the standard input, as a mail server hands it over. A
    bounce counts only if it answers a letter of ours; a reader whose mailbox is not
    there, or who called an issue unwanted, gets issues on the site alone from then
    on. Nothing is taken out of a mailbox; reading it again counts nothing twice.
    Exit status: 0 also when nothing was a bounce, so that no server returns it; 1 when
    FILE cannot be read.

    \b
    Example:
      ownjournal bounces /var/mail/journal
    """
    counts: Counter[str] = Counter()
    try:
        for data in _messages(file):
            counts[_record(data)] += 1
    except (OSError, mailbox.Error) as fault:
        click.echo(f"Error: {file} cannot be read: {fault}", err=True)
        sys.exit(1)
    parts = [f"{count:,} {what}" for what, count in sorted(counts.items())]
    click.echo(", ".join(parts) or "No mail.")


def _record(data: bytes) -> str:
    """What the mail counts as."""
    found = bounces.read(data)
    if found is None:
        return "not ours"
    new = returned.record(found.letter, found.kind, found.said, timezone.now())
    return str(found.kind) if new else "known"


def _messages(file: str) -> Iterator[bytes]:
    """The mails of a file, a mailbox or a folder, one in memory at a time."""
    if file == "-":
        yield sys.stdin.buffer.read(bounces.LARGEST)
        return
    path = Path(file)
    if path.is_dir():
        folder = mailbox.Maildir(path, create=False)
        yield from (folder.get_bytes(key) for key in folder.iterkeys())
        return
    with path.open("rb") as opened:
        is_box = opened.read(5) == b"From "
    if not is_box:
        yield path.read_bytes()[: bounces.LARGEST]
        return
    box = mailbox.mbox(path, create=False)
    try:
        yield from (box.get_bytes(key) for key in box.iterkeys())
    finally:
        box.close()
