"""What the JSON API takes and gives: the source of its OpenAPI description."""

from typing import Annotated, Any

from django.conf import settings
from ninja import Field, Schema
from pydantic import WithJsonSchema

from ownjournal.appraisal.designs import DESIGNS
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.catalogue.dates import date_machine, published
from ownjournal.catalogue.pages import journal_name
from ownjournal.catalogue.search_filters import (
    AGES_TOLD,
    CLINICAL,
    KINDS,
    LONGEST_VALUE,
    SEXES_TOLD,
    SPECIES_TOLD,
)
from ownjournal.catalogue.search_request import ORDERS
from ownjournal.catalogue.store import Kept
from ownjournal.catalogue.titles import title_of
from ownjournal.notes.models import Kind, Note
from ownjournal.notes.seeing import public
from ownjournal.notes.signing import WITH_AUTHORS, byline
from ownjournal.pubmed.article import Author
from ownjournal.pubmed.citation import signers
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.languages import NAMES
from ownjournal.pubmed.markup import plain
from ownjournal.search.lexer import MAX_CHARACTERS

A_PAGE, LARGEST_PAGE = 20, 100  # articles
MOST_NOTES = 100
LAST_REVISION = 10**15


def _one_of(values: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(values)})


_Year = WithJsonSchema(
    {
        "type": "string",
        "pattern": "^([0-9]{4}|[0-9]{4}-|-[0-9]{4}|[0-9]{4}-[0-9]{4})$",
        "examples": ["2019-2024"],
    }
)
_Text = WithJsonSchema({"type": "string", "maxLength": LONGEST_VALUE})
_Switch = _one_of(("on", "off"))
_Yes = _one_of(("yes",))


def _values(kind: str) -> Any:
    about = f"{KINDS[kind].title}: {KINDS[kind].means}. May be repeated."
    return Field([], description=about)


class Asking(Schema):
    """Parameters of a search; they are those of the page /search."""

    q: str = Field(
        "",
        max_length=MAX_CHARACTERS,
        description="A query, in PubMed's language: see docs/searching.md.",
        examples=["heart failure AND spironolactone[ti]"],
    )
    order: Annotated[str, _one_of(ORDERS)] = Field("best", description="Of the list.")
    year: Annotated[str, _Year] = Field("", description=KINDS["year"].means)
    design: list[Annotated[str, _one_of(DESIGNS)]] = _values("design")
    level: list[Annotated[str, _one_of("12345")]] = _values("level")
    type: list[Annotated[str, _Text]] = _values("type")
    journal: list[Annotated[str, _Text]] = _values("journal")
    language: list[Annotated[str, _one_of(NAMES)]] = _values("language")
    species: list[Annotated[str, _one_of(SPECIES_TOLD)]] = _values("species")
    age: list[Annotated[str, _one_of(AGES_TOLD)]] = _values("age")
    sex: list[Annotated[str, _one_of(SEXES_TOLD)]] = _values("sex")
    free: Annotated[str, _Yes] = Field("", description="Free full text alone.")
    abstract: Annotated[str, _Yes] = Field("", description="With an abstract alone.")
    clinical: list[Annotated[str, _one_of(CLINICAL)]] = _values("clinical")
    map: Annotated[str, _Switch] = Field(
        "on", description="Whether untagged words are read as topics and names too."
    )
    since: int | None = Field(
        None,
        ge=0,
        lt=LAST_REVISION,
        description="Only what was first received after this revision of the site.",
    )


class AskingPage(Asking):
    """The same, and which page of the result."""

    page: int = Field(1, ge=1, le=9_999, description="From 1.")
    size: int = Field(A_PAGE, ge=1, le=LARGEST_PAGE, description="Articles of a page.")


ByMeaning = Annotated[
    bool,
    Field(
        description="Whether the order goes by more than words; see docs/searching.md."
    ),
]


class Trouble(Schema):
    """Why there is no answer, in a sentence."""

    error: str


class ProblemTold(Schema):
    """Something in the query that was not understood."""

    start: int = Field(description="Place in the query, in characters from 0.")
    end: int
    message: str


class ReadingTold(Schema):
    """Words of the query, and what they were also read as."""

    start: int
    end: int
    text: str
    kind: str
    read_as: str


class Found(Schema):
    """An article in a list."""

    pmid: int
    address: str = Field(description="Of its page.")
    title: str
    authors: list[str] = Field(description="Names as they are cited, at most 20.")
    journal: str | None
    date: str | None = Field(description="As precise as it was printed: 2024-06.")
    doi: str | None
    pmcid: str | None
    design: str
    level: int | None
    quality: int
    significance: int
    integrity: str | None = Field(description="Known trouble, as retracted.")
    example: bool = Field(description="An invented article, no evidence.")


class SimilarFound(Found):
    """An article like another."""

    shared: list[str] = Field(description="Terms that both have.")


class SearchAnswer(Schema):
    """One page of a result."""

    total: int
    page: int
    size: int
    revision: int = Field(description="Of the site; for `since` in a later search.")
    address: str = Field(description="Of the page with the same list.")
    query: str | None = Field(description="As it was read, before names were added.")
    read_as: list[ReadingTold]
    problems: list[ProblemTold]
    advice: list[str] = Field(description="What could not be looked at.")
    did_you_mean: str | None
    by_meaning: ByMeaning
    articles: list[Found]


class Value(Schema):
    """A value of a filter, and how many articles of the result have it."""

    value: str
    label: str
    count: int


class FacetsAnswer(Schema):
    """What a result is made of; counts of a filter leave that filter out."""

    total: int
    facets: dict[str, list[Value]]


class SimilarAnswer(Schema):
    """Articles like one, the most alike first."""

    pmid: int
    by_meaning: ByMeaning
    articles: list[SimilarFound]


class Part(Schema):
    """A section of an abstract."""

    label: str | None
    text: str


class Reason(Schema):
    """Why, in sentences."""

    design: str
    level: str
    integrity: str | None
    quality: list[str]
    significance: list[str]


class NoteAnswer(Schema):
    """A public note that a reader wrote."""

    address: str
    kind: Annotated[str, _one_of(Kind.values)]
    text: str = Field(description="As typed, in the dialect of docs/notes-dialect.md.")
    author: str
    role: str | None = Field(description="None unless the site has verified it.")
    conflict_of_interest: str | None
    licence: str = Field(description="What others may do with the text.")
    written: str = Field(description="A moment, in UTC.")
    edited: str | None


class ArticleAnswer(Found):
    """An article as its page tells it."""

    original_title: str | None
    abstract: list[Part]
    languages: list[str]
    publication_types: list[str]
    mesh: list[str] = Field(description="Headings; a star marks a main point.")
    keywords: list[str]
    reasons: Reason
    exports: dict[str, str] = Field(description="Addresses of the citation as a file.")
    notes: list[NoteAnswer] = Field(
        description=f"The newest public ones, at most {MOST_NOTES}."
    )


def found(kept: Kept) -> dict[str, Any]:
    """The fields of `Found`."""
    article, appraisal = kept.article, kept.appraisal
    return {
        "pmid": article.pmid,
        "address": f"{settings.SITE_URL}/articles/{article.pmid}",
        "title": title_of(article),
        "authors": [_name(each) for each in signers(article)[:20]],
        "journal": journal_name(article),
        "date": date_machine(published(article)),
        "doi": article.identifiers.doi,
        "pmcid": article.identifiers.pmcid,
        "design": appraisal.design,
        "level": appraisal.level,
        "quality": appraisal.quality,
        "significance": appraisal.significance,
        "integrity": appraisal.integrity,
        "example": is_example(article.pmid),
    }


def _name(author: Author) -> str:
    if author.group is not None:
        return plain(author.group)
    return " ".join(part for part in (author.last_name, author.initials) if part)


def whole(kept: Kept, extensions: dict[str, str]) -> dict[str, Any]:
    """The fields of `ArticleAnswer`."""
    article = kept.article
    sections = article.abstract.sections if article.abstract is not None else ()
    return found(kept) | {
        "original_title": article.vernacular_title and plain(article.vernacular_title),
        "abstract": [
            {"label": each.label, "text": plain(each.text)} for each in sections
        ],
        "languages": list(article.languages),
        "publication_types": [each.name for each in article.publication_types],
        "mesh": [
            f"{each.name}*" if each.is_major() else each.name for each in article.mesh
        ],
        "keywords": [plain(each.text) for each in article.keywords],
        "reasons": _reasons(kept.appraisal),
        "exports": {
            code: f"{settings.SITE_URL}/articles/{article.pmid}.{extension}"
            for code, extension in extensions.items()
        },
        "notes": _notes(article.pmid),
    }


def _notes(pmid: int) -> list[dict[str, Any]]:
    """Public notes on an article, the newest first."""
    notes = public().filter(pmid=pmid).select_related(*WITH_AUTHORS)
    return [_note(each) for each in notes.order_by("-created_at")[:MOST_NOTES]]


def _note(note: Note) -> dict[str, Any]:
    signed = byline(note.author)
    return {
        "address": f"{settings.SITE_URL}/notes/{note.pk}",
        "kind": note.kind,
        "text": note.text,
        "author": signed.name,
        "role": signed.role,
        "conflict_of_interest": note.conflict_of_interest,
        "licence": note.licence,
        "written": note.created_at.isoformat(),
        "edited": note.edited_at.isoformat() if note.edited_at else None,
    }


def _reasons(appraisal: Appraisal) -> dict[str, Any]:
    return {
        "design": appraisal.design_reason,
        "level": appraisal.level_reason,
        "integrity": appraisal.integrity_reason,
        "quality": [each.reason for each in appraisal.quality_parts],
        "significance": [each.reason for each in appraisal.significance_parts],
    }
