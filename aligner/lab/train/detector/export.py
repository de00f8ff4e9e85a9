"""Ships a network for texts alone: the upper layers of a shipped model are exchanged, in int8."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from aligner.lab.train.detector.network import SHARED, SIZES, Network
from aligner.lab.train.detector.rows import Row, padded
from aligner.lab.train.detector.start import BRANCHES, branch

EVENED = 0.85
"""How much of the difference between channels is moved from activations into weights (0 to 1): int8 changes
a word's log odds by .07 in place of .17 (.5 to 1 were tried, on `tests/detector/faulty_sentences.jsonl`)."""
GIVEN, OUTPUTS = ("hidden", "attention_mask"), ("wrong", "edited", "types", "tags", "sure", "arcs")
OPSET = 17


class _Scaled(nn.Module):
    """A linear layer behind a scale for every channel."""

    def __init__(self, linear: nn.Linear, scale: torch.Tensor) -> None:
        super().__init__()
        self.linear, self.scale = linear, nn.Parameter(scale, requires_grad=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(x * self.scale)  # type: ignore[no-any-return]


def evened(network: Network, sample: Sequence[Row]) -> Network:
    """Return the same network, its largest activations made smaller and the weights behind them larger.

    One scale serves all activations of a layer in int8, and a few channels are ten times larger than the
    rest. Source: Xiao et al. 2023, "SmoothQuant" (arXiv 2211.10438), before and behind the inner layers,
    where most is lost.
    """
    network = copy.deepcopy(network).float().eval()
    places = [part for layer in network.body.encoder.layer for part in (layer.intermediate, layer.output)]
    largest = [torch.full((place.dense.in_features,), 1e-3) for place in places]

    def watch(number: int) -> Any:
        def see(_: nn.Module, inputs: tuple[torch.Tensor]) -> None:
            activation = inputs[0].detach().abs().flatten(0, -2).amax(0)
            largest[number] = torch.maximum(largest[number], activation)

        return see

    watching = [place.dense.register_forward_pre_hook(watch(i)) for i, place in enumerate(places)]
    with torch.no_grad():
        for row in sample:
            network(*padded([row]))
    for hook in watching:
        hook.remove()
    for place, active in zip(places, largest, strict=True):
        weight = place.dense.weight.data
        scale = active**EVENED / weight.abs().amax(0).clamp(min=1e-4) ** (1 - EVENED)
        scale /= scale.median()
        weight *= scale
        place.dense = _Scaled(place.dense, 1 / scale)
    return network


class _Upper(nn.Module):
    """The layers above the shared ones, and the heads."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.layers = network.body.encoder.layer[SHARED:]
        self.heads = network

    def forward(self, hidden: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        bias = (1.0 - attention_mask[:, None, None, :].float()) * torch.finfo(torch.float32).min
        states = [hidden]
        for layer in self.layers:
            states.append(layer(states[-1], bias))
        scores = self.heads.scores(states)
        odds = [part.softmax(-1) for part in torch.split(scores.tags, list(SIZES), dim=-1)]
        tags = torch.stack([column.argmax(-1) for column in odds], dim=-1)
        confidence = torch.stack([column.amax(-1) for column in odds], dim=-1)
        return scores.wrong, scores.edited, scores.types, tags, confidence, scores.arcs


def export(network: Network, model: Any, sample: Sequence[Row], folder: Path) -> None:
    """Write ``model.onnx``: ``model`` (as ``start.read`` gives it) with this network for texts alone.

    Matrices are in int8 of seven bits, so that processors without VNNI give the same scores; activations are
    quantised as they are met. ``sample`` shows how large these become. The shared layers and the layers for
    pairs stay as they are.
    """
    import onnx
    from onnx import compose

    folder.mkdir(parents=True, exist_ok=True)
    width = network.body.config.hidden_size
    example = (torch.zeros((2, 7, width)), torch.ones((2, 7), dtype=torch.int64))
    upper = _quantised(_Upper(evened(network, sample)), example, folder)
    shipped = copy.deepcopy(model)
    name = BRANCHES["alone"]
    graph = compose.add_prefix(upper, f"{name}/", rename_inputs=False).graph
    del graph.input[:]  # taken from the graph around it
    branch(shipped, "alone").CopyFrom(graph)
    onnx.save(shipped, str(folder / "model.onnx"))


def _quantised(part: nn.Module, example: tuple[torch.Tensor, ...], folder: Path) -> Any:
    """Return the ONNX model of a part of the network, in int8."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    files = [str(folder / name) for name in ("plain.onnx", "ready.onnx", "small.onnx")]
    with warnings.catch_warnings():
        # Of the older exporter, which names nodes as the network does; traced shapes are free (dynamic_axes).
        warnings.simplefilter("ignore")
        torch.onnx.export(
            part.eval(),
            example,
            files[0],
            input_names=list(GIVEN),
            output_names=list(OUTPUTS),
            dynamo=False,
            opset_version=OPSET,
            dynamic_axes={
                name: {0: "n", 1: "length"} | ({2: "length"} if name == "arcs" else {})
                for name in (*GIVEN, *OUTPUTS)
            },
        )
    quant_pre_process(files[0], files[1], skip_symbolic_shape=True)
    quantize_dynamic(
        files[1],
        files[2],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul"],
    )
    quantised = onnx.load(files[2])
    for file in files:
        Path(file).unlink()
    return quantised
