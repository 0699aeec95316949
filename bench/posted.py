"""Readers with an issue each whose mail is due, in the data folder of the environment.

python -m bench.posted READERS
"""

import os
import random
import sys

import django

POOL = 600  # articles that the issues of one week share
LENGTH = 12


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.db import transaction

    from ownjournal.catalogue import store

    pool = [each.article.pmid for each in store.newest(POOL)]
    dice = random.Random(1)
    with transaction.atomic():
        for number in range(int(sys.argv[1])):
            an_issue(number, dice.sample(pool, LENGTH))


def an_issue(number: int, pmids: list[int]) -> None:
    """A reader, an issue of these articles, and its letter."""
    from django.utils import timezone

    from ownjournal.catalogue import store
    from ownjournal.issues import mail
    from ownjournal.issues.models import InterestSnapshot, Issue, IssueArticle
    from ownjournal.readers.models import Reader

    reader = Reader.objects.create_reader(f"reader{number}@example.org")
    issue = Issue.objects.create(
        reader=reader,
        number=1,
        compiled_at=timezone.now(),
        after_revision=0,
        up_to_revision=store.revision(),
        considered=30_000,
        pool_digest="0" * 64,
        interests=InterestSnapshot.objects.create(
            reader=reader, digest="0" * 64, body=b""
        ),
        length=LENGTH,
        rules_version=1,
        newest_file="pubmed26n1300.xml.gz",
        newest_file_at=timezone.now(),
    )
    IssueArticle.objects.bulk_create(
        IssueArticle(
            issue=issue,
            position=position,
            pmid=pmid,
            title=f"Article {pmid}",
            slot="lead" if position == 1 else "practice",
            interest_key=f"words:{position % 3}",
            interest_name=f"Interest {position % 3}",
            relevance=2.5,
            quality=60,
            significance=50,
            terms=["fever", "children"],
            why="It is about fever in children, which you follow.",
        )
        for position, pmid in enumerate(pmids, start=1)
    )
    mail.put([issue], due_at=issue.compiled_at)


if __name__ == "__main__":
    main()
