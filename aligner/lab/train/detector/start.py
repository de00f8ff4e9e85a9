"""Reads a shipped detector back into networks that can be trained further."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from aligner.detector.onnx import FILES
from aligner.lab.train.detector.network import SHARED, Network, unlearned
from aligner.model import InputError

HEADS = 12
"""Heads of attention of multilingual-e5-small."""
BRANCHES = {"alone": "else_branch", "pairs": "then_branch"}
BLOCK = 32
"""Numbers of a word vector that share one scale."""

_MIXED = re.compile(r"/grammar/Mul(?:_\d+)?$")
"""Products that weigh the layers for the heads of grammar, in order."""

Floats = npt.NDArray[np.float32]


class Start(NamedTuple):
    """The network for texts alone of a shipped model, in float32, and the model's graph."""

    network: Network
    model: Any


def read(folder: Path) -> Start:
    """Read the detector in ``folder``, as ``aligner.lab.train.detector.export`` wrote it.

    Weights in int8 and word vectors in four bits become float32: every logit is within .1 or so of the
    shipped one's, whose activations are rounded as well. Raises InputError where there is no detector.
    """
    import onnx
    from transformers import BertConfig

    for name in FILES:
        if not (folder / name).is_file():
            raise InputError(f"{folder}: no detector to start from ({name} is missing)")
    model = onnx.load(str(folder / "model.onnx"))
    lower, upper = weights(model.graph), weights(branch(model, "alone"))
    embedded = lower["embeddings.LayerNorm.weight"].shape[0]
    words = _words(
        lower.pop("embeddings.word_embeddings.packed"), lower.pop("embeddings.word_embeddings.scales")
    )
    places = lower.pop("embeddings.position_embeddings.table")
    layers = 1 + max(int(name.split(".")[1]) for name in upper if name.startswith("layers."))
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=embedded,
        num_hidden_layers=SHARED + layers,
        num_attention_heads=HEADS,
        intermediate_size=lower["layers.0.intermediate.dense.bias"].shape[0],
        max_position_embeddings=len(places),
        pad_token_id=None,
    )
    network = unlearned(config)
    state = {
        "body.embeddings.word_embeddings.weight": words,
        "body.embeddings.position_embeddings.weight": places,
    }
    for name, value in lower.items():
        state[f"body.{name.replace('layers.', 'encoder.layer.')}"] = value
    for name, value in upper.items():
        place, _, suffix = name.partition(".")
        if place == "layers":
            number, _, suffix = suffix.partition(".")
            state[f"body.encoder.layer.{int(number) + SHARED}.{suffix}"] = value
        else:
            state[name.removeprefix("heads.")] = value
    network.load_state_dict({name: torch.from_numpy(np.array(v, np.float32)) for name, v in state.items()})
    network.body.embeddings.word_embeddings.weight.requires_grad_(False)
    return Start(network.eval(), model)


def branch(model: Any, mode: str) -> Any:
    """Return the graph of the upper layers for "alone" or "pairs"; InputError for a model without it."""
    name = BRANCHES[mode]
    for node in model.graph.node:
        for attribute in node.attribute:
            if node.op_type == "If" and attribute.name == name:
                return attribute.g
    raise InputError(f"the model has no branch {name}; was it written by `aligner train detector`?")


def weights(graph: Any) -> dict[str, Floats]:
    """Return the parameters of a part of the network in float32, by the names that torch has for them."""
    from onnx import numpy_helper

    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    parameters = {
        name.split("branch/")[-1]: value
        for name, value in arrays.items()
        if "/" not in name.split("branch/")[-1]
    }
    parameters = {name: value for name, value in parameters.items() if not name.startswith("onnx::")}
    for place, name in _products(graph):
        quantised, scale = arrays[f"{name}_quantized"], arrays[f"{name}_scale"]
        zero = arrays[f"{name}_zero_point"]
        matrix = (quantised.astype(np.float32) - zero.astype(np.float32)) * scale
        scales = parameters.pop(f"{place.removesuffix('.linear')}.scale", None)
        if scales is not None:
            parameters[f"{place.removesuffix('.linear')}.bias"] = parameters.pop(f"{place}.bias")
            place, matrix = place.removesuffix(".linear"), matrix * scales[:, None]
        parameters[f"{place}.weight"] = np.ascontiguousarray(matrix.T)
    shares = [arrays[node.input[0]] for node in graph.node if _MIXED.search(node.name)]
    return parameters | ({"heads.grammar.mix": np.log(np.array(shares, np.float32))} if shares else {})


def _products(graph: Any) -> Iterator[tuple[str, str]]:
    """Yield for each product in int8 the name of its layer, and of its matrix."""
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            place = node.name.split("branch/")[-1].removesuffix("/MatMul_quant").strip("/").split("/")
            # Of a sequence, torch names the parent twice: "wrong/wrong.0".
            parts = [
                part
                for part, next_part in zip(place, [*place[1:], ""], strict=True)
                if not next_part.startswith(f"{part}.")
            ]
            yield ".".join(parts), node.input[1].removesuffix("_quantized")


def _words(packed: npt.NDArray[Any], scales: npt.NDArray[Any]) -> Floats:
    steps = np.concatenate((packed & 15, packed >> 4), axis=-1).astype(np.float32) - 8
    # As in the module that packs them: halves of a whole vector, then blocks.
    blocks = steps.reshape(len(steps), -1, BLOCK) * scales.astype(np.float32)[..., None]
    return blocks.reshape(len(steps), -1)
