"""Tokens of a note into HTML, for a page and for a mail, cleaned by nh3 at the end."""

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from ownjournal.notes.dialect.addresses import Address
from ownjournal.notes.dialect.allowed import cleaned
from ownjournal.notes.dialect.reading import Footnote


def page_html(
    tokens: Sequence[Token], footnotes: Sequence[Footnote], prefix: str, heading: int
) -> str:
    """For a page; ids begin with the prefix; `##` is a heading of this level."""
    return cleaned(_Page(prefix, heading).whole(tokens, footnotes))


def mail_html(
    tokens: Sequence[Token], footnotes: Sequence[Footnote], site: str | None
) -> str:
    """For a mail: no ids, no pictures, and the host of each link beside it."""
    return cleaned(_Mail(site).whole(tokens, footnotes))


_BACK = "↩\ufe0e"  # never as a picture


class _Html:
    """What page and mail have in common."""

    heading = 3

    def whole(self, tokens: Sequence[Token], footnotes: Sequence[Footnote]) -> str:
        parts = [self.written(tokens)]
        if footnotes:
            parts.append('<ol class="footnotes" aria-label="Footnotes">')
            parts.extend(map(self.footnote, footnotes))
            parts.append("</ol>")
        return "".join(parts)

    def written(self, tokens: Sequence[Token]) -> str:
        return "".join(map(self._one, tokens))

    def _one(self, token: Token) -> str:
        match token.type:
            case _ if token.hidden:
                return ""
            case "text":
                return escape(token.content, quote=False)
            case "break":
                return "<br>"
            case "ordered_list_open":
                return f"<ol{_start(token)}>"
            case "link_open":
                return self.link(token)
            case "link_close":
                return self.link_end()
            case "host":
                return self.host(token)
            case "reference":
                return self.reference(token)
            case "picture":
                return self.picture(token)
            case _:
                return f"<{'/' if token.nesting < 0 else ''}{self._tag(token)}>"

    def _tag(self, token: Token) -> str:
        if token.type.startswith("heading"):
            level = max(int(token.tag[1:]), 2) - 2 + self.heading
            return f"h{min(level, 6)}"
        return "u" if token.markup == "_" else token.tag

    def link(self, token: Token) -> str:
        to: Address = token.meta["to"]
        title = _titled(token.meta["title"])
        return f'<a href="{escape(self.place(to))}"{title}{self.rel(to)}>'

    def place(self, to: Address) -> str:
        return to.href

    def rel(self, to: Address) -> str:
        return ""

    def link_end(self) -> str:
        return "</a>"

    def host(self, token: Token) -> str:
        return _host(token.content)

    def reference(self, token: Token) -> str:
        return f"<sup>[{token.meta['number']}]</sup>"

    def picture(self, token: Token) -> str:
        return escape(f"[Picture: {token.content}]", quote=False)

    def footnote(self, footnote: Footnote) -> str:
        """One footnote as a list item."""
        parts = [self.written(each) for each in footnote.content]
        parts[-1] += self.back(footnote)
        inside = "".join(f"<p>{part}</p>" for part in parts)
        return f"<li{self.footnote_id(footnote)}>{inside}</li>"

    def back(self, footnote: Footnote) -> str:
        return ""

    def footnote_id(self, footnote: Footnote) -> str:
        return ""


class _Page(_Html):
    """With ids, so that footnotes can be gone to and come back from."""

    def __init__(self, prefix: str, heading: int) -> None:
        self.prefix = prefix
        self.heading = heading

    def place(self, to: Address) -> str:
        return to.href if to.pmid is None else f"/articles/{to.pmid}"

    def rel(self, to: Address) -> str:
        return ' rel="nofollow ugc noopener"' if to.pmid is None and to.host else ""

    def reference(self, token: Token) -> str:
        number, time = token.meta["number"], token.meta["time"]
        return (
            f'<sup><a id="{self._reference_id(number, time)}" role="doc-noteref"'
            f' aria-label="Footnote {number}"'
            f' href="#{self.prefix}-fn{number}">{number}</a></sup>'
        )

    def _reference_id(self, number: int, time: int) -> str:
        again = f"-{time}" if time > 1 else ""
        return f"{self.prefix}-ref{number}{again}"

    def picture(self, token: Token) -> str:
        path, alt = escape(token.meta["path"]), escape(token.content)
        return f'<img src="{path}" alt="{alt}"{_titled(token.meta["title"])}>'

    def footnote_id(self, footnote: Footnote) -> str:
        return f' id="{self.prefix}-fn{footnote.number}"'

    def back(self, footnote: Footnote) -> str:
        return "".join(
            f' <a href="#{self._reference_id(footnote.number, time)}"'
            f' role="doc-backlink" aria-label="{_back_label(footnote, time)}">'
            f"{_BACK}{time if footnote.references > 1 else ''}</a>"
            for time in range(1, footnote.references + 1)
        )


class _Mail(_Html):
    """With hosts beside links, as nobody can look at an address in a mail first."""

    def __init__(self, site: str | None) -> None:
        self.site = site
        self.last: Address | None = None

    def link(self, token: Token) -> str:
        self.last = None if token.meta["told"] else token.meta["to"]
        return super().link(token)

    def place(self, to: Address) -> str:
        if to.pmid is not None and self.site is not None:
            return f"{self.site}/articles/{to.pmid}"
        return to.href

    def link_end(self) -> str:
        to = self.last
        if to is None:
            return "</a>"
        if to.pmid is not None:
            return f"</a>{_host(f'PMID {to.pmid}')}"
        return f"</a>{_host(to.host or to.href.removeprefix('mailto:'))}"


def _titled(title: str | None) -> str:
    return "" if title is None else f' title="{escape(title)}"'


def _host(place: str) -> str:
    return f' <span class="host">({escape(place)})</span>'


def _back_label(footnote: Footnote, time: int) -> str:
    again = f", place {time}" if footnote.references > 1 else ""
    return f"Back to the text of footnote {footnote.number}{again}"


def _start(token: Token) -> str:
    start = token.attrGet("start")
    return "" if start is None else f' start="{start}"'
