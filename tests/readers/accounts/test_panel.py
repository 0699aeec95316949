from collections.abc import Iterator

import pytest

from ownjournal.readers.accounts import panel


@pytest.fixture(autouse=True)
def uncounted() -> Iterator[None]:
    panel.counted.cache_clear()
    yield
    panel.counted.cache_clear()


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 articles"), (1, "1 article"), (2_404, "2,404 articles")]
)
def test_the_panel_counts_in_words(
    count: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel.store, "count", lambda: count)

    assert panel.panel().articles == told
