"""A site moves its index to a cluster, alone or with its database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cluster.opened import index, remove, url_of
from made.backups import Site
from made.moved import moved, read
from made.postgres import another_database, postgres, programs

COUNT = """
import django; django.setup()
from ownjournal.catalogue.following import index
from ownjournal.search.query import All
print(index().count(All()))
"""
MORE = """
import django; django.setup()
from made.articles import an_article
from made.shelf import shelve
shelve(*(an_article(pmid=99_100_101 + each) for each in range(2)))
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """It has an index in its folder, and 20 articles."""
    made = Site(tmp_path / "data", None)
    with searching(None):
        made.fill()
        made.ownjournal("index")
    yield made
    remove(tmp_path)


@contextmanager
def searching(url: str | None) -> Iterator[None]:
    """SEARCH_URL for the processes of a site."""
    usual = os.environ.pop("SEARCH_URL")
    if url is not None:
        os.environ["SEARCH_URL"] = url
    try:
        yield
    finally:
        os.environ["SEARCH_URL"] = usual


def test_the_index_moves_alone(site: Site, tmp_path: Path) -> None:
    url = url_of(tmp_path)
    move = ("migrate-storage", "--to-search", url)

    with searching(None):
        said = site.ownjournal(*move)
        again = site.ownjournal(*move, code=1)
    with searching(url):
        site.ownjournal("check")
        there = site.ownjournal(*move, code=1)
        counted = site.python(COUNT)

    assert "In the cluster's index and the same: 20 articles" in said
    assert "Now set SEARCH_URL" in said
    assert "no move of this site has begun" in again
    assert "The index of this site is at" in there
    assert counted == "20\n"


def test_both_move_at_once_with_what_came_in_between(
    site: Site, tmp_path: Path
) -> None:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres() as server:
        database, cluster = another_database(server), url_of(tmp_path)
        move = ("migrate-storage", "--to-database", database, "--to-search", cluster)
        with searching(None):
            site.ownjournal(*move)
            site.python(MORE)
            old = read(site)
            said = site.ownjournal(*move, "--switch")
        new = moved(site, database)
        with searching(cluster):
            assert read(new) == old
            new.ownjournal("check")
            assert new.python(COUNT) == "22\n"

    assert "DATABASE_URL and SEARCH_URL" in said
    assert index(tmp_path).revision == 2
