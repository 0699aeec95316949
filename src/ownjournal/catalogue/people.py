"""Authors as a page shows them, each tied to the affiliations of their own."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString

from ownjournal.catalogue.browsing.addresses import of_author
from ownjournal.catalogue.safe_html import safe
from ownjournal.pubmed.article import (
    Article,
    Author,
    Investigator,
    Markup,
    PersonSubject,
)
from ownjournal.pubmed.citation import signers
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.exports.clean import line

# The address itself, and the words that lead up to it. Each part has a bound, so
# that no affiliation, however long, takes more than linear time.
_EMAIL = re.compile(
    r"(?:[\s;,(]{0,8}\b(?:electronic\s+address|e-?mails?(?:\s+address(?:es)?)?)\s*:?)?"
    r"[\s;,(]{0,8}[^\s@<>;,:()&]{1,64}@[^\s@<>;,:()&]{1,255}\)?",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"\s+(?=[.,;])|(?<=[.;,])[.;,]+(?=\s|$)")


@dataclass(frozen=True, slots=True)
class AuthorView:
    """One author on a page."""

    name: SafeString
    address: str  # of everything by that name
    numbers: str  # of the affiliations, "1, 3"; "" without one
    orcid: str | None
    orcid_address: str | None  # None for an invented person
    equal: bool


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Everyone who signed, and where they work."""

    first: tuple[AuthorView, ...]  # shown at once
    others: tuple[AuthorView, ...]  # folded
    affiliations: tuple[SafeString, ...]  # numbered from 1 in this order
    numbered: bool  # False where there is one and everyone has it
    et_al: bool  # NLM lists only the first authors
    equal: bool  # some contributed equally
    investigators: tuple[str, ...]


ORCID = "https://orcid.org/{}"
SHOWN_AT_ONCE = 10


def people_view(article: Article) -> PeopleView:
    """The authors in their order, without names that a correction withdrew."""
    numbers: dict[str, int] = {}
    example = is_example(article.pmid)
    people = signers(article)
    views = tuple(_author(author, numbers, example) for author in people)
    # Folding one or two names would hide more than it saves.
    first = len(views) if len(views) <= SHOWN_AT_ONCE + 2 else SHOWN_AT_ONCE
    return PeopleView(
        first=views[:first],
        others=views[first:],
        affiliations=tuple(safe(Markup(text)) for text in numbers),
        # Until 2014 NLM kept the first author's affiliation alone.
        numbered=len(numbers) > 1 or not all(view.numbers for view in views),
        et_al=not article.authors_complete,
        equal=any(author.equal_contribution for author in people),
        investigators=tuple(
            # on one line: names stand in a row, where one could turn all others
            name
            for each in article.investigators
            if each.valid and (name := line(full_name(each)))
        ),
    )


def _author(author: Author, numbers: dict[str, int], example: bool) -> AuthorView:
    texts = filter(None, (without_email(text) for text in author.affiliations))
    own = [numbers.setdefault(text, len(numbers) + 1) for text in texts]
    name = safe(author.group) if author.group else SafeString(escape(full_name(author)))
    return AuthorView(
        name=name,
        address=of_author(author),
        numbers=", ".join(map(str, dict.fromkeys(own))),
        orcid=author.orcid,
        orcid_address=(
            ORCID.format(quote(author.orcid)) if author.orcid and not example else None
        ),
        equal=author.equal_contribution,
    )


def full_name(person: Author | Investigator | PersonSubject) -> str:
    """ "Jane Q Smith Jr"; initials stand in for a missing fore name."""
    parts = (person.fore_name or person.initials, person.last_name, person.suffix)
    return " ".join(part for part in parts if part)


def short_name(author: Author) -> Markup:
    """ "Smith JQ Jr", as lists and citations name a person."""
    if author.group:
        return author.group
    parts = (author.last_name, author.initials, author.suffix)
    text = " ".join(part for part in parts if part)
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;"))


def without_email(affiliation: Markup) -> str:
    """The affiliation without the e-mail addresses that NLM lets through."""
    if "@" not in affiliation:
        return affiliation
    return _DANGLING.sub("", _EMAIL.sub("", affiliation)).strip(" ;,")
