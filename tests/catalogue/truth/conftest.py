"""All real records with the page and the plain text that a site shows of them.

The files are loaded as a site loads them, so that the page is that of the
version which is to be shown. A record that another one hides is then put into
a catalogue of its own, so that every one of them has had its page.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from catalogue.truth.page_reading import Page
from made.shelf import shelve
from ownjournal.catalogue.ingest import Loading, ingest
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.files import open_xml
from ownjournal.pubmed.records import read_records
from pubmed import independent, truth
from pubmed.independent import Said


@dataclass(frozen=True)
class Shown:
    """A record, and what the site answers for it."""

    said: Said
    page: Page
    text: str  # of /articles/PMID.txt


@pytest.fixture(scope="session")
def every_record(
    shared_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> list[Shown]:
    """In no order; a test that uses it needs the mark django_db."""
    folder = tmp_path_factory.mktemp("nlm")
    files = [
        Path(
            shutil.copy(path, folder / f"pubmed26n{number:04}{''.join(path.suffixes)}")
        )
        for number, path in enumerate(truth.files(shared_data), start=1)
    ]
    with django_db_blocker.unblock():
        loaded = list(_loaded(files, folder))
        return [*loaded, *_hidden(files, {each.said.letters() for each in loaded})]


def nlm_name(path: Path, number: int) -> str:
    return f"pubmed26n{number:04}{''.join(path.suffixes)}"


def ask(said: Said) -> Shown:
    client = Client()
    page = client.get(f"/articles/{said.pmid}")
    text = client.get(f"/articles/{said.pmid}.txt")
    assert (page.status_code, text.status_code) == (200, 200), said.pmid
    return Shown(said, Page(page.text), text.text)


def _loaded(files: list[Path], folder: Path) -> Iterator[Shown]:
    """The records that are to be shown when all files are applied in order."""
    with transaction.atomic():
        outcomes = ingest(files, Loading(spool=folder / "spool", workers=1))
        assert {each.state for each in outcomes} == {"applied"}
        yield from map(ask, to_show(files))
        transaction.set_rollback(True)


def to_show(files: list[Path]) -> list[Said]:
    """Of each PMID the highest version that its file or a later one has not deleted."""
    kept: dict[tuple[str, int], Said] = {}
    for path in files:
        for each in independent.records(path):
            kept[each.pmid, each.version] = each
        for key in independent.taken_back(path):
            kept.pop(key, None)
    highest = {pmid: kept[pmid, version] for pmid, version in sorted(kept)}
    return list(highest.values())


def _hidden(files: list[Path], done: set[str]) -> Iterator[Shown]:
    """The others, each by itself; a record that files repeat is one of them."""
    for path in files:
        with open_xml(path) as file:
            read = [each for each in read_records(file) if isinstance(each, Article)]
        for said, article in zip(independent.records(path), read, strict=True):
            if said.letters() in done:
                continue
            with transaction.atomic():
                shelve(article)
                yield ask(said)
                transaction.set_rollback(True)
