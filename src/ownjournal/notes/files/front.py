"""The lines above a note's text in a file: what the note is, for people and programs.

    ---
    kind: pearl
    article: 28706741
    title: "Fever in a village"
    ---
    The text, byte for byte.

They are YAML, of which this needs two forms only: a plain word, number or date, and
a text in quotation marks, which is written as JSON writes it.
"""

import json
import re
from collections.abc import Mapping

FENCE = "---\n"
MOST = 40  # lines
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:+-]*(?: [A-Za-z0-9.-]+)*")
HEAD = re.compile(r"---\r?\n(.*?)^---\r?\n", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"([a-z][a-z ]*): (.+)")


class NotRead(ValueError):
    """A file that is no note; `str` is a sentence."""


def write(values: Mapping[str, str | int | None], text: str) -> str:
    """The whole file. What is None has no line."""
    lines = [
        f"{name}: {_value(value)}\n"
        for name, value in values.items()
        if value is not None
    ]
    return FENCE + "".join(lines) + FENCE + text


def _value(value: str | int) -> str:
    plain = str(value)
    if PLAIN.fullmatch(plain):
        return plain
    return json.dumps(plain, ensure_ascii=False)


def read(file: str) -> tuple[dict[str, str], str]:
    """The values and the text. Raises NotRead."""
    match = HEAD.match(file)
    if match is None:
        raise NotRead("It does not begin with lines between “---” and “---”.")
    lines = match[1].split("\n")[:-1]
    if len(lines) > MOST:
        raise NotRead("It has too many lines above its text.")
    return dict(map(_pair, lines)), file[match.end() :]


def _pair(line: str) -> tuple[str, str]:
    match = LINE.fullmatch(line.strip())
    if match is None:
        raise NotRead(f"“{line[:60]}” above its text is not to be understood.")
    name, value = match.groups()
    if not value.startswith('"'):
        return name, value.strip()
    try:
        return name, str(json.loads(value))
    except ValueError as fault:
        raise NotRead(f"The value of “{name}” is not to be understood.") from fault
