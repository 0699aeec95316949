"""The last step: nh3 lets through what is listed here, and nothing else."""

import re

import nh3

TAGS = frozenset(
    ("p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li")
    + ("em", "strong", "u", "sup", "sub", "a", "img", "span")
)
ATTRIBUTES = {
    "a": {"aria-label", "href", "id", "rel", "role", "title"},
    "img": {"alt", "src", "title"},
    "li": {"id"},
    "ol": {"aria-label", "class", "start"},
    "span": {"class"},
    "*": set[str](),  # without it nh3 keeps `title` and `lang`
}
SCHEMES = {"http", "https", "mailto"}
VALUES = {  # what those attributes may be that the dialect writes itself
    "rel": re.compile("nofollow ugc noopener"),
    "role": re.compile("doc-noteref|doc-backlink"),
    "aria-label": re.compile(
        r"Footnotes|Footnote \d+|Back to the text of footnote \d+(, place \d+)?"
    ),
    "class": re.compile("footnotes|host"),
    "start": re.compile(r"\d{1,3}"),
    "id": re.compile(r"[a-z][a-z0-9-]*-(fn|ref)\d+(-\d+)?"),
    "src": re.compile(r"/media(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+"),
    "href": re.compile(
        r"https?://[^\s\\]+|mailto:[^\s\\]+|/articles/\d{1,8}"
        r"|#[a-z][a-z0-9-]*-(fn|ref)\d+(-\d+)?"
    ),
}


def cleaned(html: str) -> str:
    """The HTML with only what the dialect can mean."""
    return _CLEANER.clean(html)


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    shape = VALUES.get(attribute)
    return value if shape is None or shape.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    attribute_filter=_allowed,
    url_schemes=SCHEMES,
    link_rel=None,
)
