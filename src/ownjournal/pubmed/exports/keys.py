"""Citation keys: readable, unique by the PMID, the same in every export."""

import re
from unicodedata import combining, normalize

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.citation import signers
from ownjournal.pubmed.exports.clean import words
from ownjournal.pubmed.exports.dates import issued

_LETTERS_OF = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
_ODD = re.compile("|".join(_LETTERS_OF))


def key(article: Article) -> str:
    """ "sheng2017_28706741": the first signer, the year that counts, the PMID.

    ASCII letters and digits only; a name without any gives no part.
    """
    when = issued(article)
    year = str(when.year) if when is not None and when.year else ""
    return f"{_first_name(article)}{year}_{article.pmid}".lstrip("_")


def _first_name(article: Article) -> str:
    for each in signers(article):
        name = each.last_name or words(each.group)
        if name:
            lower = _ODD.sub(lambda odd: _LETTERS_OF[odd[0]], name.lower())
            plain = "".join(c for c in normalize("NFKD", lower) if not combining(c))
            return re.sub(r"[^a-z0-9]+", "", plain)[:24]
    return ""
