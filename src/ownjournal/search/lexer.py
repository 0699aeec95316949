"""Cut a query into words, quotations, tags, parentheses and operators.

Every character belongs to a token or is skipped; no text is an error here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ownjournal.search.query import OPERATORS

MAX_CHARACTERS = 20_000
"""What follows is not read; long published search strategies have a quarter."""


class Mark(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    QUOTED = auto()  # text without the quotation marks
    TAG = auto()  # text without the brackets
    COLON = auto()
    WORD = auto()
    ASKED = auto()  # has:note and the like, whole
    OPERATOR = auto()  # text in upper case
    STRAY = auto()  # a quotation mark or bracket without its partner


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query and its place."""

    mark: Mark
    text: str
    start: int
    end: int  # behind the last character


_TOKEN = re.compile(
    r"""
      (?P<ASKED> (?i:has|in|sent) :
          (?: [^\s"()\[\]*“”„:]+ | ["“”„] [^"“”„]+ ["“”„] ) )
    | (?P<DOI> \b10\.\d{4,9}/[^\s"\[\]“”„*]+ )
    | ["“”„] (?P<QUOTED> [^"“”„]* ) ["“”„]
    | \[ (?P<TAG> [^\[\]"“”„]* ) \]
    | (?P<OPEN> \( )
    | (?P<CLOSE> \) )
    | (?P<COLON> : )
    | (?P<WORD> [^\s"()\[\]“”„:]+ )
    | (?P<STRAY> ["“”„\[\]] )
    """,
    re.VERBOSE,
)
_MARKS = {
    "OPEN": Mark.OPEN,
    "CLOSE": Mark.CLOSE,
    "QUOTED": Mark.QUOTED,
    "TAG": Mark.TAG,
    "COLON": Mark.COLON,
    "WORD": Mark.WORD,
    "DOI": Mark.WORD,
    "ASKED": Mark.ASKED,
    "STRAY": Mark.STRAY,
}
_TITLE = re.compile(r"\A\[([^\[\]\s]+(?:\s+[^\[\]\s]+){2,})\][.?]?")
"""A title of another language, as PubMed prints it, and no tag."""

_ENDS = (Mark.CLOSE, Mark.QUOTED, Mark.TAG, Mark.ASKED)


def read_tokens(text: str) -> list[Token]:
    """The tokens of the first MAX_CHARACTERS, in order."""
    tokens = list(_cut(_TITLE.sub(_bare, text[:MAX_CHARACTERS])))
    around = [None, *tokens, None]
    opened = 0
    for at, token in enumerate(tokens):
        opened += (token.mark is Mark.OPEN) - (token.mark is Mark.CLOSE)
        if token.mark is Mark.WORD and _is_operator(
            token, around[at], around[at + 2], in_group=opened > 0
        ):
            tokens[at] = _operator(token)
    return tokens


def _bare(title: re.Match[str]) -> str:
    """As long as before, so that places in the text hold."""
    return f" {title[1]}".ljust(len(title[0]))


def _cut(text: str) -> Iterator[Token]:
    at = 0
    while (found := _TOKEN.search(text, at)) is not None:
        name = found.lastgroup or "STRAY"
        start, at = found.span()
        if name == "DOI":
            at = _end_of_doi(text, start, at)
        content = text[start:at] if name == "DOI" else found[name]
        yield Token(_MARKS[name], content, start, at)


def _end_of_doi(text: str, start: int, end: int) -> int:
    """Leave a parenthesis to the query that closes more than the DOI opens."""
    opened = 0
    for at in range(start, end):
        opened += (text[at] == "(") - (text[at] == ")")
        if opened < 0:
            return at
    return end


def _is_operator(
    word: Token, before: Token | None, behind: Token | None, *, in_group: bool
) -> bool:
    """Capitals always; small letters only beside a group, a quotation or a tag.

    In parentheses "or" between words is what it says, "(tumor or tumour)".
    """
    if word.text in OPERATORS:
        return True
    if word.text.upper() not in OPERATORS or before is None or behind is None:
        return False
    if in_group and word.text.upper() == "OR" and before.mark is Mark.WORD:
        return behind.mark is Mark.WORD
    return before.mark in _ENDS or behind.mark in (Mark.OPEN, Mark.QUOTED, Mark.ASKED)


def _operator(word: Token) -> Token:
    return Token(Mark.OPERATOR, word.text.upper(), word.start, word.end)
