"""The tags of a query by every spelling, and what to say of one that is none."""

import re
from difflib import get_close_matches

from ownjournal.search.query import FIELDS, TAGS, Field

ANYWHERE = "all"
"""The field searched for a tag that nobody knows."""

UNANSWERED = {
    "pa": "[pa] needs NLM's list of what substances do, which is not kept here: "
    "search for the substances, or for the action as a [mh].",
    "pharmacologicalaction": "[pa] needs NLM's list of what substances do, which is "
    "not kept here: search for the substances, or for the action as a [mh].",
}
"""Tags of PubMed's that cannot be answered here, squashed, and why."""

_BLANKS = re.compile(r"[\s-]+")
_CLOSE = 0.6  # of 1, how alike a tag must be to be suggested


def squashed(name: str) -> str:
    """A tag as it is compared: without blanks, hyphens and capitals."""
    return _BLANKS.sub("", name.lower())


_BY_NAME = {squashed(name): tag for name, tag in TAGS.items()}


def field_of(name: str) -> Field | None:
    """The field that a tag names: "MeSH Terms:noexp", "author-first", "TIAB"."""
    text, _, option = squashed(name).rpartition(":")
    if option == "noexp":
        return FIELDS.get(f"{_BY_NAME.get(text)}:noexp")
    tag = _BY_NAME.get(squashed(name))
    return FIELDS[tag] if tag is not None else None


def unknown(name: str) -> str:
    """What to tell of a tag that is none, with the tag most like it."""
    text = f"[{name.strip()}] is no field here: all fields were searched."
    near = get_close_matches(squashed(name), _BY_NAME, n=1, cutoff=_CLOSE)
    if not near:
        return text
    return f"{text} Did you mean [{_BY_NAME[near[0]]}]?"
