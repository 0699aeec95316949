"""The fixtures of collections; Ada is an editor."""

import pytest

from ownjournal.collections.posts import writing
from ownjournal.collections.posts.models import Editor, Post
from ownjournal.readers.models import Reader

from ..conftest import *  # noqa: F403
from ..conftest import NOW


@pytest.fixture
def editor(ada: Reader) -> Reader:
    Editor.objects.create(reader=ada)
    return ada


@pytest.fixture
def draft(editor: Reader, shelf: object) -> Post:
    return writing.make(editor, "Fever in spring", NOW)
