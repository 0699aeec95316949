"""Marks within a line: rules for markdown-it, of which only these are switched on.

Each rule takes the text at `state.pos` or leaves it to the next; what none takes is
shown as typed. Brackets, and the tags of raised and lowered text, are paired once
for a whole text, so that no rule looks for its end twice.
"""

import re
from dataclasses import dataclass

from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

from ownjournal.notes.dialect.addresses import (
    MAX_ADDRESS,
    SHORT,
    Address,
    address,
    picture_path,
)
from ownjournal.notes.dialect.reading import MAX_PICTURES, Footnote, Reading, TooHard

ESCAPABLE = r"\*_[]()<!#-.`"
_PAIRED = re.compile(r"\\.|[\[\]()]|<(/?)(su[pb])>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(su[pb])>", re.IGNORECASE)
_LABEL = re.compile(r"\[\^([^\s\[\]]{1,40})\]")
_TARGET = re.compile(
    r"[ \n]*(?P<address>\S+?)"
    r"(?:[ \n]+(?:\"(?P<title>[^\"]*)\"|'(?P<other>[^']*)'))?[ \n]*"
)
_ESCAPED = re.compile(rf"\\([{re.escape(ESCAPABLE)}])")
_BEHIND = re.compile(r"[.,;:!?'*_]+$")
_NO_LINK = (
    "No link is made: its address must begin with https://, http://, mailto:, pmid: or "
    "doi:."
)


@dataclass(frozen=True)
class _Target:
    """What stands in the parentheses of a link or a picture."""

    address: str
    title: str | None
    end: int


def newline(state: StateInline, silent: bool) -> bool:
    """A line ends where it was ended."""
    if state.src[state.pos] != "\n":
        return False
    state.push("break", "br", 0)
    state.pos += 1
    return True


def escape(state: StateInline, silent: bool) -> bool:
    """A mark behind a backslash is that character."""
    found = _ESCAPED.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    state.append_pending(found[1])
    state.pos = found.end()
    return True


def emphasised(state: StateInline, silent: bool) -> bool:
    """`*`, `**` and `_`; a star between a letter and a digit is none (HLA-B*57:01)."""
    marker = state.src[state.pos]
    if marker not in "*_":
        return False
    length = state.scanDelims(state.pos, marker == "*").length
    alone = length == 1
    if (marker == "_" and not alone) or (marker == "*" and alone and _allele(state)):
        state.append_pending(marker * length)
        state.pos += length
        return True
    return emphasis.tokenize(state, silent)


def _allele(state: StateInline) -> bool:
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + 1 : state.pos + 2]
    return before.isalnum() and after.isdecimal() and after.isascii()


def raised(state: StateInline, silent: bool) -> bool:
    """`<sup>` and `<sub>` with their ends, and something between."""
    found = _TAG.match(state.src, state.pos)
    end = _pairs(state).get(state.pos)
    if found is None or end is None or not found.end() < end < state.posMax:
        return False
    name = found[1].lower()
    _within(state, (name, name), found.end(), end)
    state.pos = end + len("</sup>")
    return True


def _within(state: StateInline, opened: tuple[str, str], start: int, end: int) -> Token:
    """Read what stands between an opening and a closing token; the opening one."""
    kind, tag = opened
    token = state.push(f"{kind}_open", tag, 1)
    state.pos, before = start, state.posMax
    state.posMax = end
    state.md.inline.tokenize(state)
    state.posMax = before
    state.push(f"{kind}_close", tag, -1)
    return token


def bracketed(state: StateInline, silent: bool) -> bool:
    """`[^1](…)`, `[^1]` and `[text](address "title")`, none of them in a link."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    return _footnote(state) or _link(state)


def _footnote(state: StateInline) -> bool:
    found = _LABEL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    reading: Reading = state.env["reading"]
    line = _line(state, reading)
    end = _end_of(state, found.end(), "(")
    if end is not None and state.src[found.end() + 1 : end].strip():
        body = state.src[found.end() + 1 : end]
        _refer(state, reading, reading.add_footnote([(line, body)]), end + 1)
        return True
    label = found[1]
    if label not in reading.definitions:
        reading.warn(line, f"The footnote [^{label}] has no text.")
        return False
    if label not in reading.by_label:
        paragraphs = reading.definitions[label].paragraphs
        reading.by_label[label] = reading.add_footnote(paragraphs)
    _refer(state, reading, reading.by_label[label], found.end())
    return True


def _refer(state: StateInline, reading: Reading, to: Footnote, end: int) -> None:
    token = state.push("reference", "sup", 0)
    token.meta = {"number": to.number, "time": reading.refer(to)}
    state.pos = end


def _link(state: StateInline) -> bool:
    closed = _pairs(state).get(state.pos)
    if closed is None or closed >= state.posMax:
        return False
    target = _target(state, closed + 1)
    if target is None:
        return False
    reading: Reading = state.env["reading"]
    text = state.src[state.pos + 1 : closed]
    to = address(target.address)
    if to is None or not text.strip():
        message = _NO_LINK if to is None else "No link is made: it has no text."
        reading.warn(_line(state, reading), message)
        return False
    _gather(reading, to)
    state.linkLevel += 1
    token = _within(state, ("link", "a"), state.pos + 1, closed)
    state.linkLevel -= 1
    token.meta = {**token.meta, "to": to, "title": target.title}
    _say_host(state, to)
    state.pos = target.end
    return True


def _gather(reading: Reading, to: Address) -> None:
    reading.add_link()
    if to.pmid is not None:
        reading.pmids[to.pmid] = None
    if to.doi is not None:
        reading.dois[to.doi] = None


def _say_host(state: StateInline, to: Address) -> None:
    """A host that may look like another one is told."""
    if to.foreign:
        state.push("host", "", 0).content = f" ({to.host})"


def picture(state: StateInline, silent: bool) -> bool:
    """`![what it shows](address "title")`; shown if it is ours, else a link to it."""
    if not state.src.startswith("![", state.pos):
        return False
    closed = _pairs(state).get(state.pos + 1)
    target = None if closed is None else _target(state, closed + 1)
    if closed is None or target is None:
        return False
    reading: Reading = state.env["reading"]
    alt = _ESCAPED.sub(r"\1", state.src[state.pos + 2 : closed]).replace("\n", " ")
    shown = picture_path(target.address)
    to = address(target.address)
    if not alt.strip():
        reading.warn(_line(state, reading), "A picture needs words for what it shows.")
        return False
    if shown is not None:
        _show(state, reading, alt, shown, target.title)
    elif to is not None and target.address.lower().startswith("http"):
        _lead_to_picture(state, reading, alt, to)
    else:
        reading.warn(_line(state, reading), "This picture has an address of no use.")
        return False
    state.pos = target.end
    return True


def _show(
    state: StateInline, reading: Reading, alt: str, path: str, title: str | None
) -> None:
    if len(reading.pictures) >= MAX_PICTURES:
        raise TooHard(f"A note may show at most {MAX_PICTURES} pictures.")
    reading.pictures[path] = None
    token = state.push("picture", "img", 0)
    token.content = alt
    token.meta = {"path": path, "title": title}


def _lead_to_picture(
    state: StateInline, reading: Reading, alt: str, to: Address
) -> None:
    reading.warn(
        _line(state, reading),
        "A picture elsewhere is shown as a link: upload it to show it here.",
    )
    if state.linkLevel:  # no link within a link
        state.push("text", "", 0).content = alt
    else:
        _gather(reading, to)
        reading.remote_pictures[to.href] = None
        token = state.push("link_open", "a", 1)
        token.meta = {**token.meta, "to": to, "title": None}
        state.push("text", "", 0).content = alt
        state.push("link_close", "a", -1)
    state.push("host", "", 0).content = f" ({to.host})"


def short_form(state: StateInline, silent: bool) -> bool:
    """`pmid:28706741` and `doi:10.1155/2017/9724371` within a text."""
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    name = state.src[max(state.pos - 4, 0) : state.pos].lower()
    before = 4 if name == "pmid" else 3 if name.endswith("doi") else 0
    start = state.pos - before
    if not before or (start and state.src[start - 1].isalnum()):
        return False
    found = SHORT.match(state.src, start, state.posMax)
    if found is None or not state.pending.endswith(state.src[start : state.pos]):
        return False
    typed = _trimmed(found[0])
    to = address(typed.replace(" ", ""))
    if to is None:
        return False
    _gather(state.env["reading"], to)
    state.pending = state.pending[:-before]
    token = state.push("link_open", "a", 1)
    token.meta = {**token.meta, "to": to, "title": None}
    state.push("text", "", 0).content = typed
    state.push("link_close", "a", -1)
    state.pos = start + len(typed)
    return True


def _trimmed(typed: str) -> str:
    """Without what belongs to the sentence: its stop, its closing parenthesis."""
    while True:
        kept = _BEHIND.sub("", typed)
        if kept.endswith(")") and kept.count(")") > kept.count("("):
            kept = kept[:-1]
        if kept == typed:
            return typed
        typed = kept


def _target(state: StateInline, at: int) -> _Target | None:
    """What stands in parentheses here, if it can be an address and a title."""
    end = _end_of(state, at, "(")
    if end is None or end - at > 2 * MAX_ADDRESS:
        return None
    found = _TARGET.fullmatch(state.src, at + 1, end)
    if found is None:
        return None
    typed = _ESCAPED.sub(r"\1", found["address"])
    title = found["title"] if found["title"] is not None else found["other"]
    return _Target(typed, _ESCAPED.sub(r"\1", title) if title else None, end + 1)


def _end_of(state: StateInline, at: int, opening: str) -> int | None:
    """Where the bracket that opens here is closed."""
    if not state.src.startswith(opening, at):
        return None
    end = _pairs(state).get(at)
    return end if end is not None and end < state.posMax else None


def _pairs(state: StateInline) -> dict[int, int]:
    """{where something opens: where it is closed}, for the whole text, made once."""
    if not state.cache:
        state.cache[-1] = -1
        opened: dict[str, list[int]] = {"[": [], "(": [], "<": []}
        names: list[str] = []
        for found in _PAIRED.finditer(state.src):
            if found[0] in ("[", "("):
                opened[found[0]].append(found.start())
            elif found[0] in ("]", ")"):
                stack = opened["[" if found[0] == "]" else "("]
                if stack:
                    state.cache[stack.pop()] = found.start()
            elif found[2] and not found[1]:
                opened["<"].append(found.start())
                names.append(found[2].lower())
            elif found[2] and names and names[-1] == found[2].lower():
                names.pop()
                state.cache[opened["<"].pop()] = found.start()
    return state.cache


def _line(state: StateInline, reading: Reading) -> int:
    return reading.line + state.src.count("\n", 0, state.pos)
