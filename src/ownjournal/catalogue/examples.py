"""Invented articles leave as soon as real ones are there."""

from django.db.models import F, QuerySet

from ownjournal.catalogue.merging import TAKEN_BACK, Version
from ownjournal.catalogue.models import AppliedFile, Article
from ownjournal.catalogue.writing import change
from ownjournal.pubmed.example import END_OF_PMIDS, FIRST_PMID
from ownjournal.pubmed.example.corpus import FIRST_FILE
from ownjournal.pubmed.files import YEAR


def take_away() -> int:
    """Take the examples back where real articles are kept; how many there were."""
    live = Article.objects.filter(live=True)
    real = live.exclude(pk__range=(FIRST_PMID, END_OF_PMIDS - 1))
    examples = live.filter(pk__range=(FIRST_PMID, END_OF_PMIDS - 1))
    if not (examples.exists() and real.exists()):
        return 0
    with change() as writing:
        rows = examples.order_by("pmid").values_list("pmid", "version", "file_key")
        writing.put(
            [Version(pmid, version, key, TAKEN_BACK) for pmid, version, key in rows]
        )
    return writing.changed


def files_of_nlm() -> "QuerySet[AppliedFile]":
    """Applied files that have a number of NLM's; invented ones lie above all those."""
    numbered = AppliedFile.objects.annotate(number=F("file_key") % YEAR)
    return numbered.filter(number__gt=0, number__lt=FIRST_FILE)
