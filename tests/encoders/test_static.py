"""The shipped encoder: the same vectors as sentence-transformers gives, without torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from aligner.encoders import load
from aligner.encoders.static import ROWS_TOGETHER, StaticEncoder, _map_vectors, shipped_folder, sum_rows
from aligner.model import InputError

TEXTS = [
    "La Banque centrale a relevé ses taux d'un quart de point, à 3,75 %.",
    "The central bank raised its rates by a quarter of a point, to 3.75%.",
    "« Cœur », œuvre et l’Été — ÉTÉ\u00a0!",
    "tabs\tand\u2028odd\u00a0spaces 🙂 日本 \x07",
    "",
    "   ",
    "supercalifragilisticexpialidociously glued.Together",
]


def test_same_vectors_as_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(shipped_folder()), device="cpu").float()
    expected = theirs.encode(TEXTS, normalize_embeddings=True)
    assert np.abs(load().encode(TEXTS) - expected).max() < 1e-5


def test_reading_needs_neither_torch_nor_scipy() -> None:
    code = (
        "import sys; from aligner.encoders import load; load().encode(['x']); "
        "sys.exit(not {'torch', 'scipy'}.isdisjoint(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_sums_add_up_and_do_not_depend_on_the_batch() -> None:
    encoder = load()
    together = encoder.additive(TEXTS)
    alone = [StaticEncoder(shipped_folder()).additive([text]) for text in TEXTS]
    assert np.allclose(together.sums, np.concatenate([a.sums for a in alone]), atol=1e-5)
    joined = encoder.additive([f"{TEXTS[0]} {TEXTS[1]}"])
    assert np.allclose(joined.sums[0], together.sums[:2].sum(axis=0), atol=1e-4)
    assert joined.weights[0] == together.weights[:2].sum()


def test_groups_are_summed_row_by_row_in_their_order() -> None:
    random = np.random.default_rng(0)
    table = random.standard_normal((50, 8)).astype(np.float32)
    sizes = [3, 0, 1, 2 * ROWS_TOGETHER, ROWS_TOGETHER, ROWS_TOGETHER + 1, 0]
    rows = random.integers(0, 50, sum(sizes)).astype(np.int32)
    ends = np.cumsum(sizes, dtype=np.int32)
    expected = np.zeros((len(sizes), 8), np.float32)
    for group, (end, size) in enumerate(zip(ends, sizes, strict=True)):
        for row in rows[end - size : end]:
            expected[group] += table[row]
    assert (sum_rows(table, rows, ends) == expected).all()
    assert sum_rows(table, rows[:0], ends[:0]).shape == (0, 8)


def test_shipped_files_are_small() -> None:
    assert sum(path.stat().st_size for path in shipped_folder().iterdir()) < 20_000_000


def test_a_folder_without_a_model_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"model\.safetensors is missing"):
        StaticEncoder(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"\xff" * 20, b"\x02" + bytes(7) + b"{}", b"\x02" + bytes(7) + b"xx"]
)
def test_damaged_weights_are_an_input_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.safetensors").write_bytes(content)
    (tmp_path / "tokenizer.json").touch()
    with pytest.raises(InputError, match=r"model\.safetensors cannot be read"):
        StaticEncoder(tmp_path)


def test_vectors_are_those_of_the_file() -> None:
    folder = shipped_folder()
    weights = folder / "model.safetensors"
    assert (_map_vectors(weights) == load_file(weights)["embedding.weight"]).all()


def test_an_unknown_encoder_is_an_input_error(monkeypatch: pytest.MonkeyPatch) -> None:
    # The variable is read when the package is first imported, which may be long ago.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(InputError, match="could not be loaded"):
        load("no-such-owner/no-such-model")


def test_a_folder_that_is_not_there_is_named_at_once() -> None:
    names = ["./gone", "../gone", "/gone/model", "~/gone", "gone/", "a/b/c"]
    code = f"""
import sys
from aligner.encoders import load
from aligner.model import InputError
for name in {names}:
    try:
        load(name)
    except InputError as error:
        print(str(error).splitlines()[0])
print("sentence_transformers" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    refused = [f"encoder {name!r} could not be loaded: there is no such folder" for name in names]
    assert run.stdout.splitlines() == [*refused, "False"]


def test_pickled_models_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04N.")
    with pytest.raises(InputError, match="pickle"):
        load(str(tmp_path))
