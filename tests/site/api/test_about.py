"""The API's page for people, made from its description."""

import re

import pytest
from django.test import Client

from ownjournal.site.api.about import EXAMPLES

pytestmark = pytest.mark.django_db


def test_every_operation_and_parameter_is_named(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    text = client.get("/api/v1/").text

    for path, methods in schema["paths"].items():
        assert path in text
        assert methods["get"]["operationId"] in EXAMPLES
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in text
            assert parameter.get("description") or parameter["schema"].get("pattern")


def test_it_fetches_nothing_from_others(client: Client) -> None:
    text = client.get("/api/v1/").text

    assert re.findall(r'(?:src|href)="https?://(?!localhost|127)', text) == []
    assert "<script" not in text
