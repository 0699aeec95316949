"""The judge of pages sees what a script could come by, and lets our own pages be."""

import pytest
from django.test import Client

from bench.scripts_judge import page_faults
from bench.scripts_site import places

HOSTILE = [
    "<p onclick=x>",
    "<script>alert(1)</script>",
    "<script src=https://evil.test/x.js></script>",
    "<img src=x onerror=alert(1)>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href=data:text/html,x>x</a>",
    "<iframe src=/></iframe>",
    "<svg><animate onbegin=alert(1)></svg>",
    "<math><mtext></mtext></math>",
    "<form action=javascript:alert(1)>",
    "<p style=color:red>",
    "<base href=//evil.test>",
    "<meta http-equiv=refresh content='0;url=x'>",
    "<img src=//evil.test/pixel.png>",
    "<xss-canary>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_what_is_none_of_ours_is_seen(html: str) -> None:
    assert list(page_faults(f"<!doctype html><title>x</title>{html}"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/search?q=%3Cb%3E", "/sign-in", "/appraisal"])
def test_our_own_pages_have_nothing_of_it(client: Client, path: str) -> None:
    assert list(page_faults(client.get(path).text)) == []


def test_text_from_outside_is_known_in_every_part() -> None:
    found = {model._meta.label: names for model, names in places().items()}

    assert {"text", "conflict_of_interest"} <= set(found["notes.Note"])
    assert {"title", "description"} <= set(found["collections.Collection"])
    assert "reflection" in found["reading_log.LogRow"]
    assert "name" in found["readers.SavedSearch"]
