"""A catalogue for tests: articles put in without files, a revision each time."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ownjournal.appraisal.judge import judge
from ownjournal.catalogue import packing
from ownjournal.catalogue.merging import TAKEN_BACK, Version
from ownjournal.catalogue.models import AppliedFile, Heading, Journal
from ownjournal.catalogue.writing import change
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.retraction_list import dois_of

RECEIVED = datetime(2026, 11, 20, 5, tzinfo=UTC)
FIRST_NUMBER = 1300


def shelve(
    *articles: Article,
    taken_back: Sequence[int] = (),
    at: datetime = RECEIVED,
) -> AppliedFile:
    """Put these in as the next update file would, received at that time."""
    number = FIRST_NUMBER + AppliedFile.objects.count()
    key = 26_000_000 + number
    rows = [_row(each, key) for each in articles]
    rows += [Version(pmid, 1, key, TAKEN_BACK) for pmid in taken_back]
    with change() as writing:
        writing.put(rows)
        for each in articles:
            _name(each, key)
        return AppliedFile.objects.create(
            name=f"pubmed26n{number}.xml.gz",
            file_key=key,
            md5="",
            verified=True,
            revision=writing.revision,
            applied_at=at,
            articles=len(articles),
            deletions=len(taken_back),
            changed=writing.changed,
            rejected=0,
        )


def _row(article: Article, key: int) -> Version:
    encoded, appraisal = packing.encode(article), judge(article)
    return Version(
        article.pmid,
        article.version,
        key,
        packing.content_hash(encoded),
        appraisal.quality,
        appraisal.significance,
        packing.Packer(None).pack(packing.join(encoded, appraisal)),
        dois_of(article.identifiers),
    )


def _name(article: Article, key: int) -> None:
    journal = article.journal
    if journal is not None and journal.nlm_id is not None:
        Journal.objects.update_or_create(
            nlm_id=journal.nlm_id,
            defaults={
                "title": journal.title,
                "abbreviation": journal.abbreviation,
                "issn_linking": journal.issn_linking,
                "file_key": key,
            },
        )
    for heading in article.mesh:
        Heading.objects.update_or_create(
            ui=heading.ui, defaults={"name": heading.name, "file_key": key}
        )
