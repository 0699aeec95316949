"""What a worker says of its work: lines to read, or events of the log."""

import logging

import click
from django.conf import settings

log = logging.getLogger("ownjournal.worker")


def tell(text: str, *, err: bool = False) -> None:
    """A line for the operator; with LOG_FORMAT=json an event, `err` an error."""
    if settings.LOG_FORMAT == "json":
        log.log(logging.ERROR if err else logging.INFO, "%s", text)
    else:
        click.echo(text, err=err)
