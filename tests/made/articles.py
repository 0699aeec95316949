"""Articles for tests, invented and short."""

from typing import Any

from msgspec.structs import replace

from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Author,
    Identifiers,
    Journal,
    JournalIssue,
    Markup,
    PubDate,
    PublicationType,
    Section,
)

PLAIN_ARTICLE = Article(
    pmid=99_100_001,
    title=Markup("Velotrine for fever after a fall in Lower Merrow."),
    authors=(
        Author(last_name="Quillfeather", fore_name="Ada B", initials="AB"),
        Author(last_name="Okonfold", fore_name="Tam", initials="T"),
    ),
    journal=Journal(
        title="Journal of invented medicine",
        abbreviation="J Invent Med",
        medline_abbreviation="J Invent Med",
        nlm_id="99000001X",
        issn="9999-0001",
        issn_medium="Electronic",
        issn_linking="9999-0001",
        country="Merrowland",
    ),
    journal_issue=JournalIssue(
        PubDate(2025, 3), volume="7", number="2", medium="Internet"
    ),
    abstract=Abstract(
        (
            Section(
                Markup(
                    "Fever after a fall is common in Lower Merrow. "
                    "We describe how velotrine was used there."
                )
            ),
        )
    ),
    identifiers=Identifiers(doi="10.99999/jim.2025.0001"),
    languages=("eng",),
    publication_types=(PublicationType("D016428", "Journal Article"),),
    status="MEDLINE",
    owner="NLM",
    publication_status="ppublish",
    publication_model="Print-Electronic",
)


def an_article(**changes: Any) -> Article:
    """A plain journal article of an invented drug, with some fields changed.

    `title` and `abstract` may be plain strings; an abstract given as a dict is
    one of labelled sections: {"METHODS": "We …", "RESULTS": "…"}.
    """
    abstract = changes.get("abstract")
    if isinstance(abstract, str):
        changes["abstract"] = Abstract((Section(Markup(abstract)),))
    elif isinstance(abstract, dict):
        changes["abstract"] = Abstract(
            tuple(
                Section(Markup(text), label, CATEGORIES.get(label))
                for label, text in abstract.items()
            )
        )
    return replace(PLAIN_ARTICLE, **changes)


CATEGORIES = {
    "BACKGROUND": "BACKGROUND",
    "INTRODUCTION": "BACKGROUND",
    "OBJECTIVE": "OBJECTIVE",
    "AIM": "OBJECTIVE",
    "METHODS": "METHODS",
    "RESULTS": "RESULTS",
    "FINDINGS": "RESULTS",
    "CONCLUSION": "CONCLUSIONS",
    "CONCLUSIONS": "CONCLUSIONS",
    "INTERPRETATION": "CONCLUSIONS",
}
"""NlmCategory of the labels that tests use."""
