"""Fits the network to the stream: AdamW in bfloat16 with weights in float32, their running mean kept."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from aligner.lab.train.detector.network import SIZES, Network, Scores
from aligner.lab.train.detector.rows import UNKNOWN, Row, labels, padded

logger = logging.getLogger(__name__)

REPORT_EVERY = 3
"""Chunks."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How fast and how long to learn; the weights are those of the losses beside that of wrong pieces.

    The rate rises over ``warm_up`` batches and falls evenly to nothing at ``batches``; ``mean`` is the share
    of the running mean that each batch leaves.
    """

    batches: int
    seed: int = 1
    learning_rate: float = 1.2e-4
    head_rate: float = 2.4e-4
    warm_up: int = 150
    weight_decay: float = 0.01
    clip: float = 1.0
    mean: float = 0.997
    sentence_weight: float = 0.2
    type_weight: float = 0.1
    tag_weight: float = 0.12
    arc_weight: float = 0.1


def fit(
    network: Network,
    chunk: Callable[[int], Sequence[Sequence[Row]]],
    schedule: Schedule,
    checkpoint: Path,
    report: Callable[[Network, int], None],
) -> None:
    """Train on chunk after chunk of batches; ``network`` becomes the running mean of its weights.

    A checkpoint is written after each chunk, and gone on from. ``report`` is given the mean and the number of
    batches before the first chunk and after every third one.
    """
    parameters = [p for p in network.parameters() if p.requires_grad]
    optimizer = _optimizer(network, schedule)
    mean = [p.detach().clone() for p in parameters]
    number, done = _restore(checkpoint, parameters, mean, optimizer)
    if not done:
        report(network, 0)
    while done < schedule.batches:
        torch.manual_seed(schedule.seed * 1_000_003 + number)
        network.train()
        total, began = torch.zeros(5), time.monotonic()
        batches = chunk(number)[: schedule.batches - done]
        for batch in batches:
            _set_rate(optimizer, schedule, done)
            losses = _losses(network, batch)
            _weighted(losses, schedule).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(parameters, schedule.clip)
            optimizer.step()
            optimizer.zero_grad()
            decay = min(schedule.mean, done / (done + 10))
            torch._foreach_lerp_(mean, [p.detach() for p in parameters], 1 - decay)
            done += 1
            total += torch.stack([loss.detach() for loss in losses])
        averages = " ".join(f"{loss / len(batches):.4f}" for loss in total.tolist())
        pace = (time.monotonic() - began) / len(batches)
        logger.info("batch %d of %d, losses %s, %.2f s a batch", done, schedule.batches, averages, pace)
        number += 1
        _keep(checkpoint, parameters, mean, optimizer, number, done)
        if number % REPORT_EVERY == 0 or done == schedule.batches:
            with _replaced(parameters, mean):
                report(network, done)
    for parameter, value in zip(parameters, mean, strict=True):
        parameter.data.copy_(value)
    network.eval()


def _weighted(losses: Sequence[torch.Tensor], schedule: Schedule) -> torch.Tensor:
    weights = (schedule.sentence_weight, schedule.type_weight, schedule.tag_weight, schedule.arc_weight)
    return sum((w * loss for w, loss in zip(weights, losses[1:], strict=True)), losses[0])


def _losses(network: Network, batch: Sequence[Row]) -> tuple[torch.Tensor, ...]:
    """Return the losses of wrong pieces, of whole texts, of types, of tags and of arcs."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores: Scores = network(*padded(batch))
    wrong, types = labels(batch, "wrong"), labels(batch, "types")
    weight = torch.tensor([row.weight for row in batch])
    labelled = wrong != UNKNOWN
    logits = scores.wrong.float()
    cross = nn.functional.binary_cross_entropy_with_logits
    pieces = cross(logits, wrong.clamp(min=0).float(), weight[:, None] * labelled, reduction="sum")
    garbled = torch.tensor([row.garbled for row in batch])
    judged = garbled != UNKNOWN
    summed = logits.masked_fill(~labelled, -30.0).logsumexp(1)
    text_loss = cross(summed, garbled.clamp(min=0).float(), weight * judged, reduction="sum")
    return (
        pieces / labelled.sum().clamp(min=1),
        text_loss / judged.sum().clamp(min=1),
        _cross_entropy(scores.types, types),
        sum(
            (
                _cross_entropy(part, labels(batch, "tags")[..., column])
                for column, part in enumerate(torch.split(scores.tags, list(SIZES), dim=-1))
            ),
            torch.zeros(()),
        ),
        _cross_entropy(
            scores.arcs.masked_fill((padded(batch)[1] == 0)[:, None, :], -1e4), labels(batch, "heads")
        ),
    )


def _cross_entropy(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """Return the mean over the known labels; 0 where there is none."""
    summed = nn.functional.cross_entropy(
        logits.float().flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN, reduction="sum"
    )
    return summed / (gold != UNKNOWN).sum().clamp(min=1)


def _optimizer(network: Network, schedule: Schedule) -> torch.optim.AdamW:
    groups = []
    for rate, heads in ((schedule.learning_rate, False), (schedule.head_rate, True)):
        chosen = [
            p
            for name, p in network.named_parameters()
            if p.requires_grad and name.startswith("body.") != heads
        ]
        groups.append({"params": chosen, "lr": rate, "rate": rate})
    return torch.optim.AdamW(groups, weight_decay=schedule.weight_decay, fused=True)


def _set_rate(optimizer: torch.optim.AdamW, schedule: Schedule, done: int) -> None:
    scale = min(1.0, (done + 1) / schedule.warm_up) * (1 - done / schedule.batches)
    for group in optimizer.param_groups:
        group["lr"] = group["rate"] * scale


@contextmanager
def _replaced(parameters: Sequence[nn.Parameter], values: Sequence[torch.Tensor]) -> Iterator[None]:
    """Put other values into the parameters for a while."""
    saved = [p.detach().clone() for p in parameters]
    for parameter, value in zip(parameters, values, strict=True):
        parameter.data.copy_(value)
    yield
    for parameter, value in zip(parameters, saved, strict=True):
        parameter.data.copy_(value)


def _keep(
    path: Path,
    parameters: Sequence[nn.Parameter],
    mean: Sequence[torch.Tensor],
    optimizer: torch.optim.AdamW,
    number: int,
    done: int,
) -> None:
    """Write the checkpoint, whole or not at all."""
    state = {
        "parameters": [p.detach() for p in parameters],
        "mean": list(mean),
        "optimizer": optimizer.state_dict(),
        "chunk": number,
        "batches": done,
    }
    unfinished = path.with_suffix(".part")
    torch.save(state, unfinished)
    unfinished.replace(path)


def _restore(
    path: Path, parameters: Sequence[nn.Parameter], mean: Sequence[torch.Tensor], optimizer: torch.optim.AdamW
) -> tuple[int, int]:
    """Return the number of the next chunk, and of the batches so far."""
    if not path.is_file():
        return 0, 0
    state = torch.load(path, weights_only=True)
    optimizer.load_state_dict(state["optimizer"])
    for tensors, name in ((parameters, "parameters"), (mean, "mean")):
        for value, saved in zip(tensors, state[name], strict=True):
            value.data.copy_(saved)
    logger.info("going on from batch %d of %s", state["batches"], path)
    return int(state["chunk"]), int(state["batches"])
