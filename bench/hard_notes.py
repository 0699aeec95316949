"""Notes that are hard to read, each as long as a note may be: 64 KiB.

`CMARK` are of the families that cmark is tested with; `OURS` are hard for this
dialect: its footnotes, pairs, lists, addresses and clusters.
"""

from collections.abc import Callable

from ownjournal.notes.dialect.reading import MAX_BYTES

Text = Callable[[int], str]  # by a number of repeats


def filled(make: Text) -> str:
    """As many repeats as fit."""
    high = 2
    while _fits(make(high)):  # doubled, as some grow with the square of it
        high *= 2
    low = high // 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(make(middle)) else (low, middle)
    return make(low)


def _fits(text: str) -> bool:
    return len(text.encode("utf-8", "surrogatepass")) <= MAX_BYTES


def _repeated(part: str) -> Text:
    return lambda count: part * count


def _around(before: str, inside: str, after: str) -> Text:
    return lambda count: before * count + inside + after * count


def _then(part: str, end: str) -> Text:
    return lambda count: part * count + end


def _nested_lists(count: int) -> str:
    """Deeper by two columns in every line, which is few lines in 64 KiB."""
    return "\n".join("  " * depth + "* a" for depth in range(count))


def _backticks(count: int) -> str:
    return "".join("e" + "`" * length for length in range(1, count))


def _lines_in_lists(count: int) -> str:
    return "- " * 30 + "x" + "\n" * count


CMARK: dict[str, Text] = {
    "nested strong emphasis": _around("*a **a ", "b", " a** a*"),
    "ends of emphasis": _repeated("a_ "),
    "starts of emphasis": _repeated("_a "),
    "ends of links": _repeated("a]"),
    "starts of links": _repeated("[a"),
    "starts and ends that do not match": _repeated("*a_ "),
    "runs of three": _then("a**b", "c* "),
    "starts of links and ends of emphasis": _repeated("[ a_"),
    "[ (](": _repeated("[ (]("),
    "![[]()": _repeated("![[]()"),
    "**x [a*b**c*](d)": _repeated("**x [a*b**c*](d)"),
    "nested brackets": _around("[", "a", "]"),
    "nested quotes": _then("> ", "a"),
    "nested lists": _nested_lists,
    "U+0000": _repeated("abc\0de\0"),
    "backticks": _backticks,
    "links without an end, pointed": _repeated("[a](<b"),
    "links without an end": _repeated("[a](b"),
    "comments without an end": _then("</", "<!--"),
    "empty lines in lists": _lines_in_lists,
    "empty lines in lists in quotes": lambda count: "> " + _lines_in_lists(count),
    "emphasis in quotes": _then(">", "a*" * 10_000),
    "instructions": _then("x", "<?"),
    "declarations": _repeated("<!A "),
    "character data": _repeated("<![CDATA["),
    "tables": lambda count: "aaa\rbbb\n-\v\n" * count,
    "references": lambda count: "".join(f"[{at}]: u\n" for at in range(count)),
}
OURS: dict[str, Text] = {
    "stars": _repeated("*"),
    "stars around": _around("*", "a", "*"),
    "stars apart": _repeated("*a "),
    "stars together": _repeated("a*b"),
    "stars of three": _repeated("***a "),
    "underlines": _repeated("_"),
    "underlines apart": _repeated("_a_ "),
    "underlines in words": _repeated("a_b"),
    "stars and underlines": _repeated("*_"),
    "emphasis closed": _repeated("*a* "),
    "bold closed": _repeated("**a** "),
    "raised deep": _around("<sup>", "a", "</sup>"),
    "raised without an end": _repeated("<sup>"),
    "ends of raised": _repeated("</sub>"),
    "raised and lowered across": _repeated("<sup><sub></sup></sub>"),
    "raised in a row": _repeated("<sup>a</sup>"),
    "parentheses": _around("(", "a", ")"),
    "links within targets": _around("[a](", "b", ")"),
    "links in a row": _repeated("[a](http://b.c)"),
    "links without addresses": _repeated("[a](b)"),
    "links within links": _around("[", "a", "](http://b.c)"),
    "links of many spaces": lambda count: f"[a]({' ' * count}b",
    "titles without an end": _repeated('[a](b "'),
    "targets of many words": lambda count: f"[a](http://b.c {'x ' * count})",
    "addresses of 4 kB": _repeated(f"[a](http://{'b' * 3_980})"),
    "hosts in other letters": _repeated("[a](http://ааааа.бббб)"),
    "pictures": _repeated("![a](/media/b.png)"),
    "pictures without words": _repeated("![](b)"),
    "pictures elsewhere": _repeated("![a](http://b.c/d.png)"),
    "short forms": _repeated("pmid:1 "),
    "DOIs with parentheses": _repeated("doi:10.1000/))))))))))))) "),
    "a DOI without an end": lambda count: "doi:10.1000/" + ")" * count,
    "colons": _repeated("doi:"),
    "footnotes": _repeated("[^1](a)"),
    "footnotes within footnotes": _around("[^1](", "a", ")"),
    "footnotes without an end": _repeated("[^1]("),
    "references to one": _then("[^1]", "\n\n[^1]: a"),
    "references to none": _repeated("[^1]"),
    "references to many none": lambda count: "".join(f"[^{at}]" for at in range(count)),
    "chain of footnotes": lambda count: (
        "[^0]\n" + "\n".join(f"[^{at}]: [^{at + 1}]" for at in range(count))
    ),
    "long footnotes": lambda count: f"[^1](a{'*b ' * count})" * 199,
    "definitions of one": _repeated("[^1]: a\n"),
    "definitions without texts": _repeated("[^1]:\n"),
    "a definition of many lines": lambda count: "[^1]\n\n[^1]: a" + "\n  b" * count,
    "a definition of empty lines": lambda count: "[^1]: a" + "\n" * count + "b",
    "items": _repeated("- a\n"),
    "items in one line": _repeated("- "),
    "items apart": _repeated("- a\n\n"),
    "items of other kinds": _repeated("- a\n* b\n"),
    "items three deep": _repeated("- a\n  - b\n    - c\n"),
    "items that go on": lambda count: "- a" + "\nb" * count,
    "empty items": _repeated("-\n"),
    "numbers": lambda count: "".join(f"{at % 999}. a\n" for at in range(count)),
    "years": _repeated("2019. a\n"),
    "headings": _repeated("## a ##\n"),
    "a heading of many ends": lambda count: "# a" + " #" * count,
    "a heading of many spaces": lambda count: "# a" + " " * count + "x",
    "spaces": lambda count: "a" + " " * count + "b",
    "tabs": _repeated("\t"),
    "empty lines": _repeated("\n"),
    "lines": _repeated("a\n"),
    "line ends of DOS": _repeated("\r\n"),
    "backslashes": _repeated("\\"),
    "escapes": _repeated("\\*"),
    "combining marks": _then("\u0301", "a"),
    "families": _repeated("👩‍👩‍👧"),
    "flags": _repeated("🇩🇪"),
    "without width": _repeated("\u200b"),
    "entities": _repeated("&amp;"),
    "angle brackets": _repeated("<"),
    "quotation marks": _repeated('"'),
    "surrogates": _repeated("\ud800"),
    "words": _repeated("word "),
}
