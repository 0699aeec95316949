"""Two topics together: /topics/UI+UI, the same page in either order."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ownjournal.catalogue.browsing.addresses import pair_address
from ownjournal.catalogue.browsing.pair_page import pair_page
from ownjournal.catalogue.browsing.topics import NoTopic, no_topic, topic_of
from ownjournal.catalogue.browsing.views import listing
from ownjournal.catalogue.mesh_tree import Node

TWICE = (
    "This is the same topic twice. A page of two topics needs two different ones; the "
    "page of a topic has a field for a second."
)


@require_safe
def show(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """The articles about both, and what stands between; 404 where one is unknown."""
    try:
        nodes = [Node(*topic_of(one)), Node(*topic_of(other))]
    except NoTopic as problem:
        return no_topic(request, problem)
    left, right = sorted(nodes, key=lambda node: node.ui)
    if left.ui == right.ui:
        return no_topic(request, NoTopic(TWICE))
    return listing(
        request,
        pair_address(left.ui, right.ui),
        "catalogue/pair.html",
        lambda asked: pair_page(left, right, asked),
    )
