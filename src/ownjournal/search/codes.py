"""The codes of facts: how articles are kept by them, and how a query finds them.

`document` makes codes of what a record says, "mh:d006973"; a query makes them of
what a reader typed. Most facts are looked up as a whole (`codes_of`). Names of
people other than [au] are kept once, in full, "1au:de_la_merrow=ab", and found
by what they begin with (`patterns_of`): that costs a third of the room.
"""

import re

from ownjournal.pubmed.languages import language_code
from ownjournal.search.analysis import code, identifier, source_id
from ownjournal.search.filters import FACTS, squashed
from ownjournal.search.qualifiers import qualifier

_KEPT_AS = {"is": "ta", "jid": "ta", "lid": "aid", "au:noexp": "an"}
"""Fields whose codes have another tag."""

_INITIALED = ("1au", "lastau", "ir", "ed", "ps")
_FULL = {"au": "fau", "fau": "fau", "ir": "fir", "fir": "fir"}
"""Fields that find full names, and the tag that these are kept by."""

_MOST_WITHIN = 5  # agencies, one within the other
_LONGEST_NAME = 8  # words; a longer one is no person's
_MOST_STATES = 700
"""Of the pattern of a name, about: an engine refuses one of more than 1,000."""

_STATES = 10  # of each way to write a name, beside those of its bytes
_META = re.compile(r"([\\.+*?()|\[\]{}^$#&\-~/])")
_BEFORE_DOI = re.compile(r"\A(?:doi:|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)
_BEFORE_ORCID = re.compile(
    r"\A(?:orcid\W+|https?://(?:www\.)?orcid\.org/)", re.IGNORECASE
)
_LETTERS_APART = re.compile(r"(?<=_)[a-z](?:_[a-z])+\Z")


def codes_of(text: str, tag: str) -> tuple[str, ...]:
    """The codes that a value of a CODE field may be kept by; any of them counts."""
    field = _KEPT_AS.get(tag, tag.removesuffix(":noexp"))
    return tuple(f"{field}:{value}" for value in _values(text, field))


def _values(text: str, field: str) -> tuple[str, ...]:
    match field:
        case "aid":
            return (identifier(_BEFORE_DOI.sub("", text.strip())),)
        case "auid":
            return (orcid(text),)
        case "au" | "an":
            return (_together(code(text)),)
        case "gr":
            return tuple(dict.fromkeys((grant(text), grant("".join(text.split())))))
        case "isbn":
            return (isbn(text),)
        case "la":
            return (code(language_code(text)),)
        case "mh" | "majr":
            return (_heading(text),)
        case "pg":
            return (code(text.partition("-")[0]),)
        case "rn":
            return (registry_number(text),)
        case "sb":
            return (FACTS.get(squashed(text), ""),)
        case "sh":
            return (qualifier(text) or code(text),)
        case "si":
            return tuple(
                dict.fromkeys(map(source_id, (text, text.partition("/")[2] or text)))
            )
        case _:
            return (code(text),)


def heading(text: str) -> tuple[str, str | None]:
    """A heading and the two letters of the subheading behind it, if there is one."""
    name, _, aspect = text.rpartition("/")
    letters = qualifier(aspect) if name.strip() else None
    return (text.strip(), None) if letters is None else (name.strip(), letters)


def _heading(text: str) -> str:
    name, letters = heading(text)
    return code(name) if letters is None else f"{code(name)}/{letters}"


def person(last_name: str, rest: str | None) -> str:
    """A name as one value, with what follows the last name behind a "="."""
    return code(last_name) + (f"={code(rest)}" if rest else "")


def grant(text: str) -> str:
    """A grant's number, acronym or agency as one value."""
    return code(text.replace("-", "").replace("/", " "))


def grants(number: str) -> tuple[str, ...]:
    """A grant's number as one value, written together, and each part of it."""
    parts = [part for part in grant(number).split("_") if len(part) > 1]
    return tuple(dict.fromkeys((grant(number), "".join(parts), *parts)))


def funders(agency: str) -> tuple[str, ...]:
    """An agency as one value; of one within others, each and those next to each other.

    "NCI NIH HHS" is found by NCI, by NIH and by NCI NIH.
    """
    words = agency.split()
    if not 1 < len(words) <= _MOST_WITHIN or not all(map(str.isupper, words[1:])):
        return (grant(agency),)
    ends = [(low, high) for low in range(len(words)) for high in range(len(words))]
    runs = [" ".join(words[low : high + 1]) for low, high in ends if low <= high]
    return tuple(dict.fromkeys(map(grant, (agency, *runs))))


def isbn(text: str) -> str:
    """An ISBN as one value, without its hyphens."""
    return identifier(text.replace("-", ""))


def orcid(text: str) -> str:
    """An ORCID as one value, without its hyphens and its address."""
    bare = text.replace("-", "")
    if bare[:1].isdigit() and bare.isalnum() and bare.isascii():
        return bare.lower()
    return identifier(_BEFORE_ORCID.sub("", bare.strip()))


def registry_number(text: str) -> str:
    """The number of a substance or enzyme as one value: "EC 1.1.1.1" → "1.1.1.1"."""
    return identifier(text).removeprefix("ec")


def patterns_of(text: str, tag: str, *, begins: bool = False) -> tuple[str, ...]:
    """Regular expressions, of which any fits the whole of a code that is meant.

    `begins` lets the last word of the text be the beginning of one. Empty for
    the fields that are looked up by whole codes alone.
    """
    parts = [part for part in code(text).split("_") if part]
    states = 2 * len(parts) * (len("_".join(parts).encode()) + _STATES)
    if not parts or len(parts) > _LONGEST_NAME or states > _MOST_STATES:
        return ()
    found = []
    if tag in _INITIALED:
        found.append(f"{tag}:({'|'.join(_by_initials(parts, begins))})")
    if tag in _FULL and len(parts) > 1:
        found.append(f"{_FULL[tag]}:({'|'.join(_by_full_name(parts, begins))})")
    elif tag in ("fau", "fir"):
        end = ".*" if begins else "(=.*)?"
        found.append(f"{tag}:{escaped(parts[0])}{end}")
    return tuple(found)


def _by_initials(parts: list[str], begins: bool) -> list[str]:
    """Last name alone, or with the beginning of the initials behind it."""
    whole = escaped("_".join(parts))
    ways = [f"{whole}.*" if begins else f"{whole}(=.*)?"]
    *before, initials = _together("_".join(parts)).split("_")
    if before:
        ways.append(f"{escaped('_'.join(before))}={escaped(initials)}.*")
    return ways


def _by_full_name(parts: list[str], begins: bool) -> list[str]:
    """Last name first, or last; further first names may follow."""
    end = ".*" if begins else "(_.*)?"
    joined = ["_".join(parts[:at]) for at in range(1, len(parts))]
    others = ["_".join(parts[at:]) for at in range(1, len(parts))]
    inverted = [
        f"{escaped(a)}={escaped(b)}{end}" for a, b in zip(joined, others, strict=True)
    ]
    natural = [
        f"{escaped(b)}={escaped(a)}(_.*)?" for a, b in zip(joined, others, strict=True)
    ]
    return inverted + natural


def _together(name: str) -> str:
    """Initials that stand apart, "o_t_a", as one: "o_ta"."""
    return _LETTERS_APART.sub(lambda found: found[0].replace("_", ""), name)


def escaped(text: str) -> str:
    """Text as a regular expression that fits it and nothing else."""
    return _META.sub(r"\\\1", text)
