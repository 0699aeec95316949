"""Suggestions: by any reader, taken or not by curators, who do not learn from whom."""

import pytest

from ownjournal.collections import addresses, arranging, suggesting
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.models import Collection
from ownjournal.readers.limits import Limit
from ownjournal.readers.models import Reader

from .conftest import FIRST, NOW, signed_in


@pytest.fixture
def public(fevers: Collection) -> Collection:
    fevers.visibility = "public"
    fevers.save()
    return fevers


def test_a_suggestion_is_taken_or_not(
    public: Collection, ada: Reader, cleo: Reader
) -> None:
    start, curator, reader = addresses.start_of(public), signed_in(ada), signed_in(cleo)
    for name, reason in ((f"PMID {FIRST}", "Good."), ("10.99999/velo.1", "")):
        form = {"name": name, "reason": reason}
        assert reader.post(f"{start}/suggest", form).status_code == 302
    first, second = public.suggestions.all()

    page = curator.get(f"{start}/edit").text
    assert "Good." in page
    assert "cleo" not in page
    refused = reader.post(f"{start}/suggestions/{first.pk}", {"do": "take"})
    assert refused.status_code == 404
    curator.post(f"{start}/suggestions/{first.pk}", {"do": "take"})
    curator.post(f"{start}/suggestions/{second.pk}", {"do": "leave"})

    assert [row.pmid for row in public.articles.all()] == [FIRST]
    assert not public.suggestions.exists()


def test_nobody_suggests_to_what_she_may_not_see(
    fevers: Collection, cleo: Reader
) -> None:
    path = f"{addresses.start_of(fevers)}/suggest"

    assert signed_in(cleo).post(path, {"name": str(FIRST)}).status_code == 404
    assert not fevers.suggestions.exists()


@pytest.mark.parametrize("name", ["", "good ones", "1 2", "99999", "x" * 600])
def test_what_names_no_one_article_is_refused(
    name: str, public: Collection, cleo: Reader
) -> None:
    with pytest.raises(CannotArrange):
        suggesting.suggest(public, cleo, name, "", NOW)


def test_one_reader_does_not_flood(
    public: Collection, cleo: Reader, ada: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "SUGGESTING", Limit("suggestions", 2, 3600))
    arranging.add(public, [FIRST], NOW, by=ada)
    with pytest.raises(CannotArrange, match="in it already"):
        suggesting.suggest(public, cleo, str(FIRST), "", NOW)
    for number in (1, 2):
        suggesting.suggest(public, cleo, str(FIRST + number), "", NOW)

    with pytest.raises(CannotArrange, match="today"):
        suggesting.suggest(public, cleo, str(FIRST + 3), "", NOW)
