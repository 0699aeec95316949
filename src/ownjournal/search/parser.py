"""Read what a reader types, in PubMed's language, into a query tree.

`parse` takes any text whatever and never raises: what cannot be read is left
out, and a `Problem` says so with its place in the text. Work is bounded by the
limits below, so that no query costs more than a fraction of a second to read.

As in PubMed, AND, OR and NOT are read from left to right with no precedence,
words next to each other mean AND, and a tag belongs to all words before it.

Source: PubMed User Guide, https://pubmed.ncbi.nlm.nih.gov/help/
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from ownjournal.search.atoms import MAX_TERMS, Problem, Reader
from ownjournal.search.lexer import MAX_CHARACTERS, Mark, Token, read_tokens
from ownjournal.search.query import All, And, Not, Or, Query, Term

MAX_NESTING = 100
"""Levels of the tree; beyond them a part is left out."""

MAX_PROBLEMS = 20
"""Of one kind that are told; a text with more of them is no query."""

_LONG_NUMBER = re.compile(r"[0-9]{5,10}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as it was understood; None where there is nothing to search for."""

    query: Query | None
    problems: tuple[Problem, ...] = ()  # by place in the text


@dataclass(frozen=True, slots=True)
class _Node:
    query: Query
    depth: int


@dataclass(slots=True)
class _Group:
    """One pair of parentheses, or the whole text."""

    start: int  # of its parenthesis
    parts: list[_Node] = field(default_factory=list)
    deepest: int = 0  # of the parts
    join: str | None = None  # what holds the parts together, AND or OR
    operator: Token | None = None  # read, but nothing behind it yet
    negated: bool = False  # OR NOT
    lacking: bool = False  # a part was left out, and the reader was told

    def node(self) -> _Node:
        """What was read so far, as one part."""
        if len(self.parts) == 1:
            return self.parts[0]
        kind = Or if self.join == "OR" else And
        return _Node(kind(tuple(each.query for each in self.parts)), 1 + self.deepest)

    def continues_with_and(self) -> bool:
        """Whether words that come next are parts of this group like all others."""
        operator = self.operator.text if self.operator else "AND"
        return operator == "AND" and self.join in (None, "AND")

    def depth_with(self, node: _Node) -> int:
        """How deep the group is when a part has been added."""
        operator = self.operator.text if self.operator else "AND"
        added = node.depth + (self.negated or (operator == "NOT" and not self.parts))
        if not self.parts:
            return added
        if self.join in (None, operator) and operator != "NOT":
            return 1 + max(added, self.deepest)
        return 1 + max(added, self.node().depth)

    def add(self, node: _Node) -> None:
        """Join a part by the operator before it, left to right."""
        operator = self.operator.text if self.operator else "AND"
        if self.negated or (operator == "NOT" and not self.parts):
            node = _Node(Not(All(), node.query), node.depth + 1)
            operator = "OR" if self.negated else "AND"
        if operator == "NOT":
            kept = self.node()
            depth = 1 + max(kept.depth, node.depth)
            self.parts, self.join = [_Node(Not(kept.query, node.query), depth)], None
            self.deepest = depth
        elif self.join in (None, operator) or not self.parts:
            self.parts.append(node)
            self.join = operator if len(self.parts) > 1 else None
            self.deepest = max(self.deepest, node.depth)
        else:
            before = self.node()
            self.parts, self.join = [before, node], operator
            self.deepest = max(before.depth, node.depth)
        self.operator, self.negated = None, False

    def leave_out(self) -> None:
        """Forget a part that could not be read, and the operator before it."""
        self.operator, self.negated, self.lacking = None, False, True


def parse(text: str) -> Parsed:
    """The query that a text means, and what of the text could not be read."""
    whole = text.encode("utf-8", "replace").decode()  # no half of a character
    parser = _Parser(whole)
    node = parser.run()
    problems = _told(parser.problems)
    query = None if node is None else _as_pmids(node.query)
    return Parsed(query, problems)


def _told(problems: list[Problem]) -> tuple[Problem, ...]:
    """By place, without endless repetition."""
    kinds: Counter[str] = Counter()
    told = []
    for problem in sorted(problems, key=lambda each: (each.start, each.end)):
        kinds[problem.message] += 1
        if kinds[problem.message] <= MAX_PROBLEMS:
            told.append(problem)
    return tuple(told)


def _as_pmids(query: Query) -> Query:
    """Long numbers and nothing else are PMIDs."""
    parts = query.parts if isinstance(query, And) else (query,)
    pmids = tuple(
        Term(part.text, "pmid")
        for part in parts
        if isinstance(part, Term)
        and part.field is None
        and _LONG_NUMBER.fullmatch(part.text)
    )
    if len(pmids) < len(parts):
        return query
    return pmids[0] if len(pmids) == 1 else Or(pmids)


def _depth(query: Query) -> int:
    """Of a part without operators: "IL 6" makes a small tree of its own."""
    if isinstance(query, And | Or):
        return 1 + max(map(_depth, query.parts))
    return 1


def _nothing(side: str, operator: Token) -> str:
    return f"There is nothing to search for {side} {operator.text}."


class _Parser:
    """Goes once over the tokens, with the groups that are open on a stack."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.tokens = read_tokens(text)
        self.reader = Reader(self.tokens, self.problems)
        self.groups = [_Group(0)]
        if len(text) > MAX_CHARACTERS:
            self.problem(
                MAX_CHARACTERS,
                len(text),
                f"The query is too long: only its first {MAX_CHARACTERS:,} characters "
                "were read.",
            )

    def problem(self, start: int, end: int, message: str) -> None:
        self.problems.append(Problem(start, end, message))

    def run(self) -> _Node | None:
        reader = self.reader
        while (token := reader.peek()) is not None:
            if token.mark is Mark.OPEN:
                self.groups.append(_Group(token.start))
                reader.skip()
            elif token.mark is Mark.CLOSE:
                self.close(reader.skip())
            elif token.mark is Mark.OPERATOR:
                self.operator(reader.skip())
            else:
                self.atom(token)
            if reader.terms >= MAX_TERMS and (rest := reader.peek()) is not None:
                self.give_up(rest)
                break
        return self.end()

    def atom(self, token: Token) -> None:
        told = len(self.problems)
        query = self.reader.atom()
        if query is None:
            if len(self.problems) > told:
                self.groups[-1].leave_out()
            return
        parts: tuple[Query, ...] = (query,)
        if isinstance(query, And) and self.groups[-1].continues_with_and():
            parts = query.parts
        for part in parts:
            self.add(_Node(part, _depth(part)), token.start)

    def give_up(self, token: Token) -> None:
        self.problem(
            token.start,
            self.tokens[-1].end,
            f"The query has more than {MAX_TERMS:,} words: the rest was left out.",
        )

    def add(self, node: _Node, start: int) -> None:
        group = self.groups[-1]
        if group.depth_with(node) > MAX_NESTING:
            self.problem(
                start, start + 1, "The query is nested too deeply: a part was left out."
            )
            group.operator = None
            return
        group.add(node)

    def operator(self, token: Token) -> None:
        group = self.groups[-1]
        before = group.operator
        if before is not None and token.text == "NOT":
            group.negated = before.text == "OR" and bool(group.parts)
        elif before is not None:
            self.problem(before.start, before.end, _nothing("after", before))
        if not group.parts and token.text != "NOT":
            if group.lacking:
                return
            self.problem(token.start, token.end, _nothing("before", token))
            return
        group.operator = token

    def close(self, token: Token) -> None:
        if len(self.groups) == 1:
            self.problem(token.start, token.end, "This parenthesis was never opened.")
            return
        self.finish(token.end)

    def finish(self, end: int) -> None:
        """Hand a group on to the one around it."""
        group = self.groups.pop()
        self.dangling(group)
        if group.parts:
            self.add(group.node(), group.start)
        elif group.lacking:
            self.groups[-1].leave_out()
        else:
            self.problem(group.start, end, "There is nothing between the parentheses.")

    def dangling(self, group: _Group) -> None:
        if group.operator is not None:
            token = group.operator
            self.problem(token.start, token.end, _nothing("after", token))

    def end(self) -> _Node | None:
        last = self.tokens[-1].end if self.tokens else 0
        while len(self.groups) > 1:
            start = self.groups[-1].start
            self.problem(start, start + 1, "This parenthesis is never closed.")
            self.finish(last)
        self.dangling(self.groups[0])
        return self.groups[0].node() if self.groups[0].parts else None
