"""What becomes known of an article after it was judged: retractions, concerns.

Design, level and signs rest on the article's own text and stay; only integrity
and what it takes from the scores are made anew. So nothing of what judged the
article need be at hand: no model, no list of journals.
"""

from msgspec.structs import replace

from ownjournal.appraisal.evidence import counted
from ownjournal.appraisal.integrity import Listed, integrity_of
from ownjournal.appraisal.reading import reading
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import Article


def with_integrity(
    article: Article, appraisal: Appraisal, listed: Listed | None
) -> Appraisal:
    """The appraisal as this record and this word of the list make it.

    The record may have more links than when it was judged. Doing it twice
    changes nothing, and taking the word back gives the first appraisal again.
    """
    title = reading(article).title.text
    integrity, where = integrity_of(article, title, listed)
    signs = counted(appraisal.signs, integrity)
    return replace(
        appraisal,
        quality=sum([each.quality for each in signs]),
        significance=sum([each.significance for each in signs]),
        signs=signs,
        integrity=integrity,
        integrity_words=where,
        listed=listed,
    )
