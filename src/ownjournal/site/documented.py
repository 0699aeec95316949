"""What a module says of itself: its own words and its constants, read from its source.

The page about the rules shows them, so that nothing is typed twice: a value is
that of the running program, and the sentence beside it is the one written there.
"""

import ast
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType

LONGEST_VALUE = 120
"""Characters of a value; longer ones are tables, which have pages of their own."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a module's own words."""

    text: str
    formula: bool  # lines that keep their form


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or short text that a rule uses."""

    name: str  # "Least nearness"
    value: str
    meaning: str | None  # what is written beside it


@dataclass(frozen=True, slots=True)
class Documented:
    """A module as a reader can check it."""

    name: str  # "ranking.relevance"
    paragraphs: tuple[Paragraph, ...]
    constants: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """What stands in a module's source: it does not change while we run."""

    paragraphs: tuple[Paragraph, ...]
    constants: tuple[tuple[str, str | None], ...]  # names and meanings


def documented(module: ModuleType) -> Documented:
    """A module's words, and its constants with the values that they have now."""
    source = _source(module)
    shown = (
        (each, _shown(getattr(module, each[0], None))) for each in source.constants
    )
    return Documented(
        name=module.__name__.removeprefix("ownjournal."),
        paragraphs=source.paragraphs,
        constants=tuple(
            Constant(name.replace("_", " ").capitalize(), value, meaning)
            for (name, meaning), value in shown
            if value is not None
        ),
    )


@cache
def _source(module: ModuleType) -> _Source:
    source = inspect.getsource(module)
    tree = ast.parse(source)
    return _Source(
        paragraphs(ast.get_docstring(tree) or ""),
        tuple(_constants(tree, source.splitlines())),
    )


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Blocks between empty lines; an indented one is a formula."""
    found = []
    for block in text.split("\n\n"):
        lines = block.strip("\n").split("\n")
        formula = all(line.startswith("    ") for line in lines)
        told = (
            inspect.cleandoc("\n" + block)
            if formula
            else " ".join(map(str.strip, lines))
        )
        if told:
            found.append(Paragraph(told.replace("`", ""), formula))
    return tuple(found)


def _constants(tree: ast.Module, lines: list[str]) -> Iterator[tuple[str, str | None]]:
    """Names in the order of the source, each with what is written beside it."""
    for node, after in zip(tree.body, [*tree.body[1:], None], strict=True):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            meaning = _text(after) or _comment(lines[node.lineno - 1])
            for name in _names(node):
                yield name, meaning


def _names(node: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    """Public constants that a statement sets: names in capitals."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        for each in target.elts if isinstance(target, ast.Tuple) else [target]:
            if isinstance(each, ast.Name) and each.id.isupper() and each.id[0] != "_":
                yield each.id


def _text(node: ast.stmt | None) -> str | None:
    """The words of a text that stands alone, as those below a constant do."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        value = node.value.value
        return (
            " ".join(value.replace("`", "").split()) if isinstance(value, str) else None
        )
    return None


def _comment(line: str) -> str | None:
    """The comment at the end of a line."""
    _, mark, comment = line.partition("  # ")
    return comment.strip() if mark else None


def _shown(value: object) -> str | None:
    """Numbers, short texts and short rows of them; None for what is too much."""
    told = _told(value)
    return told if told and len(told) <= LONGEST_VALUE else None


def _told(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,g}"
    if isinstance(value, str):
        return value
    if isinstance(value, frozenset | set):
        return _row(sorted(map(str, value)))
    return _row(value) if isinstance(value, tuple | list) else None


def _row(values: Sequence[object]) -> str | None:
    """Values side by side; rows within are set apart by semicolons."""
    told = [_told(each) for each in values]
    nested = any(isinstance(each, tuple | list) for each in values)
    return (
        None if None in told else ("; " if nested else " / ").join(filter(None, told))
    )
