"""The tables of the catalogue: what NLM's files say, as of a revision.

Rows are written in bulk by `writing`, in plain SQL, and read through `store`.
The record itself is one compressed value; a fact has a column of its own only
where lists are filtered or sorted by it.
"""

from django.db import models
from django.db.models.functions import Lower


class Clock(models.Model):
    """One row: the revision of the last committed change.

    A writing transaction takes the next number from this row and stamps what
    it writes. The row stays locked until commit, so revisions become visible
    in their order, on both databases.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=0)
    live_articles = models.BigIntegerField(default=0)  # counting 40 million is slow


class Dictionary(models.Model):
    """A trained zstd dictionary; compressed records name it by its id."""

    id = models.BigIntegerField(primary_key=True)  # zstd's own dictionary id
    content = models.BinaryField()


class Article(models.Model):
    """The shown version of a PMID, or the tombstone of one that NLM took back.

    What readers wrote refers to this row and it is never removed.
    """

    pmid = models.IntegerField(primary_key=True)
    version = models.SmallIntegerField()
    file_key = models.IntegerField()  # of the file that wrote it; orders all writes
    content_hash = models.BigIntegerField()  # see `merging`
    live = models.BooleanField()
    revision = models.BigIntegerField()  # of the last change
    first_revision = models.BigIntegerField()  # when we first received it; 0: never,
    # it was fetched by its number, so it is no news to anybody
    quality = models.SmallIntegerField(null=True)
    significance = models.SmallIntegerField(null=True)
    record = models.BinaryField(null=True)  # see `packing`; None: never received

    class Meta:
        indexes = [
            # all that lists of what came ask, so that they read no records
            models.Index(
                fields=[
                    "revision",
                    "first_revision",
                    "live",
                    "quality",
                    "significance",
                    "pmid",
                ],
                name="catalogue_by_revision",
            )
        ]


class OtherVersion(models.Model):
    """A version of a PMID that is not shown: an older one, or one taken back."""

    pmid = models.IntegerField()
    version = models.SmallIntegerField()
    file_key = models.IntegerField()
    content_hash = models.BigIntegerField()
    live = models.BooleanField()
    quality = models.SmallIntegerField(null=True)
    significance = models.SmallIntegerField(null=True)
    record = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pmid", "version"], name="one_row_a_version"
            )
        ]


BARE = (
    "REPLACE(REPLACE(REPLACE(REPLACE("
    "LOWER(%(expressions)s),'(',''),')',''),'[',''),']','')"
)
"""SQL of a name without brackets; in one piece, or SQLite takes no index for it."""


class Journal(models.Model):
    """A journal, as the newest file that names it does."""

    nlm_id = models.CharField(max_length=16, primary_key=True)
    title = models.TextField(null=True)
    abbreviation = models.TextField(null=True)
    issn_linking = models.CharField(max_length=9, null=True)
    country = models.TextField(null=True)
    file_key = models.IntegerField()

    class Meta:
        indexes = [  # each search asks whether its words are the name of one
            models.Index(Lower("nlm_id"), name="journal_by_nlm_id"),
            models.Index(Lower("title"), name="journal_by_title"),
            models.Index(
                models.Func("abbreviation", template=BARE), name="journal_by_bare_name"
            ),
            models.Index(Lower("issn_linking"), name="journal_by_issn"),
        ]


class Heading(models.Model):
    """A MeSH descriptor's name as seen on articles, where NLM's file is not loaded."""

    ui = models.CharField(max_length=10, primary_key=True)
    name = models.TextField()
    file_key = models.IntegerField()

    class Meta:
        indexes = [models.Index(Lower("name"), name="heading_by_name")]


class Descriptor(models.Model):
    """A MeSH descriptor from NLM's file."""

    ui = models.CharField(max_length=10, primary_key=True)
    name = models.TextField(db_index=True)
    scope_note = models.TextField(null=True)
    kind = models.SmallIntegerField(null=True)  # NLM's DescriptorClass, 1 to 4


class TreePosition(models.Model):
    """One place of a descriptor in the tree, "C14.907.489"."""

    number = models.CharField(max_length=64, primary_key=True)
    descriptor = models.ForeignKey(Descriptor, models.CASCADE, related_name="positions")


class Term(models.Model):
    """A name or entry term of a descriptor, folded to lower case, to find it by."""

    folded = models.TextField(db_index=True)
    text = models.TextField()
    descriptor = models.ForeignKey(Descriptor, models.CASCADE, related_name="terms")


class AppliedFile(models.Model):
    """One application of one file: the registry row, last in its transaction.

    A record fetched by its number is a file of its own, `efetch-PMID.xml`.
    """

    FETCHED = "efetch-"  # how the names of those begin

    name = models.CharField(max_length=255, db_index=True)
    file_key = models.IntegerField(db_index=True)
    md5 = models.CharField(max_length=32)
    verified = models.BooleanField()  # the sum was NLM's, not only our own
    revision = models.BigIntegerField(unique=True)
    applied_at = models.DateTimeField()
    articles = models.IntegerField()  # records in the file, book articles among them
    deletions = models.IntegerField()
    changed = models.IntegerField()  # rows of the catalogue that it changed
    rejected = models.IntegerField()
    out_of_scope = models.IntegerField(default=0)
    unknown = models.JSONField(default=dict)  # elements we do not know, counted


class Quarantined(models.Model):
    """A record that could not be taken, set aside with its raw XML."""

    file = models.ForeignKey(AppliedFile, models.CASCADE, related_name="quarantine")
    pmid = models.IntegerField(null=True)
    reason = models.TextField()
    raw = models.BinaryField()


class RefusedFile(models.Model):
    """A file that was refused whole, until it is applied or withdrawn."""

    name = models.CharField(max_length=255, primary_key=True)
    code = models.CharField(max_length=32)
    reason = models.TextField()
    refused_at = models.DateTimeField()


class Baseline(models.Model):
    """A baseline year that replaced everything before it."""

    year = models.SmallIntegerField(primary_key=True)  # two digits, as in file names
    closed_at = models.DateTimeField()
    revision = models.BigIntegerField()
    vanished = models.IntegerField()  # articles that it no longer contains


class Sync(models.Model):
    """One visit to NLM, so that the site can say when it last looked."""

    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)  # when it was last heard to go on
    ended_at = models.DateTimeField(null=True)
    files = models.IntegerField(default=0)
    problem = models.TextField(null=True)


class Service(models.Model):
    """A server of somebody else's that this site asks; see turns.py."""

    name = models.CharField(max_length=16, primary_key=True)  # "eutils", "unpaywall"
    free_at = models.DateTimeField()  # when the next request may begin
    began_at = models.DateTimeField()  # of the window that `count` counts in
    count = models.IntegerField(default=0)
    failures = models.SmallIntegerField(default=0)  # in a row
    closed_until = models.DateTimeField(null=True)  # it is left alone until then


class AskedNumber(models.Model):
    """A PMID that NLM is being asked for, or gave no article for; see unknown.py."""

    pmid = models.IntegerField(primary_key=True)
    again_at = models.DateTimeField(db_index=True)  # it is not asked for before then
    outcome = models.CharField(max_length=12, null=True)  # None while it is asked for
    failures = models.SmallIntegerField(default=0)  # in a row


class OpenCopy(models.Model):
    """What is known of a free copy of a DOI; see open_copies.py."""

    doi = models.CharField(max_length=255, primary_key=True)  # in small letters
    due_at = models.DateTimeField(null=True, db_index=True)  # None: not asked for now
    checked_at = models.DateTimeField(null=True)  # of the last answer
    url = models.TextField(null=True)  # None, once checked: no copy is known
    host = models.CharField(max_length=10, null=True)
    version = models.CharField(max_length=9, null=True)
    licence = models.TextField(null=True)
    failures = models.SmallIntegerField(default=0)  # since the last answer


class Abbreviation(models.Model):
    """A short form, and what articles define it as; see abbreviations.py."""

    short = models.CharField(max_length=10)  # as first seen, "COPD"
    short_folded = models.CharField(max_length=10)
    long = models.CharField(max_length=200, db_index=True)  # see search.abbreviations
    articles = models.IntegerField()  # that define it so

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["short_folded", "long"], name="one_row_an_abbreviation"
            )
        ]


class AbbreviationsLearned(models.Model):
    """One row: how far abbreviations were learned; see abbreviations.py."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=0)  # up to this one
    articles = models.BigIntegerField(default=0)  # read for it


class Vector(models.Model):
    """What an article is about, as numbers; see vectors.py."""

    pmid = models.IntegerField(primary_key=True)
    due_at = models.DateTimeField(null=True, db_index=True)  # None: it is up to date
    made_from = models.BigIntegerField(null=True)  # hash of the text
    packed = models.BinaryField(null=True)  # None: not made yet, or not to be made


class VectorsFollowed(models.Model):
    """One row: up to where vectors follow the store, and what makes them."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    model = models.TextField()
    revision = models.BigIntegerField(default=0)  # up to this one


class Retraction(models.Model):
    """One entry of the list of retractions that was loaded; see retractions.py."""

    pmid = models.IntegerField(null=True, db_index=True)
    doi = models.CharField(max_length=255, null=True, db_index=True)  # small letters
    nature = models.CharField(max_length=12)  # of pubmed.retraction_list.NATURES
    dated = models.CharField(max_length=10, null=True)  # "2024-05-20"
    notice = models.CharField(max_length=255, null=True)
    reasons = models.TextField(null=True)


class RetractionList(models.Model):
    """One row: which list was loaded last."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=255)  # of its file
    loaded_at = models.DateTimeField()
    entries = models.IntegerField()


class JournalYield(models.Model):
    """What a journal published of the strongest designs; see yields.py."""

    nlm_id = models.CharField(max_length=16, primary_key=True)
    articles = models.IntegerField()  # that were counted
    strong = models.IntegerField()  # of evidence level 1 or 2


class YieldsLearned(models.Model):
    """One row: how far journals were counted, and by which rules."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=0)  # up to this one
    rules_version = models.SmallIntegerField()


class WorkerSeen(models.Model):
    """A worker, and when it last said that it goes on; see working.py."""

    name = models.CharField(max_length=32, primary_key=True)  # drawn when it begins
    seen_at = models.DateTimeField()
