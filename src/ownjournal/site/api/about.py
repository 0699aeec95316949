"""/api/v1/: the JSON API for people, made from its own description."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ownjournal.site.api.rates import A_MINUTE
from ownjournal.site.api.views import api

EXAMPLES = {
    "search": "/api/v1/search?q=asthma&design=rct&order=newest",
    "facets": "/api/v1/facets?q=asthma&year=2019-2026",
    "article": "/api/v1/articles/28706741",
    "similar": "/api/v1/similar/28706741",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    means: str
    values: tuple[str, ...]  # () where they are not listed


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    code: str
    path: str
    summary: str
    about: str
    example: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """Everything api.html may use."""

    operations: tuple[Operation, ...]
    a_minute: int
    address: str  # of the site


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page; it is the same for everybody."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    page = ApiPage(
        operations=tuple(
            _operation(path, methods["get"])
            for path, methods in schema["paths"].items()
        ),
        a_minute=A_MINUTE,
        address=settings.SITE_URL,
    )
    return render(request, "api.html", {"page": page})


def _operation(path: str, given: dict[str, Any]) -> Operation:
    return Operation(
        code=given["operationId"],
        path=path,
        summary=given["summary"],
        about=given["description"],
        example=EXAMPLES[given["operationId"]],
        parameters=tuple(_parameter(each) for each in given.get("parameters", ())),
    )


def _parameter(given: dict[str, Any]) -> Parameter:
    schema = given["schema"]
    values = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    means = given.get("description") or schema.get("description") or ""
    return Parameter(given["name"], means, tuple(map(str, values)))
