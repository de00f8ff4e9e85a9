"""Examples as rows of piece ids with a label and a weight for every head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aligner.lab.train.detector.examples import Example, Side
from aligner.lab.train.detector.network import TYPES
from aligner.lab.train.detector.tokens import UNSURE

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST_ROW = 200
"""Pieces of a row; longer ones are left out of training."""
NO_TYPE = -100


@dataclass(frozen=True, slots=True)
class Row:
    """One sequence: arrays of one length for pieces, sides, labels, weights of the heads, and types.

    ``bad`` is what the head ``edited`` learns, 0 to 1; ``garbled`` leaves out what is only inconsistent.
    """

    ids: npt.NDArray[np.int32]
    sides: npt.NDArray[np.int8]
    bad: npt.NDArray[np.int8] | npt.NDArray[np.float32]
    garbled: npt.NDArray[np.int8]
    wrong: npt.NDArray[np.float32]
    edited: npt.NDArray[np.float32]
    types: npt.NDArray[np.int16]


def rows(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Row]:
    """Cut all examples into pieces; those that are too long or empty are left out."""
    texts = [side.text for example in examples for side in (example.fr, example.en) if side]
    encodings = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
    start, end, _ = specials(tokenizer)
    made = []
    for example in examples:
        parts = [_special(start, 0 if example.fr else 1)]
        for place, side in enumerate((example.fr, example.en)):
            if side:
                parts += [_side(side, place, next(encodings)), _special(end, place)]
        if len(parts) > 2 and sum(len(part[0]) for part in parts) <= LONGEST_ROW:
            made.append(Row(*(np.concatenate(column) for column in zip(*parts, strict=True))))
    return made


def specials(tokenizer: Tokenizer) -> tuple[int, int, int]:
    """The ids of what opens a row, what ends a side, and what stands for the unknown."""
    start, end, unknown = (int(tokenizer.token_to_id(name) or 0) for name in ("<s>", "</s>", "<unk>"))
    return start, end, unknown


def _special(piece: int, side: int) -> tuple[npt.NDArray[np.generic], ...]:
    none = np.zeros(1, np.int8)
    weight = np.zeros(1, np.float32)
    return (
        np.array([piece], np.int32),
        np.full(1, side, np.int8),
        none,
        none,
        weight,
        weight,
        np.full(1, NO_TYPE, np.int16),
    )


def _side(side: Side, place: int, encoding: object) -> tuple[npt.NDArray[np.generic], ...]:
    ids = np.array(encoding.ids, np.int32)  # type: ignore[attr-defined]
    bad, garbled = np.zeros(len(ids), np.int8), np.zeros(len(ids), np.int8)
    types = np.full(len(ids), NO_TYPE, np.int16)
    spans = [_stripped(side.text, *span) for span in encoding.offsets]  # type: ignore[attr-defined]
    sure = np.ones(len(ids), np.float32)
    for mark in side.marks:
        for i, (start, end) in enumerate(spans):
            if start < mark.end and end > mark.start:
                if mark.type == UNSURE:
                    sure[i] = 0.0
                    continue
                bad[i] = 1
                garbled[i] |= mark.type != "edited"
                if mark.type in TYPES:
                    types[i] = TYPES.index(mark.type)
    weights = (weight * sure for weight in (side.wrong, side.edited))
    return ids, np.full(len(ids), place, np.int8), bad, garbled, *weights, types


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end
