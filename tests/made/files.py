"""Small PubMed files, written as NLM writes them."""

import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

RECORD = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="{version}">{pmid}</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">1234-5679</ISSN>
<JournalIssue CitedMedium="Print"><Volume>7</Volume><Issue>2</Issue>
<PubDate><Year>2026</Year><Month>Mar</Month></PubDate></JournalIssue>
<Title>{journal}</Title><ISOAbbreviation>{journal}</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle>
<Pagination><MedlinePgn>101-9</MedlinePgn></Pagination>
<Abstract><AbstractText>{abstract}</AbstractText></Abstract>
<Language>{language}</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
</PublicationTypeList></Article>
<MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>{journal}</MedlineTA>
<NlmUniqueID>{nlm_id}</NlmUniqueID></MedlineJournalInfo>{mesh}</MedlineCitation>
<PubmedData><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList>
</PubmedData></PubmedArticle>
"""
HEADING = (
    '<MeshHeading><DescriptorName UI="{ui}" MajorTopicYN="Y">{name}</DescriptorName>'
    "</MeshHeading>"
)


def record(
    pmid: int,
    title: str = "Invented findings",
    *,
    version: int = 1,
    abstract: str = "Nothing was found.",
    journal: str = "Invent J",
    nlm_id: str = "9900001",
    language: str = "eng",
    mesh: Iterable[tuple[str, str]] = (),
) -> str:
    """The XML of one record; `mesh` are pairs of UI and name."""
    headings = "".join(HEADING.format(ui=ui, name=escape(name)) for ui, name in mesh)
    return RECORD.format(
        pmid=pmid,
        version=version,
        title=escape(title),
        abstract=escape(abstract),
        journal=escape(journal),
        nlm_id=nlm_id,
        language=language,
        mesh=f"<MeshHeadingList>{headings}</MeshHeadingList>" if headings else "",
    )


def deletion(*pmids: int, version: int = 1) -> str:
    """The XML of a DeleteCitation."""
    numbers = "".join(f'<PMID Version="{version}">{pmid}</PMID>' for pmid in pmids)
    return f"<DeleteCitation>{numbers}</DeleteCitation>"


def pubmed_file(folder: Path, name: str, *parts: str) -> Path:
    """A gzip file of these records and deletions, with NLM's checksum beside it."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>{"".join(parts)}'
    data = gzip.compress(f"{text}</PubmedArticleSet>\n".encode(), mtime=0)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    path.with_name(f"{name}.md5").write_text(f"MD5({name})= {md5}\n")
    return path
