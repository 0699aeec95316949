"""What the dialect knows, as a table: the hints and the documentation are made of it.

An example that the parser would not show as the table says fails a test.
"""

from dataclasses import dataclass
from typing import Literal

DIALECT = 1  # kept with each note, so that later rules leave old notes as they were

Headings = Literal["none", "second", "all"]  # none; `##` only; `#` to `######`


@dataclass(frozen=True)
class Feature:
    """One thing that one can type."""

    code: str  # stable, such as "footnote"
    name: str  # "Footnote"
    typed: str  # an example, as typed; may have several lines
    meaning: str  # a sentence without a stop at its end
    only: Headings = "none"  # where headings must be allowed for it


FEATURES: tuple[Feature, ...] = (
    Feature(
        "italic",
        "Italic",
        "*x*",
        "Italic; the star of an allele such as B*57 stays one",
    ),
    Feature("underline", "Underline", "_x_", "Underlined, never inside a word"),
    Feature("bold", "Bold", "**x**", "Bold"),
    Feature("sup", "Superscript", "10<sup>9</sup>", "Raised"),
    Feature("sub", "Subscript", "CO<sub>2</sub>", "Lowered"),
    Feature(
        "bullets",
        "List",
        "- one\n- two",
        "A list, by - or * and a space; indent a line to nest it, three deep at most",
    ),
    Feature(
        "numbers",
        "Numbered list",
        "1. one\n2. two",
        "A numbered list; it begins with your first number, of three digits at most",
    ),
    Feature(
        "link",
        "Link",
        "[text](https://example.org)",
        "A link to a page, or by mailto: to an e-mail address",
    ),
    Feature(
        "pmid",
        "Article",
        "[text](pmid:28706741) or pmid:28706741",
        "A link to the article with this PMID",
    ),
    Feature(
        "doi",
        "DOI",
        "[text](doi:10.1155/2017/9724371) or doi:10.1155/2017/9724371",
        "A link to what has this DOI",
    ),
    Feature(
        "picture",
        "Picture",
        '![what it shows](/media/picture.png "title")',
        "A picture that you uploaded; a picture elsewhere is shown as a link",
    ),
    Feature(
        "footnote",
        "Footnote",
        "x[^1](This is a footnote.)",
        "A footnote, written where it belongs; numbers are given in order",
    ),
    Feature(
        "reference",
        "Footnote, its text elsewhere",
        "x[^1]\n\n[^1]: This is a footnote.\n  Its second line is indented.",
        "A footnote whose text stands on lines of its own, anywhere in the note",
    ),
    Feature("heading", "Heading", "## What they found", "A heading", only="second"),
    Feature(
        "escape",
        "Mark as it stands",
        r"\*x\*",
        "A backslash before a mark takes its meaning away",
    ),
)
