"""Links, short forms of PMID and DOI, and pictures: rules for markdown-it.

A link leads where `addresses` lets it. The host is told beside it where it may pass
for another one. Nothing within a link is a link.
"""

import re
from dataclasses import dataclass

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ownjournal.notes.dialect.addresses import (
    MAX_ADDRESS,
    SHORT,
    Address,
    address,
    picture_path,
)
from ownjournal.notes.dialect.marks import unescaped, warn, within
from ownjournal.notes.dialect.pairs import end_of
from ownjournal.notes.dialect.reading import Reading

_TARGET = re.compile(
    r"[ \n]*(?P<address>\S+)"
    r"(?:[ \n]+(?:\"(?P<title>[^\"]*)\"|'(?P<other>[^']*)'))?[ \n]*"
)
_BEHIND = ".,;:!?'*_"
_NO_ADDRESS = (
    "No link is made: its address must begin with https://, http://, mailto:, pmid: or "
    "doi:."
)
_NO_TEXT = "No link is made: it has no text."
_NO_PICTURE = "No picture is shown: it has an address that none can have."
_NO_ALT = "No picture is shown: say between [ and ] what is to be seen on it."
_REMOTE = "A picture elsewhere is shown as a link: upload it to show it here."


@dataclass(frozen=True)
class _Target:
    """What stands in the parentheses of a link or a picture."""

    address: str
    title: str | None
    end: int


def link(state: StateInline, silent: bool) -> bool:
    """`[text](address "title")`."""
    closed = None if state.linkLevel else _closed(state, state.pos)
    target = None if closed is None else _target(state, closed + 1)
    if closed is None or target is None:
        return False
    to = address(target.address)
    if to is None or not state.src[state.pos + 1 : closed].strip():
        warn(state, _NO_ADDRESS if to is None else _NO_TEXT)
        return False
    state.linkLevel += 1
    opening = within(state, ("link", "a"), state.pos + 1, closed)
    state.linkLevel -= 1
    _lead(state, opening, to, title=target.title)
    state.pos = target.end
    return True


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
    typed = "" if found is None else _trimmed(found[0])
    to = address(typed.replace(" ", ""))
    if to is None or not state.pending.endswith(typed[:before]):
        return False
    state.pending = state.pending[:-before]
    _lead(state, _put_link(state, typed), to, told=True)
    state.pos = start + len(typed)
    return True


def picture(state: StateInline, silent: bool) -> bool:
    """`![what it shows](address "title")`; shown if it is ours, else a link to it."""
    if state.src[state.pos] != "!":
        return False
    closed = _closed(state, state.pos + 1)
    target = None if closed is None else _target(state, closed + 1)
    if closed is None or target is None:
        return False
    alt = unescaped(state.src[state.pos + 2 : closed]).replace("\n", " ")
    path = picture_path(target.address)
    if not alt.strip():
        _leave(state, _NO_ALT)
    elif path is not None:
        _show(state, alt, path, target)
    elif (to := address(target.address)) and to.picture:
        _lead_to_picture(state, alt, to, target)
    else:
        _leave(state, _NO_PICTURE)
    return True


def _leave(state: StateInline, message: str) -> None:
    """Show a picture as typed, and not as a link behind a mark of exclamation."""
    warn(state, message)
    state.append_pending("![")
    state.pos += 2


def _show(state: StateInline, alt: str, path: str, target: _Target) -> None:
    reading: Reading = state.env["reading"]
    reading.add_picture(path)
    token = state.push("picture", "img", 0)
    token.content = alt
    token.meta = {"path": path, "title": target.title}
    state.pos = target.end


def _lead_to_picture(
    state: StateInline, alt: str, to: Address, target: _Target
) -> None:
    """Put a link to a picture elsewhere, with its host."""
    warn(state, _REMOTE)
    if state.linkLevel:
        state.push("text", "", 0).content = alt
        _tell_host(state, to)
    else:
        reading: Reading = state.env["reading"]
        reading.remote_pictures[to.href] = None
        _lead(state, _put_link(state, alt), to, title=target.title, tell=True)
    state.pos = target.end


def _put_link(state: StateInline, text: str) -> Token:
    """Put a link of this text; returns its opening token."""
    opening = state.push("link_open", "a", 1)
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)
    return opening


def _lead(
    state: StateInline,
    opening: Token,
    to: Address,
    *,
    title: str | None = None,
    tell: bool = False,
    told: bool = False,
) -> None:
    """Give a link that was put its address.

    tell  whether its host is told beside it in any case
    told  whether its text names the address
    """
    reading: Reading = state.env["reading"]
    reading.add_link(to.pmid, to.doi)
    tell = tell or to.foreign
    opening.meta = {"to": to, "title": title, "told": told or tell}
    if tell:
        _tell_host(state, to)


def _tell_host(state: StateInline, to: Address) -> None:
    state.push("host", "", 0).content = to.host or ""


def _closed(state: StateInline, at: int) -> int | None:
    """Where the bracket that opens here is closed."""
    return end_of(state, at) if state.src.startswith("[", at) else None


def _target(state: StateInline, at: int) -> _Target | None:
    """What stands in parentheses here, if it can be an address and a title."""
    end = end_of(state, at) if state.src.startswith("(", at) else None
    if end is None or end - at > 2 * MAX_ADDRESS:
        return None
    found = _TARGET.fullmatch(state.src, at + 1, end)
    if found is None:
        return None
    title = found["title"] if found["other"] is None else found["other"]
    return _Target(
        unescaped(found["address"]), unescaped(title) if title else None, end + 1
    )


def _trimmed(typed: str) -> str:
    """Without what belongs to the sentence: its stop, its closing parenthesis."""
    while True:
        kept = typed.rstrip(_BEHIND)
        if kept.endswith(")") and kept.count(")") > kept.count("("):
            kept = kept[:-1]
        if kept == typed:
            return typed
        typed = kept
