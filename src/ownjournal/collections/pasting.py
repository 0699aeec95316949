"""Many articles at once: what a pasted text or a file names, and what became of it.

Ten thousand identifiers are looked up in a few dozen questions. What is here is used;
what is not, and each line or record that names nothing, is listed with its reason.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from msgspec import Struct

from ownjournal.catalogue import store
from ownjournal.catalogue.following import index
from ownjournal.catalogue.models import Article
from ownjournal.pubmed.retraction_list import dois_of
from ownjournal.readers.profile import finding
from ownjournal.readers.profile.pasted import (
    LARGEST,
    Named,
    NotText,
    read,
    text_of,
    unread,
)
from ownjournal.search.index import IndexUnusable
from ownjournal.search.query import Or, Term

AT_ONCE = 400  # identifiers in one question
TOO_LARGE = "That is more than 1 MB. Add it in several parts."
NAMES_NONE = "It names no article by a PMID, DOI or PMCID."
NOT_HERE = "No article here has it."


class Left(Struct, frozen=True):
    """Something that was not used, and why."""

    name: str  # "PMID 123", or what stood there
    reason: str  # a sentence


class Pasted(Struct, frozen=True):
    """What became of a text."""

    pmids: tuple[int, ...]  # of articles that are here, in the text's order, each once
    left: tuple[Left, ...]


def given(text: str, file: object) -> tuple[str, ...]:
    """What was typed and what is in the file, if there is one. Raises NotText."""
    if len(text) > LARGEST:
        raise NotText(TOO_LARGE)
    if not isinstance(file, UploadedFile):
        return (text,)
    if (file.size or 0) > LARGEST:
        raise NotText(TOO_LARGE)
    return text, text_of(file.read())


def look_up(texts: Sequence[str]) -> Pasted:
    """All that these texts name. Where the index is away, DOIs are left."""
    named = tuple(dict.fromkeys(each for text in texts for each in read(text)))
    found = _here(named)
    missing = [each for each in named if each not in found]
    asked = finding.find(missing[: finding.LOOKED_AT])  # perhaps NLM has it
    late = dict.fromkeys(asked.pmids)
    left = [Left(each.name, each.reason) for each in asked.missing]
    left += [Left(each.told(), NOT_HERE) for each in missing[finding.LOOKED_AT :]]
    left += [Left(line, NAMES_NONE) for text in texts for line in unread(text)]
    pmids = [found[each] for each in named if each in found]
    return Pasted(tuple(dict.fromkeys([*pmids, *late])), tuple(left))


def _here(named: Sequence[Named]) -> dict[Named, int]:
    """By PMID where there is one, else by DOI, else by PMCID."""
    here = _live([each.pmid for each in named if each.pmid is not None])
    found = {each: each.pmid for each in named if each.pmid in here and each.pmid}
    rest = [each for each in named if each not in found]
    try:
        bearers = _bearers([*_identifiers(rest)])
    except IndexUnusable:
        return found
    for each in rest:
        for identifier in (each.doi, each.pmcid):
            if identifier and (pmid := bearers.get(identifier.lower())):
                found.setdefault(each, pmid)
    return found


def _live(pmids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some in _batches(pmids):
        rows = Article.objects.filter(pk__in=some, live=True)
        found.update(rows.values_list("pk", flat=True))
    return found


def _identifiers(named: Sequence[Named]) -> Iterator[str]:
    for each in named:
        yield from (one.lower() for one in (each.doi, each.pmcid) if one)


def _bearers(identifiers: Sequence[str]) -> dict[str, int]:
    """The newest article with each DOI or PMCID, in small letters."""
    found: dict[str, int] = {}
    for some in _batches(list(dict.fromkeys(identifiers))):
        terms = tuple(Term(each, "aid") for each in some)
        query = Or(terms) if len(terms) > 1 else terms[0]
        hits = index().search(query, limit=10 * AT_ONCE, order="newest").hits
        for kept in store.get_many([hit.pmid for hit in hits]).values():
            own = kept.article.identifiers
            bears = {each.lower() for each in dois_of(own)}
            bears |= {own.pmcid.lower()} if own.pmcid else set()
            for each in bears.intersection(some):
                found[each] = max(kept.article.pmid, found.get(each, 0))
    return found


Item = TypeVar("Item")


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
