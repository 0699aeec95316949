"""Too much of something is refused, in words for the author; deep is not a fault."""

import pytest

from ownjournal.notes.dialect import TooHard, read

REFUSED = {
    "N26 chain of footnotes": (
        "x[^0]\n\n"
        + "\n".join(f"[^{each}]: see [^{each + 1}]" for each in range(2_000)),
        "200 footnotes",
    ),
    "N26 footnotes in a row": ("[^1](x)" * 201, "200 footnotes"),
    "footnotes within footnotes": (
        "[^1](a" * 6 + ")" * 6,
        "5 deep in each other",
    ),
    "N28 references to one": ("[^1]" * 10_000 + "\n\n[^1]: x", "1,000 times"),
    "links": ("[x](pmid:1)" * 1_001, "1,000 links"),
    "short forms": ("pmid:1 " * 1_001, "1,000 links"),
    "pictures": (
        "".join(f"![x](/media/{each}.png)" for each in range(51)),
        "50 pictures",
    ),
    "bytes": ("é" * 32_769, "64 kilobytes"),
    "N30 emphasis": ("*a **b " * 200 + "c** d*" * 200, "50 deep"),
    "raised": ("<sup>" * 60 + "x" + "</sup>" * 60, "50 deep"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_too_much_is_refused(name: str) -> None:
    text, message = REFUSED[name]

    with pytest.raises(TooHard, match=message):
        read(text)


ALLOWED = {
    "footnotes": "[^1](x)" * 200,
    "references": "[^1]" * 1_000 + "\n\n[^1]: x",
    "pictures": "".join(f"![x](/media/{each}.png)" for each in range(50)),
    "bytes": "é" * 32_768,
    "footnotes within": "[^1](a" * 5 + ")" * 5,
    "depth": "<sup>" * 40 + "x" + "</sup>" * 40,
}


@pytest.mark.parametrize("name", ALLOWED)
def test_as_much_as_is_allowed_is_shown(name: str) -> None:
    assert read(ALLOWED[name]).html("n")


DEEP = {
    "N29 backticks": "`" * 2_000 + "x",
    "N29 emphasis without an end": "**a *b" * 3_000,
    "N29 quotes": ">" * 20_000,
    "N29 lists": "- " * 1_000,
    "N30 stars": "*" * 20_000 + "a" + "*" * 20_000,
    "N30 emphasis": "*a " * 20_000,
    "brackets": "[" * 30_000 + "]" * 30_000,
    "links": "[a](" * 16_000,
    "tags": "<sup>" * 12_000,
    "footnotes": "[^1](" * 13_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_ends_in_no_error(name: str) -> None:
    try:
        written = read(DEEP[name])
    except TooHard:
        return
    assert written.html("n")
    assert written.plain()
