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

from aligner.lab.train.detector.fit import padded
from aligner.lab.train.detector.network import Network, batches
from aligner.lab.train.detector.pieces import Row, specials

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]

SOFT = 0.25
"""Share of the network's word in a label that a person gave."""
UNSURE, SOURCE = 0.25, 0.5
"""Weight of what the network says of words that nobody can call right or wrong, and of the source's."""
BUDGET = 4000
"""Pieces that are scores at once."""


def softened(rows: Sequence[Row], network: Network, tokenizer: Tokenizer) -> list[Row]:
    """The rows, those with edited words with labels between 0 and 1 for the head that hears edits.

    Of a source nobody edited anything: it is given what the network says of it on the mean of all its
    translations, so that a bad translation does not make its source look better. Of a source that was
    spoiled it is told nothing.
    """
    ends = specials(tokenizer)[:2]
    judged = [i for i, row in enumerate(rows) if row.edited.any()]
    if not judged:
        return list(rows)
    said = dict(zip(judged, edits(network, [rows[i] for i in judged]), strict=True))
    sources = {i: _on_source(rows[i]) for i in judged}
    of_source: dict[bytes, list[Floats]] = defaultdict(list)
    for i, source in sources.items():
        of_source[rows[i].ids[source].tobytes()].append(said[i][source])
    made = list(rows)
    for i, source in sources.items():
        row, p = rows[i], said[i]
        inner = ~np.isin(row.ids, ends)
        unsure = inner & ~source & (row.edited == 0)
        bad = np.where(source, row.bad, (1 - SOFT) * row.bad + SOFT * p).astype(np.float32)
        bad[unsure] = p[unsure]
        sound = source & inner & ~row.bad[source].any()
        bad[sound] = np.mean(of_source[row.ids[source].tobytes()], axis=0)[sound[source]]
        weight = np.where(unsure, UNSURE, np.where(sound, SOURCE, row.edited))
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
    """Which pieces are of a side of which nobody edited anything."""
    return np.asarray(~np.isin(row.sides, row.sides[row.edited > 0]))
