"""Links to an article by way of a library: four kinds, one address each.

    openurl    a link resolver's base; the article's OpenURL is put behind it
    proxy      an EZproxy prefix or an OpenAthens redirector, with the article's
               address at its publisher in the place of `{url}` (percent-encoded)
               or of `$@` at the end (as it is, which EZproxy's `url=` wants)
    libkey     LibKey of one library: https://libkey.io/libraries/NUMBER/
    template   any other address, with `{doi}` and further keys (`KEYS`)

A kind and its template are kept as `checked` gives them: https only, a host by
its name, no user, no fragment, plain ASCII. `way` makes the link; static/
libraries.js makes the very same one in a browser, so that nobody but the library
learns where a reader works. Both are held to tests/pubmed/data/libraries.json.

Sources: https://help.oclc.org/Library_Management/EZproxy (url and qurl),
https://docs.openathens.net (redirector), LibKey.io Linking Syntax by Third Iron.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote

from msgspec import Struct

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.fulltext import doi_url
from ownjournal.pubmed.openurl import Pair, context, encoded

KINDS = {
    "openurl": "Link resolver",
    "proxy": "Proxy",
    "libkey": "LibKey",
    "template": "Search page",
}
KEYS = {  # what a template may name, and how a reader is told that it is missing
    "doi": "a DOI",
    "pmid": "a PMID",
    "pmcid": "a PMCID",
    "url": "a DOI",
    "issn": "an ISSN",
    "title": "a title",
    "journal": "a journal",
    "volume": "a volume",
    "issue": "an issue",
    "page": "a page",
    "year": "a year",
    "author": "an author",
}
LONGEST = 500  # characters of a template
URL_VERSION = "url_ver=Z39.88-2004&"  # what makes the pairs an OpenURL by GET
LIBKEY = re.compile(r"https://libkey\.io/(?:libraries/[0-9]{1,9}/)?")

_PARTS = re.compile(
    r"https://(?P<place>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<rest>#.*)?",
    re.DOTALL,
)
_PLACE = re.compile(r"(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::(?P<port>[0-9]{1,5}))?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # a last label that makes it an IP address
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_SIGNS = re.compile(r"(?:[A-Za-z0-9._~!$&*()+,;=:@/?{}\[\]-]|%[0-9A-Fa-f]{2})*")
_KEY = re.compile(r"\{([^{}]*)\}")


class BadTemplate(ValueError):
    """Text that makes no link of its kind; the message is a sentence for its writer."""


class Told(Struct, frozen=True):
    """What a link may tell of an article."""

    pairs: tuple[Pair, ...]  # `openurl.context`
    pmcid: str | None = None

    @property
    def openurl(self) -> str:
        """The pairs as they stand in an address."""
        return encoded(self.pairs)


class Way(Struct, frozen=True):
    """A link, or the sentence that says why there is none."""

    url: str | None
    reason: str | None = None


def told(article: Article) -> Told | None:
    """What to tell of this article; None for an invented one, which no library has."""
    if is_example(article.pmid):
        return None
    return Told(context(article), article.identifiers.pmcid)


def way(kind: str, template: str, article: Told) -> Way:
    """The link of a library for an article; `template` as `checked` gave it."""
    if kind == "openurl":
        return Way(_with_query(template) + URL_VERSION + article.openurl)
    values = values_of(article)
    if kind == "libkey":
        return Way(template + quote(values.get("doi") or values["pmid"], safe="/"))
    return _filled(template, values)


def values_of(article: Told) -> dict[str, str]:
    """What the article has of `KEYS`."""
    pairs = {key.removeprefix("rft."): value for key, value in article.pairs}
    ids = dict(
        value.removeprefix("info:").split("/", 1)
        for key, value in article.pairs
        if key == "rft_id"
    )
    found = {
        "doi": ids.get("doi"),
        "pmid": ids.get("pmid"),
        "pmcid": article.pmcid,
        "url": doi_url(ids.get("doi", "")),
        "issn": pairs.get("issn") or pairs.get("eissn"),
        "title": pairs.get("atitle") or pairs.get("btitle"),
        "journal": pairs.get("jtitle") or pairs.get("btitle"),
        "volume": pairs.get("volume"),
        "issue": pairs.get("issue"),
        "page": pairs.get("spage") or pairs.get("artnum"),
        "year": pairs.get("date", "")[:4],
        "author": pairs.get("aulast") or pairs.get("aucorp"),
    }
    return {key: value for key, value in found.items() if value}


def _with_query(base: str) -> str:
    if base.endswith(("?", "&")):
        return base
    return base + ("&" if "?" in base else "?")


def _filled(template: str, values: Mapping[str, str]) -> Way:
    """The template with its keys replaced.

    A key of the path must have a value. Those of the query may be empty, but
    not all of them.
    """
    if template.endswith("$@"):
        template, ending = template[:-2], values.get("url")
        if ending is None:
            return _missing("url")
        return Way(template + ending)
    path, mark, query = template.partition("?")
    for key in _KEY.findall(path):
        if key not in values:
            return _missing(key)
    asked = _KEY.findall(query)
    if asked and not any(key in values for key in asked) and not _KEY.search(path):
        return _missing(asked[0])
    return Way(
        _KEY.sub(lambda key: quote(values[key[1]], safe="/"), path)
        + mark
        + _KEY.sub(lambda key: quote(values.get(key[1], ""), safe=""), query)
    )


def _missing(key: str) -> Way:
    return Way(None, f"This link needs {KEYS[key]}, which the article does not have.")


def checked(kind: str, text: str) -> str:
    """The template in the form in which it is kept. Raises BadTemplate.

    A prefix without a place for the article's address gets one at its end.
    """
    if kind not in KINDS:
        raise BadTemplate("Please choose what kind of link it is.")
    template = _address(text)
    keys = _keys(template)
    if kind == "openurl" and (keys or "$@" in template):
        raise BadTemplate("The base of a link resolver has no {keys} in it.")
    if kind == "libkey" and not LIBKEY.fullmatch(template):
        raise BadTemplate(
            "LibKey of a library is https://libkey.io/libraries/ and its number."
        )
    if kind == "template" and not keys:
        raise BadTemplate("Please put {doi}, {pmid} or another key into the address.")
    return _proxy(template, keys) if kind == "proxy" else _without_mark(template)


def _proxy(template: str, keys: list[str]) -> str:
    if not keys and template.endswith("="):
        template += "{url}" if _is_encoded(template) else "$@"
    elif template.endswith("$@") and _is_encoded(template.removesuffix("$@")):
        template = template.removesuffix("$@") + "{url}"
    places = template.count("$@") + template.count("{url}")
    if places != 1 or set(keys) - {"url"} or "$@" in template[:-2]:
        raise BadTemplate(
            "A proxy prefix has one place for the article’s address:"
            " {url}, or $@ at its end."
        )
    return template


def _is_encoded(prefix: str) -> bool:
    """Whether what follows is to be percent-encoded."""
    return prefix.lower().endswith("qurl=") or "openathens.net/" in prefix


def _without_mark(template: str) -> str:
    if "$@" in template:
        raise BadTemplate("Only a proxy prefix may have $@ in it.")
    return template


def _keys(template: str) -> list[str]:
    keys = _KEY.findall(template)
    for key in keys:
        if key not in KEYS:
            names = ", ".join(f"{{{name}}}" for name in KEYS)
            raise BadTemplate(f"{{{key}}} is not known; the keys are {names}.")
    if template.count("{") != len(keys) or template.count("}") != len(keys):
        raise BadTemplate("A brace is left over: a key is written as in {doi}.")
    return keys


def _address(text: str) -> str:
    """The address in its one form. Raises BadTemplate."""
    text = text.strip()
    if not text:
        raise BadTemplate("Please give an address.")
    if len(text) > LONGEST:
        raise BadTemplate(f"The address is longer than {LONGEST} characters.")
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() == "http":
        raise BadTemplate("The address must begin with https://, not http://.")
    parts = _PARTS.fullmatch(f"{scheme.lower()}:{rest}")
    if parts is None:
        raise BadTemplate("The address must begin with https://.")
    if parts["rest"] is not None:
        raise BadTemplate("The address must not have a # in it.")
    path, query = parts["path"] or "/", parts["query"] or ""
    if not _SIGNS.fullmatch(path + query):
        raise BadTemplate(
            "The address has a space or another sign that must be percent-encoded."
        )
    return f"https://{_place(parts['place'])}{path}{query}"


def _place(place: str) -> str:
    """Host and port."""
    if "@" in place:
        raise BadTemplate("The address must not hold a user name or password.")
    found = _PLACE.fullmatch(_ascii(place.lower()))
    if found is None or not all(map(_LABEL.fullmatch, found["host"].split("."))):
        raise BadTemplate(f"“{place[:100]}” is not the name of a server.")
    if _NUMBER.fullmatch(found["host"].rpartition(".")[2]):
        raise BadTemplate("Please give the server by its name, not its number.")
    port = int(found["port"] or 443)
    if not 0 < port < 65536:
        raise BadTemplate(f"There is no port {port}.")
    return found["host"] if port == 443 else f"{found['host']}:{port}"


def _ascii(place: str) -> str:
    """The name as it travels, `xn--…`; RFC 3490."""
    if place.isascii():
        return place
    try:
        return place.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def detected(text: str) -> tuple[str, str]:
    """Kind and template from a link that somebody copied. Raises BadTemplate.

    Known are LibKey, OpenAthens, prefixes (`…url=https://doi.org/…`), OpenURLs
    with any of their keys, resolvers by their address, and links that hold a
    DOI or a PMID.
    """
    address = _address(text)
    keys = _keys(address)
    libkey = LIBKEY.match(address)
    if libkey:
        return "libkey", libkey[0]
    found = _proxied(address, keys) or (_resolver(address) if not keys else None)
    if found is None:
        found = ("template", address if keys else _with_keys(address))
    return found[0], checked(*found)


_PREFIX = re.compile(r".*?[?&][A-Za-z]*url=", re.IGNORECASE)
_OPENURL_KEY = re.compile(
    r"(?:ctx|rft|rfr|rfe|req|svc|res|url)_\w+|rft\..*"
    r"|sid|pid|genre|e?issn|isbn|[aj]?title|volume|issue|[se]page|pages|date"
    r"|au(?:last|first|init)?|artnum|coden|sici|bici",
    re.ASCII,
)
_RESOLVER = re.compile(
    r"openurl|resolver|resserv|linksource|redi-bw|/sfx|sfx[.-]|\.serialssolutions\.com|linker\.|linkit|findit"
    r"|worldcat\.org|exlibrisgroup",
    re.IGNORECASE,
)


def _proxied(address: str, keys: list[str]) -> tuple[str, str] | None:
    if address.endswith("$@") or keys == ["url"]:
        return "proxy", address
    prefix = _PREFIX.match(address)
    target = address[prefix.end() :] if prefix else ""
    begins_again = re.match(r"https?(?::|%3A)", target, re.IGNORECASE)
    if prefix and not keys and (not target or begins_again):
        is_resolver = _RESOLVER.search(target) or "rft" in target
        return None if is_resolver else ("proxy", prefix[0])
    return None


def _resolver(address: str) -> tuple[str, str] | None:
    """The base: the address without what an OpenURL tells of one article."""
    path, mark, query = address.rpartition("?")
    if not mark:
        return ("openurl", address) if _RESOLVER.search(address) else None
    parts = query.split("&")
    own = [each for each in parts if not _OPENURL_KEY.fullmatch(each.split("=")[0])]
    if len(own) < len(parts) or _RESOLVER.search(address):
        base = path + mark + "&".join(filter(None, own))
        return "openurl", base if own else base.removesuffix("?")
    return None


def _with_keys(address: str) -> str:
    """A link with the DOI or the PMID of one article, made one for all."""
    path, mark, query = address.partition("?")
    parts = []
    for part in query.split("&"):
        name, _, _ = part.partition("=")
        [(_, value)] = parse_qsl(part) or [("", "")]
        if value.startswith("10.") and "/" in value:
            part = f"{name}={{doi}}"
        elif "pmid" in name.lower() and value.isdigit():
            part = f"{name}={{pmid}}"
        parts.append(part)
    path = re.sub(r"10\.[0-9]{4,9}/.*", "{doi}", path)
    made = path + mark + "&".join(parts)
    if not _KEY.search(made):
        raise BadTemplate(
            "We cannot tell what kind of link this is. Please choose the kind."
        )
    return made
