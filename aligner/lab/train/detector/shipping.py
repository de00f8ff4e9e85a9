"""How the detector is shipped: one ONNX file in int8 with two ears on one neck.

The lower layers are run for every text; above them a text alone and a bead have layers of their own, each
trained for the one thing.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import nn

from aligner.detector.windows import LONGEST_TOGETHER, MARKS
from aligner.lab.train.detector.network import Network
from aligner.lab.train.detector.pieces import Row

EVENED = 0.85
"""How much of the difference between channels is moved from activations into weights (0 to 1): int8 changes
a word's log odds by .07 in place of .17 (.5 to 1 were tried, on `tests/detector/ears.jsonl`)."""


BLOCK = 32
"""Numbers of a word vector that share one scale."""


class Ears(NamedTuple):
    """Two networks that are alike in their ``shared`` lower layers."""

    alone: Network
    beside: Network
    shared: int


class _Scaled(nn.Module):
    """A linear layer behind a scale for every channel."""

    def __init__(self, linear: nn.Linear, scale: torch.Tensor) -> None:
        super().__init__()
        self.linear, self.scale = linear, nn.Parameter(scale, requires_grad=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(x * self.scale)  # type: ignore[no-any-return]


def evened(network: Network, sample: Sequence[Row]) -> Network:
    """The same network, its largest activations made smaller and the weights behind them larger.

    One scale serves all activations of a layer in int8, and a few channels are ten times larger than the
    rest. Source: Xiao et al. 2023, "SmoothQuant" (arXiv 2211.10438), before and behind the inner layers,
    where most is lost.
    """
    network = copy.deepcopy(network).float().eval()
    places = [part for layer in network.body.encoder.layer for part in (layer.intermediate, layer.output)]
    largest = [torch.full((place.dense.in_features,), 1e-3) for place in places]

    def watch(number: int) -> Any:
        def see(_: nn.Module, given: tuple[torch.Tensor]) -> None:
            seen = given[0].detach().abs().flatten(0, -2).amax(0)
            largest[number] = torch.maximum(largest[number], seen)

        return see

    watching = [place.dense.register_forward_pre_hook(watch(i)) for i, place in enumerate(places)]
    with torch.no_grad():
        for row in sample:
            ids, sides = (torch.from_numpy(each.astype("int64"))[None] for each in (row.ids, row.sides))
            network(ids, torch.ones_like(ids), sides)
    for each in watching:
        each.remove()
    for place, active in zip(places, largest, strict=True):
        weight = place.dense.weight.data
        scale = active**EVENED / weight.abs().amax(0).clamp(min=1e-4) ** (1 - EVENED)
        scale /= scale.median()
        weight *= scale
        place.dense = _Scaled(place.dense, 1 / scale)
    return network


class Words(nn.Module):
    """A table of word vectors in four bits a number, as the pretrained network came.

    Blocks of ``BLOCK`` numbers have one scale each, a float16. Form Q4_0 of the GGML library: a table that
    came in it, its blocks laid alike, loses nothing but the rounding of its scales.
    """

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        blocks = table.detach().float().reshape(len(table), -1, BLOCK)
        largest = blocks.gather(2, blocks.abs().argmax(2, keepdim=True))
        scales = (largest / -8).half()
        steps = blocks / scales.float().where(scales != 0, torch.ones(()))
        fours = (steps + 8).round().clamp(0, 15).to(torch.uint8).reshape(len(table), 2, -1)
        # The first half of a vector lies in the lower four bits, the second in the upper.
        self.packed = nn.Parameter(fours[:, 0] + 16 * fours[:, 1], requires_grad=False)
        self.scales = nn.Parameter(scales.squeeze(2), requires_grad=False)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the vectors (n, length, width)."""
        packed, scales = self.packed[ids].float(), self.scales[ids].float()
        upper = torch.floor(packed / 16)
        steps = torch.cat((packed - 16 * upper, upper), dim=-1) - 8
        return (steps.reshape(*ids.shape, -1, BLOCK) * scales[..., None]).flatten(-2)


class _Places(nn.Module):
    """The vectors of so many places as can be asked for, in float16."""

    def __init__(self, table: torch.Tensor, longest: int) -> None:
        super().__init__()
        self.table = nn.Parameter(table.detach()[:longest].half(), requires_grad=False)

    def forward(self, places: torch.Tensor) -> torch.Tensor:
        return self.table[places].float()


class _Lower(nn.Module):
    """What both ears share: embeddings and the first layers."""

    def __init__(self, network: Network, shared: int) -> None:
        super().__init__()
        self.embeddings, self.layers = network.body.embeddings, network.body.encoder.layer[:shared]
        words, places = self.embeddings.word_embeddings, self.embeddings.position_embeddings
        self.embeddings.word_embeddings = Words(words.weight)
        self.embeddings.position_embeddings = _Places(places.weight, LONGEST_TOGETHER + MARKS)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        hidden = self.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
        for layer in self.layers:
            hidden = layer(hidden, _bias(attention_mask))
        return hidden  # type: ignore[no-any-return]


class _Upper(nn.Module):
    """What is an ear's own: the last layers and the heads."""

    def __init__(self, network: Network, shared: int) -> None:
        super().__init__()
        self.layers = network.body.encoder.layer[shared:]
        self.heads = network

    def forward(
        self, hidden: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        for layer in self.layers:
            hidden = layer(hidden, _bias(attention_mask))
        return self.heads.scores(hidden)


def _bias(attention_mask: torch.Tensor) -> torch.Tensor:
    """What is added to the scores of attention, (n, 1, 1, length)."""
    return (1.0 - attention_mask[:, None, None, :].float()) * torch.finfo(torch.float32).min


def export(ears: Ears, sample: Sequence[Row], folder: Path) -> None:
    """Write ``model.onnx``: matrices in int8 and word vectors in four bits.

    Activations are quantised as they are met. The shared lower layers are taken from the ear for texts
    alone; of the upper ones and the heads, those of the other run where pieces of both languages are there.
    ``sample`` tells how large activations become.
    """
    import onnx

    alone, beside, shared = (*(evened(ear, sample) for ear in ears[:2]), ears.shared)
    folder.mkdir(parents=True, exist_ok=True)
    given, said = ["input_ids", "attention_mask", "token_type_ids"], ["wrong", "edited", "types"]
    ids = torch.ones((2, 7), dtype=torch.int64)
    hidden = torch.zeros((2, 7, alone.body.config.hidden_size))
    lower = _quantised(_Lower(alone, shared), (ids, ids, ids), given, ["hidden"], folder)
    then, other = (
        _quantised(_Upper(each, shared), (hidden, ids), ["hidden", "attention_mask"], said, folder)
        for each in (beside, alone)
    )
    onnx.save(_joined(lower, then, other), str(folder / "model.onnx"))


def _quantised(part: nn.Module, example: Any, given: list[str], said: list[str], folder: Path) -> Any:
    """The ONNX model of a part of the network, in int8."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    part = part.eval()
    files = [str(folder / name) for name in ("plain.onnx", "ready.onnx", "small.onnx")]
    with warnings.catch_warnings():
        # Of the older exporter, which names nodes as the network does; traced shapes are free (dynamic_axes).
        warnings.simplefilter("ignore")
        torch.onnx.export(
            part,
            example,
            files[0],
            input_names=given,
            output_names=said,
            dynamo=False,
            opset_version=17,
            dynamic_axes={name: {0: "n", 1: "length"} for name in (*given, *said)},
        )
    quant_pre_process(files[0], files[1], skip_symbolic_shape=True)
    quantize_dynamic(
        files[1],
        files[2],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,  # seven bits: without VNNI, products of eight saturate (and processors differ)
        op_types_to_quantize=["MatMul"],
    )
    made = onnx.load(files[2])
    for file in files:
        Path(file).unlink()
    return made


def _joined(lower: Any, then: Any, other: Any) -> Any:
    """One model that runs ``lower``, and after it ``then`` where two sides are there, else ``other``."""
    from onnx import compose, helper

    graph = lower.graph
    # Both sides are there where the highest token type is not the lowest.
    graph.node.extend(
        helper.make_node(name, ["token_type_ids"], [out], axes=[0, 1], keepdims=0)
        for name, out in (("ReduceMax", "highest"), ("ReduceMin", "lowest"))
    )
    graph.node.append(helper.make_node("Greater", ["highest", "lowest"], ["two sides"]))
    branches = {}
    for name, model in (("then_branch", then), ("else_branch", other)):
        branches[name] = compose.add_prefix(model, f"{name}/", rename_inputs=False).graph
        del branches[name].input[:]  # taken from the graph around it
    names = [each.name for each in then.graph.output]
    graph.node.append(helper.make_node("If", ["two sides"], names, **branches))
    del graph.output[:]
    graph.output.extend(then.graph.output)
    return lower
