"""Turn NLM's inline markup into plain text or into safe HTML.

`plain` and `html` take any string, not only what our reader wrote: whatever is
not one of the five inline tags becomes text, and tags come out balanced.

MathML is written in the five tags and characters, so that a formula reads well
in a mail, on paper and in a search result:

    msup, msub, msubsup     a<sup>2</sup>, a<sub>i</sub>, both
    munder, munderover      the lower limit as sub, the upper one as sup
    mover                   the base and what stands above it, side by side
    mfrac                   a/b, parts of more than one character in brackets
    msqrt, mroot            √(a), with the degree as sup before it
    mfenced                 its brackets and separators
    mmultiscripts           sub and sup in their places, before and after
    mtable                  cells apart by a space, rows by "; "
    annotations, phantoms   left out, as they are not shown
    anything else           its parts, one after the other
"""

import re
from collections.abc import Callable
from html import escape

from lxml import etree

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.vocabulary import INLINE, MATHML
from ownjournal.pubmed.wellformed import safe_parser

Element = etree._Element

_MATH = re.compile(r"<mml:math\b.*?</mml:math>", re.DOTALL)
_TAG = re.compile(r"<(/?)(b|i|sup|sub|u)>")
_BARE = re.compile(r"&(?!(?:amp|lt|gt);)|[<>]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ANY_MATH_TAG = re.compile(r"</?mml:[^<>]*>")


def plain(text: Markup) -> str:
    """The text without markup, its escapes undone."""
    if "<" not in text and "&" not in text:
        return text
    without = _TAG.sub("", _MATH.sub(_math, text))
    return without.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def html(text: Markup) -> str:
    """The text as HTML of b, i, sup, sub and u without attributes, and nothing else."""
    if "<" not in text and "&" not in text and ">" not in text:
        return text
    return _balanced(_MATH.sub(_math, text))


def _balanced(text: str) -> str:
    """Keep the tags that are ours, close what is open, escape the rest."""
    parts: list[str] = []
    opened: list[str] = []
    position = 0
    for tag in _TAG.finditer(text):
        parts.append(_escaped(text[position : tag.start()]))
        position = tag.end()
        name = tag[2]
        if not tag[1]:
            opened.append(name)
            parts.append(tag[0])
        elif opened and opened[-1] == name:
            opened.pop()
            parts.append(tag[0])
    parts.append(_escaped(text[position:]))
    parts.extend(f"</{name}>" for name in reversed(opened))
    return "".join(parts)


def _escaped(text: str) -> str:
    return _BARE.sub(lambda bare: _ESCAPES[bare[0]], text)


def _math(found: re.Match[str]) -> str:
    """A formula by the rules above; what is no XML loses its tags only."""
    try:
        parsed = etree.fromstring(
            f'<x xmlns:mml="{MATHML}">{found[0]}</x>'.encode(), safe_parser()
        )
    except etree.XMLSyntaxError:
        return _ANY_MATH_TAG.sub("", found[0])
    return _written(parsed[0])


def _written(element: Element) -> str:
    name = etree.QName(element.tag).localname
    if name in INLINE:
        return f"<{name}>{_row(element)}</{name}>"
    return _RULES.get(name, _row)(element)


def _row(element: Element) -> str:
    """The text and the parts, one after the other."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        parts.append(_written(child))
        parts.append(escape(child.tail or "", quote=False))
    return "".join(parts)


def _raised(*names: str) -> Callable[[Element], str]:
    """A rule: the first part as it is, the others inside these tags."""

    def write(element: Element) -> str:
        base, *others = [*map(_written, element)] or [""]
        tagged = (
            _tagged(name, each) for name, each in zip(names, others, strict=False)
        )
        return base + "".join(tagged) + "".join(others[len(names) :])

    return write


def _tagged(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside else ""


def _fraction(element: Element) -> str:
    return "/".join(map(_bracketed, map(_written, element)))


def _bracketed(inside: str) -> str:
    return inside if len(inside) < 2 or inside.isalnum() else f"({inside})"


def _root(element: Element) -> str:
    return f"√({_row(element)})"


def _degree_root(element: Element) -> str:
    base, *degree = [*map(_written, element)] or [""]
    return _tagged("sup", "".join(degree)) + f"√({base})"


def _fenced(element: Element) -> str:
    separators = element.get("separators", ",").replace(" ", "")
    parts = [*map(_written, element)]
    inside = parts[:1]
    for number, part in enumerate(parts[1:]):
        separator = separators[min(number, len(separators) - 1)] if separators else ""
        inside += [escape(separator, quote=False), part]
    begin = escape(element.get("open", "("), quote=False)
    end = escape(element.get("close", ")"), quote=False)
    return begin + "".join(inside) + end


def _scripts(element: Element) -> str:
    """mmultiscripts: the base, pairs behind it, mprescripts, pairs before it."""
    names = [etree.QName(child.tag).localname for child in element]
    border = names.index("mprescripts") if "mprescripts" in names else len(names)
    parts = [*map(_written, element)]
    before, after = parts[border + 1 :], parts[1:border]
    return _pairs(before) + "".join(parts[:1]) + _pairs(after)


def _pairs(parts: list[str]) -> str:
    tags = ("sub", "sup") * len(parts)
    return "".join(map(_tagged, tags, parts))


def _table(element: Element) -> str:
    return "; ".join(map(_written, element))


def _table_row(element: Element) -> str:
    return " ".join(map(_written, element))


def _nothing(element: Element) -> str:
    return ""


def _space(element: Element) -> str:
    return " "


_RULES: dict[str, Callable[[Element], str]] = {
    "msup": _raised("sup"),
    "msub": _raised("sub"),
    "msubsup": _raised("sub", "sup"),
    "munder": _raised("sub"),
    "munderover": _raised("sub", "sup"),
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _degree_root,
    "mfenced": _fenced,
    "mmultiscripts": _scripts,
    "mtable": _table,
    "mtr": _table_row,
    "mspace": _space,
    "annotation": _nothing,
    "annotation-xml": _nothing,
    "mphantom": _nothing,
    "none": _nothing,
    "mprescripts": _nothing,
}
