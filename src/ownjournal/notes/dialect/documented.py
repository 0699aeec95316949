"""docs/notes-dialect.md, written from the features and the limits themselves.

python -m ownjournal.notes.dialect.documented > docs/notes-dialect.md
"""

from ownjournal.notes.dialect import blocks, reading
from ownjournal.notes.dialect.addresses import MAX_ADDRESS
from ownjournal.notes.dialect.features import DIALECT, FEATURES, Feature
from ownjournal.notes.dialect.written import read

_HEAD = f"""\
# The dialect of notes

Written by `python -m ownjournal.notes.dialect.documented`; a test keeps it so. For
readers: [writing notes](writing-notes.md).

Notes are written in dialect {DIALECT}, whose number is kept with each note: later rules
leave old notes as they were. What is not below is shown as the characters typed: raw
HTML, entities, tables, code, quotes, bare addresses. No text is refused for what it
means; only for its size, see the limits.

## What one types
"""
_RULES = """\
## Rules

- A line ends where it was ended; an empty line parts paragraphs.
- Emphasis pairs as in CommonMark 0.31. Two or more `_` are a line to fill in. A star
  between a letter or digit and a digit is a star: HLA-B\\*57:01, CYP2C19\\*2, 2\\*3.
- `<sup>` and `<sub>` have no attributes, pair properly and hold something; capitals
  are taken too. Any other tag, and one without its counterpart, is text.
- Lists are marked by `-`, `*` or a number of at most three digits and a stop, so a line
  that begins with a year is none. The first number is kept. What is indented as far as
  an item's text belongs to it. A list right below a paragraph begins with 1 or a mark.
- Brackets and parentheses pair by themselves, before anything else is read. A link
  holds no link and no footnote.
- Links lead to `https`, `http`, `mailto`, a PMID or a DOI. A name and a password in an
  address are dropped, as is all but the mailbox in `mailto:`. A host that is not ASCII
  is asked for, and shown beside the link, in punycode.
- Pictures have words for what they show and a path below `/media/`. A picture elsewhere
  is a link with its host, and is never asked for.
- Footnotes are numbered in the order of appearance, whatever their labels. `[^1](…)` is
  one of its own each time. `[^1]` is that of `[^1]: …`, of which the first counts and
  the indented lines below it go on. Footnotes within footnotes come after the others.
- What cannot be shown (NUL, other control characters, lone surrogates, marks that turn
  the direction of what follows) is U+FFFD.
- What was perhaps not meant so is warned of, with its line: a footnote without a text
  or not referred to, a link that leads nowhere, a picture without words, a tag alone.

## Three forms that agree

| | page | mail | plain text |
| --- | --- | --- | --- |
| ids | begin with a prefix, once on a page | none | – |
| links | `rel="nofollow ugc noopener"` | with the host beside | with the address |
| `pmid:` | the article here | the article here, else at PubMed | PMID 28706741 |
| raised, lowered | `<sup>`, `<sub>` | the same | 10⁹, CO₂; else `^(…)`, `_(…)` |
| pictures | `<img>` | [Picture: …] | [Picture: …] |
| footnotes | links there and back | numbers | numbers, at the end |

The last step to a page and to a mail is nh3 with a list of tags, attributes, their
values, and schemes: `notes/dialect/allowed.py`. svg and math are never on it.

## Length

A note is as long as a person counts: the grapheme clusters of what is seen, without
marks, addresses, titles, numbers and texts of footnotes. Words of pictures count.
Spaces and line ends in a row count as one, at the ends as none; what has no width as
none. The page counts by the same rule (`site/static/notes-count.js`): one table of
cases and thousands of random texts are counted by both in the tests.
"""


def dialect_markdown() -> str:
    """The page."""
    features = "\n".join(map(_feature, FEATURES))
    return f"{_HEAD}\n{features}\n{_RULES}\n{_limits()}"


def _feature(feature: Feature) -> str:
    allowed = "" if feature.only == "none" else " (in summaries and posts only)"
    html = read(feature.typed, headings=feature.only).html("note-1")
    return (
        f"### {feature.name}\n\n{feature.meaning}{allowed}.\n\n"
        f"```text\n{feature.typed}\n```\n\n```html\n{html}\n```\n"
    )


def _limits() -> str:
    limits = {
        "bytes of text in UTF-8": reading.MAX_BYTES,
        "footnotes": reading.MAX_FOOTNOTES,
        "footnotes in each other's parentheses": reading.MAX_NESTED,
        "references to footnotes": reading.MAX_REFERENCES,
        "links": reading.MAX_LINKS,
        "pictures": reading.MAX_PICTURES,
        "marks within each other": reading.MAX_DEPTH,
        "lists within each other; deeper ones are text": blocks.MAX_LISTS,
        "characters of an address; longer ones lead nowhere": MAX_ADDRESS,
        "warnings told": reading.MAX_WARNINGS,
    }
    rows = "\n".join(f"| {name} | {value:,} |" for name, value in limits.items())
    return f"## Limits\n\n| at most | |\n| --- | --- |\n{rows}\n"


if __name__ == "__main__":
    print(dialect_markdown(), end="")
