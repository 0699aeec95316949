"""From what a reader names to what ranking works with.

`follow` finds what was meant: a MeSH descriptor, a journal, an article. A topic
that has no descriptor is followed as words, and the answer says so. `of_reader`
gives all of a reader's interests, topics widened to the narrower descriptors,
seeds read from the catalogue as it is now, and saved searches as what they find.
"""

import re
from collections.abc import Iterator

from django.db.models import Q
from msgspec import Struct

from ownjournal.catalogue import mesh, store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Journal
from ownjournal.catalogue.reader_lists import ReaderLists
from ownjournal.pubmed.citation import heading
from ownjournal.pubmed.markup import plain
from ownjournal.ranking.candidate import candidate
from ownjournal.ranking.interest import Interest as Ranked
from ownjournal.readers.models import Interest, Reader
from ownjournal.readers.searches.matching import Matching
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import Term

MOST = 200  # interests of one reader
LONGEST = 200  # characters of one
LABEL = 500  # characters of its name
SEEDS = "seeds"  # the key of the one interest that all seeds make together
PMID = re.compile(r"(?:pmid:?\s*)?([1-9][0-9]{0,8})", re.IGNORECASE | re.ASCII)
INITIALS = re.compile(r"[^\W\d_]{1,4}")


class CannotFollow(ValueError):
    """Nothing has this name; the message is a sentence for the reader."""


class Followed(Struct, frozen=True):
    """What came of a wish to follow something."""

    interest: Interest
    sentence: str


class _Found(Struct, frozen=True):
    kind: str
    value: str
    label: str
    sentence: str | None = None  # where it is not what was asked for


def follow(reader: Reader, kind: str, text: str) -> Followed:
    """Add an interest; one that is there already stays as it is.

    Raises CannotFollow.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not line:
        raise CannotFollow("Please type what to follow.")
    if len(line) > LONGEST:
        raise CannotFollow(f"That is longer than {LONGEST} characters.")
    if kind not in _FINDERS:
        raise CannotFollow("Please choose what kind of interest it is.")
    if reader.interests.count() >= MOST:
        raise CannotFollow(f"You follow {MOST} things, which is the most we allow.")
    found = _FINDERS[kind](line)
    interest, created = Interest.objects.get_or_create(
        reader=reader,
        kind=found.kind,
        value=found.value,
        defaults={"label": found.label[:LABEL]},
    )
    if not created:
        return Followed(interest, f"You follow {interest.label} already.")
    return Followed(interest, found.sentence or f"You now follow {interest.label}.")


def of_reader(reader: Reader, matching: Matching) -> tuple[Ranked, ...]:
    """All that the reader follows, one after the other; the seeds together.

    matching   asks what searches find; one that finds nothing is no interest
    Raises IndexUnusable where the reader follows a search.
    """
    rows = list(reader.interests.all())
    made = [_ranked(row) for row in rows if row.kind != Interest.Kind.SEED]
    seeds = [int(row.value) for row in rows if row.kind == Interest.Kind.SEED]
    kept = store.get_many(seeds)
    read = tuple(
        candidate(kept[pmid].article, kept[pmid].appraisal) for pmid in sorted(kept)
    )
    if read:
        made.append(Ranked(SEEDS, "Articles like those you named", seeds=read))
    return (*made, *_searches(reader, matching))


def _searches(reader: Reader, matching: Matching) -> Iterator[Ranked]:
    lists = ReaderLists(reader)
    for search in reader.searches.all():
        found = matching.of(search, lists)
        if found:
            yield Ranked(f"search:{search.pk}", search.name, matches=found)


def _ranked(row: Interest) -> Ranked:
    key = f"{row.kind}:{row.value}"
    if row.kind == Interest.Kind.TOPIC:
        name = mesh.name(row.value) or row.label
        return Ranked(key, name, topics=tuple(sorted(mesh.narrower(row.value))))
    if row.kind == Interest.Kind.JOURNAL:
        return Ranked(key, row.label, journals=(row.value,))
    if row.kind == Interest.Kind.AUTHOR:
        return Ranked(key, row.label, authors=(row.value,))
    return Ranked(key, row.label, words=(row.label,))


def _topic(text: str) -> _Found:
    descriptor = mesh.find(text)
    if descriptor is not None:
        ui, name = descriptor
        return _Found(Interest.Kind.TOPIC, ui, name)
    words = _words(text)
    return _Found(
        words.kind,
        words.value,
        words.label,
        f"“{text}” is no MeSH heading that we know, so you now follow the words.",
    )


def _words(text: str) -> _Found:
    return _Found(Interest.Kind.WORDS, text.lower(), text)


def _journal(text: str) -> _Found:
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
    return _Found(Interest.Kind.JOURNAL, journal.nlm_id, label)


def _seed(text: str) -> _Found:
    match = PMID.fullmatch(text)
    if match is None:
        raise CannotFollow(f"“{text}” is no PMID, which is a number such as 28706741.")
    kept = store.get(int(match[1]))
    if kept is None:
        raise CannotFollow(f"No article with PMID {match[1]} is here.")
    title = heading(kept.article)
    label = plain(title) if title else f"PMID {match[1]}"
    return _Found(Interest.Kind.SEED, match[1], label)


def _author(text: str) -> _Found:
    """By the name as PubMed prints it; what is written otherwise is turned round."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        initials = "".join(word[0] for word in re.split(r"[\s.-]+", given) if word)
        if given.isupper() and INITIALS.fullmatch(given):
            initials = given
        name = f"{family} {initials.upper()}"
    else:
        name = text.replace(".", "")
    last, _, initials = name.rpartition(" ")
    if not last or not INITIALS.fullmatch(initials) or not initials.isupper():
        raise CannotFollow(
            f"“{text}” is not written as PubMed writes names: the family name and "
            "then the initials, such as Quillfeather AB."
        )
    return _Found(Interest.Kind.AUTHOR, name, name, _unseen(name))


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


_FINDERS = {
    Interest.Kind.TOPIC.value: _topic,
    Interest.Kind.WORDS.value: _words,
    Interest.Kind.JOURNAL.value: _journal,
    Interest.Kind.SEED.value: _seed,
    Interest.Kind.AUTHOR.value: _author,
}
