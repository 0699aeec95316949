"""The API against its own description: whatever is asked is answered by it."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.site.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def shelf(db: None) -> Iterator[None]:
    shelve(*(an_article(pmid=pmid) for pmid in range(1, 9)))
    following.follow(following.index())
    signals = (request_started, request_finished)
    for signal in signals:  # the connection is the test's, as in Django's own client
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
    cache.clear()


@pytest.mark.slow
@described.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_answer_is_as_described(case: schemathesis.Case, shelf: None) -> None:
    """Bad values included; too many requests are counted elsewhere."""
    cache.clear()

    response = case.call(headers={"Accept-Encoding": "identity"})

    case.validate_response(response, checks=CHECKS)
