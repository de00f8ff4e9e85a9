"""Softens the labels of real translations by what a network has learned of them before.

What one person changed, another would have left. Source: Furlanello et al. 2018, "Born-again neural
networks" (arXiv 1805.04770).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch

from aligner.training.detector.fit import padded
from aligner.training.detector.network import Network, batches
from aligner.training.detector.pieces import Row, specials

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]

SOFT = 0.25
"""Share of the network's word in a label that a person gave."""
UNSURE, SOURCE = 0.25, 0.5
"""Weight of what the network says of words that nobody can call right or wrong, and of the source's."""
BUDGET = 4000
"""Pieces that are heard at once."""


def softened(rows: Sequence[Row], network: Network, tokenizer: Tokenizer) -> list[Row]:
    """The rows, those with edited words with labels between 0 and 1 for the head that hears edits.

    Of a source nobody edited anything: it is given what the network says of it on the mean of all its
    translations, so that a bad translation does not make its source look better.
    """
    ends = specials(tokenizer)[:2]
    judged = [i for i, row in enumerate(rows) if row.edited.any()]
    if not judged:
        return list(rows)
    said = dict(zip(judged, edits(network, [rows[i] for i in judged]), strict=True))
    of_source: dict[bytes, list[Floats]] = defaultdict(list)
    for i, p in said.items():
        of_source[_source(rows[i]).tobytes()].append(p[_on_source(rows[i])])
    made = list(rows)
    for i, p in said.items():
        row, source = rows[i], _on_source(rows[i])
        inner = ~np.isin(row.ids, ends)
        unsure = inner & ~source & (row.edited == 0)
        bad = (1 - SOFT) * row.bad.astype(np.float32) + SOFT * p
        bad[unsure] = p[unsure]
        bad[source] = np.mean(of_source[_source(row).tobytes()], axis=0)
        weight = np.where(unsure, UNSURE, np.where(source & inner, SOURCE, row.edited))
        made[i] = replace(row, bad=bad, edited=weight.astype(np.float32))
    return made


def edits(network: Network, rows: Sequence[Row]) -> list[Floats]:
    """For each row the probability of every piece that a professional would change it."""
    network.eval()
    found: list[Floats] = [np.zeros(0, np.float32)] * len(rows)
    with torch.no_grad():
        for chosen in batches([len(row.ids) for row in rows], BUDGET, np.random.default_rng(0)):
            odds = network(*padded([rows[i] for i in chosen]))[1].float().sigmoid().numpy()
            for i, p in zip(chosen, odds, strict=True):
                found[i] = p[: len(rows[i].ids)]
    return found


def _on_source(row: Row) -> npt.NDArray[np.bool_]:
    """Which pieces are of the side that was translated and not edited."""
    judged = int(row.sides[row.edited.argmax()])
    return np.asarray(row.sides != judged)


def _source(row: Row) -> npt.NDArray[np.int32]:
    return row.ids[_on_source(row)]
