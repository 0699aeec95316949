"""The columns of the embedded index, and a document as one row of them.

A word is looked for in two columns mostly, the title and all other text, and a
fact in one, as a code: few columns are small and fast. The other texts have
columns of their own, with positions too, since phrases are asked of each.
"""

from collections.abc import Iterator

import tantivy

from ownjournal.search import tallies
from ownjournal.search.analysis import CODES, WORDS, fold
from ownjournal.search.document import DATED, Document
from ownjournal.search.standing import RETRACTED, evidence_class, rank, weight
from ownjournal.search.subjects import subjects

SCHEMA_VERSION = 5
"""Goes up with every change of columns, codes or analysis; then all is rebuilt."""

WRITABLE = (SCHEMA_VERSION,)
READABLE = (3, 4, SCHEMA_VERSION)
"""Versions that answer until they are built anew; new columns stand behind theirs."""

NEW = {"best": 4, "issued": 4, **dict.fromkeys(tallies.MANY.values(), 4)}
"""Columns that older versions have not, and the first that has them."""

TEXTS = ("title", "text", "names", "addresses", "keywords", "vernacular", "interests")
"""The columns of words."""


_PMID_BITS, _DAY_BITS = 32, 22
PMIDS = 1 << _PMID_BITS
"""Above all of them."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Signed, since that is what a deletion by term takes a number for.
    builder.add_integer_field("pmid", indexed=True)
    builder.add_unsigned_field("newest", fast=True)  # see newest_key
    builder.add_unsigned_field("standing", fast=True)  # see _standing
    builder.add_integer_field("published", fast=True)  # ordinals of days
    for tag in DATED:
        builder.add_integer_field(tag, fast=True)
    for column in TEXTS:
        builder.add_text_field(column, tokenizer_name="words")
    builder.add_text_field("codes", tokenizer_name="codes", index_option="basic")
    builder.add_unsigned_field("revision", fast=True)
    for column in tallies.NAMES:
        builder.add_text_field(
            column, fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_unsigned_field("best", fast=True)  # see best_key
    for column in tallies.MANY.values():
        builder.add_text_field(
            column, fast=True, tokenizer_name="raw", index_option="basic"
        )
    return builder.build()


SCHEMA = _schema()


def register(index: tantivy.Index) -> None:
    """Give an opened index its analyzers, which it keeps by name only."""
    index.register_tokenizer("words", WORDS)
    index.register_tokenizer("codes", CODES)


def row(document: Document) -> tantivy.Document:
    """A document as the engine takes it.

    Each text is added by itself, so that no phrase runs from one into the next.
    """
    made = tantivy.Document()
    made.add_integer("pmid", document.pmid)
    made.add_unsigned("newest", newest_key(document))
    made.add_unsigned("standing", _standing(document))
    for day in document.published_on:
        made.add_integer("published", day.toordinal())
    for tag, day in document.dated:
        made.add_integer(tag, day.toordinal())
    for column, found in texts(document):
        for text in found:
            made.add_text(column, fold(text))
    evidence = evidence_class(document)
    years = {f"year:{day.year}" for day in document.published_on}
    made.add_text("codes", " ".join((*document.codes, class_code(evidence), *years)))
    made.add_unsigned("revision", document.revision)
    for column, cell in tallies.cells(document, evidence).items():
        made.add_text(column, cell)
    made.add_unsigned("best", best_key(document))
    for subject, value in subjects(document):
        made.add_text(tallies.MANY[subject], value)
    return made


def texts(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each column of words, and what stands in it."""
    yield "title", document.title
    yield "text", document.texts
    yield "names", document.names
    yield "addresses", document.addresses
    yield "keywords", document.keywords
    yield "vernacular", document.vernacular
    yield "interests", document.interests


def pmid_of(key: int) -> int:
    """The PMID that a value of the column newest or best holds."""
    return key & (1 << _PMID_BITS) - 1


def beyond(column: str, after: int | None, before: int | None) -> tantivy.Query:
    """Finds the documents whose key in a column of keys lies below and above these."""
    return tantivy.Query.range_query(
        SCHEMA,
        column,
        tantivy.FieldType.Unsigned,
        None if before is None else before + 1,
        None if after is None else max(after - 1, 0),  # no article has 0
    )


def pmids_between(low: int, high: int) -> tantivy.Query:
    """Finds the documents whose PMIDs are `low` to below `high`."""
    return tantivy.Query.range_query(
        SCHEMA,
        "pmid",
        tantivy.FieldType.Integer,
        low,
        high,
        include_upper=False,
        use_inverted_index=True,
    )


def within_class(query: tantivy.Query, evidence: int) -> tantivy.Query:
    """What a query finds of a class of evidence, with the scores that it has."""
    code = class_code(evidence)
    held = tantivy.Query.term_query(SCHEMA, "codes", code, index_option="basic")
    silent = tantivy.Query.const_score_query(held, 0.0)
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, query), (tantivy.Occur.Must, silent)]
    )


def class_code(evidence: int) -> str:
    """The code of a class of evidence."""
    return f"evidence:{evidence}"


def newest_key(document: Document) -> int:
    """A number that orders by date, then by PMID."""
    day = document.sorted_on.toordinal() if document.sorted_on else 0
    return day << _PMID_BITS | document.pmid


def best_key(document: Document) -> int:
    """A number that orders by `standing.rank`, then as `newest_key`."""
    return rank(document) << _PMID_BITS + _DAY_BITS | newest_key(document)


def _standing(document: Document) -> int:
    """What the engine makes a factor of, by log2(2 + standing); the least is 1."""
    return round(2 ** (weight(document) / RETRACTED)) - 2
