"""Every text that a fuzzer found worth keeping ends as it should; old crashes too."""

from pathlib import Path

import pytest

from bench import fuzz_drill, fuzz_targets

CORPUS = Path(__file__).parent / "fuzz_corpus"


def test_the_corpus_is_of_the_targets_and_small() -> None:
    assert {each.name for each in CORPUS.iterdir()} == set(fuzz_targets.TARGETS)
    assert set(fuzz_drill.TARGETS) == set(fuzz_targets.TARGETS)
    assert set(fuzz_drill.CONTROLS) == set(fuzz_targets.CONTROLS)
    assert sum(each.stat().st_size for each in CORPUS.rglob("*")) < 300_000


@pytest.mark.parametrize("name", fuzz_targets.TARGETS)
def test_every_text_of_the_corpus_is_read(name: str, db: None) -> None:
    texts = sorted((CORPUS / name).iterdir())

    assert texts
    for path in texts:
        fuzz_targets.TARGETS[name](path.read_bytes())


def test_a_planted_fault_is_a_fault() -> None:
    with pytest.raises(RuntimeError):
        fuzz_targets.CONTROLS["planted"](b"fall")
