"""docs/cli.md, written from the commands themselves.

python -m ownjournal.cli.written > docs/cli.md
"""

import click

from ownjournal.cli.main import cli

HEAD = """# Commands

Written from the commands by `python -m ownjournal.cli.written`; a test keeps it so.
Exit status everywhere: 0 done; 1 something failed, and was said; 2 the command or a
setting is wrong; 130 stopped by Ctrl-C.
"""


def commands_markdown() -> str:
    """Every command with its help, as it is printed."""
    top = click.Context(cli, info_name="ownjournal", **cli.context_settings)
    parts = [HEAD]
    for name in cli.list_commands(top):
        parts += _sections(cli.get_command(top, name), name, top)
    return "\n".join(parts)


def _sections(
    command: click.Command | None, name: str, parent: click.Context
) -> list[str]:
    assert command is not None
    context = click.Context(
        command, info_name=name, parent=parent, **cli.context_settings
    )
    title = context.command_path
    found = [f"## `{title}`\n\n```text\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found += _sections(command.get_command(context, each), each, context)
    return found


if __name__ == "__main__":
    print(commands_markdown(), end="")
