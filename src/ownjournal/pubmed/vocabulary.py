"""The elements, attributes and values that NLM's DTDs of 2018 to 2025 name.

Only to notice what is new: a record with something unknown is read all the
same, and the unknown is counted. The union of all those DTDs is kept, so that a
file of any of these years is known completely.

Source: https://dtd.nlm.nih.gov/ncbi/pubmed/out/, pubmed_180101 to pubmed_250101
"""

INLINE = frozenset({"b", "i", "sup", "sub", "u"})
MATHML = "http://www.w3.org/1998/Math/MathML"

_NAME = "LastName ForeName Initials Suffix"
_DATE = "Year Month Day"
_LOOSE_DATE = "Year Month Day Season"
_TEXT = "b i sup sub u"
_TEXT_AND_MATH = "b i sup sub u math"

_CHILDREN = {
    "Abstract": "AbstractText CopyrightInformation",
    "AbstractText": f"{_TEXT_AND_MATH} DispFormula",
    "AccessionNumberList": "AccessionNumber",
    "Affiliation": _TEXT,
    "AffiliationInfo": "Affiliation Identifier",
    "Article": "Journal ArticleTitle Pagination ELocationID Abstract AuthorList"
    " Language DataBankList GrantList PublicationTypeList VernacularTitle ArticleDate",
    "ArticleDate": _DATE,
    "ArticleIdList": "ArticleId",
    "ArticleTitle": _TEXT_AND_MATH,
    "Author": f"{_NAME} CollectiveName Identifier AffiliationInfo",
    "AuthorList": "Author",
    "BeginningDate": _LOOSE_DATE,
    "Book": "Publisher BookTitle PubDate BeginningDate EndingDate AuthorList"
    " InvestigatorList Volume VolumeTitle Edition CollectionTitle Isbn ELocationID"
    " Medium ReportNumber",
    "BookDocument": "PMID ArticleIdList Book LocationLabel ArticleTitle"
    " VernacularTitle Pagination Language AuthorList InvestigatorList"
    " PublicationType Abstract Sections KeywordList ContributionDate DateRevised"
    " CitationString GrantList ItemList ReferenceList",
    "BookDocumentSet": "BookDocument DeleteDocument",
    "BookTitle": _TEXT_AND_MATH,
    "Chemical": "RegistryNumber NameOfSubstance",
    "ChemicalList": "Chemical",
    "Citation": _TEXT_AND_MATH,
    "CitationString": _TEXT,
    "CoiStatement": _TEXT,
    "CollectionTitle": _TEXT_AND_MATH,
    "CollectiveName": _TEXT,
    "CommentsCorrections": "RefSource PMID Note",
    "CommentsCorrectionsList": "CommentsCorrections",
    "ContributionDate": _LOOSE_DATE,
    "DataBank": "DataBankName AccessionNumberList",
    "DataBankList": "DataBank",
    "DateCompleted": _DATE,
    "DateRevised": _DATE,
    "DeleteCitation": "PMID",
    "DeleteDocument": "PMID",
    "DispFormula": "math",
    "EndingDate": _LOOSE_DATE,
    "GeneSymbolList": "GeneSymbol",
    "Grant": "GrantID Acronym Agency Country",
    "GrantList": "Grant",
    "History": "PubMedPubDate",
    "Investigator": f"{_NAME} Identifier AffiliationInfo",
    "InvestigatorList": "Investigator",
    "ItemList": "Item",
    "Journal": "ISSN JournalIssue Title ISOAbbreviation",
    "JournalIssue": "Volume Issue PubDate",
    "Keyword": _TEXT_AND_MATH,
    "KeywordList": "Keyword",
    "MedlineCitation": "PMID DateCompleted DateRevised Article MedlineJournalInfo"
    " ChemicalList SupplMeshList CitationSubset CommentsCorrectionsList"
    " GeneSymbolList MeshHeadingList NumberOfReferences PersonalNameSubjectList"
    " OtherID OtherAbstract KeywordList CoiStatement SpaceFlightMission"
    " InvestigatorList GeneralNote",
    "MedlineJournalInfo": "Country MedlineTA NlmUniqueID ISSNLinking",
    "MeshHeading": "DescriptorName QualifierName",
    "MeshHeadingList": "MeshHeading",
    "Object": "Param",
    "ObjectList": "Object",
    "OtherAbstract": "AbstractText CopyrightInformation",
    "Pagination": "StartPage EndPage MedlinePgn",
    "Param": _TEXT,
    "PersonalNameSubject": _NAME,
    "PersonalNameSubjectList": "PersonalNameSubject",
    "PubDate": f"{_LOOSE_DATE} MedlineDate",
    "PubMedPubDate": f"{_DATE} Hour Minute Second",
    "PublicationTypeList": "PublicationType",
    "Publisher": "PublisherName PublisherLocation",
    "PublisherName": _TEXT,
    "PubmedArticle": "MedlineCitation PubmedData",
    "PubmedArticleSet": "PubmedArticle PubmedBookArticle DeleteCitation",
    "PubmedBookArticle": "BookDocument PubmedBookData",
    "PubmedBookArticleSet": "PubmedBookArticle",
    "PubmedBookData": "History PublicationStatus ArticleIdList ObjectList",
    "PubmedData": "History PublicationStatus ArticleIdList ObjectList ReferenceList",
    "Reference": "Citation ArticleIdList",
    "ReferenceList": "Title Reference ReferenceList",
    "Section": "LocationLabel SectionTitle Section",
    "SectionTitle": _TEXT,
    "Sections": "Section",
    "Suffix": _TEXT,
    "SupplMeshList": "SupplMeshName",
    "VernacularTitle": _TEXT_AND_MATH,
    "VolumeTitle": _TEXT,
    **{name: _TEXT for name in INLINE},
}
CHILDREN = {name: frozenset(names.split()) for name, names in _CHILDREN.items()}

_BOOK_LINK = "book part sec"
_ATTRIBUTES = {
    "AbstractText": "Label NlmCategory",
    "Article": "PubModel",
    "ArticleDate": "DateType",
    "ArticleId": "IdType",
    "ArticleTitle": _BOOK_LINK,
    "Author": "ValidYN EqualContrib",
    "AuthorList": "CompleteYN Type",
    "BookTitle": _BOOK_LINK,
    "CollectionTitle": _BOOK_LINK,
    "CollectiveName": "Investigators",
    "CommentsCorrections": "RefType",
    "DataBankList": "CompleteYN",
    "DescriptorName": "MajorTopicYN Type UI AutoHM",
    "ELocationID": "EIdType ValidYN",
    "GeneralNote": "Owner",
    "GrantList": "CompleteYN",
    "ISSN": "IssnType",
    "Identifier": "Source",
    "Investigator": "ValidYN",
    "InvestigatorList": "ID",
    "ItemList": "ListType",
    "JournalIssue": "CitedMedium",
    "Keyword": "MajorTopicYN",
    "KeywordList": "Owner",
    "LocationLabel": "Type",
    "MedlineCitation": "Owner Status VersionID VersionDate IndexingMethod",
    "NameOfSubstance": "UI",
    "Object": "Type",
    "OtherAbstract": "Type Language",
    "OtherID": "Source",
    "PMID": "Version",
    "Param": "Name",
    "PubMedPubDate": "PubStatus",
    "PublicationType": "UI",
    "QualifierName": "MajorTopicYN UI AutoHM",
    "SectionTitle": _BOOK_LINK,
    "SupplMeshName": "Type UI",
}
ATTRIBUTES = {name: frozenset(names.split()) for name, names in _ATTRIBUTES.items()}

_YES_NO = "Y N"
_OWNERS = "NLM NASA PIP KIE HSR HMD"
_VALUES = {
    ("AbstractText", "NlmCategory"): "BACKGROUND OBJECTIVE METHODS RESULTS"
    " CONCLUSIONS UNASSIGNED",
    ("Article", "PubModel"): "Print Print-Electronic Electronic Electronic-Print"
    " Electronic-eCollection",
    ("ArticleDate", "DateType"): "Electronic",
    ("ArticleId", "IdType"): "doi pii pmcpid pmpid pmc mid sici pubmed medline pmcid"
    " pmcbook bookaccession",
    ("Author", "EqualContrib"): _YES_NO,
    ("Author", "ValidYN"): _YES_NO,
    ("AuthorList", "CompleteYN"): _YES_NO,
    ("AuthorList", "Type"): "authors editors",
    ("CommentsCorrections", "RefType"): "AssociatedDataset AssociatedPublication"
    " CommentIn CommentOn CorrectedandRepublishedIn CorrectedandRepublishedFrom"
    " ErratumIn ErratumFor ExpressionOfConcernIn ExpressionOfConcernFor"
    " RepublishedIn RepublishedFrom RetractedandRepublishedIn"
    " RetractedandRepublishedFrom RetractionIn RetractionOf UpdateIn UpdateOf"
    " SummaryForPatientsIn OriginalReportIn ReprintIn ReprintOf Cites",
    ("DataBankList", "CompleteYN"): _YES_NO,
    ("DescriptorName", "AutoHM"): "Y",
    ("DescriptorName", "MajorTopicYN"): _YES_NO,
    ("DescriptorName", "Type"): "Geographic",
    ("ELocationID", "EIdType"): "doi pii",
    ("ELocationID", "ValidYN"): _YES_NO,
    ("GeneralNote", "Owner"): _OWNERS,
    ("GrantList", "CompleteYN"): _YES_NO,
    ("ISSN", "IssnType"): "Electronic Print",
    ("Investigator", "ValidYN"): _YES_NO,
    ("JournalIssue", "CitedMedium"): "Internet Print",
    ("Keyword", "MajorTopicYN"): _YES_NO,
    ("KeywordList", "Owner"): "NLM NLM-AUTO NASA PIP KIE NOTNLM HHS",
    ("LocationLabel", "Type"): "part chapter section appendix figure table box",
    ("MedlineCitation", "Owner"): f"{_OWNERS} NOTNLM",
    ("MedlineCitation", "Status"): "Completed In-Process PubMed-not-MEDLINE"
    " In-Data-Review Publisher MEDLINE OLDMEDLINE",
    ("OtherAbstract", "Type"): "AAMC AIDS KIE PIP NASA Publisher"
    " plain-language-summary",
    ("OtherID", "Source"): "NASA KIE PIP POP ARPL CPC IND CPFH CLML NRCBL NLM QCIM",
    ("PubMedPubDate", "PubStatus"): "received accepted epublish ppublish revised"
    " aheadofprint retracted ecollection pmc pmcr pubmed pubmedr premedline medline"
    " medliner entrez pmc-release",
    ("QualifierName", "AutoHM"): "Y",
    ("QualifierName", "MajorTopicYN"): _YES_NO,
    ("SupplMeshName", "Type"): "Disease Protocol Organism Anatomy Population",
}
VALUES = {place: frozenset(values.split()) for place, values in _VALUES.items()}
