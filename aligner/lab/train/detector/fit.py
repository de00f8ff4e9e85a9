"""Fits the network: AdamW on float32 copies of bfloat16 weights, like lengths together, checkpoints kept."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from aligner.lab.train.detector.network import Network, batches
from aligner.lab.train.detector.pieces import NO_TYPE, Row

logger = logging.getLogger(__name__)

LOG_EVERY = 200


@dataclass(frozen=True, slots=True)
class Schedule:
    """How fast to learn; ``budget`` counts the pieces of a batch, ``stop`` the steps to end after, if any.

    ``aside`` is the weight of the losses of garbled words and of their types beside that of edited words.
    """

    learning_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.04
    budget: int = 1000
    weight_decay: float = 0.01
    type_weight: float = 0.3
    aside: float = 1.0
    clip: float = 1.0
    seed: int = 1
    checkpoint_every: int = 1000
    stop: int | None = None


def fit(network: Network, rows: Sequence[Row], schedule: Schedule, checkpoint: Path | None = None) -> None:
    """Learn from all rows once. A checkpoint of another run of the same rows and schedule is gone on from."""
    rng = np.random.default_rng(schedule.seed)
    torch.manual_seed(schedule.seed)
    plan = batches([len(row.ids) for row in rows], schedule.budget, rng)
    network.bfloat16().train()
    masters, optimizer = _optimizer(network, schedule)
    first = _restore(checkpoint, network, masters, optimizer) if checkpoint else 0
    began, total = time.monotonic(), np.zeros(3)
    last = min(len(plan), schedule.stop or len(plan))
    typical = sum(float(row.edited.sum()) for row in rows) / len(plan)
    for step in range(first, last):
        scale = min(1.0, (step + 1) / (schedule.warm_up * len(plan))) * (1 - step / len(plan))
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * scale
        losses = _losses(network, [rows[i] for i in plan[step]], typical)
        loss = schedule.aside * (losses[0] + schedule.type_weight * losses[2]) + losses[1]
        loss.backward()  # type: ignore[no-untyped-call]
        update(network, masters, optimizer, schedule.clip)
        total += [each.item() for each in losses]
        if (step + 1) % LOG_EVERY == 0:
            speed = (step + 1 - first) / (time.monotonic() - began)
            logger.info(
                "step %d of %d, losses %s, %.2f steps/s",
                step + 1,
                len(plan),
                np.round(total / LOG_EVERY, 4),
                speed,
            )
            total[:] = 0
        if checkpoint and ((step + 1) % schedule.checkpoint_every == 0 or step + 1 == last):
            state = {"masters": masters, "optimizer": optimizer.state_dict(), "step": step + 1}
            keep(checkpoint, state)
    with torch.no_grad():
        network.float()
        for parameter, master in zip(learned(network), masters, strict=True):
            parameter.copy_(master)
    network.eval()


def learned(network: nn.Module) -> list[nn.Parameter]:
    """What of the network is learned: the rest is frozen."""
    return [p for p in network.parameters() if p.requires_grad]


def _optimizer(network: Network, schedule: Schedule) -> tuple[list[torch.Tensor], torch.optim.AdamW]:
    named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    masters = [p.detach().float().clone().requires_grad_() for _, p in named]
    groups = []
    for head in (False, True):
        chosen = [m for m, (name, _) in zip(masters, named, strict=True) if name.startswith("body.") != head]
        rate = schedule.head_rate if head else schedule.learning_rate
        groups.append({"params": chosen, "rate": rate, "lr": rate})
    return masters, torch.optim.AdamW(groups, weight_decay=schedule.weight_decay, fused=True)


def update(
    network: nn.Module, masters: list[torch.Tensor], optimizer: torch.optim.AdamW, clip: float
) -> None:
    """Update the float32 copies and round them back into the network."""
    parameters = learned(network)
    for parameter, master in zip(parameters, masters, strict=True):
        master.grad = None if parameter.grad is None else parameter.grad.float()
        parameter.grad = None
    nn.utils.clip_grad_norm_(masters, clip)
    optimizer.step()
    with torch.no_grad():
        for parameter, master in zip(parameters, masters, strict=True):
            parameter.copy_(master)


def _losses(
    network: Network, batch: Sequence[Row], typical: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The losses of the three heads; a batch with less than ``typical`` for "edited" counts less there."""
    ids, mask, sides = padded(batch)
    bad, garbled, wrong, edited = (
        _column(batch, name, torch.float32) for name in ("bad", "garbled", "wrong", "edited")
    )
    types = _column(batch, "types", torch.long, NO_TYPE)
    scores = [each.float() for each in network(ids, mask, sides)]
    cross = nn.functional.binary_cross_entropy_with_logits
    first = cross(scores[0], garbled, wrong, reduction="sum") / wrong.sum().clamp(min=1.0)
    second = cross(scores[1], bad, edited, reduction="sum") / edited.sum().clamp(min=max(typical, 1.0))
    known = types != NO_TYPE
    third = (
        nn.functional.cross_entropy(scores[2][known], types[known]) if known.any() else scores[2].sum() * 0.0
    )
    return first, second, third


def padded(batch: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """What the network is given of the rows: pieces, mask and sides, each (rows, longest)."""
    mask = torch.zeros((len(batch), max(len(row.ids) for row in batch)), dtype=torch.long)
    for i, row in enumerate(batch):
        mask[i, : len(row.ids)] = 1
    return _column(batch, "ids", torch.long), mask, _column(batch, "sides", torch.long)


def _column(batch: Sequence[Row], name: str, kind: torch.dtype, fill: int = 0) -> torch.Tensor:
    out = torch.full((len(batch), max(len(row.ids) for row in batch)), fill, dtype=kind)
    for i, row in enumerate(batch):
        values = torch.from_numpy(getattr(row, name))
        out[i, : len(values)] = values.to(kind)
    return out


def keep(path: Path, what: object) -> None:
    """Write to a file with torch, whole or not at all."""
    unfinished = path.with_suffix(".part")
    torch.save(what, unfinished)
    unfinished.replace(path)


def _restore(path: Path, network: Network, masters: list[torch.Tensor], optimizer: torch.optim.AdamW) -> int:
    if not path.is_file():
        return 0
    held = torch.load(path, weights_only=True)
    optimizer.load_state_dict(held["optimizer"])
    with torch.no_grad():
        for master, saved, parameter in zip(masters, held["masters"], learned(network), strict=True):
            master.copy_(saved)
            parameter.copy_(saved)
    logger.info("going on from step %d of %s", held["step"], path)
    return int(held["step"])
