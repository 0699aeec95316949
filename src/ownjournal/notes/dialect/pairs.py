"""Which bracket closes which, found once for a whole text.

No rule has to look for its end twice, so reading takes time in proportion to the
text, whatever is typed.
"""

import re

from markdown_it.rules_inline import StateInline

_PAIRED = re.compile(
    r"\\.|[\[\]()]|<(/?)(su[pb])>", re.ASCII | re.IGNORECASE | re.DOTALL
)


def end_of(state: StateInline, at: int) -> int | None:
    """Where what opens here is closed: "[", "(", "<sup>" or "<sub>".

    None where nothing opens, or nothing closes it in the part being read.
    """
    # The state keeps a memory of pairs for its rules; -1 says that it is filled.
    if not state.cache:
        state.cache[-1] = -1
        state.cache.update(_pairs(state.src))
    end = state.cache.get(at)
    return end if end is not None and end < state.posMax else None


def _pairs(text: str) -> dict[int, int]:
    """{where something opens: where it is closed}; what is escaped does neither."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = {"[": [], "(": []}
    tags: list[tuple[str, int]] = []
    for found in _PAIRED.finditer(text):
        mark = found[0]
        if mark in opened:
            opened[mark].append(found.start())
        elif mark in "])":
            around = opened["[" if mark == "]" else "("]
            if around:
                pairs[around.pop()] = found.start()
        elif found[2] and not found[1]:
            tags.append((found[2].lower(), found.start()))
        elif tags and found[2] and tags[-1][0] == found[2].lower():
            pairs[tags.pop()[1]] = found.start()
    return pairs
