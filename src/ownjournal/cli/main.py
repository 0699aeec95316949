"""`ownjournal`: its commands, loaded when they are called.

Exit status: 0 done; 1 something failed, and was said; 2 the command or a
setting is wrong; 130 stopped by Ctrl-C.
"""

import os
import sys
from importlib import import_module

import click
import django
from django.apps import apps

from ownjournal import __version__
from ownjournal.site.options import OptionError

COMMANDS = {
    "up": "Load articles, compile a first issue, start the site and the worker.",
    "serve": "Start the site alone.",
    "worker": "Do the daily and weekly work: fetch, index, compile, send.",
    "sync": "Fetch and apply NLM's new files.",
    "ingest": "Apply PubMed files from a folder.",
    "index": "Bring the search index up to date, or build it anew.",
    "mesh": "Load NLM's MeSH descriptors.",
    "retractions": "Load the list of Retraction Watch.",
    "train": "Train the models of appraisal from the catalogue.",
    "appraise": "Judge stored articles again, by new rules or a new model.",
    "example": "Write an invented corpus in NLM's file form.",
    "reader": "Add readers and their interests, make members.",
    "invite": "Make an invitation code.",
    "institutions": "Keep the registry of libraries.",
    "erased": "Erase again whom a restored backup brought back.",
    "compile": "Compile the issue of a reader, or say why an article is in it.",
    "send": "Send the mail that is due.",
    "bounces": "Read mail that came back.",
    "check": "Compare store and index, and say how current they are.",
    "migrate": "Bring the database to this version's form.",
    "migrate-storage": "Move a running site to PostgreSQL and a search cluster.",
    "backup": "Write all that must be kept into one file, while the site runs.",
    "restore": "Make a site of a backup, or check that a backup is whole.",
}

GIVE_WAY = frozenset(
    [
        "worker",
        "sync",
        "ingest",
        "index",
        "train",
        "appraise",
        "backup",
        "migrate-storage",
    ]
)
"""Commands that work for long while readers read, often on the same machine."""

NICER = 10  # of 19; still a tenth of a reader's share of a busy machine


class Commands(click.Group):
    """The commands of the table; a command's module is imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # numpy's own threads only wait for each other in matrices as small as ours
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
        if not apps.ready:  # it would bind the log to this moment's stderr once more
            django.setup()
        module = cmd_name.replace("-", "_")
        command = import_module(f"ownjournal.cli.{module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="Settings: docs/configuration.md. Exit status: 0 done; 1 something failed,"
    " and was said; 2 the command or a setting is wrong; 130 stopped by Ctrl-C.",
)
@click.version_option(__version__, prog_name="ownjournal")
def cli() -> None:
    """A medical journal of one's own.

    \b
    Example:
      ownjournal up --data folder-with-pubmed-files
    """


def main() -> None:
    """Run the command line and end with its exit status.

    A wrong setting is said in one line. What is written is its owner's alone:
    it tells who reads what.
    """
    os.umask(0o077)
    if GIVE_WAY.intersection(sys.argv[1:2]):
        os.nice(NICER)
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; the same command goes on from here.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OptionError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except Exception as fault:
        sentence = _told(fault)
        if sentence is None:
            raise
        click.echo(f"Error: {sentence}", err=True)
        sys.exit(1)


def _told(fault: Exception) -> str | None:
    """What an operator can mend, in sentences; loaded late, as it knows databases."""
    from ownjournal.site.machine import told

    return told(fault)


if __name__ == "__main__":
    main()
