"""What a reader names, found: a MeSH descriptor, a journal, an author, an article.

A topic that has no descriptor is taken as words, and the answer says so. The same
names serve to follow a thing and to mute it.
"""

import re

from django.db.models import Q
from msgspec import Struct

from ownjournal.catalogue import mesh, store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Journal
from ownjournal.pubmed.citation import heading
from ownjournal.pubmed.markup import plain
from ownjournal.readers.models import Interest
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import Term

LONGEST = 200  # characters of what is named
LABEL = 500  # characters of the name it is given
INITIALS = re.compile(r"[^\W\d_]{1,4}")
PMID = re.compile(r"(?:pmid:?\s*)?([1-9][0-9]{0,8})", re.IGNORECASE | re.ASCII)


class CannotFollow(ValueError):
    """Nothing has this name; the message is a sentence for the reader."""


class Found(Struct, frozen=True):
    """A thing that can be followed; `kind` and `value` as of `Interest`."""

    kind: str
    value: str
    label: str
    sentence: str | None = None  # where it is not what was asked for


def find(kind: str, text: str) -> Found:
    """The thing of this kind that the text names. Raises CannotFollow."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not line:
        raise CannotFollow("Please type what to follow.")
    if len(line) > LONGEST:
        raise CannotFollow(f"That is longer than {LONGEST} characters.")
    if kind not in _FINDERS:
        raise CannotFollow("Please choose what kind of interest it is.")
    return _FINDERS[kind](line)


def _topic(text: str) -> Found:
    descriptor = mesh.find(text)
    if descriptor is not None:
        ui, name = descriptor
        return Found(Interest.Kind.TOPIC, ui, name)
    words = _words(text)
    return Found(
        words.kind,
        words.value,
        words.label,
        f"“{text}” is no MeSH heading that we know, so you now follow the words.",
    )


def _words(text: str) -> Found:
    return Found(Interest.Kind.WORDS, text.lower(), text)


def _journal(text: str) -> Found:
    named = (
        Q(nlm_id__iexact=text)
        | Q(issn_linking__iexact=text)
        | Q(abbreviation__iexact=text)
        | Q(title__iexact=text)
        # NLM adds the place, as in "Lancet (London, England)"
        | Q(title__istartswith=f"{text} (")
    )
    journal = Journal.objects.filter(named).order_by("nlm_id").first()
    if journal is None:
        raise CannotFollow(
            f"No article of a journal “{text}” is here. Try its full title, its "
            "abbreviation as PubMed has it, its ISSN or its NLM ID."
        )
    label = journal.title or journal.abbreviation or journal.nlm_id
    return Found(Interest.Kind.JOURNAL, journal.nlm_id, label)


def _author(text: str) -> Found:
    """By the name as PubMed prints it; what is written otherwise is turned round."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        initials = "".join(word[0] for word in re.split(r"[\s.-]+", given) if word)
        if given.isupper() and INITIALS.fullmatch(given):
            initials = given
        name = f"{family} {initials.upper()}"
    else:
        name = text.replace(".", "")
    if not is_name(name):
        raise CannotFollow(
            f"“{text}” is not written as PubMed writes names: the family name and "
            "then the initials, such as Quillfeather AB."
        )
    return Found(Interest.Kind.AUTHOR, name, name, _unseen(name))


def is_name(text: str) -> bool:
    """Whether it is a person's name as PubMed prints it."""
    last, _, initials = text.rpartition(" ")
    return bool(last and INITIALS.fullmatch(initials)) and initials.isupper()


def _unseen(author: str) -> str | None:
    """What to say of an author of whom nothing is here."""
    try:
        known = index().count(Term(author.lower(), "au"))
    except IndexUnusable:
        return None
    if known:
        return None
    return (
        f"You now follow {author}, of whom no article is here yet. "
        "Is the name spelt as PubMed has it?"
    )


def _seed(text: str) -> Found:
    match = PMID.fullmatch(text)
    if match is None:
        raise CannotFollow(f"“{text}” is no PMID, which is a number such as 28706741.")
    kept = store.get(int(match[1]))
    if kept is None:
        raise CannotFollow(f"No article with PMID {match[1]} is here.")
    title = heading(kept.article)
    label = plain(title) if title else f"PMID {match[1]}"
    return Found(Interest.Kind.SEED, match[1], label)


_FINDERS = {
    Interest.Kind.TOPIC.value: _topic,
    Interest.Kind.WORDS.value: _words,
    Interest.Kind.JOURNAL.value: _journal,
    Interest.Kind.AUTHOR.value: _author,
    Interest.Kind.SEED.value: _seed,
}
