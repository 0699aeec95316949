"""Sites that are moved: what one reads through Django, whichever database it is on."""

import json
from typing import Any

from made.backups import Site

READ = """
import django, json; django.setup()
from django.apps import apps
def plain(value):
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(value, dict):
        return [[key, plain(value[key])] for key in sorted(value)]
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value if isinstance(value, (int, float, str, type(None))) else str(value)
print(json.dumps({
    model._meta.label: plain(sorted(
        model._base_manager.values_list(), key=lambda row: str(row[0])
    ))
    for model in apps.get_models(include_auto_created=True)
}))
"""
Read = dict[str, list[list[Any]]]


def read(site: Site) -> Read:
    """Every row of every model, as the product reads it; by no code of the mover."""
    found: Read = json.loads(site.python(READ))
    return found


def moved(site: Site, url: str) -> Site:
    """The same site on its new database."""
    new = Site(site.folder, None)
    new.url = url
    return new
