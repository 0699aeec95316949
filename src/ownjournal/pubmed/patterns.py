"""Patterns for the parts of a record as NLM writes them, put together from pieces.

They are strict: names, the order of elements and attributes, and listed values
must be those of NLM's DTDs and files, and every text must be one that is its own
value: nothing to unescape, no layout to undo, no inline tags. Whatever differs
does not match and is left to the reference reader, which takes anything. So a
match proves that nothing unknown is inside, and its groups are values.

They are for XML that libxml2 has found well-formed and that holds no comment,
CDATA or processing instruction; there a "<" always begins a tag. Each pattern
takes the white space before it. Patterns are matched where they must stand, never
searched for, and no two parts of one can take the same text: time is linear. Only
single characters are repeated possessively, as Python before 3.11.5 matches
groups that are repeated so wrongly (https://github.com/python/cpython/issues/106052).
"""

import re

from ownjournal.pubmed.vocabulary import VALUES

TEXT = r"([^<>& \t\r\n][^<>&\t\r\n]*+(?<! ))"
MARKUP = r"([^<>& \t\r\n](?:[^<>&\t\r\n]++|&(?:amp|lt|gt);)*(?<! ))"
INLINE = "([^<]*+(?:</?(?:b|i|sup|sub|u)>[^<]*+)*)"  # to be asked `is_markup`
NUMBER = "([0-9]{1,9})"
ANY = "[^<]*+"  # in what is remembered by its XML
VALUE = r'([^<>& "\t\r\n][^<>&"\t\r\n]*+(?<! ))'  # of an attribute
S = r"\n*+ *+"  # NLM indents with spaces or not at all


def attribute(name: str, value: str = VALUE) -> str:
    return f' {name}="{value}"'


def listed(owner: str, name: str) -> str:
    """An attribute with one of the values that the DTDs list."""
    return attribute(name, f"({'|'.join(sorted(VALUES[owner, name]))})")


def element(name: str, content: str = TEXT, attributes: str = "") -> str:
    return f"{S}<{name}{attributes}>{content}</{name}>"


def holding(name: str, *content: str, attributes: str = "") -> str:
    """An element that holds other elements only."""
    return f"{S}<{name}{attributes}>{''.join(content)}{S}</{name}>"


def start(name: str, attributes: str) -> re.Pattern[str]:
    return re.compile(f"{S}<{name}{attributes}>")


def maybe(*patterns: str) -> str:
    return f"(?:{''.join(patterns)})?"


def maybe_each(*names: str, content: str = TEXT) -> str:
    """Text elements in this order, each of which may be absent."""
    return "".join(maybe(element(name, content)) for name in names)


def any_number(pattern: str) -> str:
    """Any number of these, without their groups."""
    without_groups = re.sub(r"\((?!\?)", "(?:", pattern)
    return f"(?:{without_groups})*"


def span(pattern: str) -> str:
    """The XML of any number of these as one group."""
    return f"({any_number(pattern)})"


_ESCAPED = re.compile(MARKUP)


def is_markup(xml: str) -> bool:
    """Whether this matches MARKUP; for long texts, in a fraction of the time."""
    if "&" in xml:
        return _ESCAPED.fullmatch(xml) is not None
    odd = ">" in xml or "\n" in xml or "\t" in xml or "\r" in xml
    return not odd and xml[:1] not in ("", " ") and xml[-1] != " "


_ID = element("ArticleId", TEXT, listed("ArticleId", "IdType"))
_PMID = element("PMID", NUMBER, attribute("Version", NUMBER))
_DATE = "".join(element(name, ANY) for name in ("Year", "Month", "Day"))
_DATE_PARTS = ("Year", "Month", "Day", "Season", "MedlineDate")

HEAD = re.compile(
    f"<PubmedArticle>{S}<MedlineCitation([^<>]*+)>"
    + _PMID
    + span(holding("DateCompleted", _DATE))
    + span(holding("DateRevised", _DATE))
    + f"{S}<Article{listed('Article', 'PubModel')}>{S}<Journal>"
    + span(element("ISSN", ANY, listed("ISSN", "IssnType")))
    + f"{S}<JournalIssue{listed('JournalIssue', 'CitedMedium')}>"
    + maybe_each("Volume", "Issue")
    + span(holding("PubDate", maybe_each(*_DATE_PARTS, content=ANY)))
    + f"{S}</JournalIssue>"
    + span(element("Title", ANY) + maybe_each("ISOAbbreviation", content=ANY))
    + f"{S}</Journal>"
    + element("ArticleTitle", INLINE)
)
TAG = re.compile(f"{S}<([A-Za-z]++>?)")  # with its end if it has no attributes
END_OF_ARTICLE = re.compile(f"{S}</Article>")
BETWEEN = re.compile(f"{S}</MedlineCitation>{S}<PubmedData>")
END = re.compile(f"{S}</PubmedData>{S}</PubmedArticle>")

PAGINATION = re.compile(
    holding("Pagination", maybe_each("StartPage", "EndPage", "MedlinePgn"))
)
LOCATION = re.compile(
    element(
        "ELocationID",
        TEXT,
        listed("ELocationID", "EIdType") + maybe(listed("ELocationID", "ValidYN")),
    )
)
SECTION = re.compile(
    element(
        "AbstractText",
        INLINE,
        maybe(attribute("Label")) + maybe(listed("AbstractText", "NlmCategory")),
    )
)
COPYRIGHT = re.compile(element("CopyrightInformation"))
OTHER_ABSTRACT = start(
    "OtherAbstract", listed("OtherAbstract", "Type") + maybe(attribute("Language"))
)

_IDENTIFIER = element("Identifier", TEXT, attribute("Source"))
_IDENTIFIERS = span(_IDENTIFIER)
_AFFILIATION = holding(
    "AffiliationInfo", element("Affiliation", MARKUP), any_number(_IDENTIFIER)
)
_PLACES = maybe(_AFFILIATION) + span(_AFFILIATION)  # the first, and the others
_PERSON = element("LastName") + maybe_each("ForeName", "Initials", "Suffix")
_GROUP = element("CollectiveName", MARKUP, maybe(attribute("Investigators")))
_VALID = maybe(listed("Author", "ValidYN"))
AUTHORS = start(
    "AuthorList",
    maybe(listed("AuthorList", "CompleteYN")) + '(?: Type="authors")?',
)
AUTHOR = re.compile(
    holding(
        "Author",
        f"(?:{_PERSON}|{_GROUP})",
        _IDENTIFIERS,
        _PLACES,
        attributes=_VALID + maybe(listed("Author", "EqualContrib")),
    )
)
INVESTIGATORS = start("InvestigatorList", maybe(attribute("ID")))
INVESTIGATOR = re.compile(
    holding("Investigator", _PERSON, _IDENTIFIERS, _PLACES, attributes=_VALID)
)
ORCID = re.compile('Source="ORCID">([^<]*+)<')
AFFILIATION = re.compile(f"<Affiliation>{MARKUP}</Affiliation>")

DATA_BANKS = start("DataBankList", maybe(listed("DataBankList", "CompleteYN")))
DATA_BANK = re.compile(
    holding(
        "DataBank",
        element("DataBankName"),
        maybe(holding("AccessionNumberList", span(element("AccessionNumber")))),
    )
)
ACCESSION_NUMBER = re.compile(element("AccessionNumber"))
GRANTS = start("GrantList", maybe(listed("GrantList", "CompleteYN")))
GRANT = re.compile(
    holding(
        "Grant",
        maybe_each("GrantID", "Acronym", "Agency"),
        maybe(f"(?:{element('Country')}|{S}<Country/>)"),
    )
)
CHEMICAL = re.compile(
    holding(
        "Chemical",
        element("RegistryNumber"),
        element("NameOfSubstance", TEXT, attribute("UI")),
    )
)
CORRECTION = re.compile(
    holding(
        "CommentsCorrections",
        element("RefSource"),
        maybe(_PMID),
        maybe(element("Note")),
        attributes=listed("CommentsCorrections", "RefType"),
    )
)
_DESCRIPTOR = element(
    "DescriptorName",
    TEXT,
    attribute("UI")
    + listed("DescriptorName", "MajorTopicYN")
    + maybe(listed("DescriptorName", "AutoHM"))
    + maybe(listed("DescriptorName", "Type")),
)
_QUALIFIER = element(
    "QualifierName",
    TEXT,
    attribute("UI")
    + listed("QualifierName", "MajorTopicYN")
    + maybe(listed("QualifierName", "AutoHM")),
)
HEADING = re.compile(holding("MeshHeading", _DESCRIPTOR, span(_QUALIFIER)))
QUALIFIER = re.compile(_QUALIFIER)
OTHER_ID = re.compile(element("OtherID", TEXT, listed("OtherID", "Source")))
KEYWORDS = start("KeywordList", listed("KeywordList", "Owner"))
KEYWORD = re.compile(element("Keyword", MARKUP, listed("Keyword", "MajorTopicYN")))

HISTORY_DATE = re.compile(
    holding(
        "PubMedPubDate",
        "".join(element(name) for name in ("Year", "Month", "Day")),
        maybe_each("Hour", "Minute", "Second"),
        attributes=listed("PubMedPubDate", "PubStatus"),
    )
)
ARTICLE_ID = re.compile(_ID)
REFERENCES = re.compile(f"{S}<ReferenceList>{maybe(element('Title'))}")
REFERENCE = re.compile(
    holding(
        "Reference",
        element("Citation", MARKUP),
        maybe(holding("ArticleIdList", _ID, span(_ID))),
    )
)
