"""What the article page shows of the reader's libraries: {% article_libraries %}."""

from typing import Any

from django import template

from ownjournal.pubmed.libraries import told
from ownjournal.readers.institutions import picks
from ownjournal.readers.institutions.shown import library_views
from ownjournal.readers.models import Reader

register = template.Library()


@register.inclusion_tag("readers/article_libraries.html", takes_context=True)
def article_libraries(context: dict[str, Any]) -> dict[str, Any]:
    """`article` is what links tell of it (None: invented), `libraries` the reader's."""
    page, user = context["page"], context["user"]
    article = told(page.article)
    reader = user if isinstance(user, Reader) else None
    own = picks.of_reader(reader) if reader is not None and article else []
    return {
        "pmid": page.pmid,
        "article": article,
        "libraries": library_views(own, article),
        "signed_in": reader is not None,
    }
