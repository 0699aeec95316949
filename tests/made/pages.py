"""Article pages for tests, as a browser gets them."""

import re
from html import unescape

from django.test import Client

from made.shelf import shelve
from ownjournal.pubmed.article import Article


def page_of(client: Client, article: Article) -> str:
    """The page with its white space made single."""
    shelve(article)
    response = client.get(f"/articles/{article.pmid}")
    assert response.status_code == 200
    return " ".join(response.text.split())


def visible(page: str) -> str:
    """The text that a reader sees, roughly."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
