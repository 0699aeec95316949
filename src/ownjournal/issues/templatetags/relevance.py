"""What the article page shows of relevance to its reader: {% relevance %}."""

from typing import Any

from django import template

from ownjournal.issues.models import IssueArticle
from ownjournal.issues.worth import relevance_view
from ownjournal.readers.models import Reader

register = template.Library()


@register.inclusion_tag("issues/article_relevance.html", takes_context=True)
def relevance(context: dict[str, Any]) -> dict[str, Any]:
    """`value` as in the newest issue that had the article; None for anybody else.

    `number` is that of the issue.
    """
    page, user = context["page"], context["user"]
    if not isinstance(user, Reader):
        return {"value": None}
    rows = IssueArticle.objects.filter(issue__reader=user, pmid=page.pmid)
    row = rows.select_related("issue").order_by("-issue__number").first()
    if row is None:
        return {"value": None}
    return {"value": relevance_view(row), "number": row.issue.number}
