"""Feeds checked against their formats: RFC 4287 and JSON Feed 1.1."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

SCHEMA = Path(__file__).with_name("atom.rng")
ATOM = "{http://www.w3.org/2005/Atom}"
JSON_TOP = {
    "version",
    "title",
    "home_page_url",
    "feed_url",
    "language",
    "authors",
    "items",
}
JSON_ITEM = {
    "id",
    "url",
    "title",
    "content_html",
    "date_published",
    "date_modified",
    "authors",
}


def valid_atom(content: bytes) -> etree._Element:
    """The feed's root; fails where the schema, or the uniqueness of ids, does."""
    feed = etree.fromstring(content)
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    assert schema.validate(feed), schema.error_log
    rels = [each.get("rel", "alternate") for each in feed.findall(f"{ATOM}link")]
    assert sorted(rels) == ["alternate", "self"]
    ids = feed.findall(f"{ATOM}entry/{ATOM}id")
    assert len({each.text for each in ids}) == len(ids)
    for author in feed.findall(f"{ATOM}entry/{ATOM}author"):
        assert author.findtext(f"{ATOM}name")
    return feed


def valid_json_feed(content: bytes) -> dict[str, Any]:
    """The feed; fails where a field is missing, unknown or of another type."""
    feed: dict[str, Any] = json.loads(content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert set(feed) <= JSON_TOP
    assert feed["title"].strip()
    assert all(_is_address(feed[name]) for name in ("home_page_url", "feed_url"))
    items = feed["items"]
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert set(item) <= JSON_ITEM
        assert isinstance(item["id"], str)
        assert _is_address(item["url"])
        assert isinstance(item["content_html"], str)
        assert item["title"].strip()
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo is not None
        assert all(set(author) == {"name"} for author in item.get("authors", []))
    return feed


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))
