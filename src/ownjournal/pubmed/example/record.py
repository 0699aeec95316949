"""An invented article as NLM would write it: one PubmedArticle element.

Written as text, not built as a tree, because load tests ask for millions.
Texts of the generator are Markup already; nothing else in a record can hold
"<" or "&" except what `escape` has seen.
"""

from datetime import date, datetime
from functools import cache
from xml.sax.saxutils import escape

from ownjournal.pubmed.article import Section
from ownjournal.pubmed.example import MARK
from ownjournal.pubmed.example.articles import Invented
from ownjournal.pubmed.example.imprint import Imprint, cite, printed_pages
from ownjournal.pubmed.example.indexing import (
    PUBLICATION_TYPES,
    QUALIFIERS,
    Indexed,
)
from ownjournal.pubmed.example.journals import Periodical
from ownjournal.pubmed.example.people import Person

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    "<!DOCTYPE PubmedArticleSet PUBLIC "
    '"-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
    "<PubmedArticleSet>\n"
)
TAIL = "</PubmedArticleSet>\n"
_NO_INTEREST = "The authors are invented and have no competing interests."


def deletions(pmids: tuple[int, ...]) -> str:
    """The DeleteCitation element that ends an update file."""
    inner = "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in pmids)
    return f"<DeleteCitation>{inner}</DeleteCitation>\n"


def record(article: Invented) -> str:
    """The PubmedArticle element, on one line as in NLM's files."""
    imprint, indexing = article.imprint, article.indexing
    method = ' IndexingMethod="Automated"' if imprint.number % 3 else ""
    return "".join(
        (
            f'<PubmedArticle><MedlineCitation Status="{indexing.status}"{method}',
            f' Owner="NLM"><PMID Version="{article.version}">{imprint.pmid}</PMID>',
            _day("DateCompleted", indexing.completed_on),
            _day("DateRevised", indexing.revised_on),
            _article(article),
            _journal_info(imprint.journal),
            _chemicals(indexing.drugs),
            "<CitationSubset>IM</CitationSubset>" if indexing.mesh else "",
            _relations(article),
            _mesh(indexing.mesh),
            _plain_summary(article),
            _keywords(article.keywords),
            f"<CoiStatement>{_NO_INTEREST}</CoiStatement>"
            if imprint.number % 5 < 2
            else "",
            f"<GeneralNote>{MARK}</GeneralNote></MedlineCitation>",
            _pubmed_data(article),
            "</PubmedArticle>\n",
        )
    )


def _day(name: str, day: date | None) -> str:
    if day is None:
        return ""
    return (
        f"<{name}><Year>{day.year}</Year><Month>{day.month:02}</Month>"
        f"<Day>{day.day:02}</Day></{name}>"
    )


def _article(article: Invented) -> str:
    imprint = article.imprint
    title = f"<ArticleTitle>{article.title}</ArticleTitle>"
    vernacular = ""
    if article.vernacular:
        vernacular = f"<VernacularTitle>{article.vernacular}</VernacularTitle>"
    return "".join(
        (
            f'<Article PubModel="{imprint.model}">',
            _journal(imprint),
            title,
            _pagination(imprint),
            f'<ELocationID EIdType="doi" ValidYN="Y">{imprint.doi}</ELocationID>',
            _abstract(article.sections, imprint.entered.year),
            _authors(article),
            f"<Language>{article.language}</Language>",
            _data_bank(article.registration),
            _grant(article),
            "<PublicationTypeList>",
            *(_publication_type(name) for name in article.types),
            "</PublicationTypeList>",
            vernacular,
            _day('ArticleDate DateType="Electronic"', imprint.electronic).replace(
                '</ArticleDate DateType="Electronic">', "</ArticleDate>"
            ),
            "</Article>",
        )
    )


def _journal(imprint: Imprint) -> str:
    journal, issued = imprint.journal, imprint.issue_date
    medium = "Print" if imprint.model.startswith("Print") else "Internet"
    kind = "Print" if medium == "Print" and not imprint.ahead else "Electronic"
    medium = "Internet" if kind == "Electronic" else medium
    volume = f"<Volume>{imprint.volume}</Volume>" if imprint.volume else ""
    issue = f"<Issue>{imprint.issue}</Issue>" if imprint.issue else ""
    if issued.medline:
        printed = f"<MedlineDate>{issued.medline}</MedlineDate>"
    else:
        printed = f"<Year>{issued.year}</Year>"
        printed += f"<Month>{issued.month}</Month>" if issued.month else ""
        printed += f"<Day>{issued.day:02}</Day>" if issued.day else ""
        printed += f"<Season>{issued.season}</Season>" if issued.season else ""
    return (
        f'<Journal><ISSN IssnType="{kind}">{journal.issn}</ISSN>'
        f'<JournalIssue CitedMedium="{medium}">{volume}{issue}'
        f"<PubDate>{printed}</PubDate></JournalIssue>"
        f"<Title>{escape(journal.title)}</Title>"
        f"<ISOAbbreviation>{journal.abbreviation}</ISOAbbreviation></Journal>"
    )


@cache
def _journal_info(journal: Periodical) -> str:
    return (
        f"<MedlineJournalInfo><Country>{journal.country}</Country>"
        f"<MedlineTA>{journal.abbreviation}</MedlineTA>"
        f"<NlmUniqueID>{journal.nlm_id}</NlmUniqueID>"
        f"<ISSNLinking>{journal.issn_linking}</ISSNLinking></MedlineJournalInfo>"
    )


def _pagination(imprint: Imprint) -> str:
    if imprint.start_page is None:
        return ""
    end = f"<EndPage>{imprint.end_page}</EndPage>" if imprint.end_page else ""
    return (
        f"<Pagination><StartPage>{imprint.start_page}</StartPage>{end}"
        f"<MedlinePgn>{printed_pages(imprint)}</MedlinePgn></Pagination>"
    )


def _abstract(sections: tuple[Section, ...], year: int) -> str:
    if not sections:
        return ""
    inner = "".join(_section(each) for each in sections)
    return (
        f"<Abstract>{inner}<CopyrightInformation>{MARK} © {year} The Imaginary Press."
        "</CopyrightInformation></Abstract>"
    )


def _section(section: Section) -> str:
    if section.label is None:
        return f"<AbstractText>{section.text}</AbstractText>"
    return (
        f'<AbstractText Label="{section.label}" NlmCategory="{section.category}">'
        f"{section.text}</AbstractText>"
    )


def _authors(article: Invented) -> str:
    people = article.imprint.authors
    if not people:
        return ""
    equal = len(people) > 2 and article.imprint.number % 11 == 0
    written = [_author(each) for each in people]
    if equal:
        written[:2] = (
            each.replace('ValidYN="Y"', 'ValidYN="Y" EqualContrib="Y"', 1)
            for each in written[:2]
        )
    if article.group:
        written.append(
            f'<Author ValidYN="Y"><CollectiveName>{escape(article.group)}'
            "</CollectiveName></Author>"
        )
    return f'<AuthorList CompleteYN="Y">{"".join(written)}</AuthorList>'


@cache
def _author(person: Person) -> str:
    suffix = f"<Suffix>{person.suffix}</Suffix>" if person.suffix else ""
    orcid = ""
    if person.orcid:
        orcid = f'<Identifier Source="ORCID">{person.orcid}</Identifier>'
    return (
        f'<Author ValidYN="Y"><LastName>{person.last}</LastName>'
        f"<ForeName>{person.fore}</ForeName><Initials>{person.initials}</Initials>"
        f"{suffix}{orcid}<AffiliationInfo><Affiliation>{escape(person.affiliation)}"
        "</Affiliation></AffiliationInfo></Author>"
    )


def _data_bank(registration: str | None) -> str:
    if registration is None:
        return ""
    bank = "ClinicalTrials.gov" if registration.startswith("NCT") else "ISRCTN"
    return (
        f'<DataBankList CompleteYN="Y"><DataBank><DataBankName>{bank}</DataBankName>'
        f"<AccessionNumberList><AccessionNumber>{registration}</AccessionNumber>"
        "</AccessionNumberList></DataBank></DataBankList>"
    )


def _grant(article: Invented) -> str:
    if article.funder is None:
        return ""
    number = article.imprint.number
    return (
        f'<GrantList CompleteYN="Y"><Grant><GrantID>EX-{number % 9973:04}</GrantID>'
        f"<Agency>{article.funder}</Agency><Country>Caldovia</Country></Grant>"
        "</GrantList>"
    )


@cache
def _publication_type(name: str) -> str:
    return (
        f'<PublicationType UI="{PUBLICATION_TYPES[name]}">{escape(name)}'
        "</PublicationType>"
    )


def _chemicals(drugs: tuple[str, ...]) -> str:
    if not drugs:
        return ""
    inner = "".join(_chemical(drug) for drug in sorted(drugs))
    return f"<ChemicalList>{inner}</ChemicalList>"


@cache
def _chemical(drug: str) -> str:
    number = sum(ord(letter) * 31**place for place, letter in enumerate(drug))
    return (
        "<Chemical><RegistryNumber>0</RegistryNumber>"
        f'<NameOfSubstance UI="C99{number % 10_000_000:07}">{drug}</NameOfSubstance>'
        "</Chemical>"
    )


def _relations(article: Invented) -> str:
    if not article.relations:
        return ""
    inner = "".join(
        f'<CommentsCorrections RefType="{each.kind}">'
        f"<RefSource>{each.source}</RefSource>"
        f'<PMID Version="1">{each.pmid}</PMID></CommentsCorrections>'
        for each in article.relations
    )
    return f"<CommentsCorrectionsList>{inner}</CommentsCorrectionsList>"


def _mesh(found: list[Indexed]) -> str:
    if not found:
        return ""
    inner = "".join(_heading(*each) for each in found)
    return f"<MeshHeadingList>{inner}</MeshHeadingList>"


@cache
def _heading(ui: str, name: str, major: bool, qualifiers: tuple[str, ...]) -> str:
    inner = "".join(
        f'<QualifierName UI="{QUALIFIERS[each]}" MajorTopicYN="Y">{escape(each)}'
        "</QualifierName>"
        for each in qualifiers
    )
    star = "Y" if major else "N"
    return (
        f'<MeshHeading><DescriptorName UI="{ui}" MajorTopicYN="{star}">{escape(name)}'
        f"</DescriptorName>{inner}</MeshHeading>"
    )


def _plain_summary(article: Invented) -> str:
    if article.plain is None:
        return ""
    return (
        '<OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>'
        f"{article.plain}</AbstractText></OtherAbstract>"
    )


def _keywords(words: list[str]) -> str:
    if not words:
        return ""
    inner = "".join(f'<Keyword MajorTopicYN="N">{each}</Keyword>' for each in words)
    return f'<KeywordList Owner="NOTNLM">{inner}</KeywordList>'


def _pubmed_data(article: Invented) -> str:
    imprint = article.imprint
    state = "ppublish"
    if imprint.ahead:
        state = "aheadofprint"
    elif imprint.model.startswith("Electronic"):
        state = "epublish"
    return (
        f"<PubmedData><History>{_history(article)}</History>"
        f"<PublicationStatus>{state}</PublicationStatus><ArticleIdList>"
        f'<ArticleId IdType="pubmed">{imprint.pmid}</ArticleId>'
        f'<ArticleId IdType="doi">{imprint.doi}</ArticleId></ArticleIdList>'
        f"{_references(article.references)}</PubmedData>"
    )


def _references(cited: tuple[Imprint, ...]) -> str:
    if not cited:
        return ""
    return (
        f"<ReferenceList>{''.join(_reference(each) for each in cited)}</ReferenceList>"
    )


def _reference(cited: Imprint) -> str:
    who = ""
    if cited.authors:
        others = ", et al" if len(cited.authors) > 1 else ""
        who = f"{cited.authors[0].last} {cited.authors[0].initials}{others}. "
    return (
        f"<Reference><Citation>{who}{cite(cited)}"
        "</Citation><ArticleIdList>"
        f'<ArticleId IdType="doi">{cited.doi}</ArticleId>'
        f'<ArticleId IdType="pubmed">{cited.pmid}</ArticleId></ArticleIdList>'
        "</Reference>"
    )


def _history(article: Invented) -> str:
    entered = article.imprint.entered
    steps = [_step(name, day) for name, day in article.history]
    steps += [
        _step(name, entered.date(), entered) for name in ("medline", "pubmed", "entrez")
    ]
    return "".join(steps)


def _step(status: str, day: date, moment: datetime | None = None) -> str:
    time = ""
    if moment:
        time = f"<Hour>{moment.hour}</Hour><Minute>{moment.minute}</Minute>"
    return (
        f'<PubMedPubDate PubStatus="{status}"><Year>{day.year}</Year>'
        f"<Month>{day.month}</Month><Day>{day.day}</Day>{time}</PubMedPubDate>"
    )
