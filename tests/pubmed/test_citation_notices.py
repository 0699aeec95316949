"""What a citation says of later notices, and that a preprint is one."""

from made.articles import an_article
from ownjournal.pubmed.article import Correction, PublicationType
from ownjournal.pubmed.citation import full, notices, source


def test_the_gravest_notice_is_told_first() -> None:
    links = (
        Correction("ErratumIn", "J Bog Med. 2020;:."),
        Correction("CommentIn", "J Bog Med. 2020;1:1."),
        Correction("RetractionIn", None, 99),
        Correction("ExpressionOfConcernIn"),
    )
    article = an_article(corrections=links)

    assert notices(article) == [
        "Retraction in: PMID 99",
        "Erratum in: J Bog Med. 2020.",
    ]
    assert "Retraction in: PMID 99. Erratum in: J Bog Med. 2020. PMID:" in full(article)


def test_a_comment_is_no_part_of_a_citation() -> None:
    link = Correction("CommentIn", "J Bog Med. 2020;1:1.")

    assert notices(an_article(corrections=(link,))) == []


def test_a_preprint_is_called_one() -> None:
    preprint = an_article(publication_types=(PublicationType("D000076942", "x"),))

    assert source(preprint) == "J Invent Med [Preprint]. 2025 Mar;7(2)."
    assert source(an_article()) == "J Invent Med. 2025 Mar;7(2)."
